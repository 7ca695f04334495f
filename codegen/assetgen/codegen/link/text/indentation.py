"""Moving code to another indentation without touching the inside of its strings."""

from __future__ import annotations

from assetgen.codegen.link.text.places import strings_in


def reindented(text: str, column: int, wanted: int) -> str:
    """A statement whose first line begins at `column`, with all its lines moved to `wanted`.

    Lines that begin inside a string stay as they are.
    """
    lines = text.split("\n")
    inside = _lines_in_strings(" " * column + text)
    moved = [" " * wanted + lines[0]]
    for number, line in enumerate(lines[1:], start=2):
        if number in inside or not line.strip():
            moved.append(line if number in inside else "")
        else:
            bare = line[column:] if not line[:column].strip() else line.lstrip()
            moved.append(" " * wanted + bare)
    return "\n".join(moved)


_GOING_ON = ('"""', "'''", "\\\n")


def _lines_in_strings(text: str) -> frozenset[int]:
    """The lines (from 1) that begin inside a string."""
    if not any(sign in text for sign in _GOING_ON):
        return frozenset()
    return frozenset(
        line
        for start, end in strings_in(text)
        if "\n" in text[start:end]
        for first in [text.count("\n", 0, start) + 1]
        for line in range(first + 1, first + text.count("\n", start, end) + 1)
    )
