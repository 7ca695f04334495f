"""Expressions of templates that are also Python, parsed by Python in a tenth of the time.

Most of them are calls, names, literals, conditions and filters. Whatever the two languages could
understand differently is left to Jinja: the result is Jinja's own tree, or none.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from typing import Any, Final

from jinja2 import nodes


class NotPlain(Exception):
    """An expression that may mean something else in Jinja, or nothing."""


def plain_expression(text: str, line: int) -> nodes.Expr:
    """The tree of an expression that begins in a line, without blanks around it.

    Calls have the lines that Jinja gives them; those of operators over several lines may differ.
    Raises `NotPlain`.
    """
    if not text.isascii() or _FOREIGN.search(text) is not None:
        raise NotPlain
    try:
        tree = ast.parse(text.replace("\n", " "), mode="eval").body
        if isinstance(tree, ast.Tuple):
            raise NotPlain
        return _Reader(text, line).read(tree)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise NotPlain from None


_FOREIGN: Final = re.compile(r"[\\#\r\f\v\x00-\x08\x1c-\x1f]|(?<![A-Za-z0-9_.])[0-9]+[A-Za-z_]")
"""Characters that the two languages read differently, and numbers that run into names."""


class _Reader:
    """Makes Jinja's tree from Python's; `line` is the one in which the text begins."""

    def __init__(self, text: str, line: int) -> None:
        self.text = text
        self._line = line
        self._is_long = "\n" in text

    def read(self, node: ast.expr) -> nodes.Expr:
        reader = _TABLE.get(type(node))
        if reader is None:
            raise NotPlain
        return reader(self, node)

    def line(self, offset: int) -> int:
        return self._line + self.text.count("\n", 0, offset) if self._is_long else self._line

    def line_after(self, node: ast.expr, sign: str) -> int:
        """The line of the sign that directly follows a node."""
        end = node.end_col_offset or 0
        if self.text[end : end + len(sign)] != sign:
            raise NotPlain
        return self.line(end)

    def arguments(self, node: ast.Call) -> tuple[list[nodes.Expr], list[nodes.Keyword]]:
        args = [self.read(argument) for argument in node.args]
        kwargs = []
        for keyword in node.keywords:
            if keyword.arg is None:
                raise NotPlain
            value = self.read(keyword.value)
            kwargs.append(nodes.Keyword(keyword.arg, value, lineno=value.lineno))
        return args, kwargs


def _name(reader: _Reader, node: ast.Name) -> nodes.Expr:
    line = reader.line(node.col_offset)
    if node.id in _CONSTANTS:
        return nodes.Const(_CONSTANTS[node.id], lineno=line)
    return nodes.Name(node.id, "load", lineno=line)


_CONSTANTS: Final = {"true": True, "false": False, "none": None}


def _constant(reader: _Reader, node: ast.Constant) -> nodes.Expr:
    value, written = node.value, reader.text[node.col_offset : node.end_col_offset]
    pattern = _WRITTEN.get(type(value))
    if pattern is None or pattern.fullmatch(written) is None:
        raise NotPlain
    return nodes.Const(value, lineno=reader.line(node.col_offset))


_WRITTEN: Final[dict[type, re.Pattern[str]]] = {
    str: re.compile(r"'[^'\n]*'|\"[^\"\n]*\""),
    int: re.compile(r"0|[1-9][0-9]*"),
    float: re.compile(r"[0-9]+\.[0-9]+"),
    bool: re.compile("True|False"),
    type(None): re.compile("None"),
}
"""How literals are written that mean the same in both languages, by type."""


def _attribute(reader: _Reader, node: ast.Attribute) -> nodes.Expr:
    line = reader.line_after(node.value, ".")
    return nodes.Getattr(_owner(reader, node.value), node.attr, "load", lineno=line)


def _item(reader: _Reader, node: ast.Subscript) -> nodes.Expr:
    if isinstance(node.slice, (ast.Tuple, ast.Slice)):
        raise NotPlain
    line = reader.line_after(node.value, "[")
    return nodes.Getitem(_owner(reader, node.value), reader.read(node.slice), "load", lineno=line)


def _call(reader: _Reader, node: ast.Call) -> nodes.Expr:
    line = reader.line_after(node.func, "(")
    function = _owner(reader, node.func)
    args, kwargs = reader.arguments(node)
    return nodes.Call(function, args, kwargs, None, None, lineno=line)


def _owner(reader: _Reader, node: ast.expr) -> nodes.Expr:
    """What precedes a dot or a bracket, where the two languages differ in precedence."""
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    if not is_text and not isinstance(node, (ast.Name, ast.Attribute, ast.Subscript, ast.Call)):
        raise NotPlain
    return reader.read(node)


def _list(reader: _Reader, node: ast.List) -> nodes.Expr:
    line = reader.line(node.col_offset)
    return nodes.List([reader.read(item) for item in node.elts], lineno=line)


def _tuple(reader: _Reader, node: ast.Tuple) -> nodes.Expr:
    if reader.text[node.col_offset] != "(" or not node.elts:
        raise NotPlain
    line = reader.line(node.col_offset)
    return nodes.Tuple([reader.read(item) for item in node.elts], "load", lineno=line)


def _dict(reader: _Reader, node: ast.Dict) -> nodes.Expr:
    pairs = []
    for key, value in zip(node.keys, node.values, strict=True):
        if key is None:
            raise NotPlain
        made = reader.read(key)
        pairs.append(nodes.Pair(made, reader.read(value), lineno=made.lineno))
    return nodes.Dict(pairs, lineno=reader.line(node.col_offset))


def _unary(reader: _Reader, node: ast.UnaryOp) -> nodes.Expr:
    line = reader.line(node.col_offset)
    if isinstance(node.op, ast.Not):
        return nodes.Not(reader.read(node.operand), lineno=line)
    if not isinstance(node.op, ast.USub) or not isinstance(node.operand, ast.Constant):
        raise NotPlain
    return nodes.Neg(reader.read(node.operand), lineno=line)


def _both(reader: _Reader, node: ast.BoolOp) -> nodes.Expr:
    line = reader.line(node.col_offset)
    kind = nodes.And if isinstance(node.op, ast.And) else nodes.Or
    made = reader.read(node.values[0])
    for value in node.values[1:]:
        made = kind(made, reader.read(value), lineno=line)
    return made


def _compare(reader: _Reader, node: ast.Compare) -> nodes.Expr:
    line = reader.line(node.col_offset)
    if isinstance(node.ops[0], (ast.Is, ast.IsNot)):
        return _test(reader, node, line)
    operands = []
    for operator, value in zip(node.ops, node.comparators, strict=True):
        name = _OPERATORS.get(type(operator))
        if name is None:
            raise NotPlain
        operands.append(nodes.Operand(name, reader.read(value)))
    return nodes.Compare(reader.read(node.left), operands, lineno=line)


_OPERATORS: Final[dict[type[ast.cmpop], str]] = {
    ast.Eq: "eq",
    ast.NotEq: "ne",
    ast.Lt: "lt",
    ast.LtE: "lteq",
    ast.Gt: "gt",
    ast.GtE: "gteq",
    ast.In: "in",
    ast.NotIn: "notin",
}


def _test(reader: _Reader, node: ast.Compare, line: int) -> nodes.Expr:
    """`a is defined`, on its own: Jinja binds it tighter than Python."""
    (operator, *others), name = node.ops, node.comparators[0]
    written = name.id if isinstance(name, ast.Name) else None
    if isinstance(name, ast.Constant) and name.value is None:
        written = "None"
    if others or written is None or not written.isidentifier():
        raise NotPlain
    between = reader.text[node.left.end_col_offset : name.col_offset]
    if between.split() not in (["is"], ["is", "not"]):
        raise NotPlain
    if _GUARDED.match(reader.text, name.end_col_offset or 0) is not None:
        raise NotPlain  # Jinja takes the `if` for an argument of the test
    made = nodes.Test(_owner(reader, node.left), written, [], [], None, None, lineno=line)
    return nodes.Not(made, lineno=line) if isinstance(operator, ast.IsNot) else made


_GUARDED: Final = re.compile(r"\s*if\b")


def _binary(reader: _Reader, node: ast.BinOp) -> nodes.Expr:
    line = reader.line(node.col_offset)
    if isinstance(node.op, ast.BitOr):
        return _filter(reader, node, line)
    kind = _ARITHMETIC.get(type(node.op))
    if kind is None:
        raise NotPlain
    left, right = reader.read(node.left), reader.read(node.right)
    return kind(left, right, lineno=line)


_ARITHMETIC: Final[dict[type[ast.operator], type[nodes.BinExpr]]] = {
    ast.Add: nodes.Add,
    ast.Sub: nodes.Sub,
    ast.Mult: nodes.Mul,
    ast.Div: nodes.Div,
}


def _filter(reader: _Reader, node: ast.BinOp, line: int) -> nodes.Expr:
    """`a | f | g(1)` over what needs no parentheses: Jinja binds it tighter than Python."""
    value = node.left
    is_chain = isinstance(value, ast.BinOp) and isinstance(value.op, ast.BitOr)
    made = reader.read(value) if is_chain or isinstance(value, ast.List) else _owner(reader, value)
    called = node.right
    name = called.func if isinstance(called, ast.Call) else called
    between = reader.text[value.end_col_offset : called.col_offset]
    if not isinstance(name, ast.Name) or between.strip() != "|":
        raise NotPlain
    args: list[nodes.Expr] = []
    kwargs: list[nodes.Keyword] = []
    if isinstance(called, ast.Call):
        args, kwargs = reader.arguments(called)
    return nodes.Filter(made, name.id, args, kwargs, None, None, lineno=line)


def _either(reader: _Reader, node: ast.IfExp) -> nodes.Expr:
    line = reader.line(node.col_offset)
    test, first, second = (reader.read(part) for part in (node.test, node.body, node.orelse))
    return nodes.CondExpr(test, first, second, lineno=line)


_TABLE: Final[dict[type[ast.expr], Callable[[_Reader, Any], nodes.Expr]]] = {
    ast.Name: _name,
    ast.Constant: _constant,
    ast.Attribute: _attribute,
    ast.Subscript: _item,
    ast.Call: _call,
    ast.List: _list,
    ast.Tuple: _tuple,
    ast.Dict: _dict,
    ast.UnaryOp: _unary,
    ast.BoolOp: _both,
    ast.Compare: _compare,
    ast.BinOp: _binary,
    ast.IfExp: _either,
}
