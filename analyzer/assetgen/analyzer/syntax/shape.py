"""What a function's body determines about it before it runs."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from assetgen.analyzer.model.dataclass import dataclass

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True, slots=True)
class Shape:
    """Names declared `global` and `nonlocal`, and whether it yields."""

    globals_: frozenset[str]
    nonlocals: frozenset[str]
    is_generator: bool


def shape_of(node: FunctionNode) -> Shape:
    """The shape of a function; nested functions and classes do not count."""
    shape: Shape | None = getattr(node, _SHAPE, None)
    if shape is None:
        shape = _shape(node)
        setattr(node, _SHAPE, shape)
    return shape


_SHAPE = "_shape"
"""The attribute in which a node keeps its shape: a table of nodes would keep their trees alive."""


def _shape(node: FunctionNode) -> Shape:
    globals_: set[str] = set()
    nonlocals: set[str] = set()
    is_generator = False
    for inner in _own_nodes(node):
        if isinstance(inner, ast.Global):
            globals_.update(inner.names)
        elif isinstance(inner, ast.Nonlocal):
            nonlocals.update(inner.names)
        elif isinstance(inner, (ast.Yield, ast.YieldFrom)):
            is_generator = True
    return Shape(frozenset(globals_), frozenset(nonlocals), is_generator)


def locals_of(node: FunctionNode) -> frozenset[str]:
    """The names that a function binds itself: parameters and what its own statements bind."""
    found: frozenset[str] | None = getattr(node, _LOCALS, None)
    if found is None:
        shape = shape_of(node)
        found = frozenset(_bound_in(node)) - shape.globals_ - shape.nonlocals
        setattr(node, _LOCALS, found)
    return found


_LOCALS = "_locals"


def _bound_in(node: FunctionNode) -> Iterator[str]:
    targets = {
        id(name)
        for inner in _own_nodes(node)
        if isinstance(inner, ast.comprehension)
        for name in ast.walk(inner.target)
    }
    for inner in _own_nodes(node):
        if isinstance(inner, ast.Name):
            if not isinstance(inner.ctx, ast.Load) and id(inner) not in targets:
                yield inner.id
        elif isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield inner.name
        elif isinstance(inner, ast.alias):
            yield (inner.asname or inner.name).partition(".")[0]
        elif isinstance(inner, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and inner.name:
            yield inner.name
        elif isinstance(inner, ast.MatchMapping) and inner.rest:
            yield inner.rest


_INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def _own_nodes(node: FunctionNode) -> Iterator[ast.AST]:
    body = node.body if isinstance(node.body, list) else [node.body]
    stack: list[ast.AST] = list(body)
    while stack:
        inner = stack.pop()
        yield inner
        if not isinstance(inner, _INNER):
            stack.extend(ast.iter_child_nodes(inner))
