"""Tables made from known data: `DataFrame(...)`, `Series(...)`, `concat`."""

from __future__ import annotations

import math
from collections.abc import Mapping as ReadOnlyMapping
from typing import Any, Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Instance,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import each_option, lost
from assetgen.analyzer.intrinsics.python.tabular.columns import (
    Frame,
    Series,
    completed,
    frame_of,
    is_missing,
    missing_in,
    numbered,
)

_FRAME: Final = Parameters("data=None, index=None, columns=None, dtype=None, copy=None")
_SERIES: Final = Parameters("data=None, index=None, dtype=None, name=None, copy=None")
_ONE: Final = Parameters("value, /")
_CONCAT: Final = Parameters("objs, *, ignore_index=False, axis=0, sort=False")


def _make_frame(call: Call) -> Value:
    """`DataFrame(...)` of a list of dictionaries or of lists, or of a dictionary of lists."""
    bound = _FRAME.bind(call)
    data = bound["data"]
    if isinstance(data, Frame):
        return data
    if bound["index"] != NONE or bound["dtype"] != NONE:
        return lost(call, *call.values)
    if isinstance(data, Mapping) and not data.losses:
        return _of_columns(call, data, bound["columns"])
    items = call.items(data) if data != NONE else None
    if items is None:
        return _selected(call, frame_of([], 0), bound["columns"])
    if items.values and all(isinstance(row, (Mapping, Instance)) for row in items.values):
        return _of_records(call, list(items.values), list(items.losses), bound["columns"])
    return _of_rows(call, list(items.values), list(items.losses), bound["columns"])


def _of_columns(call: Call, data: Mapping, wanted: Value) -> Value:
    columns: list[tuple[Value, list[Value]]] = []
    sizes = set()
    for name, values in data.entries.values():
        if not isinstance(values, (Sequence, Series)) or values.losses:
            return lost(call, values)
        held = list(values.items if isinstance(values, Sequence) else values.values)
        columns.append((name, completed(held)))
        sizes.add(len(held))
    if len(sizes) > 1:
        return lost(call)
    return _selected(call, frame_of(columns, sizes.pop() if sizes else 0), wanted)


def _of_records(call: Call, rows: list[Value], losses: list[Unknown], wanted: Value) -> Value:
    names: dict[object, Value] = {}
    found: list[Mapping] = []
    for row in rows:
        record = row if isinstance(row, Mapping) else getattr(row, "content", None)
        if not isinstance(record, Mapping) or record.losses:
            return lost(call, row)
        found.append(record)
        for key, (name, _) in record.entries.items():
            names.setdefault(key, name)
    columns = [
        (
            name,
            completed(
                [
                    record.entries[key][1] if key in record.entries else Constant(math.nan)
                    for record in found
                ]
            ),
        )
        for key, name in names.items()
    ]
    made = frame_of(columns, len(found))
    made.losses.extend(losses)
    return _selected(call, made, wanted)


def _of_rows(call: Call, rows: list[Value], losses: list[Unknown], wanted: Value) -> Value:
    tuples: list[tuple[Value, ...]] = []
    for row in rows:
        if isinstance(row, Sequence):
            tuples.append(tuple(row.items))
        elif isinstance(row, Constant):
            tuples.append((row,))
        else:
            return lost(call, row)
    width = max(map(len, tuples), default=0)
    names: list[Value] = [Constant(place) for place in range(width)]
    if wanted != NONE:
        given = call.items(wanted)
        names = list(given.values)
    if any(len(row) != len(names) for row in tuples):
        return lost(call, *rows)
    columns = [
        (name, completed([row[place] for row in tuples])) for place, name in enumerate(names)
    ]
    made = frame_of(columns, len(tuples))
    made.losses.extend(losses)
    return made


def _selected(call: Call, frame: Frame, wanted: Value) -> Value:
    if wanted == NONE:
        return frame
    columns: dict[Any, Any] = {}
    for name in call.items(wanted).values:
        key = call.machine.hash_key(name)
        missing: list[Value] = [Constant(math.nan) for _ in frame.labels]
        columns[key] = frame.columns.get(key, (name, missing))
    return Frame(columns, frame.labels, list(frame.losses))


def _make_series(call: Call) -> Value:
    bound = _SERIES.bind(call)
    data = bound["data"]
    if isinstance(data, Mapping) and not data.losses and bound["index"] == NONE:
        pairs = list(data.entries.values())
        return Series([value for _, value in pairs], [key for key, _ in pairs], bound["name"])
    items = call.items(data)
    made = numbered(completed(list(items.values)), items.losses, bound["name"])
    if bound["index"] != NONE:
        labels = call.items(bound["index"])
        if len(labels.values) != len(made.values) or labels.losses:
            return lost(call, bound["index"])
        made.labels = list(labels.values)
    return made


def _missing(wanted: bool) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        value = _ONE.bind(call)["value"]
        if isinstance(value, Frame):
            return missing_in(value, wanted)
        if isinstance(value, (Series, Unknown)):
            return lost(call, value)
        return Constant(is_missing(value) is wanted)

    return each_option(intrinsic)


def _concatenated(call: Call) -> Value:
    bound = _CONCAT.bind(call)
    frames = call.items(bound["objs"])
    if bound["axis"] != Constant(0) or not frames.values:
        return lost(call, bound["objs"])
    made = Frame({}, [], list(frames.losses))
    for frame in frames.values:
        if not isinstance(frame, Frame):
            return lost(call, frame)
        if made.columns and made.columns.keys() != frame.columns.keys():
            return lost(call, bound["objs"])
        for key, (name, values) in frame.columns.items():
            made.columns[key] = (name, [*made.columns.get(key, (name, []))[1], *values])
        made.labels.extend(frame.labels)
        made.losses.extend(frame.losses)
    if bound["ignore_index"] == Constant(True):
        made.labels = [Constant(place) for place in range(len(made.labels))]
    return made


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "pandas.DataFrame": _make_frame,
    "pandas.DataFrame.from_records": _make_frame,
    "pandas.Series": _make_series,
    "pandas.concat": _concatenated,
    "pandas.isna": _missing(True),
    "pandas.isnull": _missing(True),
    "pandas.notna": _missing(False),
    "pandas.notnull": _missing(False),
}
