"""Nested calls laid out over lines, the way that formatters of Python agree on."""

from __future__ import annotations

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.codegen.link.expression import Expression, joined
from assetgen.codegen.link.fragment import Names
from assetgen.codegen.link.literals import literal_text

WIDTH = 88


@dataclass(frozen=True, slots=True)
class Atom:
    """Something that stays on its line. `is_literal`: it is sure to be Python."""

    expression: Expression
    is_literal: bool = False


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
    return Atom(Expression((literal_text(value),)), True)


def laid_out(
    tree: Tree, name_of: Names, *, indent: int = 0, used: int = 0, copied: set[str] | None = None
) -> str:
    """The source of a tree whose first line begins after `used` characters.

    What does not fit is broken one item to a line, with a comma after the last. `copied` is
    filled with the expressions that come from somewhere else.
    """
    flat = _flattened(tree, name_of, copied if copied is not None else set())
    return _laid_out(flat, indent, used)


@dataclass(frozen=True, slots=True)
class _Flat:
    """A tree whose names are settled: its text on one line, and its parts if it has any."""

    text: str
    opening: str
    closing: str
    items: tuple[tuple[str, _Flat], ...]


def _laid_out(flat: _Flat, indent: int, used: int) -> str:
    if not flat.items or used + len(flat.text) <= WIDTH:
        return flat.text
    inner = indent + 4
    margin = " " * inner
    lines = [flat.opening]
    for label, item in flat.items:
        # One more for the comma.
        text = _laid_out(item, inner, inner + len(label) + 1)
        lines.append(f"{margin}{label}{text},")
    lines.append(f"{' ' * indent}{flat.closing}")
    return "\n".join(lines)


def _flattened(tree: Tree, name_of: Names, copied: set[str]) -> _Flat:
    if isinstance(tree, Atom):
        if tree.is_literal:
            return _Flat("".join(tree.expression.parts), "", "", ())  # type: ignore[arg-type]
        text = tree.expression.text(name_of)
        copied.add(text)
        return _Flat(text, "", "", ())
    parts = tuple([(label, _flattened(item, name_of, copied)) for label, item in tree.items])
    items = ", ".join([f"{label}{item.text}" for label, item in parts])
    head = tree.head.text(name_of)
    single = "," if tree.opening == "(" and not head and len(parts) == 1 else ""
    opening = f"{head}{tree.opening}"
    return _Flat(f"{opening}{items}{single}{tree.closing}", opening, tree.closing, parts)
