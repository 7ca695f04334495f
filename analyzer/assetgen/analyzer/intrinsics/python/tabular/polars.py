"""Small tables of known data, as polars reads and makes them."""

from __future__ import annotations

import ast
import csv
from collections.abc import Hashable, Iterable, Iterator
from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.expressions import relations
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Iterator_,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import each_option, lost, too_much
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.intrinsics.python.tabular.columns import (
    Frame,
    frame_of,
    numbered,
)
from assetgen.analyzer.intrinsics.python.tabular.csv_types import polars_column
from assetgen.analyzer.intrinsics.python.tabular.polars_columns import Column
from assetgen.analyzer.intrinsics.python.tabular.polars_expressions import Expr, opposite, values_in
from assetgen.analyzer.intrinsics.python.tabular.reading import cells_of, text_of_source
from assetgen.analyzer.intrinsics.python.tabular.series import (
    places_where,
    sorted_places,
)
from assetgen.analyzer.model.dataclass import dataclass

_READ: Final = Parameters("source, *, separator=',', encoding='utf-8', **options")
_ROWS: Final = Parameters("*, named=False")
_ROW: Final = Parameters("index, *, named=False")
_AS_SERIES: Final = Parameters("*, as_series=True")
_FRAME: Final = Parameters("data=None, schema=None, **options")
_MANY: Final = Parameters("*values, **named")
_HEAD: Final = Parameters("n=5")
_SORT: Final = Parameters("by, *more, descending=False, maintain_order=False")
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
    return _table(columns, len(rows) - 1)


def _table(columns: Iterable[tuple[Value, list[Value]]], rows: int) -> Table:
    made = frame_of(columns, rows)
    return Table(made.columns, made.labels)


def _make_frame(call: Call) -> Value:
    """`DataFrame(...)` of a dictionary of lists, or of a list of dictionaries."""
    bound = _FRAME.bind(call)
    data = bound["data"]
    if isinstance(data, Table):
        return data
    if bound["schema"] != NONE or bound.rest:
        return lost(call, *call.values)
    if isinstance(data, Mapping) and not data.losses:
        columns = [
            (name, list(values.items) if isinstance(values, Sequence) else [])
            for name, values in data.entries.values()
            if isinstance(values, Sequence) and not values.losses
        ]
        sizes = {len(values) for _, values in columns}
        if len(columns) < len(data.entries) or len(sizes) > 1:
            return lost(call, data)
        return _typed(call, _table(columns, max(sizes, default=0)))
    if not isinstance(data, Sequence) or data.losses:
        return lost(call, data)
    records = [row for row in data.items if isinstance(row, Mapping) and not row.losses]
    if len(records) < len(data.items) or not records:
        return lost(call, data)
    names = {key: name for row in records for key, (name, _) in row.entries.items()}
    columns = [
        (name, [row.entries[key][1] if key in row.entries else NONE for row in records])
        for key, name in names.items()
    ]
    return _typed(call, _table(columns, len(records)))


def _typed(call: Call, table: Table) -> Value:
    """A table whose columns hold values of one type, as polars keeps them; of others it is not
    known what becomes of them."""
    for _, values in table.columns.values():
        kinds = {_kind(value) for value in values if value != NONE}
        if len(kinds) > 1 or None in kinds:
            return lost(call, *values)
    return table


def _kind(value: Value) -> Hashable | None:
    """What is alike in all values of a column."""
    if isinstance(value, Constant):
        return type(value.value).__name__
    if isinstance(value, Mapping) and not value.losses:
        return tuple(value.entries)
    if isinstance(value, Sequence) and not value.losses:
        kinds = {_kind(item) for item in value.items}
        return ("list", *kinds) if len(kinds) == 1 else None
    return None


def _rows(call: Call, table: Table) -> Value:
    return Iterator_(iter(_all_rows(call, table)), list(table.losses))


