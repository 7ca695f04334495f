"""Rows of text in columns that fit a width."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.printable import printable

GAP: Final = "  "
_LEAST: Final = 8


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of one cell: items side by side, as many as there is room for.

    Items that do not fit are counted (`a, b, +3`). A single one that does not fit is cut, at its
    start if `keep_end`.
    """

    items: tuple[str, ...] = ()
    separator: str = ", "
    keep_end: bool = False

    def __str__(self) -> str:
        items = self.items
        return printable(items[0] if len(items) == 1 else self.separator.join(items))

    def fitted(self, width: int | None) -> str:
        whole = str(self)
        if width is None or text_width(whole) <= width:
            return whole
        for count in range(len(self.items) - 1, 0, -1):
            rest = f"+{len(self.items) - count}"
            shorter = printable(self.separator.join((*self.items[:count], rest)))
            if text_width(shorter) <= width:
                return shorter
        return _cut(whole[::-1], width)[::-1] if self.keep_end else _cut(whole, width)


WHOLE: Final = 1_000
"""Among `firm`: a column that keeps its whole width."""


def columns_of(
    headings: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    width: int | None,
    *,
    indent: int = 0,
    firm: Mapping[int, int] | None = None,
) -> tuple[int, ...]:
    """How wide each column must be so that the rows fit in `width`; as wide as needed without one.

    A column without any text has width 0 and is left out. The widest columns shrink first; those in
    `firm` not below a width of their own, as long as others can shrink.
    """
    widths = []
    for index, heading in enumerate(headings):
        longest = max((text_width(str(row[index])) for row in rows), default=0)
        widths.append(max(longest, text_width(heading)) if longest else 0)
    if width is None:
        return tuple(widths)
    gaps = len(GAP) * max(0, sum(1 for size in widths if size) - 1)
    excess = indent + sum(widths) + gaps - width
    for least in (firm or {}, {}):
        while excess > 0:
            room = [size - least.get(index, _LEAST) for index, size in enumerate(widths)]
            yielding = [index for index, size in enumerate(room) if size > 0]
            if not yielding:
                break
            widths[max(yielding, key=lambda index: widths[index])] -= 1
            excess -= 1
    return tuple(widths)


def lines_of(
    rows: Sequence[Sequence[Cell]], widths: Sequence[int], indent: int = 0
) -> Iterator[str]:
    """One line for each row, without trailing spaces."""
    for row in rows:
        cells = [
            _padded(cell.fitted(width), width)
            for cell, width in zip(row, widths, strict=True)
            if width != 0
        ]
        yield (" " * indent + GAP.join(cells)).rstrip()


def text_width(text: str) -> int:
    """How many columns of a terminal the text occupies."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(character) else _wide(character) for character in text)


def _wide(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def _padded(text: str, width: int) -> str:
    return text + " " * (width - text_width(text))


def _cut(text: str, width: int) -> str:
    kept = text
    while kept and text_width(kept) > width - 1:
        kept = kept[:-1]
    return f"{kept}…"
