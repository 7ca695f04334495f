"""Columns of polars, which compute as expressions do."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Constant, Iterator_, Sequence, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.intrinsics.python.tabular.columns import Frame, Series
from assetgen.analyzer.intrinsics.python.tabular.polars_expressions import TABLE as EXPRESSIONS
from assetgen.analyzer.intrinsics.python.tabular.polars_expressions import Expr
from assetgen.analyzer.intrinsics.python.tabular.series import (
    COMPARISONS,
    OPERATORS,
    unique_places,
)
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass

_ORDERED: Final = Parameters("*, maintain_order=False")


@dataclass(slots=True, eq=False)
class Column(Series):
    """A column of such a table."""

    type_name: ClassVar[str] = "polars.Series"

    def attribute(self, name: str) -> Value | None:
        return self.name if name == "name" else None


def _values(call: Call, column: Column) -> Value:
    return Sequence("list", list(column.values), list(column.losses))


def _iterate(call: Call, column: Column) -> Value:
    return Iterator_(iter(list(column.values)), list(column.losses))


def _unique(call: Call, column: Column) -> Value:
    places = unique_places(call, column.values)
    if places is None or _ORDERED.bind(call)["maintain_order"] != Constant(True):
        return lost(call, *column.losses)
    labels: list[Value] = [Constant(n) for n in range(len(places))]
    return Column([column.values[n] for n in places], labels, column.name, list(column.losses))


def _by_expression(name: str) -> Intrinsic:
    """A method or operator of a column that an expression has, too."""
    of_expression = EXPRESSIONS[f"polars.Expr.{name}"]

    def row(call: Call, column: Column) -> Value:
        given = tuple(_as_expression(each) for each in call.args)
        made = of_expression(replace(call, receiver=_as_expression(column), args=given))
        if not isinstance(made, Expr) or column.losses:
            return lost(call, *column.losses)
        values = made.compute(call, Frame({}, list(column.labels)))
        return Column(values, list(column.labels), column.name)

    return method(Column, row)


def _as_expression(value: Value) -> Value:
    if not isinstance(value, Column):
        return value
    return Expr(value.name, lambda call, table: list(value.values))


_LIKE_EXPRESSIONS: Final = (
    *("__invert__", "__and__", "__or__", "fill_null", "is_in", "is_not_null", "is_null"),
    *(f"__{name}__" for name in (*OPERATORS, *COMPARISONS) if name not in ("and", "or")),
)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    **{f"polars.Series.{name}": _by_expression(name) for name in _LIKE_EXPRESSIONS},
    "polars.Series.__iter__": method(Column, _iterate),
    "polars.Series.__len__": method(Column, lambda call, column: Constant(len(column.values))),
    "polars.Series.to_list": method(Column, _values),
    "polars.Series.unique": method(Column, _unique),
}
