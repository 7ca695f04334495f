"""Elements of XML documents, and how they are found."""

import xml.etree.ElementTree as ET
from xml.etree import ElementTree

x = ET.fromstring('<?xml version="1.0"?><c xmlns="http://a/b" xmlns:q="http://q"><t id="1"> hi <b>bold</b> tail</t><q:u v="2"/><t id="2"><b>x</b></t></c>')
ns = {'a': 'http://a/b', 'q': 'http://q'}
p = ET.fromstring("<r><g n='1'><t><name>a</name></t><t><name>b</name></t></g><g n='2'><t/></g></r>")
try:
    ET.fromstring('<a>')
    e = ''
except ET.ParseError:
    e = 'pe'

element_0 = x.tag
element_1 = [t.get('id') for t in x.findall('a:t', ns)]
element_2 = x.find('{http://q}u').attrib
element_3 = x[0].text
element_4 = x[0][0].tail
element_5 = x.findtext('a:t/a:b', namespaces=ns)
element_6 = [n.text for n in p.findall('.//name')]
element_7 = [n.text for n in p.iter('name')]
element_8 = [g.get('n') for g in p.findall("g[@n='2']")]
element_9 = [t.find('name') is None for t in p.findall('.//t')]
element_10 = p.find("g/t[name='b']/name").text
element_11 = len(p.findall('*'))
element_12 = e
element_13 = [c.tag for g in p for c in g]
element_14 = ''.join(x[0].itertext())
element_15 = [t.tag for t in p.findall('g/*')]
element_17 = list(p.find('g').attrib.items())
element_18 = bool(p)
element_19 = ElementTree.fromstring('<a/>').text
