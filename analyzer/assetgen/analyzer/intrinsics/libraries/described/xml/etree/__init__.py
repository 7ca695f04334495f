"""`xml.etree`."""
