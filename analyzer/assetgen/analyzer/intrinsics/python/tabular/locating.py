"""`loc` and `iloc`: rows and columns by label or position."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    Constant,
    Sequence,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.intrinsics.python.tabular.columns import (
    Frame,
    Locator,
    Row,
    Series,
    numbered,
)
from assetgen.analyzer.intrinsics.python.tabular.frames import column_of, with_columns
from assetgen.analyzer.intrinsics.python.tabular.series import (
    places_where,
)

_ONE: Final = Parameters("value, /")


def _located(call: Call, locator: Locator) -> Value:
    """`loc[rows]`, `loc[rows, columns]`, `iloc[...]`."""
    key = _ONE.bind(call)["value"]
    owner = locator.owner
    if isinstance(owner, Series):
        return _in_series(call, owner, key, locator.by_position)
    parts = key.items if isinstance(key, Sequence) and key.kind == "tuple" else [key]
    wanted = parts[0]
    if call.machine.type_name(wanted) == "types.FunctionType":
        wanted = call.invoke(wanted, owner)
    rows = _chosen_rows(call, owner, wanted, locator.by_position)
    if len(parts) == 1:
        return rows
    if locator.by_position:
        return lost(call, key)
    if isinstance(rows, Row):
        found = rows.at(parts[1])
        return lost(call, parts[1]) if found is None else found
    if not isinstance(rows, Frame):
        return rows
    if isinstance(parts[1], Sequence):
        return with_columns(call, rows, parts[1])
    return column_of(call, rows, parts[1])


def _chosen_rows(call: Call, frame: Frame, key: Value, by_position: bool) -> Value:
    if isinstance(key, Series):
        return frame.chosen(*places_where(call, key))
    if isinstance(key, Constant) and isinstance(key.value, slice):
        whole = key.value == slice(None, None, None)
        return (
            frame.chosen(range(len(frame.labels))[key.value])
            if by_position or whole
            else (lost(call, key))
        )
    if by_position and isinstance(key, Constant) and isinstance(key.value, int):
        places = range(len(frame.labels))
        if not -len(places) <= key.value < len(places):
            message = "single positional indexer is out-of-bounds"
            raise Raised("builtins.IndexError", message)
        return frame.row(places[key.value])
    wanted = call.machine.hash_key(key)
    found = [n for n, each in enumerate(frame.labels) if call.machine.hash_key(each) == wanted]
    if len(found) == 1 and wanted is not None and not by_position:
        return frame.row(found[0])
    return lost(call, key)


def _in_series(call: Call, series: Series, key: Value, by_position: bool) -> Value:
    if by_position:
        held = Sequence("list", series.values, series.losses)
        found = call.subscript(held, key)
        return numbered(found.items) if isinstance(found, Sequence) else found
    found_at = series.at(key)
    return lost(call, key) if found_at is None else found_at


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "pandas.Locator.__getitem__": method(Locator, _located),
}
