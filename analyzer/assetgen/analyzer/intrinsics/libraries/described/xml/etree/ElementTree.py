"""`xml.etree.ElementTree`: elements, and how they are found."""

import re

from _described import not_followed, parsed_xml


class ParseError(SyntaxError):
    pass


class Element:
    def __init__(self, tag, attrib=None, **extra):
        self.tag = tag
        self.attrib = {**(attrib or {}), **extra}
        self.text = None
        self.tail = None
        self._children = []

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return not_followed(f"xml.etree.ElementTree.Element.{name}")

    def __len__(self):
        return len(self._children)

    def __bool__(self):
        return bool(self._children)

    def __iter__(self):
        return iter(self._children)

    def __getitem__(self, index):
        return self._children[index]

    def get(self, key, default=None):
        return self.attrib.get(key, default)

    def set(self, key, value):
        self.attrib[key] = value

    def keys(self):
        return self.attrib.keys()

    def items(self):
        return self.attrib.items()

    def append(self, subelement):
        self._children.append(subelement)

    def extend(self, elements):
        self._children.extend(elements)

    def insert(self, index, subelement):
        self._children.insert(index, subelement)

    def remove(self, subelement):
        self._children.remove(subelement)

    def iter(self, tag=None):
        if tag in (None, "*") or self.tag == tag:
            yield self
        for child in self._children:
            yield from child.iter(tag)

    def itertext(self):
        if self.text:
            yield self.text
        for child in self._children:
            yield from child.itertext()
            if child.tail:
                yield child.tail

    def find(self, path, namespaces=None):
        return next(self.iterfind(path, namespaces), None)

    def findtext(self, path, default=None, namespaces=None):
        found = self.find(path, namespaces)
        return default if found is None else found.text or ""

    def findall(self, path, namespaces=None):
        return list(self.iterfind(path, namespaces))

    def iterfind(self, path, namespaces=None):
        found = [self]
        rest = _steps(path, namespaces)
        if rest is None:
            return iter([not_followed(f"the path {path!r} in XML")])
        for is_deep, tag, conditions in rest:
            found = _step(found, is_deep, tag)
            for condition in conditions:
                found = [each for each in found if condition(each)]
        return iter(found)


_PART = re.compile(r"(//|/)?(\{[^}]*\}[\w.-]+|[\w.:-]+|\*|\.)((?:\[[^\]]*\])*)")
_ATTRIBUTE = re.compile(r"\[@([\w.:{}/-]+)(?:(!?=)(?:'([^']*)'|\"([^\"]*)\"))?\]")
_CHILD = re.compile(r"\[([\w.-]+)(?:(!?=)(?:'([^']*)'|\"([^\"]*)\"))?\]")


def _steps(path, namespaces):
    """What each step of a path takes: whether at any depth, which tag, under which conditions;
    None for paths that are not described."""
    steps = []
    place = 0
    while place < len(path):
        found = _PART.match(path, place)
        if found is None or (found[1] is None) != (place == 0):
            return None
        place = found.end()
        conditions = [_condition(text) for text in re.findall(r"\[[^\]]*\]", found[3])]
        if None in conditions or found[2] == "..":
            return None
        prefix, colon, name = found[2].partition(":")
        if colon and not prefix.startswith("{"):
            if not namespaces or prefix not in namespaces:
                return None
            tag = "{" + namespaces[prefix] + "}" + name
        else:
            tag = found[2]
        steps.append((found[1] == "//", tag, conditions))
    return steps


def _condition(text):
    found = _ATTRIBUTE.fullmatch(text)
    if found is not None:
        return _compared(found, lambda element: [element.get(found[1])])
    found = _CHILD.fullmatch(text)
    if found is None or found[1].isdigit():
        return None

    def texts(element):
        return ["".join(child.itertext()) for child in element if child.tag == found[1]]

    return _compared(found, texts)


def _compared(found, values):
    wanted = found[3] if found[3] is not None else found[4]
    if found[2] is None:
        return lambda element: any(value is not None for value in values(element))
    if found[2] == "=":
        return lambda element: wanted in values(element)
    return lambda element: any(value not in (None, wanted) for value in values(element))


def _step(elements, is_deep, tag):
    if tag == ".":
        return [below for each in elements for below in each.iter()] if is_deep else elements
    found = []
    for each in elements:
        for child in each:
            below = child.iter(tag) if is_deep else [child] if tag in ("*", child.tag) else []
            found.extend(one for one in below if one not in found)
    return found


class ElementTree:
    def __init__(self, element=None, file=None):
        self._root = element if file is None else _read(file)

    def getroot(self):
        return self._root

    def iter(self, tag=None):
        return self._root.iter(tag)

    def find(self, path, namespaces=None):
        return self._root.find(path, namespaces)

    def findtext(self, path, default=None, namespaces=None):
        return self._root.findtext(path, default, namespaces)

    def findall(self, path, namespaces=None):
        return self._root.findall(path, namespaces)

    def iterfind(self, path, namespaces=None):
        return self._root.iterfind(path, namespaces)


def _read(source):
    if hasattr(source, "read"):
        return fromstring(source.read())
    with open(source, "rb") as file:
        return fromstring(file.read())


def parse(source, parser=None):
    return ElementTree(file=source)


def fromstring(text, parser=None):
    try:
        parts = parsed_xml(text)
    except ValueError as error:
        raise ParseError(str(error)) from None
    return _made(parts)


XML = fromstring


def _made(parts):
    tag, attributes, text, children, tail = parts
    element = Element(tag, attributes)
    element.text, element.tail = text, tail
    element.extend([_made(child) for child in children])
    return element


def iselement(element):
    return isinstance(element, Element)


def SubElement(parent, tag, attrib=None, **extra):  # noqa: N802
    element = Element(tag, attrib, **extra)
    parent.append(element)
    return element
