"""Where the bodies of functions lie in a text, found without parsing it.

Right for whatever Python reads: where a text has something that a few regular expressions cannot
be sure of, it is not split at all. What brackets span is not looked at. A body that is cut off
inside of brackets leaves them open on both sides of the cut, so that neither of them parses.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import lru_cache

from assetgen.analyzer.model.dataclass import dataclass

SMALLEST = 160
"""Characters; a shorter body is parsed in less time than it takes to put it away."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A function's body from the beginning of a line, after a docstring, to its last statement.

    `start` and `stop` are offsets; `line` is the number of the first line. In the skeleton there
    is a name in its place, that ends where the body ends: `indent` is its column, in `last_line`.
    """

    start: int
    stop: int
    line: int
    last_line: int
    indent: int


@dataclass(frozen=True, slots=True)
class Split:
    """A text whose bodies have been cut out, all else being where it was."""

    skeleton: str
    cuts: tuple[Cut, ...]


def split(text: str, smallest: int = SMALLEST) -> Split | None:
    """The text without the bodies of its functions; None if it has none, or one cannot be sure.

    Only those of at least `smallest` characters, and in no other function that was cut.
    """
    if len(text) < smallest or any(unsure in text for unsure in _UNSURE):
        return None
    masked = _masked(text)
    if masked is None:
        return None
    cuts = tuple(_cuts(text, masked, smallest))
    return Split(_skeleton(text, cuts), cuts) if cuts else None


# Tabs and form feeds have rules of their own for indentation, carriage returns for lines.
_UNSURE = "\t\f\r"

_FIELDS_NEST = sys.version_info >= (3, 12)
"""Whether a field of a string can have the quotes of its string in it."""

_TRIPLE_QUOTED = r'''
    (?: """ [^"\\]* (?: (?: \\. | ""?(?!") ) [^"\\]* )* """
      | \'\'\' [^'\\]* (?: (?: \\. | \'\'?(?!') ) [^'\\]* )* \'\'\' )'''
_QUOTED = r"""
    (?: "(?!"") [^"\\\n]* (?: \\. [^"\\\n]* )* "
      | '(?!'') [^'\\\n]* (?: \\. [^'\\\n]* )* ' )"""
_IN_A_LINE = _QUOTED.replace(r"\\.", r"\\[^\n]")
_BETWEEN = "" if _FIELDS_NEST else rf"""(?: [^"'\#\\]* {_IN_A_LINE} )*"""
"""Strings in a line are taken together with those that follow, where each is what it seems."""

_STRING = re.compile(f"{_TRIPLE_QUOTED} | {_QUOTED}", re.DOTALL | re.VERBOSE)
_TOKEN = re.compile(
    rf"""
    [^"'\#\\]*
    (?: (?P<strings> {_IN_A_LINE} {_BETWEEN} )
      | (?P<string> {_TRIPLE_QUOTED} | {_QUOTED} )
      | (?P<blank> \#[^\n]* | \\\n )
      | (?P<unsure> ["'\\] )
      | \Z )
    """,
    re.DOTALL | re.VERBOSE,
)
"""The next token that is no code, or the end: skipping the code is quicker than searching in it."""
_STRINGS, _LONG_STRING, _BLANK, _ODD = range(1, 5)


def _masked(text: str) -> str | None:
    """The text, as long as it was, in which each line break ends a line of Python.

    Strings of several lines are full of quotes; comments, and line breaks after backslashes, are
    blank.
    """
    pieces: list[str] = []
    kept = 0
    for token in _TOKEN.finditer(text):
        kind = token.lastindex
        if kind is None:
            break
        start, end = token.span(kind)
        if kind == _ODD or (_FIELDS_NEST and kind != _BLANK and _may_go_on(text, start, end)):
            return None
        if kind == _STRINGS:
            continue
        pieces += (text[kept:start], (" " if kind == _BLANK else '"') * (end - start))
        kept = end
    pieces.append(text[kept:])
    return "".join(pieces)


_FORMATTED = re.compile(r"[fFtT][rR]?\Z")
_WHOLE_FIELDS = re.compile(r"(?:[^{}]|\{\{|\}\}|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})*")


def _may_go_on(text: str, start: int, end: int) -> bool:
    """Whether a string with fields may not end where it seems to: since Python 3.12 fields can
    have the quotes of their string in them."""
    if not _FORMATTED.search(text, max(start - 2, 0), start):
        return False
    return _WHOLE_FIELDS.fullmatch(text, start, end) is None


# Begins with a literal, which `re` looks for many times faster than for the beginning of a line.
_DEFINITION = re.compile(r"def .*")
_BEFORE = re.compile(r"( *)(?:async +)?")
_HEADER_END = re.compile(r": *\n")
_CODE = re.compile(r"[^ \n]")
_STRING_START = re.compile(r"""(?:[rRuU]|(?=["']))(?=["'])""")


def _cuts(text: str, masked: str, smallest: int) -> Iterator[Cut]:
    place, line, counted = 0, 1, 0
    while True:
        definition = _DEFINITION.search(masked, place)
        if definition is None:
            return
        place = definition.end()
        line_start = masked.rfind("\n", 0, definition.start()) + 1
        before = _BEFORE.fullmatch(masked, line_start, definition.start())
        if before is None:
            continue
        extent = _extent(text, masked, definition, len(before.group(1)))
        if extent is None or extent[1] - extent[0] < smallest:
            continue
        start, stop, indent = extent
        line += text.count("\n", counted, start)
        last_line = line + text.count("\n", start, stop)
        yield Cut(start, stop, line, last_line, indent)
        line, counted, place = last_line, stop, stop


def _extent(
    text: str, masked: str, definition: re.Match[str], margin: int
) -> tuple[int, int, int] | None:
    """Where the body of a function begins and stops, and the column for what takes its place."""
    header_end = definition.end()
    header = definition.group().rstrip(" ")
    if not header.endswith(":"):
        found = _HEADER_END.search(masked, header_end) if _goes_on(header) else None
        if found is None:
            return None  # the body is in the same line
        header_end = found.end() - 1
    start = header_end + 1
    after = _end_of_block(margin).search(masked, header_end)
    end = after.start() if after is not None else len(masked)
    code = _CODE.search(masked, start, end)
    if code is None:
        return None
    indent = _column(masked, code.start())
    if indent <= margin:
        return None
    stop = start + len(masked[start:end].rstrip(" \n"))
    if masked[stop - 1] == ";":
        return None  # blocks end behind it, statements before it
    placed = margin + 1
    if _STRING_START.match(masked, code.start()):
        docstring = _after_docstring(text, masked, code.start(), stop)
        if docstring is None:
            return None
        start, placed = docstring, indent
    line_start = text.rfind("\n", 0, stop) + 1
    if _width(text, line_start, stop) <= placed:
        return None
    return start, stop, placed


def _goes_on(header: str) -> bool:
    return header.count("(") > header.count(")")


@lru_cache(maxsize=64)
def _end_of_block(margin: int) -> re.Pattern[str]:
    """The line break before the first line that is not in a block of a header at `margin`."""
    return re.compile(rf"\n {{0,{margin}}}(?=[^ \n])")


def _after_docstring(text: str, masked: str, start: int, stop: int) -> int | None:
    """Where the line after a docstring begins; None if the statement goes on, or nothing is left
    that stands below it."""
    string = _STRING.search(text, start)
    after = _CODE.search(masked, string.end(), stop) if string is not None else None
    if string is None or after is None:
        return None
    line_end = masked.find("\n", string.end(), after.start())
    if line_end < 0 or _column(masked, after.start()) != _column(masked, start):
        return None
    return line_end + 1


def _column(masked: str, offset: int) -> int:
    return offset - (masked.rfind("\n", 0, offset) + 1)


def _width(text: str, start: int, stop: int) -> int:
    """Columns, as the parser counts them, of a piece of a line."""
    piece = text[start:stop]
    return len(piece) if piece.isascii() else len(piece.encode())


def _skeleton(text: str, cuts: tuple[Cut, ...]) -> str:
    pieces: list[str] = []
    kept = 0
    for cut in cuts:
        width = _width(text, text.rfind("\n", 0, cut.stop) + 1, cut.stop)
        pieces += (
            text[kept : cut.start],
            "\n" * (cut.last_line - cut.line),
            " " * cut.indent,
            "_" * (width - cut.indent),
        )
        kept = cut.stop
    pieces.append(text[kept:])
    return "".join(pieces)
