"""Calls in the body of a graph of what is not known, which may be an op."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Choice, Declared, External, Sequence, Unknown, Value
from assetgen.analyzer.intrinsics.dagster.plain import why


def may_be_node(function: Value, arguments: Iterable[Value]) -> bool:
    """Whether a call of something unknown may put an op or graph into the graph.

    What comes from the standard library is none, and neither is what comes from Dagster, whose ops
    are known.
    """
    if isinstance(function, External):
        package = function.qualname.partition(".")[0]
        if package in sys.stdlib_module_names or package in ("builtins", "dagster"):
            return False
    return all(map(_may_be_output, arguments))


def _may_be_output(value: Value) -> bool:
    """Whether a value may be given to an op in a graph."""
    if isinstance(value, Sequence):
        return all(map(_may_be_output, value.items))
    return isinstance(value, (Declared, Unknown, Choice))


def tell_lost(call: Call, graph: str, kind: str, lost: Iterable[tuple[Value, Site]]) -> None:
    """Report calls of what may be ops: the graph may have more nodes than were found."""
    rule = "unresolved-job" if kind == "job" else "unresolved-attribute"
    for function, site in lost:
        cause = _why(function, site)
        if cause is not None:
            call.report(rule, f"which ops `{graph}` has is not known: {cause}", site)


def _why(function: Value, site: Site) -> str | None:
    """Why the node is not known; None for a method of what is not known, which is not likely to be
    one, and if the user has been told."""
    if isinstance(function, External):
        return f"what {function.qualname} gives"
    node = site.node
    is_method = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    if is_method or not isinstance(function, Unknown) or function.reason == "told":
        return None
    return why(function)
