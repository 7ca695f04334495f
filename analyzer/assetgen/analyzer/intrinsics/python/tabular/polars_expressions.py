"""Expressions of polars over the columns of a table: `pl.col("rows") > 1`."""

from __future__ import annotations

import ast
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.expressions import relations
from assetgen.analyzer.evaluate.values import NONE, Constant, Declared, Sequence, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.intrinsics.python.tabular.columns import Frame
from assetgen.analyzer.intrinsics.python.tabular.series import COMPARISONS, OPERATORS
from assetgen.analyzer.model.dataclass import dataclass

_ONE: Final = Parameters("value, /")
_NAME: Final = Parameters("name")
_OTHER: Final = Parameters("other")

Values = list[Value]
Compute = Callable[[Call, Frame], Values]
"""The values that an expression has in a table, one for each row."""


def _nothing(call: Call, table: Frame) -> Values:
    return [lost(call) for _ in table.labels]


@dataclass(slots=True, eq=False)
class Expr(Declared):
    """An expression, and the name of the column that it makes."""

    type_name: ClassVar[str] = "polars.Expr"
    name: Value = NONE
    compute: Compute = _nothing

    def attribute(self, name: str) -> Value | None:
        return TextOfExpr(self.name, self.compute) if name == "str" else None


@dataclass(slots=True, eq=False)
class TextOfExpr(Declared):
    """`expression.str`, the methods of texts."""

    type_name: ClassVar[str] = "polars.Expr.str"
    name: Value = NONE
    compute: Compute = _nothing


def values_in(call: Call, table: Frame, value: Value, is_name: bool = False) -> Values:
    """What a value stands for in each row: an expression, or a text that names a column."""
    if isinstance(value, Expr):
        return value.compute(call, table)
    if is_name and isinstance(value, Constant) and isinstance(value.value, str):
        column = table.column(value)
        return _nothing(call, table) if column is None else column.values
    return [value for _ in table.labels]


def _column(call: Call) -> Value:
    name = _NAME.bind(call)["name"]
    if not isinstance(name, Constant) or not isinstance(name.value, str) or name.value[:1] in "*^":
        return lost(call, name)
    return Expr(name, lambda call, table: values_in(call, table, name, is_name=True))


def _literal(call: Call) -> Value:
    value = _ONE.bind(call)["value"]
    return Expr(Constant("literal"), lambda call, table: [value for _ in table.labels])


def _each(expr: Expr | TextOfExpr, function: Callable[[Call, Value], Value]) -> Expr:
    def compute(call: Call, table: Frame) -> Values:
        return [function(call, value) for value in expr.compute(call, table)]

    return Expr(expr.name, compute)


def _binary(combine: Callable[[Call, Value, Value], Value], swapped: bool = False) -> Intrinsic:
    """An operator; a missing value on either side makes a missing one."""

    def row(call: Call, expr: Expr) -> Value:
        other = _OTHER.bind(call)["other"]

        def compute(call: Call, table: Frame) -> Values:
            pairs = zip(expr.compute(call, table), values_in(call, table, other), strict=True)
            ordered = ((two, one) if swapped else (one, two) for one, two in pairs)
            return [NONE if NONE in pair else combine(call, *pair) for pair in ordered]

        return Expr(expr.name, compute)

    return method(Expr, row)


def _arithmetic(operation: type[ast.operator], swapped: bool = False) -> Intrinsic:
    def combine(call: Call, one: Value, two: Value) -> Value:
        return call.binary(operation, one, two)

    return _binary(combine, swapped)


def _logical(operation: type[ast.operator], decisive: bool) -> Intrinsic:
    """`&` and `|`: one value may decide, whatever the other is."""
    combined = _arithmetic(operation)

    def row(call: Call, expr: Expr) -> Value:
        other = _OTHER.bind(call)["other"]
        made = combined(call)

        def compute(call: Call, table: Frame) -> Values:
            sides = (expr.compute(call, table), values_in(call, table, other))
            found = values_in(call, table, made)
            decided = Constant(decisive)
            return [
                decided if decided in pair else value
                for pair, value in zip(zip(*sides, strict=True), found, strict=True)
            ]

        return Expr(expr.name, compute)

    return method(Expr, row)


