"""The names in the annotations of a function's signature."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from assetgen.codegen.link.modules.source_module import FunctionNode
from assetgen.codegen.link.names.bound_names import argument_names
from assetgen.codegen.link.names.uses import Use

_NOTHING: frozenset[str] = frozenset()


def annotating(annotation: ast.expr) -> Sequence[Use] | None:
    """The uses of names in an annotation, in source order; None if it has more than names."""
    found: list[Use] = []
    for name, chain in _names_of(annotation):
        if name is None:
            return None
        found.append(Use(name.id, name, chain, True, False, annotation, _NOTHING))
    return found


def dotted_names(annotation: ast.expr) -> Sequence[str] | None:
    """The names in an annotation, with the attributes taken of them; None if it has more."""
    if type(annotation) is ast.Name:
        return (annotation.id,)
    found: list[str] = []
    for name, chain in _names_of(annotation):
        if name is None:
            return None
        found.append(".".join([name.id, *[each.attr for each in chain]]) if chain else name.id)
    return found


def annotations_of(node: FunctionNode) -> list[ast.expr]:
    """The annotations of parameters, and that of what is returned."""
    arguments = node.args
    found = [each.annotation for each in arguments.args if each.annotation is not None]
    if arguments.posonlyargs or arguments.kwonlyargs or arguments.vararg or arguments.kwarg:
        found = [each.annotation for _, each in argument_names(arguments) if each.annotation]
    if node.returns is not None:
        found.append(node.returns)
    return found


def dotted(use: Use) -> str:
    """The name with the attributes that are taken of it."""
    return ".".join([use.name, *[each.attr for each in use.chain]]) if use.chain else use.name


def _names_of(node: ast.expr) -> Iterator[tuple[ast.Name | None, tuple[ast.Attribute, ...]]]:
    """The dotted names in an annotation, in source order; None for what is not known to be some."""
    kind = type(node)
    if kind is ast.Name:
        yield node, ()  # type: ignore[misc]
    elif isinstance(node, ast.Attribute):
        chain: list[ast.Attribute] = []
        inner: ast.expr = node
        while isinstance(inner, ast.Attribute):
            chain.append(inner)
            inner = inner.value
        yield (inner, tuple(chain[::-1])) if isinstance(inner, ast.Name) else (None, ())
    elif isinstance(node, ast.Subscript):
        yield from _names_of(node.value)
        yield from _names_of(node.slice)
    elif isinstance(node, ast.BinOp):
        yield from _names_of(node.left)
        yield from _names_of(node.right)
    elif isinstance(node, (ast.Tuple, ast.List)):
        for each in node.elts:
            yield from _names_of(each)
    elif kind is not ast.Constant:
        yield None, ()
