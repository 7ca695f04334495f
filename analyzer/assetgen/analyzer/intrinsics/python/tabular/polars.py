"""Small tables of known data, as polars reads them: their rows and columns."""

from __future__ import annotations

import csv
from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Constant, Iterator_, Sequence, Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import each_option, lost, too_much
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.intrinsics.python.tabular.columns import Frame, Series, frame_of
from assetgen.analyzer.intrinsics.python.tabular.csv_types import polars_column
from assetgen.analyzer.intrinsics.python.tabular.reading import cells_of, text_of_source
from assetgen.analyzer.intrinsics.python.tabular.series import as_list
from assetgen.analyzer.model.dataclass import dataclass

_READ: Final = Parameters("source, *, separator=',', encoding='utf-8', **options")
_ROWS: Final = Parameters("*, named=False")
_ONE: Final = Parameters("value, /")


@dataclass(slots=True, eq=False)
class Table(Frame):
    """A frame of polars: its columns have names, its rows have no labels."""

    type_name: ClassVar[str] = "polars.DataFrame"

    def attribute(self, name: str) -> Value | None:
        if name == "columns":
            return Sequence("list", [column for column, _ in self.columns.values()])
        if self.losses:
            return None
        rows, columns = Constant(len(self.labels)), Constant(len(self.columns))
        return {"height": rows, "width": columns, "shape": Sequence("tuple", [rows, columns])}.get(
            name
        )


def _read_csv(call: Call) -> Value:
    bound = _READ.bind(call)
    separator = bound.plain("separator")
    if bound.rest or not isinstance(separator, str):
        return lost(call, *bound.rest.values())
    text = text_of_source(call, bound["source"], bound)
    if isinstance(text, Unknown):
        return text
    try:
        rows = cells_of(text, separator)
    except (csv.Error, TypeError):
        return lost(call)
    if not rows or any(len(row) != len(rows[0]) for row in rows):
        return lost(call)
    if len(rows) * len(rows[0]) > call.machine.budget.collection:
        return too_much(call)
    columns: list[tuple[Value, list[Value]]] = []
    for place, name in enumerate(rows[0]):
        cells = polars_column([row[place] for row in rows[1:]])
        if cells is None:
            return lost(call)
        columns.append((Constant(name), [Constant(cell) for cell in cells]))
    made = frame_of(columns, len(rows) - 1)
    return Table(made.columns, made.labels)


def _rows(call: Call, table: Table) -> Value:
    return Iterator_(iter(_all_rows(call, table)), list(table.losses))


def _list_of_rows(call: Call, table: Table) -> Value:
    return Sequence("list", _all_rows(call, table), list(table.losses))


def _all_rows(call: Call, table: Table) -> list[Value]:
    places = range(len(table.labels))
    if _ROWS.bind(call)["named"] == Constant(True):
        return [table.record(place) for place in places]
    return [
        Sequence("tuple", [values[place] for _, values in table.columns.values()])
        for place in places
    ]


def _dicts(call: Call, table: Table) -> Value:
    return Sequence("list", [table.record(n) for n in range(len(table.labels))], [*table.losses])


def _column(call: Call, table: Table) -> Value:
    key = _ONE.bind(call)["value"]
    found = table.column(key) if isinstance(key, Constant) and isinstance(key.value, str) else None
    return lost(call, key) if found is None else found


def _length(call: Call, table: Table) -> Value:
    return lost(call, *table.losses) if table.losses else Constant(len(table.labels))


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "polars.DataFrame.__getitem__": method(Table, _column),
    "polars.DataFrame.__len__": method(Table, _length),
    "polars.DataFrame.get_column": method(Table, _column),
    "polars.DataFrame.iter_rows": method(Table, _rows),
    "polars.DataFrame.rows": method(Table, _list_of_rows),
    "polars.DataFrame.to_dicts": method(Table, _dicts),
    "polars.Series.to_list": method(Series, as_list),
    "polars.read_csv": each_option(_read_csv),
}