def _list_of_rows(call: Call, table: Table) -> Value:
    return Sequence("list", _all_rows(call, table), list(table.losses))


def _all_rows(call: Call, table: Table) -> list[Value]:
    is_named = _ROWS.bind(call)["named"] == Constant(True)
    return [_row_at(table, place, is_named) for place in range(len(table.labels))]


def _row_at(table: Table, place: int, is_named: bool) -> Value:
    if is_named:
        return table.record(place)
    return Sequence("tuple", [values[place] for _, values in table.columns.values()])


def _row(call: Call, table: Table) -> Value:
    bound = _ROW.bind(call)
    place = bound.plain("index")
    if table.losses or not isinstance(place, int) or not -1 < place < len(table.labels):
        return lost(call, *table.losses, bound["index"])
    return _row_at(table, place, bound["named"] == Constant(True))


def _dicts(call: Call, table: Table) -> Value:
    return Sequence("list", [table.record(n) for n in range(len(table.labels))], [*table.losses])


def _dict(call: Call, table: Table) -> Value:
    if _AS_SERIES.bind(call)["as_series"] != Constant(False) or table.losses:
        return lost(call, *table.losses)
    lists = [(name, Sequence("list", list(values))) for name, values in table.columns.values()]
    return Mapping("dict", {call.machine.hash_key(name): (name, each) for name, each in lists})


def _column(call: Call, table: Table) -> Value:
    key = _ONE.bind(call)["value"]
    found = table.column(key) if isinstance(key, Constant) and isinstance(key.value, str) else None
    return lost(call, key) if found is None else Column(found.values, found.labels, found.name)


def _length(call: Call, table: Table) -> Value:
    return lost(call, *table.losses) if table.losses else Constant(len(table.labels))


def _is_empty(call: Call, table: Table) -> Value:
    return lost(call, *table.losses) if table.losses else Constant(not table.labels)


def _chosen(table: Table, places: Iterable[int], losses: Iterable[Unknown] = ()) -> Table:
    made = table.chosen(places, losses)
    return Table(made.columns, [Constant(n) for n in range(len(made.labels))], made.losses)


def _filter(call: Call, table: Table) -> Value:
    """The rows for which all predicates are true, and columns are what the keywords say."""
    bound = _MANY.bind(call)
    masks = [values_in(call, table, each) for each in bound.star]
    for name, wanted in bound.rest.items():
        own = values_in(call, table, Constant(name), is_name=True)
        masks.append([relations.compare(call.machine, ast.Eq, v, wanted, call.site) for v in own])
    places, losses = list(range(len(table.labels))), list(table.losses)
    for mask in masks:
        kept, doubts = places_where(call, numbered(mask))
        places, losses = [place for place in places if place in kept], [*losses, *doubts]
    made = _chosen(table, places)
    made.losses = losses
    return made


def _named(call: Call, table: Table) -> dict[Hashable, tuple[Value, list[Value]]] | None:
    """The columns that the arguments of `select` and the like make; None if one is not known."""
    bound = _MANY.bind(call)
    given: list[tuple[Value, Value]] = []
    for each in _flat(bound.star):
        given.append((each.name if isinstance(each, Expr) else each, each))
    given += [(Constant(name), value) for name, value in bound.rest.items()]
    if any(not isinstance(value, (Expr, Constant)) for _, value in given):
        return None
    return {
        call.machine.hash_key(name): (name, values_in(call, table, value, is_name=True))
        for name, value in given
    }


def _flat(values: Iterable[Value]) -> Iterator[Value]:
    """Names and expressions, which may also be given in lists."""
    for value in values:
        yield from value.items if isinstance(value, Sequence) else (value,)


def _select(call: Call, table: Table) -> Value:
    columns = _named(call, table)
    if columns is None:
        return lost(call, *call.values)
    return Table(columns, table.labels, list(table.losses))


