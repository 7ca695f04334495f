"""Where lines begin in a text, by Python's own definition of a line."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

_NEWLINE = re.compile(r"\r\n|\r|\n")


class LineIndex:
    """Turns parser positions into offsets and columns of characters.

    Lines end at LF, CR LF or a lone CR and nowhere else (``str.splitlines`` also splits at form
    feeds and others, which Python source does not). The table is made at the first question,
    since most modules are never asked.
    """

    __slots__ = ("_starts", "_text", "is_ascii")

    def __init__(self, text: str) -> None:
        self._text = text
        self.is_ascii = text.isascii()
        self._starts: array[int] | None = None

    def offset(self, line: int, utf8_column: int) -> int:
        """The character offset of a 1-based line and a 0-based column in UTF-8 bytes.

        Positions outside the text are moved to its nearest end: some parsers invent them.
        """
        starts = self._table()
        if line < 1:
            return 0
        if line > len(starts):
            return len(self._text)
        start = starts[line - 1]
        following = starts[line] if line < len(starts) else len(self._text)
        if self.is_ascii:
            return min(start + max(utf8_column, 0), following)
        content = self._text[start:following]
        if content.isascii():
            characters = utf8_column
        else:
            prefix = content.encode("utf-8", "surrogatepass")[: max(utf8_column, 0)]
            characters = len(prefix.decode("utf-8", "ignore"))
        return start + min(max(characters, 0), len(content))

    def place(self, offset: int) -> tuple[int, int]:
        """The 1-based line and 0-based column, in UTF-8 bytes, of a character offset."""
        starts = self._table()
        line = bisect_right(starts, offset)
        start = starts[line - 1]
        if self.is_ascii:
            return line, offset - start
        return line, len(self._text[start:offset].encode())

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based line and 1-based column, in characters, of a character offset."""
        starts = self._table()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def starts(self) -> list[int]:
        """The character offsets at which lines begin."""
        return [*_starts(self._text, self.is_ascii)] if self._starts is None else [*self._starts]

    def _table(self) -> array[int]:
        if self._starts is None:
            self._starts = array("l", _starts(self._text, self.is_ascii))
        return self._starts


_ONE_MORE = (1).__add__


def _starts(text: str, is_ascii: bool) -> Iterable[int]:
    if is_ascii:
        # Bytes, unlike text, are divided where lines of Python end, and nowhere else.
        lines = text.encode().splitlines(keepends=True)
        if lines and not lines[-1].endswith((b"\n", b"\r")):
            lines.pop()
        return accumulate(map(len, lines), initial=0)
    if "\r" in text:
        return (0, *(newline.end() for newline in _NEWLINE.finditer(text)))
    lengths = map(_ONE_MORE, map(len, text.split("\n")[:-1]))
    return accumulate(lengths, initial=0)
