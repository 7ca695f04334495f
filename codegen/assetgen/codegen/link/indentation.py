"""Moving code to another indentation without touching the inside of its strings."""

from __future__ import annotations

import ast
import textwrap


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
    """The lines (from 1) that begin inside a string; none if the text cannot be parsed."""
    if not any(sign in text for sign in _GOING_ON):
        return frozenset()
    source = text if not text[:1].isspace() else f"if 1:\n{text}"
    shift = 1 if source is not text else 0
    try:
        tree = ast.parse(source)
    except SyntaxError:
        tree = ast.parse(textwrap.dedent(text))
        shift = 0
    return frozenset(
        line - shift
        for node in ast.walk(tree)
        if isinstance(node, (ast.Constant, ast.JoinedStr))
        and not (isinstance(node, ast.Constant) and not isinstance(node.value, (str, bytes)))
        for line in range(node.lineno + 1, (node.end_lineno or node.lineno) + 1)
    )
