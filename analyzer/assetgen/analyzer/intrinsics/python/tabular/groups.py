"""`frame.groupby(...)`: the rows for each key."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    External,
    Iterator_,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.intrinsics.python.tabular.columns import (
    Frame,
    Groups,
    Series,
    frame_of,
    is_missing,
    numbered,
    with_index_as_columns,
)
from assetgen.analyzer.intrinsics.python.tabular.series import sorted_places
from assetgen.analyzer.model.copies import replace

_BY: Final = Parameters("by, *, sort=True, as_index=True, dropna=True")
_ONE: Final = Parameters("value, /")
_FUNCTION: Final = Parameters("function=None, *args, **kwargs")


def _group_by(call: Call, frame: Frame) -> Value:
    bound = _BY.bind(call)
    by = bound["by"]
    if frame.losses or bound["dropna"] != Constant(True):
        return lost(call, *frame.losses)
    names = by.items if isinstance(by, Sequence) else [by]
    columns: list[list[Value]] = []
    for name in names:
        found = frame.column(name)
        if found is None:
            return lost(call, name)
        columns.append(found.values)
    order: list[int] | Unknown = list(range(len(frame.labels)))
    if bound["sort"] == Constant(True):
        order = sorted_places(call, columns, Constant(True))
    if isinstance(order, Unknown):
        return order
    places: dict[object, list[int]] = {}
    keys: dict[object, Value] = {}
    for place in order:
        parts = [values[place] for values in columns]
        if any(map(is_missing, parts)):
            continue
        key = Sequence("tuple", parts) if isinstance(by, Sequence) else parts[0]
        hashed = call.machine.hash_key(key)
        if hashed is None:
            return lost(call, key)
        keys.setdefault(hashed, key)
        places.setdefault(hashed, []).append(place)
    made = [(keys[key], sorted(found)) for key, found in places.items()]
    is_index = bound["as_index"] == Constant(True)
    return Groups(frame, made, None, tuple(names), is_index)


def _part(groups: Groups, places: list[int]) -> Frame | Series:
    frame = groups.frame.chosen(places)
    if groups.of is None:
        return frame
    return frame.column(groups.of) or Series()


def _iterate(call: Call, groups: Groups) -> Value:
    pairs: list[Value] = [
        Sequence("tuple", [key, _part(groups, places)]) for key, places in groups.groups
    ]
    return Iterator_(iter(pairs))


def _column(call: Call, groups: Groups) -> Value:
    name = _ONE.bind(call)["value"]
    if groups.frame.column(name) is None:
        return lost(call, name)
    if isinstance(name, Sequence):
        return lost(call, name)
    return replace(groups, of=name)


def _group(call: Call, groups: Groups) -> Value:
    wanted = call.machine.hash_key(_ONE.bind(call)["value"])
    for key, places in groups.groups:
        if call.machine.hash_key(key) == wanted:
            return _part(groups, places)
    return lost(call, *call.args)


def _by_key(groups: Groups, values: list[Value]) -> Series:
    name = groups.of if groups.of is not None else NONE
    return Series(values, [key for key, _ in groups.groups], name, index_names=groups.by)


def _apply(call: Call, groups: Groups) -> Value:
    """`groupby("a")["b"].apply(list)`, `agg(list)`, `unique()` and similar ones."""
    if groups.of is None and call.name.endswith(("agg", "aggregate")):
        return _aggregated(call, groups)
    bound = _FUNCTION.bind(call)
    function = bound["function"]
    if function == NONE:
        return lost(call, *call.kwargs.values())
    if isinstance(function, Constant):
        if function.value not in ("first", "last", "max", "min", "sum", "nunique", "count"):
            return lost(call, function)
        return _named(call, groups, str(function.value))
    results = [call.invoke(function, _part(groups, places)) for _, places in groups.groups]
    if any(isinstance(result, (Frame, Series)) for result in results):
        return lost(call, function)
    return _by_key(groups, results)


def _aggregated(call: Call, groups: Groups) -> Value:
    """`groupby("a").agg({"b": "sum"})` and `agg(total=("b", "sum"))`: a frame with one row for each
    key."""
    bound = _FUNCTION.bind(call)
    given = bound["function"]
    wanted: list[tuple[Value, Value, Value]] = []
    if isinstance(given, Mapping) and not given.losses:
        wanted = [(column, column, how) for column, how in given.entries.values()]
    elif given == NONE:
        for new, pair in bound.rest.items():
            if not isinstance(pair, Sequence) or len(pair.items) != 2:
                return lost(call, pair)
            wanted.append((Constant(new), pair.items[0], pair.items[1]))
    if not wanted:
        return lost(call, given)
    columns: list[tuple[Value, list[Value]]] = []
    for name, column, how in wanted:
        if groups.frame.column(column) is None:
            return lost(call, column)
        one = replace(call, args=(how,), kwargs={})
        found = _apply(one, replace(groups, of=column))
        if not isinstance(found, Series):
            return found
        columns.append((name, found.values))
    keys = [key for key, _ in groups.groups]
    made = frame_of(columns, len(keys))
    made.labels, made.index_names = keys, groups.by
    return made if groups.by_index else with_index_as_columns(made)


def _named(call: Call, groups: Groups, name: str) -> Value:
    results: list[Value] = []
    for _, places in groups.groups:
        part = _part(groups, places)
        if not isinstance(part, Series):
            return lost(call)
        values = [value for value in part.values if not is_missing(value)]
        if name == "count":
            results.append(Constant(len(values)))
        elif name in ("first", "last"):
            results.append(values[0 if name == "first" else -1] if values else lost(call))
        elif name in ("unique", "nunique"):
            found = call.get_attribute(part, name)
            results.append(call.invoke(found))
        else:
            held = Sequence("list", values)
            results.append(call.invoke(External(f"builtins.{name}"), held))
    return _by_key(groups, results)


def _by_name(call: Call, groups: Groups) -> Value:
    return _named(call, groups, call.last_name)


def _size(call: Call, groups: Groups) -> Value:
    return _by_key(groups, [Constant(len(places)) for _, places in groups.groups])


def _length(call: Call, groups: Groups) -> Value:
    return Constant(len(groups.groups))


def _groups(call: Call, groups: Groups) -> Value:
    made = Mapping()
    for key, places in groups.groups:
        labels = numbered(groups.frame.labels[place] for place in places)
        made.entries[call.machine.hash_key(key)] = (key, labels)
    return made


_METHODS: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "__getitem__": method(Groups, _column),
    "__iter__": method(Groups, _iterate),
    "__len__": method(Groups, _length),
    **dict.fromkeys(("agg", "aggregate", "apply"), method(Groups, _apply)),
    **dict.fromkeys(
        ("count", "first", "last", "max", "min", "nunique", "sum", "unique"),
        method(Groups, _by_name),
    ),
    "get_group": method(Groups, _group),
    "groups": method(Groups, _groups),
    "size": method(Groups, _size),
}

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "pandas.DataFrame.groupby": method(Frame, _group_by),
    **{f"pandas.GroupBy.{name}": row for name, row in _METHODS.items()},
}

PROPERTIES: Final = frozenset({"pandas.GroupBy.groups"})
