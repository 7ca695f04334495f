"""Nested calls laid out over lines, the way that formatters of Python agree on."""

from __future__ import annotations

from dataclasses import dataclass

from assetgen.codegen.link.expression import Expression, joined
from assetgen.codegen.link.fragment import Names
from assetgen.codegen.link.literals import literal_text

WIDTH = 88


@dataclass(frozen=True, slots=True)
class Atom:
    """Something that stays on its line."""

    expression: Expression


@dataclass(frozen=True, slots=True)
class Nest:
    """Items between brackets, after a head that may be empty; each may have a label before it.

    Labels end in `=` or `: `.
    """

    head: Expression
    opening: str
    items: tuple[tuple[str, Tree], ...]
    closing: str


Tree = Atom | Nest


def call(function: Expression, *arguments: tuple[str, Tree]) -> Nest:
    """A call; arguments with an empty name are positional."""
    items = tuple((f"{name}=" if name else "", value) for name, value in arguments)
    return Nest(function, "(", items, ")")


def tuple_of(items: tuple[Tree, ...]) -> Nest:
    """A tuple display."""
    return Nest(joined(), "(", tuple(("", item) for item in items), ")")


def mapping_of(items: tuple[tuple[str, Tree], ...]) -> Nest:
    """A dictionary display with strings for keys."""
    return Nest(joined(), "{", tuple((f"{literal_text(k)}: ", value) for k, value in items), "}")


def literal(value: object) -> Atom:
    """Plain data."""
    return Atom(joined(literal_text(value)))


def laid_out(tree: Tree, name_of: Names, *, indent: int = 0, used: int = 0) -> str:
    """The source of a tree whose first line begins after `used` characters.

    What does not fit is broken one item to a line, with a comma after the last.
    """
    flat = _flat(tree, name_of)
    if isinstance(tree, Atom) or not tree.items or used + len(flat) <= WIDTH:
        return flat
    inner = indent + 4
    lines = []
    for label, item in tree.items:
        # One more for the comma.
        text = laid_out(item, name_of, indent=inner, used=inner + len(label) + 1)
        lines.append(f"{' ' * inner}{label}{text},\n")
    return f"{tree.head.text(name_of)}{tree.opening}\n{''.join(lines)}{' ' * indent}{tree.closing}"


def _flat(tree: Tree, name_of: Names) -> str:
    if isinstance(tree, Atom):
        return tree.expression.text(name_of)
    items = ", ".join(f"{label}{_flat(item, name_of)}" for label, item in tree.items)
    head = tree.head.text(name_of)
    single = tree.opening == "(" and not head and len(tree.items) == 1
    return f"{head}{tree.opening}{items}{',' if single else ''}{tree.closing}"
