"""Methods and operators of a column, row, index or array."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.expressions import relations
from assetgen.analyzer.evaluate.objects.conversion import NotPlain
from assetgen.analyzer.evaluate.objects.display import display
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
from assetgen.analyzer.intrinsics.python.collections.sorting import sort
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.intrinsics.python.tabular.columns import (
    Series,
    completed,
    frame_of,
    is_missing,
    numbered,
    with_index_as_columns,
)

_ONE: Final = Parameters("value, /")
_FUNCTION: Final = Parameters("function, *args, **kwargs")
_GET: Final = Parameters("key, default=None")
_HEAD: Final = Parameters("n=5")
_ORDER: Final = Parameters("*, ascending=True, ignore_index=False, key=None")
_RESET: Final = Parameters("*, drop=False, name=None")


def as_list(call: Call, series: Series) -> Value:
    """`list(series)`."""
    return Sequence("list", list(series.values), list(series.losses))


def _iterate(call: Call, series: Series) -> Value:
    return Iterator_(iter(list(series.values)), list(series.losses))


def _items(call: Call, series: Series) -> Value:
    pairs = zip(series.labels, series.values, strict=False)
    return Iterator_(iter([Sequence("tuple", list(pair)) for pair in pairs]), list(series.losses))


def _to_dict(call: Call, series: Series) -> Value:
    made = Mapping(losses=list(series.losses))
    for label, value in zip(series.labels, series.values, strict=False):
        made.entries[call.machine.hash_key(label)] = (label, value)
    return made


def _length(call: Call, series: Series) -> Value:
    return lost(call, *series.losses) if series.losses else Constant(len(series.values))


def places_where(call: Call, mask: Series) -> tuple[list[int], list[Unknown]]:
    """The positions at which a mask is true; unknown ones are included, with a loss."""
    places, losses = [], list(mask.losses)
    for place, value in enumerate(mask.values):
        answer = call.machine.truth(value, call.site)
        if answer is None:
            losses.append(call.unknown("condition", "whether a row is taken", value))
        if answer is not False:
            places.append(place)
    return places, losses


def _get_item(call: Call, series: Series) -> Value:
    """`series[...]` by a label, by a mask, or a slice of positions."""
    key = _ONE.bind(call)["value"]
    if isinstance(key, Series):
        return series.chosen(*places_where(call, key))
    if isinstance(key, Constant) and isinstance(key.value, slice):
        return series.chosen(range(len(series.values))[key.value], series.losses)
    found = series.at(key)
    if found is not None:
        return found
    if series.losses or call.machine.hash_key(key) is None:
        return lost(call, *series.losses, key)
    raise Raised("builtins.KeyError", display(key))


def _get(call: Call, series: Series) -> Value:
    bound = _GET.bind(call)
    found = series.at(bound["key"])
    if found is not None:
        return found
    return lost(call, *series.losses) if series.losses else bound["default"]


def _contains(call: Call, series: Series) -> Value:
    """`in` tests the labels, as for a dictionary, or the values of what has only positions as
    labels."""
    key = _ONE.bind(call)["value"]
    is_array = all(
        isinstance(label, Constant) and type(label.value) is int and label.value == place
        for place, label in enumerate(series.labels)
    )
    among = Sequence("list", series.values if is_array else series.labels, series.losses)
    return relations.compare(call.machine, ast.In, key, among, call.site)


def unique_places(call: Call, values: list[Value]) -> list[int] | None:
    """The positions of values that did not occur before; None if they cannot be compared."""
    seen, places = set(), []
    for place, value in enumerate(values):
        key = "missing" if is_missing(value) else call.machine.hash_key(value)
        if key is None:
            return None
        if key not in seen:
            seen.add(key)
            places.append(place)
    return places


def _unique(call: Call, series: Series) -> Value:
    places = unique_places(call, series.values)
    if places is None:
        return lost(call, *series.values)
    return numbered([series.values[place] for place in places], series.losses)


def _drop_duplicates(call: Call, series: Series) -> Value:
    places = unique_places(call, series.values)
    return lost(call, *series.values) if places is None else series.chosen(places)


def _number_of_unique(call: Call, series: Series) -> Value:
    places = unique_places(call, [value for value in series.values if not is_missing(value)])
    return lost(call, *series.losses) if places is None or series.losses else Constant(len(places))


def elementwise(series: Series, other: Value, function: Callable[[Value, Value], Value]) -> Value:
    """A function of each value and, as second argument, either the other's value at the same
    position or the other itself."""
    if isinstance(other, Series):
        pairs = zip(series.values, other.values, strict=False)
        made = series.like(function(one, two) for one, two in pairs)
        made.losses.extend(other.losses)
        return made
    return series.like(function(value, other) for value in series.values)


def _operator(operation: type[ast.operator], swapped: bool = False) -> Intrinsic:
    def intrinsic(call: Call, series: Series) -> Value:
        def compute(one: Value, two: Value) -> Value:
            if is_missing(one) or is_missing(two):
                return Constant(math.nan)
            left, right = (two, one) if swapped else (one, two)
            return call.binary(operation, left, right)

        return elementwise(series, _ONE.bind(call)["value"], compute)

    return method(Series, intrinsic)


def _comparison(operation: type[ast.cmpop]) -> Intrinsic:
    def intrinsic(call: Call, series: Series) -> Value:
        def compute(one: Value, two: Value) -> Value:
            if is_missing(one) or is_missing(two):
                return Constant(operation is ast.NotEq)
            return relations.compare(call.machine, operation, one, two, call.site)

        return elementwise(series, _ONE.bind(call)["value"], compute)

    return method(Series, intrinsic)


def _inverted(call: Call, series: Series) -> Value:
    return series.like(_opposite(call, value) for value in series.values)


def _opposite(call: Call, value: Value) -> Value:
    answer = call.machine.truth(value, call.site)
    return lost(call, value) if answer is None else Constant(not answer)


def _is_in(call: Call, series: Series) -> Value:
    among = call.items(_ONE.bind(call)["value"])
    held = Sequence("list", list(among.values), list(among.losses))
    return series.like(
        relations.compare(call.machine, ast.In, value, held, call.site) for value in series.values
    )


def _missing(wanted: bool) -> Intrinsic:
    def intrinsic(call: Call, series: Series) -> Value:
        return series.like(
            lost(call, value)
            if isinstance(value, Unknown)
            else Constant(is_missing(value) is wanted)
            for value in series.values
        )

    return method(Series, intrinsic)


def _drop_missing(call: Call, series: Series) -> Value:
    return series.chosen(n for n, value in enumerate(series.values) if not is_missing(value))


def _fill_missing(call: Call, series: Series) -> Value:
    filler = _ONE.bind(call)["value"]
    return series.like(filler if is_missing(value) else value for value in series.values)


def _apply(call: Call, series: Series) -> Value:
    """`apply` and `map`, with a function or a dictionary."""
    bound = _FUNCTION.bind(call)
    function = bound["function"]
    if isinstance(function, Mapping):
        found = [function.entries.get(call.machine.hash_key(value)) for value in series.values]
        made = [Constant(math.nan) if pair is None else pair[1] for pair in found]
        return series.like(completed(made))
    rest = dict(bound.rest)
    return series.like(
        completed([call.invoke(function, value, *bound.star, **rest) for value in series.values])
    )


def _sort_values(call: Call, series: Series) -> Value:
    bound = _ORDER.bind(call)
    order = sorted_places(call, [series.values], bound["ascending"])
    if isinstance(order, Unknown):
        return order
    made = series.chosen(order)
    return numbered(made.values) if bound["ignore_index"] == Constant(True) else made


def sorted_places(call: Call, keys: list[list[Value]], ascending: Value) -> list[int] | Unknown:
    """The positions in the order of the keys, missing keys last; one direction for all of them, or
    one for each."""
    if isinstance(ascending, Sequence) and len(ascending.items) == len(keys):
        order: list[int] | Unknown = list(range(len(keys[0]) if keys else 0))
        for key, way in reversed(list(zip(keys, ascending.items, strict=True))):
            found = [] if isinstance(order, Unknown) else [key[n] for n in order]
            if isinstance(order, Unknown) or any(map(is_missing, found)):
                return lost(call, ascending)
            places = sorted_places(call, [found], way)
            order = places if isinstance(places, Unknown) else [order[n] for n in places]
        return order
    up = call.machine.truth(ascending, call.site)
    if up is None or isinstance(ascending, Sequence):
        return lost(call, ascending)
    rows = list(zip(*keys, strict=False))
    known = [n for n, row in enumerate(rows) if not any(map(is_missing, row))]
    by: list[Value] = [Sequence("tuple", [*rows[n]]) for n in known]
    places_of = {id(key): place for key, place in zip(by, known, strict=True)}
    try:
        sorted_ = [places_of[id(key)] for key in sort(call, by, NONE, not up)]
    except NotPlain as error:
        return lost(call, error.value)
    return [*sorted_, *(n for n in range(len(rows)) if n not in set(known))]


def _head(call: Call, series: Series) -> Value:
    count = _HEAD.bind(call).plain("n")
    if not isinstance(count, int):
        return lost(call, *call.args)
    return series.chosen(range(len(series.values))[:count])


def _reset_index(call: Call, series: Series) -> Value:
    bound = _RESET.bind(call)
    if bound["drop"] != Constant(True):
        name = series.name if bound["name"] == NONE else bound["name"]
        if name == NONE or not series.index_names:
            return lost(call)
        held = frame_of([(name, list(series.values))], len(series.values))
        held.labels, held.index_names = series.labels, series.index_names
        return with_index_as_columns(held)
    return numbered(series.values, series.losses, series.name)


def _over_all(name: str) -> Intrinsic:
    """`max`, `min`, `sum`, `any`, `all` of the values that are not missing."""

    def intrinsic(call: Call, series: Series) -> Value:
        values = [value for value in series.values if not is_missing(value)]
        held = Sequence("list", values, list(series.losses))
        return call.invoke(External(f"builtins.{name}"), held)

    return method(Series, intrinsic)


def _dates_as_text(call: Call, series: Series) -> Value:
    """`index.strftime(...)` for dates."""
    values: list[Value] = []
    for value in series.values:
        bound = call.get_attribute(value, "strftime")
        values.append(call.invoke(bound, *call.args, **call.kwargs))
    return series.like(values)


OPERATORS: Final[ReadOnlyMapping[str, type[ast.operator]]] = {
    "add": ast.Add,
    "sub": ast.Sub,
    "mul": ast.Mult,
    "truediv": ast.Div,
    "floordiv": ast.FloorDiv,
    "mod": ast.Mod,
    "pow": ast.Pow,
    "and": ast.BitAnd,
    "or": ast.BitOr,
    "xor": ast.BitXor,
}
COMPARISONS: Final[ReadOnlyMapping[str, type[ast.cmpop]]] = {
    "eq": ast.Eq,
    "ne": ast.NotEq,
    "lt": ast.Lt,
    "le": ast.LtE,
    "gt": ast.Gt,
    "ge": ast.GtE,
}
_METHODS: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "__contains__": method(Series, _contains),
    "__getitem__": method(Series, _get_item),
    "__invert__": method(Series, _inverted),
    "__iter__": method(Series, _iterate),
    "__len__": method(Series, _length),
    "all": _over_all("all"),
    "any": _over_all("any"),
    "apply": method(Series, _apply),
    "copy": lambda call: call.receiver or lost(call),
    "drop_duplicates": method(Series, _drop_duplicates),
    "dropna": method(Series, _drop_missing),
    "fillna": method(Series, _fill_missing),
    "get": method(Series, _get),
    "head": method(Series, _head),
    "isin": method(Series, _is_in),
    "isna": _missing(True),
    "isnull": _missing(True),
    "items": method(Series, _items),
    "map": method(Series, _apply),
    "max": _over_all("max"),
    "min": _over_all("min"),
    "notna": _missing(False),
    "notnull": _missing(False),
    "nunique": method(Series, _number_of_unique),
    "reset_index": method(Series, _reset_index),
    "sort_values": method(Series, _sort_values),
    "strftime": method(Series, _dates_as_text),
    "sum": _over_all("sum"),
    "to_dict": method(Series, _to_dict),
    "to_list": method(Series, as_list),
    "to_numpy": lambda call: call.receiver or lost(call),
    "tolist": method(Series, as_list),
    "unique": method(Series, _unique),
}

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    **{f"pandas.Series.{name}": row for name, row in _METHODS.items()},
    **{f"pandas.Series.__{name}__": _operator(node) for name, node in OPERATORS.items()},
    **{f"pandas.Series.__r{name}__": _operator(node, True) for name, node in OPERATORS.items()},
    **{f"pandas.Series.__{name}__": _comparison(node) for name, node in COMPARISONS.items()},
}
