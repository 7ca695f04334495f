"""Rows of text in columns that fit a width."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

GAP: Final = "  "
_LEAST: Final = 8


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of one cell: items that stand side by side, as many as there is room for.

    Items that do not fit are counted (`a, b, +3`); a single one that does not is cut short.
    """

    items: tuple[str, ...] = ()
    separator: str = ", "

    def __str__(self) -> str:
        return self.separator.join(self.items)

    def fitted(self, width: int | None) -> str:
        whole = str(self)
        if width is None or text_width(whole) <= width:
            return whole
        for count in range(len(self.items) - 1, 0, -1):
            rest = f"+{len(self.items) - count}"
            shorter = self.separator.join((*self.items[:count], rest))
            if text_width(shorter) <= width:
                return shorter
        return _cut(whole, width)


def columns_of(
    headings: Sequence[str], rows: Sequence[Sequence[Cell]], width: int | None, indent: int = 0
) -> tuple[int | None, ...]:
    """How wide each column is to be so that the rows fit in `width`; all they need without one.

    A column without any text has width 0 and is left out. The widest columns give way first.
    """
    widths = []
    for index, heading in enumerate(headings):
        longest = max((text_width(str(row[index])) for row in rows), default=0)
        widths.append(max(longest, text_width(heading)) if longest else 0)
    if width is None:
        return tuple(widths)
    shown = sum(1 for size in widths if size)
    excess = indent + sum(widths) + len(GAP) * max(0, shown - 1) - width
    while excess > 0 and max(widths) > _LEAST:
        widest = widths.index(max(widths))
        others = [size for index, size in enumerate(widths) if index != widest]
        room = widths[widest] - max(_LEAST, max(others, default=0))
        step = max(1, min(excess, room))
        widths[widest] -= step
        excess -= step
    return tuple(widths)


def lines_of(
    rows: Sequence[Sequence[Cell]], widths: Sequence[int | None], indent: int = 0
) -> Iterator[str]:
    """One line a row, without spaces at the end."""
    for row in rows:
        cells = [
            _padded(cell.fitted(width), width)
            for cell, width in zip(row, widths, strict=True)
            if width != 0
        ]
        yield (" " * indent + GAP.join(cells)).rstrip()


def text_width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(character) else _wide(character) for character in text)


def _wide(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def _padded(text: str, width: int | None) -> str:
    return text + " " * ((width or 0) - text_width(text))


def _cut(text: str, width: int) -> str:
    kept = text
    while kept and text_width(kept) > width - 1:
        kept = kept[:-1]
    return f"{kept}…"
