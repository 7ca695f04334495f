"""The patterns of ``match`` statements."""

from __future__ import annotations

import ast
from collections.abc import Mapping

import libcst as cst

from assetgen.analyzer.syntax.lowering.context import Lower, Lowering, identifier

_SINGLETONS: Mapping[str, bool | None] = {"None": None, "True": True, "False": False}


def _value(lowering: Lowering, node: cst.MatchValue) -> ast.pattern:
    return ast.MatchValue(lowering.expression(node.value), **lowering.at(node.value))


def _singleton(lowering: Lowering, node: cst.MatchSingleton) -> ast.pattern:
    return ast.MatchSingleton(_SINGLETONS[node.value.value], **lowering.at(node.value))


def _list(lowering: Lowering, node: cst.MatchList) -> ast.pattern:
    place = lowering.at(node) if node.lbracket is not None else lowering.bracketed(node)
    return ast.MatchSequence([lowering.pattern(p) for p in node.patterns], **place)


def _tuple(lowering: Lowering, node: cst.MatchTuple) -> ast.pattern:
    patterns = [lowering.pattern(pattern) for pattern in node.patterns]
    return ast.MatchSequence(patterns, **lowering.bracketed(node))


def _element(lowering: Lowering, node: cst.MatchSequenceElement) -> ast.pattern:
    return lowering.pattern(node.value)


def _star(lowering: Lowering, node: cst.MatchStar) -> ast.pattern:
    start, end = lowering.positions.span(node)
    if node.name is not None:
        end = lowering.positions.span(node.name)[1]
    elif isinstance(node.comma, cst.Comma):
        end = lowering.text.index("_", start) + 1
    return ast.MatchStar(_capture(node.name), **lowering.place(start, end))


def _mapping(lowering: Lowering, node: cst.MatchMapping) -> ast.pattern:
    keys = [lowering.expression(element.key) for element in node.elements]
    patterns = [lowering.pattern(element.pattern) for element in node.elements]
    return ast.MatchMapping(keys, patterns, _capture(node.rest), **lowering.at(node))


def _class(lowering: Lowering, node: cst.MatchClass) -> ast.pattern:
    return ast.MatchClass(
        lowering.expression(node.cls),
        [lowering.pattern(element) for element in node.patterns],
        [identifier(element.key.value) for element in node.kwds],
        [lowering.pattern(element.pattern) for element in node.kwds],
        **lowering.at(node),
    )


def _as(lowering: Lowering, node: cst.MatchAs) -> ast.pattern:
    pattern = lowering.pattern(node.pattern) if node.pattern is not None else None
    return ast.MatchAs(pattern, _capture(node.name), **lowering.at(node))


def _or(lowering: Lowering, node: cst.MatchOr) -> ast.pattern:
    patterns = [lowering.pattern(element.pattern) for element in node.patterns]
    return ast.MatchOr(patterns, **lowering.at(node))


def _capture(name: cst.Name | None) -> str | None:
    return identifier(name.value) if name is not None else None


TABLE: Mapping[type, Lower] = {
    cst.MatchValue: _value,
    cst.MatchSingleton: _singleton,
    cst.MatchList: _list,
    cst.MatchTuple: _tuple,
    cst.MatchSequenceElement: _element,
    cst.MatchStar: _star,
    cst.MatchMapping: _mapping,
    cst.MatchClass: _class,
    cst.MatchAs: _as,
    cst.MatchOr: _or,
}
