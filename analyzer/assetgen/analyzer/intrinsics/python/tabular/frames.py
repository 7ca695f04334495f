"""Methods of a frame, and the selection of rows and columns."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.display import display
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
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.intrinsics.python.tabular.columns import (
    Frame,
    Series,
    completed,
    is_missing,
    with_index_as_columns,
)
from assetgen.analyzer.intrinsics.python.tabular.rows import RowTuple
from assetgen.analyzer.intrinsics.python.tabular.series import (
    places_where,
    sorted_places,
    unique_places,
)

_ONE: Final = Parameters("value, /")
_TWO: Final = Parameters("key, value, /")
_GET: Final = Parameters("key, default=None")
_HEAD: Final = Parameters("n=5")
_TUPLES: Final = Parameters("index=True, name='Pandas'")
_TO_DICT: Final = Parameters("orient='dict'")
_DROP_MISSING: Final = Parameters("*, subset=None, how='any', axis=0")
_SUBSET: Final = Parameters("subset=None")
_SORT: Final = Parameters("by, *, ascending=True, ignore_index=False")
_RESET: Final = Parameters("*, drop=False")
_RENAME: Final = Parameters("*, columns")
_DROP: Final = Parameters("labels=None, *, columns=None, axis=0, errors='raise'")
_SET_INDEX: Final = Parameters("keys, *, drop=True")
_APPLY: Final = Parameters("func, axis=0")
_ASSIGN: Final = Parameters("**columns")


def _tuples(call: Call, frame: Frame) -> Value:
    bound = _TUPLES.bind(call)
    with_index = bound["index"] != Constant(False)
    rows: list[Value] = []
    for place, label in enumerate(frame.labels):
        names: dict[str, Value] = {"Index": label} if with_index else {}
        for name, values in frame.columns.values():
            text = name.value if isinstance(name, Constant) else ""
            is_name = isinstance(text, str) and text.isidentifier() and not text.startswith("_")
            names[str(text) if is_name else f"_{len(names)}"] = values[place]
        plain = bound["name"] == NONE
        rows.append(Sequence("tuple", list(names.values())) if plain else RowTuple(names))
    return Iterator_(iter(rows), list(frame.losses))


def _rows(call: Call, frame: Frame) -> Value:
    pairs: list[Value] = [
        Sequence("tuple", [label, frame.row(place)]) for place, label in enumerate(frame.labels)
    ]
    return Iterator_(iter(pairs), list(frame.losses))


def _iterate(call: Call, frame: Frame) -> Value:
    return Iterator_(iter([name for name, _ in frame.columns.values()]))


def _items(call: Call, frame: Frame) -> Value:
    pairs: list[Value] = [
        Sequence("tuple", [name, frame.column(name) or NONE]) for name, _ in frame.columns.values()
    ]
    return Iterator_(iter(pairs))


def _to_dict(call: Call, frame: Frame) -> Value:
    """`to_dict` with `records`, `list`, `dict`, `index` or `series`."""
    orient = _TO_DICT.bind(call).plain("orient")
    if orient == "records":
        rows: list[Value] = [frame.record(place) for place in range(len(frame.labels))]
        return Sequence("list", rows, list(frame.losses))
    made = Mapping(losses=list(frame.losses))
    if orient == "index":
        for place, label in enumerate(frame.labels):
            made.entries[call.machine.hash_key(label)] = (label, frame.record(place))
        return made
    for key, (name, values) in frame.columns.items():
        column: Value = Sequence("list", list(values))
        if orient == "dict":
            column = _labelled(call, frame, values)
        elif orient != "list":
            return lost(call, *call.args)
        made.entries[key] = (name, column)
    return made


def _labelled(call: Call, frame: Frame, values: list[Value]) -> Mapping:
    made = Mapping()
    for label, value in zip(frame.labels, values, strict=True):
        made.entries[call.machine.hash_key(label)] = (label, value)
    return made


def _length(call: Call, frame: Frame) -> Value:
    return lost(call, *frame.losses) if frame.losses else Constant(len(frame.labels))


def _contains(call: Call, frame: Frame) -> Value:
    return Constant(frame.column(_ONE.bind(call)["value"]) is not None)


def column_of(call: Call, frame: Frame, name: Value) -> Value:
    """`frame[name]`. Raises Raised if there is no such column."""
    found = frame.column(name)
    if found is not None:
        return found
    if not isinstance(name, Constant):
        return lost(call, name)
    raise Raised("builtins.KeyError", display(name))


def with_columns(call: Call, frame: Frame, names: Value) -> Value:
    """`frame[names]`."""
    items = call.items(names)
    keys = [call.machine.hash_key(name) for name in items.values]
    if items.losses or any(key not in frame.columns for key in keys):
        return lost(call, *items.losses, *items.values)
    return Frame({key: frame.columns[key] for key in keys}, frame.labels, list(frame.losses))


def _get_item(call: Call, frame: Frame) -> Value:
    """A column, several columns, the rows selected by a mask, or a slice of rows."""
    key = _ONE.bind(call)["value"]
    if isinstance(key, Series) and _is_mask(call, key, frame):
        return frame.chosen(*places_where(call, key))
    if isinstance(key, Constant) and isinstance(key.value, slice):
        return frame.chosen(range(len(frame.labels))[key.value])
    if isinstance(key, (Sequence, Series)):
        if isinstance(key, Series) and any(isinstance(value, Unknown) for value in key.values):
            return frame.chosen(*places_where(call, key))
        return with_columns(call, frame, key)
    return column_of(call, frame, key)


def _is_mask(call: Call, key: Series, frame: Frame) -> bool:
    is_truth = [call.machine.type_name(value) == "builtins.bool" for value in key.values]
    return len(is_truth) == len(frame.labels) and bool(is_truth) and all(is_truth)


def _get(call: Call, frame: Frame) -> Value:
    bound = _GET.bind(call)
    return frame.column(bound["key"]) or bound["default"]


def _set_item(call: Call, frame: Frame) -> Value:
    """`frame["x"] = ...`: a column, a list, or one value for all rows."""
    bound = _TWO.bind(call)
    name, value = bound["key"], bound["value"]
    key = call.machine.hash_key(name)
    values = _spread(call, frame, value)
    if key is not None:
        call.machine.write(frame.columns, key, (name, values))
    return NONE


def _spread(call: Call, frame: Frame, value: Value) -> list[Value]:
    if isinstance(value, Series):
        found = [value.at(label) for label in frame.labels]
        return [lost(call, value) if each is None else each for each in found]
    if isinstance(value, Sequence) and len(value.items) == len(frame.labels) and not value.losses:
        return completed(list(value.items))
    if isinstance(value, Sequence):
        return [lost(call, value) for _ in frame.labels]
    return [value] * len(frame.labels)


def copied(frame: Frame) -> Frame:
    """A frame that can be changed without changing this one."""
    columns = dict(frame.columns)
    return Frame(columns, list(frame.labels), list(frame.losses), frame.index_names)


def _assign(call: Call, frame: Frame) -> Value:
    made = copied(frame)
    for name, value in _ASSIGN.bind(call).rest.items():
        if call.machine.intrinsics and call.machine.type_name(value) == "types.FunctionType":
            value = call.invoke(value, made)
        made.columns[("constant", name)] = (Constant(name), _spread(call, made, value))
    return made


def _head(call: Call, frame: Frame) -> Value:
    count = _HEAD.bind(call).plain("n")
    if not isinstance(count, int):
        return lost(call, *call.args)
    return frame.chosen(range(len(frame.labels))[:count])


def _names(call: Call, frame: Frame, given: Value) -> list[list[Value]] | Unknown:
    """The values of the named columns, or of all columns if none is named."""
    if given == NONE:
        return [values for _, values in frame.columns.values()]
    is_one = isinstance(given, Constant)
    names = (given,) if is_one else call.items(given).values
    keys = [call.machine.hash_key(name) for name in names]
    if any(key not in frame.columns for key in keys):
        return lost(call, given)
    return [frame.columns[key][1] for key in keys]


def _drop_missing(call: Call, frame: Frame) -> Value:
    bound = _DROP_MISSING.bind(call)
    columns = _names(call, frame, bound["subset"])
    if isinstance(columns, Unknown) or bound["axis"] != Constant(0):
        return lost(call, *call.args)
    test = all if bound["how"] == Constant("all") else any
    return frame.chosen(
        place
        for place in range(len(frame.labels))
        if not test(is_missing(values[place]) for values in columns)
    )


def _fill_missing(call: Call, frame: Frame) -> Value:
    made = copied(frame)
    for key, filler in by_column(frame, _ONE.bind(call)["value"]):
        name, values = frame.columns[key]
        made.columns[key] = (name, [filler if is_missing(value) else value for value in values])
    return made


def by_column(frame: Frame, given: Value) -> Iterator[tuple[Hashable, Value]]:
    """The keys of columns with what is given for them: one value for all, or a mapping by name."""
    for key in frame.columns:
        if not isinstance(given, Mapping):
            yield key, given
        elif key in given.entries:
            yield key, given.entries[key][1]


def _drop_duplicates(call: Call, frame: Frame) -> Value:
    columns = _names(call, frame, _SUBSET.bind(call)["subset"])
    if isinstance(columns, Unknown):
        return columns
    rows: list[Value] = [Sequence("tuple", [*row]) for row in zip(*columns, strict=True)]
    places = unique_places(call, rows)
    return lost(call) if places is None else frame.chosen(places)


def _sort_values(call: Call, frame: Frame) -> Value:
    bound = _SORT.bind(call)
    columns = _names(call, frame, bound["by"])
    if isinstance(columns, Unknown):
        return columns
    order = sorted_places(call, columns, bound["ascending"])
    if isinstance(order, Unknown):
        return order
    made = frame.chosen(order)
    return _renumbered(made) if bound["ignore_index"] == Constant(True) else made


def _renumbered(frame: Frame) -> Frame:
    frame.labels = [Constant(place) for place in range(len(frame.labels))]
    frame.index_names = ()
    return frame


def _reset_index(call: Call, frame: Frame) -> Value:
    if _RESET.bind(call)["drop"] != Constant(True):
        return with_index_as_columns(frame)
    return _renumbered(copied(frame))


def _rename(call: Call, frame: Frame) -> Value:
    new = _RENAME.bind(call)["columns"]
    made = Frame({}, frame.labels, list(frame.losses))
    for key, (name, values) in frame.columns.items():
        if isinstance(new, Mapping):
            renamed = new.entries[key][1] if key in new.entries else name
        else:
            renamed = call.invoke(new, name)
        hashed = call.machine.hash_key(renamed)
        if hashed is None:
            return lost(call, renamed)
        made.columns[hashed] = (renamed, values)
    return made


def _drop(call: Call, frame: Frame) -> Value:
    bound = _DROP.bind(call)
    columns = bound["columns"]
    if columns == NONE and bound["axis"] in (Constant(1), Constant("columns")):
        columns = bound["labels"]
    if columns == NONE:
        return lost(call, *call.args)
    is_one = isinstance(columns, Constant)
    names = (columns,) if is_one else call.items(columns).values
    keys = {call.machine.hash_key(name) for name in names}
    kept = {key: column for key, column in frame.columns.items() if key not in keys}
    return Frame(kept, frame.labels, list(frame.losses))


def _set_index(call: Call, frame: Frame) -> Value:
    bound = _SET_INDEX.bind(call)
    key = call.machine.hash_key(bound["keys"])
    if key not in frame.columns or bound["drop"] != Constant(True):
        return lost(call, bound["keys"])
    rest = {other: column for other, column in frame.columns.items() if other != key}
    name, labels = frame.columns[key]
    return Frame(rest, list(labels), list(frame.losses), (name,))


def _apply(call: Call, frame: Frame) -> Value:
    """`apply`: a function of each row."""
    bound = _APPLY.bind(call)
    if bound["axis"] not in (Constant(1), Constant("columns")):
        return lost(call, *call.args)
    rows = [frame.row(place) for place in range(len(frame.labels))]
    results = [call.invoke(bound["func"], row) for row in rows]
    return Series(results, list(frame.labels), NONE, list(frame.losses))


_METHODS: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "__contains__": method(Frame, _contains),
    "__getitem__": method(Frame, _get_item),
    "__iter__": method(Frame, _iterate),
    "__len__": method(Frame, _length),
    "__setitem__": method(Frame, _set_item),
    "apply": method(Frame, _apply),
    "assign": method(Frame, _assign),
    "copy": method(Frame, lambda call, frame: copied(frame)),
    "drop": method(Frame, _drop),
    "drop_duplicates": method(Frame, _drop_duplicates),
    "dropna": method(Frame, _drop_missing),
    "fillna": method(Frame, _fill_missing),
    "get": method(Frame, _get),
    "head": method(Frame, _head),
    "items": method(Frame, _items),
    "iterrows": method(Frame, _rows),
    "itertuples": method(Frame, _tuples),
    "keys": method(Frame, lambda call, frame: frame.attribute("columns") or NONE),
    "rename": method(Frame, _rename),
    "reset_index": method(Frame, _reset_index),
    "set_index": method(Frame, _set_index),
    "sort_values": method(Frame, _sort_values),
    "to_dict": method(Frame, _to_dict),
}

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    **{f"pandas.DataFrame.{name}": row for name, row in _METHODS.items()},
}
