"""From the bytes of a file to its text, as Python's own reader would decode it."""

from __future__ import annotations

import codecs
import re

from assetgen.analyzer.syntax.problem import SyntaxProblem

MAX_SOURCE_BYTES = 8 * 1024 * 1024
"""Larger files are refused: a tree takes some forty times its source in memory."""

_COOKIE = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", re.ASCII)
_BLANK = re.compile(rb"[ \t\f]*(?:#|$)")
_NEWLINE = re.compile(rb"\r\n|\r|\n")
_FOREIGN_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def decode_source(data: bytes, path: str) -> str | SyntaxProblem:
    """The text of a Python file, without its byte order mark and with its newlines as they are.

    Follows PEP 263: UTF-8 unless a comment in the first two lines names another encoding.
    """
    if len(data) > MAX_SOURCE_BYTES:
        size = f"{len(data):,} bytes"
        return SyntaxProblem(path, f"file too large: {size}, limit {MAX_SOURCE_BYTES:,}", 1, 1)
    for mark, name in _FOREIGN_MARKS:
        if data.startswith(mark):
            return SyntaxProblem(path, f"file is {name}, which Python does not read", 1, 1)
    marked = data.startswith(codecs.BOM_UTF8)
    if marked:
        data = data[len(codecs.BOM_UTF8) :]
    if b"\0" in data:
        line, column = _position(data, data.index(b"\0"))
        return SyntaxProblem(path, "source code cannot contain null bytes", line, column)
    cookie = _cookie(data)
    if cookie is None:
        return _decoded(data, "utf-8", path)
    line, encoding = cookie
    try:
        codec = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        return SyntaxProblem(path, f"unknown encoding: {encoding}", line, 1)
    if marked and codec != "utf-8":
        return SyntaxProblem(path, f"encoding {encoding} contradicts the UTF-8 mark", line, 1)
    return _decoded(data, codec, path)


def _cookie(data: bytes) -> tuple[int, str] | None:
    """The line and name of the encoding that a PEP 263 comment declares."""
    start = 0
    for line in (1, 2):
        newline = _NEWLINE.search(data, start)
        content = data[start : newline.start() if newline else len(data)]
        found = _COOKIE.match(content)
        if found:
            return line, found.group(1).decode("ascii")
        if newline is None or not _BLANK.match(content):
            return None
        start = newline.end()
    return None


def _decoded(data: bytes, codec: str, path: str) -> str | SyntaxProblem:
    try:
        text = data.decode(codec)
        # Some codecs give lone surrogates, which no parser takes.
        if not text.isascii():
            text.encode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _position(data, error.start)
        message = f"cannot decode byte 0x{data[error.start]:02x} as {codec}: {error.reason}"
        return SyntaxProblem(path, message, line, column)
    except (LookupError, ValueError):
        return SyntaxProblem(path, f"cannot decode the file as {codec}", 1, 1)
    # A codec can produce what its bytes do not show (UTF-7, escapes).
    if codec != "utf-8" and "\0" in text:
        return SyntaxProblem(path, "source code cannot contain null bytes", 1, 1)
    return text


def _position(data: bytes, offset: int) -> tuple[int, int]:
    line, start = 1, 0
    for newline in _NEWLINE.finditer(data, 0, offset):
        line, start = line + 1, newline.end()
    return line, len(data[start:offset].decode("utf-8", "replace")) + 1
