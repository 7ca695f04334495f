"""Which functions are generators, and where they yield."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache

from assetgen.analyzer.evaluate.values import Function
from assetgen.analyzer.syntax.bodies import DeferredBody
from assetgen.analyzer.syntax.shape import shape_of


def yields(function: Function) -> bool:
    """Whether calling the function returns a generator; the source text usually answers it without
    a search."""
    body, parsed = function.node.body, function.module.parsed
    if isinstance(body, DeferredBody):
        if not body.may_mention("yield"):
            return False
        if body.surely_yields():
            return True
    elif parsed is not None and "yield" not in parsed.segment(function.node):
        return False
    return shape_of(function.node).is_generator


_OWN_BODY = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
)


def yields_in(node: ast.AST) -> Iterator[ast.Yield | ast.YieldFrom]:
    """The `yield`s of an expression or simple statement, in the order in which they are run."""
    if isinstance(node, _OWN_BODY):
        return
    for inner in ast.iter_child_nodes(node):
        yield from yields_in(inner)
    if isinstance(node, (ast.Yield, ast.YieldFrom)):
        yield node


@lru_cache(maxsize=1024)
def yielding_in(node: ast.FunctionDef | ast.AsyncFunctionDef) -> frozenset[int]:
    """The identities of the statements of a function, at any depth, that contain a `yield` of the
    function itself."""
    found: set[int] = set()
    for statement in node.body:
        _note_yielding(statement, found)
    return frozenset(found)


def _note_yielding(node: ast.AST, found: set[int]) -> bool:
    if isinstance(node, _OWN_BODY):
        return False
    holds = isinstance(node, (ast.Yield, ast.YieldFrom))
    for inner in ast.iter_child_nodes(node):
        holds = _note_yielding(inner, found) or holds
    if holds:
        found.add(id(node))
    return holds
