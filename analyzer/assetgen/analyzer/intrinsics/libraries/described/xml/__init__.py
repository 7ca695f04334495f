"""`xml`, of which the elements of `xml.etree` are described."""
