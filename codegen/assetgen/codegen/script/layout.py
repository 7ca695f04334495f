"""Nested calls laid out over lines, the way that formatters of Python agree on."""

from __future__ import annotations

from typing import NamedTuple

from assetgen.codegen.link.fragments.expression import Expression
from assetgen.codegen.link.fragments.fragment import Names
from assetgen.codegen.link.text.literals import literal_text

WIDTH = 88


class Atom(NamedTuple):
    """Something that stays on its line, and comes from somewhere else."""

    expression: Expression


class Nest(NamedTuple):
    """Items between brackets, after a head that may be empty; each may have a label before it.

    Labels end in `=` or `: `.
    """

    head: Expression | None
    opening: str
    items: tuple[tuple[str, Tree], ...]
    closing: str


Tree = str | Atom | Nest
"""A text is sure to be Python, and stays on its line, too."""


def call(function: Expression, *arguments: tuple[str, Tree]) -> Nest:
    """A call; arguments with an empty name are positional."""
    return Nest(function, "(", tuple([(_LABELS[name], value) for name, value in arguments]), ")")


class _Labels(dict[str, str]):
    """What stands before an argument, by its name."""

    def __missing__(self, name: str) -> str:
        self[name] = f"{name}=" if name else ""
        return self[name]


_LABELS = _Labels()


def tuple_of(items: tuple[Tree, ...]) -> Nest:
    """A tuple display."""
    return Nest(None, "(", tuple([("", item) for item in items]), ")")


def mapping_of(items: tuple[tuple[str, Tree], ...]) -> Nest:
    """A dictionary display with strings for keys."""
    return Nest(None, "{", tuple([(f"{literal_text(k)}: ", value) for k, value in items]), "}")


literal = literal_text
"""Plain data."""


def laid_out(
    tree: Tree, name_of: Names, *, indent: int = 0, used: int = 0, copied: set[str] | None = None
) -> str:
    """The source of a tree whose first line begins after `used` characters.

    What does not fit is broken one item to a line, with a comma after the last. `copied` is
    filled with the expressions that come from somewhere else.
    """
    parts: list[str] = []
    _lay_out(_Flattening(name_of, copied).of(tree), indent, used, parts)
    return "".join(parts)


_Flat = tuple[str, str, str, list[tuple[str, "str | _Flat"]]]
"""A nest whose names are settled: its text if one line may hold that, what opens and closes it, and
its items. (A plain tuple takes the least time to make.)"""


class _Flattening:
    """Settles the names in trees."""

    def __init__(self, name_of: Names, copied: set[str] | None) -> None:
        self._name_of = name_of
        self._copied = copied if copied is not None else set()
        # By identity: the trees hold on to their heads, and few of these are different.
        self._heads: dict[int, str] = {}

    def of(self, tree: Tree) -> str | _Flat:
        if isinstance(tree, str):
            return tree
        if isinstance(tree, Atom):
            text = tree.expression.text(self._name_of)
            self._copied.add(text)
            return text
        head, bracket, items, closing = tree
        opening = bracket if head is None else self._head(head) + bracket
        parts: list[tuple[str, str | _Flat]] = []
        texts: list[str] = []
        fits = True
        for label, item in items:
            if isinstance(item, str):
                parts.append((label, item))
                texts.append(label + item)
                continue
            flat = self.of(item)
            parts.append((label, flat))
            text = flat if isinstance(flat, str) else flat[0]
            if text:
                texts.append(label + text)
            else:
                fits = False  # What does not fit, nothing fits that it is in.
        inside = ", ".join(texts) if fits else ""
        if parts and (not fits or len(opening) + len(inside) + 1 > WIDTH):
            return "", opening, closing, parts
        single = "," if len(parts) == 1 and opening == "(" else ""
        return f"{opening}{inside}{single}{closing}", opening, closing, parts

    def _head(self, head: Expression) -> str:
        known = self._heads.get(id(head))
        if known is None:
            known = self._heads[id(head)] = head.text(self._name_of)
        return known


def _lay_out(flat: str | _Flat, indent: int, used: int, parts: list[str]) -> None:
    if isinstance(flat, str):
        parts.append(flat)
        return
    text, opening, closing, items = flat
    if text and (not items or used + len(text) <= WIDTH):
        parts.append(text)
        return
    inner = indent + 4
    margin = " " * inner
    parts.append(f"{opening}\n")
    for label, item in items:
        if isinstance(item, str):
            parts.append(f"{margin}{label}{item},\n")
            continue
        # One more for the comma.
        place = inner + len(label) + 1
        if item[0] and place + len(item[0]) <= WIDTH:
            parts.append(f"{margin}{label}{item[0]},\n")
            continue
        parts.append(margin + label)
        _lay_out(item, inner, place, parts)
        parts.append(",\n")
    parts.append(f"{' ' * indent}{closing}")
