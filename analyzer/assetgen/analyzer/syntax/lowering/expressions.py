"""Expressions: names, numbers, operators, calls, containers and comprehensions."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

import libcst as cst

from assetgen.analyzer.syntax.lowering.context import Lower, Lowering, identifier
from assetgen.analyzer.syntax.lowering.parameters import lower_parameters
from assetgen.analyzer.syntax.lowering.unreadable import UnreadableError

_LOAD = ast.Load()
_STORE = ast.Store()
_NAMED_CONSTANTS: Mapping[str, bool | None] = {"None": None, "True": True, "False": False}


def _name(lowering: Lowering, node: cst.Name) -> ast.expr:
    if node.value in _NAMED_CONSTANTS:
        return ast.Constant(_NAMED_CONSTANTS[node.value], **lowering.at(node))
    return ast.Name(identifier(node.value), _LOAD, **lowering.at(node))


def _integer(lowering: Lowering, node: cst.Integer) -> ast.expr:
    try:
        value = int(node.value, 0)
    except ValueError as error:
        raise UnreadableError(str(error), lowering.positions.start(node)) from None
    return ast.Constant(value, **lowering.at(node))


def _float(lowering: Lowering, node: cst.Float) -> ast.expr:
    return ast.Constant(float(node.value), **lowering.at(node))


def _imaginary(lowering: Lowering, node: cst.Imaginary) -> ast.expr:
    return ast.Constant(complex(0.0, float(node.value[:-1])), **lowering.at(node))


def _ellipsis(lowering: Lowering, node: cst.Ellipsis) -> ast.expr:
    return ast.Constant(..., **lowering.at(node))


def _attribute(lowering: Lowering, node: cst.Attribute) -> ast.expr:
    value = lowering.expression(node.value)
    return ast.Attribute(value, identifier(node.attr.value), _LOAD, **lowering.at(node))


def _subscript(lowering: Lowering, node: cst.Subscript) -> ast.expr:
    value = lowering.expression(node.value)
    first, last = node.slice[0], node.slice[-1]
    single = len(node.slice) == 1 and not isinstance(first.comma, cst.Comma)
    index = [_index(lowering, element.slice) for element in node.slice]
    if single and not isinstance(index[0], ast.Starred):
        return ast.Subscript(value, index[0], _LOAD, **lowering.at(node))
    start = lowering.positions.start(first)
    closing = last.comma if isinstance(last.comma, cst.Comma) else last.slice
    end = lowering.positions.span(closing)[1]
    elements = ast.Tuple(index, _LOAD, **lowering.place(start, end))
    return ast.Subscript(value, elements, _LOAD, **lowering.at(node))


def _index(lowering: Lowering, node: cst.BaseSlice) -> ast.expr:
    if isinstance(node, cst.Slice):
        parts = (node.lower, node.upper, node.step)
        lowered = [lowering.expression(part) if part is not None else None for part in parts]
        return ast.Slice(*lowered, **lowering.at(node))
    assert isinstance(node, cst.Index)
    value = lowering.expression(node.value)
    if node.star is None:
        return value
    lowering.require(3, 11)
    return ast.Starred(value, _LOAD, **lowering.at(node))


def _call(lowering: Lowering, node: cst.Call) -> ast.expr:
    function = lowering.expression(node.func)
    positional, keywords = lower_arguments(lowering, node.args)
    if len(node.args) == 1 and _is_bare_generator(node.args[0].value):
        # The parentheses of such a call are also those of the generator expression.
        start = lowering.positions.start(node.whitespace_before_args) - 1
        place = lowering.place(start, lowering.positions.span(node)[1])
        for attribute, value in place.items():
            setattr(positional[0], attribute, value)
    return ast.Call(function, positional, keywords, **lowering.at(node))


def _is_bare_generator(node: cst.BaseExpression) -> bool:
    return isinstance(node, cst.GeneratorExp) and not node.lpar


def lower_arguments(
    lowering: Lowering, arguments: Sequence[cst.Arg]
) -> tuple[list[ast.expr], list[ast.keyword]]:
    """Positional (starred ones among them) and keyword arguments."""
    positional: list[ast.expr] = []
    keywords: list[ast.keyword] = []
    for argument in arguments:
        value = lowering.expression(argument.value)
        if argument.keyword is not None:
            name = identifier(argument.keyword.value)
            keywords.append(ast.keyword(name, value, **lowering.at(argument)))
        elif argument.star == "**":
            keywords.append(ast.keyword(None, value, **lowering.at(argument)))
        elif argument.star == "*":
            positional.append(ast.Starred(value, _LOAD, **lowering.at(argument)))
        else:
            positional.append(value)
    return positional, keywords


_UNARY: Mapping[type, ast.unaryop] = {
    cst.Not: ast.Not(),
    cst.Minus: ast.USub(),
    cst.Plus: ast.UAdd(),
    cst.BitInvert: ast.Invert(),
}
_BINARY: Mapping[type, ast.operator] = {
    cst.Add: ast.Add(),
    cst.Subtract: ast.Sub(),
    cst.Multiply: ast.Mult(),
    cst.MatrixMultiply: ast.MatMult(),
    cst.Divide: ast.Div(),
    cst.FloorDivide: ast.FloorDiv(),
    cst.Modulo: ast.Mod(),
    cst.Power: ast.Pow(),
    cst.LeftShift: ast.LShift(),
    cst.RightShift: ast.RShift(),
    cst.BitAnd: ast.BitAnd(),
    cst.BitOr: ast.BitOr(),
    cst.BitXor: ast.BitXor(),
}
_BOOLEAN: Mapping[type, ast.boolop] = {cst.And: ast.And(), cst.Or: ast.Or()}
_COMPARISON: Mapping[type, ast.cmpop] = {
    cst.Equal: ast.Eq(),
    cst.NotEqual: ast.NotEq(),
    cst.LessThan: ast.Lt(),
    cst.LessThanEqual: ast.LtE(),
    cst.GreaterThan: ast.Gt(),
    cst.GreaterThanEqual: ast.GtE(),
    cst.Is: ast.Is(),
    cst.IsNot: ast.IsNot(),
    cst.In: ast.In(),
    cst.NotIn: ast.NotIn(),
}


def _unary(lowering: Lowering, node: cst.UnaryOperation) -> ast.expr:
    operand = lowering.expression(node.expression)
    return ast.UnaryOp(_UNARY[type(node.operator)], operand, **lowering.at(node))


def _binary(lowering: Lowering, node: cst.BinaryOperation) -> ast.expr:
    left = lowering.expression(node.left)
    right = lowering.expression(node.right)
    return ast.BinOp(left, _BINARY[type(node.operator)], right, **lowering.at(node))


def _boolean(lowering: Lowering, node: cst.BooleanOperation) -> ast.expr:
    kind = type(node.operator)
    operands: list[cst.BaseExpression] = []
    pending: list[cst.BaseExpression] = [node.right, node.left]
    while pending:
        operand = pending.pop()
        if (
            isinstance(operand, cst.BooleanOperation)
            and type(operand.operator) is kind
            and not operand.lpar
        ):
            pending += (operand.right, operand.left)
        else:
            operands.append(operand)
    values = [lowering.expression(operand) for operand in operands]
    return ast.BoolOp(_BOOLEAN[kind], values, **lowering.at(node))


def _comparison(lowering: Lowering, node: cst.Comparison) -> ast.expr:
    left = lowering.expression(node.left)
    operators = [_COMPARISON[type(part.operator)] for part in node.comparisons]
    comparators = [lowering.expression(part.comparator) for part in node.comparisons]
    return ast.Compare(left, operators, comparators, **lowering.at(node))


def _conditional(lowering: Lowering, node: cst.IfExp) -> ast.expr:
    body = lowering.expression(node.body)
    test = lowering.expression(node.test)
    return ast.IfExp(test, body, lowering.expression(node.orelse), **lowering.at(node))


def _lambda(lowering: Lowering, node: cst.Lambda) -> ast.expr:
    parameters = lower_parameters(lowering, node.params)
    return ast.Lambda(parameters, lowering.expression(node.body), **lowering.at(node))


def _named(lowering: Lowering, node: cst.NamedExpr) -> ast.expr:
    target = lowering.target(node.target, _STORE)
    assert isinstance(target, ast.Name)
    return ast.NamedExpr(target, lowering.expression(node.value), **lowering.at(node))


def _await(lowering: Lowering, node: cst.Await) -> ast.expr:
    return ast.Await(lowering.expression(node.expression), **lowering.at(node))


def _yield(lowering: Lowering, node: cst.Yield) -> ast.expr:
    if isinstance(node.value, cst.From):
        return ast.YieldFrom(lowering.expression(node.value.item), **lowering.at(node))
    value = lowering.expression(node.value) if node.value is not None else None
    return ast.Yield(value, **lowering.at(node))


def _element(lowering: Lowering, node: cst.Element) -> ast.expr:
    return lowering.expression(node.value)


def _starred(lowering: Lowering, node: cst.StarredElement) -> ast.expr:
    start, end = lowering.positions.span(node)
    if isinstance(node.comma, cst.Comma):
        end = lowering.outside(node.value)[1]
    return ast.Starred(lowering.expression(node.value), _LOAD, **lowering.place(start, end))


def _tuple(lowering: Lowering, node: cst.Tuple) -> ast.expr:
    elements = [lowering.expression(element) for element in node.elements]
    return ast.Tuple(elements, _LOAD, **lowering.bracketed(node))


def _list(lowering: Lowering, node: cst.List) -> ast.expr:
    elements = [lowering.expression(element) for element in node.elements]
    return ast.List(elements, _LOAD, **lowering.at(node))


def _set(lowering: Lowering, node: cst.Set) -> ast.expr:
    elements = [lowering.expression(element) for element in node.elements]
    return ast.Set(elements, **lowering.at(node))


def _dict(lowering: Lowering, node: cst.Dict) -> ast.expr:
    keys: list[ast.expr | None] = []
    for element in node.elements:
        starred = isinstance(element, cst.StarredDictElement)
        keys.append(None if starred else lowering.expression(element.key))  # type: ignore[attr-defined]
    values = [lowering.expression(element.value) for element in node.elements]
    return ast.Dict(keys, values, **lowering.at(node))


def _list_comprehension(lowering: Lowering, node: cst.ListComp) -> ast.expr:
    return ast.ListComp(
        _result(lowering, node.elt), _clauses(lowering, node.for_in), **lowering.at(node)
    )


def _set_comprehension(lowering: Lowering, node: cst.SetComp) -> ast.expr:
    return ast.SetComp(
        _result(lowering, node.elt), _clauses(lowering, node.for_in), **lowering.at(node)
    )


def _generator(lowering: Lowering, node: cst.GeneratorExp) -> ast.expr:
    result = _result(lowering, node.elt)
    return ast.GeneratorExp(result, _clauses(lowering, node.for_in), **lowering.bracketed(node))


def _dict_comprehension(lowering: Lowering, node: cst.DictComp) -> ast.expr:
    key = lowering.expression(node.key)
    value = lowering.expression(node.value)
    return ast.DictComp(key, value, _clauses(lowering, node.for_in), **lowering.at(node))


def _starred_dict_comprehension(lowering: Lowering, node: cst.StarredDictComp) -> ast.expr:
    lowering.require(3, 15)
    merged = lowering.expression(node.value)
    clauses = _clauses(lowering, node.for_in)
    return ast.DictComp(merged, None, clauses, **lowering.at(node))  # type: ignore[arg-type]


def _result(lowering: Lowering, node: cst.BaseExpression) -> ast.expr:
    if isinstance(node, cst.StarredElement):
        lowering.require(3, 15)
    return lowering.expression(node)


def _clauses(lowering: Lowering, first: cst.CompFor) -> list[ast.comprehension]:
    clauses: list[ast.comprehension] = []
    clause: cst.CompFor | None = first
    while clause is not None:
        target = lowering.target(clause.target, _STORE)
        iterable = lowering.expression(clause.iter)
        conditions = [lowering.expression(condition.test) for condition in clause.ifs]
        is_async = int(clause.asynchronous is not None)
        clauses.append(ast.comprehension(target, iterable, conditions, is_async))
        clause = clause.inner_for_in
    return clauses


TABLE: Mapping[type, Lower] = {
    cst.Name: _name,
    cst.Integer: _integer,
    cst.Float: _float,
    cst.Imaginary: _imaginary,
    cst.Ellipsis: _ellipsis,
    cst.Attribute: _attribute,
    cst.Subscript: _subscript,
    cst.Call: _call,
    cst.UnaryOperation: _unary,
    cst.BinaryOperation: _binary,
    cst.BooleanOperation: _boolean,
    cst.Comparison: _comparison,
    cst.IfExp: _conditional,
    cst.Lambda: _lambda,
    cst.NamedExpr: _named,
    cst.Await: _await,
    cst.Yield: _yield,
    cst.Element: _element,
    cst.StarredElement: _starred,
    cst.Tuple: _tuple,
    cst.List: _list,
    cst.Set: _set,
    cst.Dict: _dict,
    cst.ListComp: _list_comprehension,
    cst.SetComp: _set_comprehension,
    cst.GeneratorExp: _generator,
    cst.DictComp: _dict_comprehension,
    cst.StarredDictComp: _starred_dict_comprehension,
}
