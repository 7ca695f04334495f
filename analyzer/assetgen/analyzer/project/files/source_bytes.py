"""The bytes of a Python file, for searching them line by line."""

from __future__ import annotations

import codecs
from typing import Final


def searchable(source: bytes) -> bytes:
    """The source with its lines as `re` knows them: no byte order mark before the first, and no
    newlines that are carriage returns alone.

    Python refuses UTF-16, but says so only of a file that it is given: its words are found as well.
    """
    if source.startswith(_UTF16):
        source = source[len(codecs.BOM_UTF16) :].replace(b"\0", b"")
    source = source.removeprefix(codecs.BOM_UTF8)
    if b"\r" in source and b"\n" not in source:
        return source.replace(b"\r", b"\n")
    return source


_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
