"""The parameters of functions and lambdas, and type parameters."""

from __future__ import annotations

import ast

import libcst as cst

from assetgen.analyzer.syntax.lowering.context import Lowering, identifier
from assetgen.analyzer.syntax.newer_nodes import (
    ParamSpec,
    TypeVarNode,
    TypeVarTuple,
    with_field,
)


def lower_parameters(lowering: Lowering, node: cst.Parameters) -> ast.arguments:
    """The parameters of a function or a lambda, with their defaults."""
    positional = (*node.posonly_params, *node.params)
    defaults = [p.default for p in positional if p.default is not None]
    keyword_defaults = [p.default for p in node.kwonly_params]
    star = node.star_arg if isinstance(node.star_arg, cst.Param) else None
    return ast.arguments(
        posonlyargs=[_parameter(lowering, p) for p in node.posonly_params],
        args=[_parameter(lowering, p) for p in node.params],
        vararg=_parameter(lowering, star) if star is not None else None,
        kwonlyargs=[_parameter(lowering, p) for p in node.kwonly_params],
        kw_defaults=[lowering.expression(d) if d is not None else None for d in keyword_defaults],
        kwarg=_parameter(lowering, node.star_kwarg) if node.star_kwarg is not None else None,
        defaults=[lowering.expression(default) for default in defaults],
    )


def _parameter(lowering: Lowering, node: cst.Param) -> ast.arg:
    start, end = lowering.positions.span(node.name)
    annotation = None
    if node.annotation is not None:
        kind = node.annotation.annotation
        if isinstance(kind, cst.StarredElement):
            lowering.require(3, 11)
        annotation = lowering.expression(kind)
        end = lowering.outside(kind)[1]
    return ast.arg(identifier(node.name.value), annotation, **lowering.place(start, end))


def lower_type_parameters(lowering: Lowering, node: cst.TypeParameters | None) -> list[ast.AST]:
    """The type parameters in brackets of a function, class or type alias."""
    if node is None:
        return []
    lowering.require(3, 12)
    return [_type_parameter(lowering, parameter) for parameter in node.params]


def _type_parameter(lowering: Lowering, node: cst.TypeParam) -> ast.AST:
    start, end = lowering.positions.span(node.param)
    name = identifier(node.param.name.value)
    lowered: ast.AST
    if isinstance(node.param, cst.TypeVar):
        bound = node.param.bound
        lowered = TypeVarNode(name, lowering.expression(bound) if bound is not None else None)
    elif isinstance(node.param, cst.TypeVarTuple):
        lowered = TypeVarTuple(name)
    else:
        lowered = ParamSpec(name)
    if node.default is not None:
        lowering.require(3, 13)
        default = lowering.expression(node.default)
        inner, end = lowering.outside(node.default)
        if node.star:
            star = lowering.text.rindex("*", start, inner)
            default = ast.Starred(default, ast.Load(), **lowering.place(star, end))
        with_field(lowered, "default_value", default)
    for attribute, value in lowering.place(start, end).items():
        setattr(lowered, attribute, value)
    return lowered
