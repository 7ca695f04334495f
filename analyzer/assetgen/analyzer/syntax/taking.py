"""What a function that is defined in another takes from its surroundings."""

from __future__ import annotations

import ast

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.syntax.bindings import free_names
from assetgen.analyzer.syntax.shape import FunctionNode


@dataclass(frozen=True, slots=True)
class Taken:
    """The names that a function takes from around it, sorted, and which of its parameters have a
    literal for their default."""

    names: tuple[str, ...]
    literals: frozenset[str]


def taken_by(node: FunctionNode) -> Taken:
    """What a definition takes, computed once: a factory makes many functions from one."""
    taken: Taken | None = getattr(node, _TAKEN, None)
    if taken is None:
        taken = Taken(tuple(sorted(free_names(node))), frozenset(_literals(node.args)))
        setattr(node, _TAKEN, taken)
    return taken


_TAKEN = "_taken"
"""The attribute in which a node keeps it: a table of nodes would keep their trees alive."""


def _literals(arguments: ast.arguments) -> list[str]:
    positional = [*arguments.posonlyargs, *arguments.args]
    pairs = [
        *zip(reversed(positional), reversed(arguments.defaults), strict=False),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    return [one.arg for one, default in pairs if isinstance(default, ast.Constant)]
