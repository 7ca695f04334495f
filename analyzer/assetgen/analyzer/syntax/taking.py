"""What a function that is defined in another takes from its surroundings."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.syntax.bindings import free_names
from assetgen.analyzer.syntax.shape import FunctionNode


@dataclass(frozen=True, slots=True)
class Taken:
    """The names that a function takes from around it, sorted, and which of its parameters have a
    literal for their default.

    `around` are others, sorted, that stand in its head where a run depends on them.
    """

    names: tuple[str, ...]
    literals: frozenset[str]
    around: tuple[str, ...] = ()


def taken_by(node: FunctionNode) -> Taken:
    """What a definition takes, computed once: a factory makes many functions from one."""
    taken: Taken | None = getattr(node, _TAKEN, None)
    if taken is None:
        names = free_names(node)
        around = {*_names_around(node)} - names
        literals = frozenset(_literals(node.args))
        taken = Taken(tuple(sorted(names)), literals, tuple(sorted(around)))
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


# Arguments of decorators that are taken from there, as they are written, into a script.
_OF_A_RUN = frozenset(
    {"config_schema", "dagster_type", "io_manager_def", "partitions_def", "resource_defs"}
)
_CONFIGURATION = "config"


def _names_around(node: FunctionNode) -> Iterator[str]:
    said: list[ast.expr] = []
    for decorator in getattr(node, "decorator_list", ()):
        if isinstance(decorator, ast.Call):
            said += (each.value for each in decorator.keywords if each.arg in _OF_A_RUN)
    for parameter in (*node.args.args, *node.args.kwonlyargs):
        if parameter.arg == _CONFIGURATION and parameter.annotation is not None:
            said.append(parameter.annotation)
    return (each.id for one in said for each in ast.walk(one) if isinstance(each, ast.Name))
