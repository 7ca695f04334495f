"""Statements: assignments, imports, control flow and definitions."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

import libcst as cst

from assetgen.analyzer.syntax.lowering.context import Lower, Lowering, identifier
from assetgen.analyzer.syntax.lowering.expressions import lower_arguments
from assetgen.analyzer.syntax.lowering.parameters import lower_parameters, lower_type_parameters
from assetgen.analyzer.syntax.newer_nodes import (
    TryStar,
    TypeAlias,
    with_field,
    with_type_parameters,
)

_STORE = ast.Store()
_DELETE = ast.Del()


def _expression(lowering: Lowering, node: cst.Expr) -> ast.stmt:
    return ast.Expr(lowering.expression(node.value), **lowering.at(node))


def _pass(lowering: Lowering, node: cst.Pass) -> ast.stmt:
    return ast.Pass(**lowering.at(node))


def _break(lowering: Lowering, node: cst.Break) -> ast.stmt:
    return ast.Break(**lowering.at(node))


def _continue(lowering: Lowering, node: cst.Continue) -> ast.stmt:
    return ast.Continue(**lowering.at(node))


def _return(lowering: Lowering, node: cst.Return) -> ast.stmt:
    return ast.Return(_optional(lowering, node.value), **lowering.at(node))


def _raise(lowering: Lowering, node: cst.Raise) -> ast.stmt:
    cause = node.cause.item if node.cause is not None else None
    exception = _optional(lowering, node.exc)
    return ast.Raise(exception, _optional(lowering, cause), **lowering.at(node))


def _assert(lowering: Lowering, node: cst.Assert) -> ast.stmt:
    test = lowering.expression(node.test)
    return ast.Assert(test, _optional(lowering, node.msg), **lowering.at(node))


def _delete(lowering: Lowering, node: cst.Del) -> ast.stmt:
    target = lowering.target(node.target, _DELETE)
    if isinstance(target, ast.Tuple) and not getattr(node.target, "lpar", ()):
        return ast.Delete(target.elts, **lowering.at(node))
    return ast.Delete([target], **lowering.at(node))


def _global(lowering: Lowering, node: cst.Global) -> ast.stmt:
    return ast.Global([identifier(item.name.value) for item in node.names], **lowering.at(node))


def _nonlocal(lowering: Lowering, node: cst.Nonlocal) -> ast.stmt:
    return ast.Nonlocal([identifier(item.name.value) for item in node.names], **lowering.at(node))


def _assign(lowering: Lowering, node: cst.Assign) -> ast.stmt:
    targets = [lowering.target(target.target, _STORE) for target in node.targets]
    return ast.Assign(targets, lowering.expression(node.value), **lowering.at(node))


_AUGMENTED: Mapping[type, ast.operator] = {
    cst.AddAssign: ast.Add(),
    cst.SubtractAssign: ast.Sub(),
    cst.MultiplyAssign: ast.Mult(),
    cst.MatrixMultiplyAssign: ast.MatMult(),
    cst.DivideAssign: ast.Div(),
    cst.FloorDivideAssign: ast.FloorDiv(),
    cst.ModuloAssign: ast.Mod(),
    cst.PowerAssign: ast.Pow(),
    cst.LeftShiftAssign: ast.LShift(),
    cst.RightShiftAssign: ast.RShift(),
    cst.BitAndAssign: ast.BitAnd(),
    cst.BitOrAssign: ast.BitOr(),
    cst.BitXorAssign: ast.BitXor(),
}


def _augmented(lowering: Lowering, node: cst.AugAssign) -> ast.stmt:
    target = lowering.target(node.target, _STORE)
    assert isinstance(target, (ast.Name, ast.Attribute, ast.Subscript))
    operator = _AUGMENTED[type(node.operator)]
    return ast.AugAssign(target, operator, lowering.expression(node.value), **lowering.at(node))


def _annotated(lowering: Lowering, node: cst.AnnAssign) -> ast.stmt:
    target = lowering.target(node.target, _STORE)
    assert isinstance(target, (ast.Name, ast.Attribute, ast.Subscript))
    annotation = lowering.expression(node.annotation.annotation)
    simple = int(isinstance(node.target, cst.Name) and not node.target.lpar)
    value = _optional(lowering, node.value)
    return ast.AnnAssign(target, annotation, value, simple, **lowering.at(node))


def _type_alias(lowering: Lowering, node: cst.TypeAlias) -> ast.stmt:
    lowering.require(3, 12)
    name = lowering.target(node.name, _STORE)
    parameters = lower_type_parameters(lowering, node.type_parameters)
    alias: ast.stmt = TypeAlias(
        name, parameters, lowering.expression(node.value), **lowering.at(node)
    )
    return alias


def _import(lowering: Lowering, node: cst.Import) -> ast.stmt:
    return ast.Import([_alias(lowering, alias) for alias in node.names], **lowering.at(node))


def _import_from(lowering: Lowering, node: cst.ImportFrom | cst.LazyImportFrom) -> ast.stmt:
    module = _dotted(node.module) if node.module is not None else None
    if isinstance(node.names, cst.ImportStar):
        names = [ast.alias("*", **lowering.at(node.names))]
    else:
        names = [_alias(lowering, alias) for alias in node.names]
    return ast.ImportFrom(module, names, len(node.relative), **lowering.at(node))


def _lazy_import(lowering: Lowering, node: cst.LazyImport) -> ast.stmt:
    lowering.require(3, 15)
    names = [_alias(lowering, alias) for alias in node.names]
    return with_field(ast.Import(names, **lowering.at(node)), "is_lazy", 1)


def _lazy_import_from(lowering: Lowering, node: cst.LazyImportFrom) -> ast.stmt:
    lowering.require(3, 15)
    return with_field(_import_from(lowering, node), "is_lazy", 1)


def _alias(lowering: Lowering, node: cst.ImportAlias) -> ast.alias:
    asname = None
    if node.asname is not None:
        assert isinstance(node.asname.name, cst.Name)
        asname = identifier(node.asname.name.value)
    return ast.alias(_dotted(node.name), asname, **lowering.at(node))


def _dotted(node: cst.Attribute | cst.Name) -> str:
    parts: list[str] = []
    inner: cst.BaseExpression = node
    while isinstance(inner, cst.Attribute):
        parts.append(identifier(inner.attr.value))
        inner = inner.value
    assert isinstance(inner, cst.Name)
    return ".".join((identifier(inner.value), *reversed(parts)))


def _if(lowering: Lowering, node: cst.If) -> ast.stmt:
    test = lowering.expression(node.test)
    body = lowering.block(node.body)
    orelse = [_if(lowering, node.orelse)] if isinstance(node.orelse, cst.If) else None
    if orelse is None:
        orelse = _clause(lowering, node.orelse)  # type: ignore[arg-type]
    return ast.If(test, body, orelse, **lowering.at(node))


def _while(lowering: Lowering, node: cst.While) -> ast.stmt:
    test = lowering.expression(node.test)
    body = lowering.block(node.body)
    return ast.While(test, body, _clause(lowering, node.orelse), **lowering.at(node))


def _for(lowering: Lowering, node: cst.For) -> ast.stmt:
    kind = ast.AsyncFor if node.asynchronous is not None else ast.For
    return kind(
        lowering.target(node.target, _STORE),
        lowering.expression(node.iter),
        lowering.block(node.body),
        _clause(lowering, node.orelse),
        **lowering.at(node),
    )


def _with(lowering: Lowering, node: cst.With) -> ast.stmt:
    kind = ast.AsyncWith if node.asynchronous is not None else ast.With
    items = [_with_item(lowering, item) for item in node.items]
    return kind(items, lowering.block(node.body), **lowering.at(node))


def _with_item(lowering: Lowering, node: cst.WithItem) -> ast.withitem:
    manager = lowering.expression(node.item)
    target = lowering.target(node.asname.name, _STORE) if node.asname is not None else None
    return ast.withitem(manager, target)


def _try(lowering: Lowering, node: cst.Try) -> ast.stmt:
    return ast.Try(*_try_parts(lowering, node), **lowering.at(node))


def _try_star(lowering: Lowering, node: cst.TryStar) -> ast.stmt:
    lowering.require(3, 11)
    statement: ast.stmt = TryStar(*_try_parts(lowering, node), **lowering.at(node))
    return statement


def _try_parts(
    lowering: Lowering, node: cst.Try | cst.TryStar
) -> tuple[list[ast.stmt], list[ast.ExceptHandler], list[ast.stmt], list[ast.stmt]]:
    return (
        lowering.block(node.body),
        [_handler(lowering, handler) for handler in node.handlers],
        _clause(lowering, node.orelse),
        _clause(lowering, node.finalbody),
    )


def _handler(
    lowering: Lowering, node: cst.ExceptHandler | cst.ExceptStarHandler
) -> ast.ExceptHandler:
    if isinstance(node.type, cst.Tuple) and not node.type.lpar:
        lowering.require(3, 14)
    kind = _optional(lowering, node.type)
    name = None
    if node.name is not None:
        assert isinstance(node.name.name, cst.Name)
        name = identifier(node.name.name.value)
    return ast.ExceptHandler(kind, name, lowering.block(node.body), **lowering.at(node))


def _match(lowering: Lowering, node: cst.Match) -> ast.stmt:
    lowering.require(3, 10)
    cases = [_case(lowering, case) for case in node.cases]
    return ast.Match(lowering.expression(node.subject), cases, **lowering.at(node))


def _case(lowering: Lowering, node: cst.MatchCase) -> ast.match_case:
    pattern = lowering.pattern(node.pattern)
    return ast.match_case(pattern, _optional(lowering, node.guard), lowering.block(node.body))


def _function(lowering: Lowering, node: cst.FunctionDef) -> ast.stmt:
    kind = ast.AsyncFunctionDef if node.asynchronous is not None else ast.FunctionDef
    returns = node.returns.annotation if node.returns is not None else None
    type_parameters = lower_type_parameters(lowering, node.type_parameters)
    function = kind(
        identifier(node.name.value),
        lower_parameters(lowering, node.params),
        lowering.block(node.body),
        _decorators(lowering, node.decorators),
        _optional(lowering, returns),
        **lowering.at(node),
    )
    return with_type_parameters(function, type_parameters)


def _class(lowering: Lowering, node: cst.ClassDef) -> ast.stmt:
    type_parameters = lower_type_parameters(lowering, node.type_parameters)
    bases, keywords = lower_arguments(lowering, (*node.bases, *node.keywords))
    definition = ast.ClassDef(
        identifier(node.name.value),
        bases,
        keywords,
        lowering.block(node.body),
        _decorators(lowering, node.decorators),
        **lowering.at(node),
    )
    return with_type_parameters(definition, type_parameters)


def _decorators(lowering: Lowering, nodes: Sequence[cst.Decorator]) -> list[ast.expr]:
    return [lowering.expression(decorator.decorator) for decorator in nodes]


def _clause(lowering: Lowering, node: cst.Else | cst.Finally | None) -> list[ast.stmt]:
    return lowering.block(node.body) if node is not None else []


def _optional(lowering: Lowering, node: cst.BaseExpression | None) -> ast.expr | None:
    return lowering.expression(node) if node is not None else None


TABLE: Mapping[type, Lower] = {
    cst.Expr: _expression,
    cst.Pass: _pass,
    cst.Break: _break,
    cst.Continue: _continue,
    cst.Return: _return,
    cst.Raise: _raise,
    cst.Assert: _assert,
    cst.Del: _delete,
    cst.Global: _global,
    cst.Nonlocal: _nonlocal,
    cst.Assign: _assign,
    cst.AugAssign: _augmented,
    cst.AnnAssign: _annotated,
    cst.TypeAlias: _type_alias,
    cst.Import: _import,
    cst.ImportFrom: _import_from,
    cst.LazyImport: _lazy_import,
    cst.LazyImportFrom: _lazy_import_from,
    cst.If: _if,
    cst.While: _while,
    cst.For: _for,
    cst.With: _with,
    cst.Try: _try,
    cst.TryStar: _try_star,
    cst.Match: _match,
    cst.FunctionDef: _function,
    cst.ClassDef: _class,
}