def _comparison(operation: type[ast.cmpop]) -> Intrinsic:
    def combine(call: Call, one: Value, two: Value) -> Value:
        return relations.compare(call.machine, operation, one, two, call.site)

    return _binary(combine)


def _inverted(call: Call, expr: Expr) -> Value:
    return _each(expr, lambda call, one: NONE if one == NONE else opposite(call, one))


def opposite(call: Call, value: Value) -> Value:
    """`not value`; for a list, that of each item."""
    if isinstance(value, Sequence):
        return Sequence("list", [opposite(call, item) for item in value.items])
    answer = call.machine.truth(value, call.site)
    return lost(call, value) if answer is None else Constant(not answer)


def _is_missing(wanted: bool) -> Intrinsic:
    return method(
        Expr, lambda call, expr: _each(expr, lambda call, one: Constant((one == NONE) is wanted))
    )


def _is_in(call: Call, expr: Expr) -> Value:
    items = call.items(_OTHER.bind(call)["other"])
    among = Sequence("list", list(items.values), list(items.losses))

    def contained(call: Call, value: Value) -> Value:
        if value == NONE:
            return NONE
        return relations.compare(call.machine, ast.In, value, among, call.site)

    return _each(expr, contained)


def _filled(call: Call, expr: Expr) -> Value:
    filler = _ONE.bind(call)["value"]
    return _each(expr, lambda call, value: filler if value == NONE else value)


def _renamed(call: Call, expr: Expr) -> Value:
    return Expr(_NAME.bind(call)["name"], expr.compute)


def _of_text(name: str) -> Intrinsic:
    """A method of each text, by the name that Python has for it."""

    def row(call: Call, texts: TextOfExpr) -> Value:
        args, kwargs = call.args, call.kwargs

        def applied(call: Call, value: Value) -> Value:
            if value == NONE:
                return NONE
            bound = call.get_attribute(value, name)
            return call.invoke(bound, *args, **kwargs)

        return _each(texts, applied)

    return method(TextOfExpr, row)


_TEXTS: Final[ReadOnlyMapping[str, str]] = {
    "ends_with": "endswith",
    "starts_with": "startswith",
    "strip_chars": "strip",
    "strip_chars_end": "rstrip",
    "strip_chars_start": "lstrip",
    "strip_prefix": "removeprefix",
    "strip_suffix": "removesuffix",
    "to_lowercase": "lower",
    "to_uppercase": "upper",
}

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "polars.col": _column,
    "polars.lit": _literal,
    **{f"polars.Expr.__{name}__": _arithmetic(node) for name, node in OPERATORS.items()},
    **{f"polars.Expr.__r{name}__": _arithmetic(node, True) for name, node in OPERATORS.items()},
    **{f"polars.Expr.__{name}__": _comparison(node) for name, node in COMPARISONS.items()},
    **{f"polars.Expr.{name}": _comparison(node) for name, node in COMPARISONS.items()},
    "polars.Expr.__and__": _logical(ast.BitAnd, False),
    "polars.Expr.__or__": _logical(ast.BitOr, True),
    "polars.Expr.__invert__": method(Expr, _inverted),
    "polars.Expr.not_": method(Expr, _inverted),
    "polars.Expr.alias": method(Expr, _renamed),
    "polars.Expr.fill_null": method(Expr, _filled),
    "polars.Expr.is_in": method(Expr, _is_in),
    "polars.Expr.is_not_null": _is_missing(False),
    "polars.Expr.is_null": _is_missing(True),
    **{f"polars.Expr.str.{name}": _of_text(own) for name, own in _TEXTS.items()},
}