def _with_columns(call: Call, table: Table) -> Value:
    columns = _named(call, table)
    if columns is None:
        return lost(call, *call.values)
    return Table({**table.columns, **columns}, table.labels, list(table.losses))


def _drop(call: Call, table: Table) -> Value:
    names = list(_flat(_MANY.bind(call).star))
    gone = {call.machine.hash_key(name) for name in names}
    if not gone <= table.columns.keys():
        return lost(call, *names)
    kept = {key: column for key, column in table.columns.items() if key not in gone}
    return Table(kept, table.labels, list(table.losses))


def _rename(call: Call, table: Table) -> Value:
    new = _ONE.bind(call)["value"]
    if not isinstance(new, Mapping) or new.losses:
        return lost(call, new)
    columns = {}
    for key, (name, values) in table.columns.items():
        own = new.entries[key][1] if key in new.entries else name
        columns[call.machine.hash_key(own)] = (own, values)
    return Table(columns, table.labels, list(table.losses))


def _part(first: bool) -> Intrinsic:
    """`head` and `tail`."""

    def row(call: Call, table: Table) -> Value:
        count = _HEAD.bind(call).plain("n")
        if table.losses or not isinstance(count, int) or count < 0:
            return lost(call, *table.losses, *call.args)
        places = range(len(table.labels))
        return _chosen(table, places[:count] if first else places[max(len(places) - count, 0) :])

    return method(Table, row)


def _sort(call: Call, table: Table) -> Value:
    bound = _SORT.bind(call)
    by = bound["by"]
    names = [by, *bound.star] if not isinstance(by, Sequence) else list(by.items)
    keys = [values_in(call, table, name, is_name=True) for name in names]
    if table.losses or any(NONE in key for key in keys):
        return lost(call, *table.losses, by)
    up = opposite(call, bound["descending"])
    order = sorted_places(call, keys, up)
    return order if isinstance(order, Unknown) else _chosen(table, order)


def _fill_missing(call: Call, table: Table) -> Value:
    """Only the columns of the filler's type are filled."""
    filler = _ONE.bind(call)["value"]
    if not isinstance(filler, Constant):
        return lost(call, filler)
    columns = {}
    for key, (name, values) in table.columns.items():
        kinds = {_kind(value) for value in values if value != NONE}
        filled = [filler if value == NONE else value for value in values]
        columns[key] = (name, filled if kinds == {_kind(filler)} else values)
    return Table(columns, table.labels, list(table.losses))


def _itself(call: Call) -> Value:
    """`lazy` and `collect`: what is asked for later is computed at once."""
    return call.receiver or lost(call)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "polars.DataFrame": _make_frame,
    "polars.DataFrame.__getitem__": method(Table, _column),
    "polars.DataFrame.__len__": method(Table, _length),
    "polars.DataFrame.collect": _itself,
    "polars.DataFrame.drop": method(Table, _drop),
    "polars.DataFrame.fill_null": method(Table, _fill_missing),
    "polars.DataFrame.filter": method(Table, _filter),
    "polars.DataFrame.get_column": method(Table, _column),
    "polars.DataFrame.head": _part(True),
    "polars.DataFrame.is_empty": method(Table, _is_empty),
    "polars.DataFrame.iter_rows": method(Table, _rows),
    "polars.DataFrame.lazy": _itself,
    "polars.DataFrame.limit": _part(True),
    "polars.DataFrame.rename": method(Table, _rename),
    "polars.DataFrame.row": method(Table, _row),
    "polars.DataFrame.rows": method(Table, _list_of_rows),
    "polars.DataFrame.select": method(Table, _select),
    "polars.DataFrame.sort": method(Table, _sort),
    "polars.DataFrame.tail": _part(False),
    "polars.DataFrame.to_dict": method(Table, _dict),
    "polars.DataFrame.to_dicts": method(Table, _dicts),
    "polars.DataFrame.with_columns": method(Table, _with_columns),
    "polars.read_csv": each_option(_read_csv),
}
