"""Dictionaries and their kin: dict, defaultdict, OrderedDict, Counter, ChainMap."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.display import display
from assetgen.analyzer.evaluate.displays import merge
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.receivers import method

_FROM: Final = Parameters("iterable=(), /, **entries")
_DEFAULT: Final = Parameters("default_factory=None, iterable=(), /, **entries")
_GET: Final = Parameters("key, default=None, /")
_POP: Final = Parameters("key, default=..., /")
_FROM_KEYS: Final = Parameters("iterable, value=None, /")
_OTHER: Final = Parameters("other, /")
_MOST: Final = Parameters("n=None")
_MAPS: Final = Parameters("*maps")
_LAST: Final = Parameters("last=True")
_MOVE: Final = Parameters("key, last=True")


def filled(call: Call, mapping: Mapping, iterable: Value, entries: dict[str, Value]) -> Mapping:
    """`mapping` with what a mapping or an iterable of pairs holds, and named entries."""
    merge(call.machine, mapping, iterable, call.site)
    for name, value in entries.items():
        key = Constant(name)
        call.machine.write(mapping.entries, call.machine.hash_key(key), (key, value))
    mapping.losses.extend(call.losses)
    return mapping


def _made_of(kind: str) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        bound = _FROM.bind(call)
        iterable = bound.get("iterable") or Sequence("tuple", [])
        return filled(call, Mapping(kind), iterable, bound.rest)

    return intrinsic


def _defaultdict(call: Call) -> Value:
    bound = _DEFAULT.bind(call)
    factory = bound["default_factory"]
    mapping = Mapping("defaultdict", default_factory=None if factory == NONE else factory)
    return filled(call, mapping, bound.get("iterable") or Sequence("tuple", []), bound.rest)


def _get(call: Call, receiver: Mapping) -> Value:
    bound = _GET.bind(call)
    key = call.machine.hash_key(bound["key"])
    if key is None:
        return lost(call, bound["key"])
    if key in receiver.entries:
        return receiver.entries[key][1]
    return lost(call, receiver) if receiver.losses else bound["default"]


def _keys(call: Call, receiver: Mapping) -> Value:
    # Of kind "set", as the operators of sets apply to it; the order is the dictionary's.
    return Sequence("set", [key for key, _ in receiver.entries.values()], list(receiver.losses))


def _values(call: Call, receiver: Mapping) -> Value:
    return Sequence("list", [item for _, item in receiver.entries.values()], list(receiver.losses))


def _items(call: Call, receiver: Mapping) -> Value:
    pairs: list[Value] = [Sequence("tuple", list(pair)) for pair in receiver.entries.values()]
    return Sequence("list", pairs, list(receiver.losses))


def _update(call: Call, receiver: Mapping) -> Value:
    bound = _FROM.bind(call)
    filled(call, receiver, bound.get("iterable") or Sequence("tuple", []), bound.rest)
    return NONE


def _setdefault(call: Call, receiver: Mapping) -> Value:
    bound = _GET.bind(call)
    key = call.machine.hash_key(bound["key"])
    if key is None:
        receiver.losses.append(lost(call, bound["key"]))
        return lost(call, bound["key"])
    if key in receiver.entries:
        return receiver.entries[key][1]
    if receiver.losses:
        return lost(call, receiver)
    call.machine.write(receiver.entries, key, (bound["key"], bound["default"]))
    return bound["default"]


def _pop(call: Call, receiver: Mapping) -> Value:
    bound = _POP.bind(call)
    key = call.machine.hash_key(bound["key"])
    if key is None:
        return lost(call, bound["key"])
    if key in receiver.entries:
        found = receiver.entries[key][1]
        call.machine.erase(receiver.entries, key)
        return found
    if receiver.losses:
        return lost(call, receiver)
    if "default" in bound:
        return bound["default"]
    raise Raised("builtins.KeyError", display(bound["key"]))


def _popitem(call: Call, receiver: Mapping) -> Value:
    last = _LAST.bind(call).plain("last")
    if receiver.losses or not isinstance(last, bool):
        return lost(call, receiver)
    if not receiver.entries:
        raise Raised("builtins.KeyError", "'popitem(): dictionary is empty'")
    key = next(iter(reversed(receiver.entries) if last else iter(receiver.entries)))
    pair = receiver.entries[key]
    call.machine.erase(receiver.entries, key)
    return Sequence("tuple", list(pair))


def _move_to_end(call: Call, receiver: Mapping) -> Value:
    bound = _MOVE.bind(call)
    key = call.machine.hash_key(bound["key"])
    last = bound.plain("last")
    if key is not None and key in receiver.entries and isinstance(last, bool):
        entry = receiver.entries.pop(key)
        rest = dict(receiver.entries)
        receiver.entries.clear()
        receiver.entries.update({**rest, key: entry} if last else {key: entry, **rest})
    return NONE


def _copy(call: Call, receiver: Mapping) -> Value:
    return Mapping(
        receiver.kind, dict(receiver.entries), list(receiver.losses), receiver.default_factory
    )


def _clear(call: Call, receiver: Mapping) -> Value:
    for key in tuple(receiver.entries):
        call.machine.erase(receiver.entries, key)
    if not call.machine.journals:
        receiver.losses.clear()
    return NONE


def _from_keys(call: Call) -> Value:
    bound = _FROM_KEYS.bind(call)
    items = call.machine.items(bound["iterable"], call.site)
    mapping = Mapping(losses=list(items.losses))
    for item in items.values:
        key = call.machine.hash_key(item)
        if key is None:
            mapping.losses.append(lost(call, item))
        else:
            mapping.entries.setdefault(key, (item, bound["value"]))
    return mapping


def _counter(call: Call) -> Value:
    bound = _FROM.bind(call)
    counter = Mapping("Counter")
    _tally(call, counter, bound.get("iterable") or Sequence("tuple", []), 1)
    for name, value in bound.rest.items():
        key = Constant(name)
        counter.entries[call.machine.hash_key(key)] = (key, value)
    return counter


def _tally(call: Call, counter: Mapping, iterable: Value, sign: int) -> None:
    """Count the items of an iterable, or add the counts of a mapping."""
    if isinstance(iterable, Mapping):
        counted = list(iterable.entries.values())
        counter.losses.extend(iterable.losses)
    else:
        items = call.machine.items(iterable, call.site)
        counted = [(item, Constant(1)) for item in items.values]
        counter.losses.extend(items.losses)
    for item, count in counted:
        key = call.machine.hash_key(item)
        if key is None:
            counter.losses.append(lost(call, item))
            continue
        before = counter.entries[key][1] if key in counter.entries else Constant(0)
        total: Value = lost(call, before, count)
        if isinstance(before, Constant) and isinstance(count, Constant):
            total = Constant(before.value + sign * count.value)  # type: ignore[operator]
        call.machine.write(counter.entries, key, (item, total))


def _counter_update(call: Call, receiver: Mapping) -> Value:
    _tally(call, receiver, _OTHER.bind(call)["other"], 1)
    return NONE


def _counter_subtract(call: Call, receiver: Mapping) -> Value:
    _tally(call, receiver, _OTHER.bind(call)["other"], -1)
    return NONE


def _counts(call: Call, receiver: Mapping) -> list[tuple[Value, int]] | Unknown:
    counts: list[tuple[Value, int]] = []
    for key, count in receiver.entries.values():
        if not isinstance(count, Constant) or not isinstance(count.value, int):
            return lost(call, count)
        counts.append((key, count.value))
    return lost(call, receiver) if receiver.losses else counts


def _most_common(call: Call, receiver: Mapping) -> Value:
    limit = _MOST.bind(call).plain("n")
    counts = _counts(call, receiver)
    if isinstance(counts, Unknown):
        return counts
    if not (limit is None or isinstance(limit, int)):
        return lost(call, *call.args)
    counts.sort(key=lambda pair: pair[1], reverse=True)
    shown = counts if limit is None else counts[: max(limit, 0)]
    return Sequence("list", [Sequence("tuple", [key, Constant(n)]) for key, n in shown])


def _elements(call: Call, receiver: Mapping) -> Value:
    counts = _counts(call, receiver)
    if isinstance(counts, Unknown):
        return counts
    if sum(max(count, 0) for _, count in counts) > call.machine.budget.collection:
        return call.unknown("budget", "a Counter of too many elements")
    return Sequence("list", [key for key, count in counts for _ in range(count)])


def _total(call: Call, receiver: Mapping) -> Value:
    counts = _counts(call, receiver)
    return counts if isinstance(counts, Unknown) else Constant(sum(count for _, count in counts))


def _chain_map(call: Call) -> Value:
    """As one dictionary: what is written to the maps afterwards is not seen through it."""
    joined = Mapping()
    for other in reversed(_MAPS.bind(call).star):
        merge(call.machine, joined, other, call.site)
    return joined


def _same(call: Call) -> Value:
    """A view or proxy of a mapping is the mapping."""
    return _OTHER.bind(call)["other"]


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "builtins.dict": _made_of("dict"),
    "builtins.dict.clear": method(Mapping, _clear),
    "builtins.dict.copy": method(Mapping, _copy),
    "builtins.dict.fromkeys": _from_keys,
    "builtins.dict.get": method(Mapping, _get),
    "builtins.dict.items": method(Mapping, _items),
    "builtins.dict.keys": method(Mapping, _keys),
    "builtins.dict.pop": method(Mapping, _pop),
    "builtins.dict.popitem": method(Mapping, _popitem),
    "builtins.dict.setdefault": method(Mapping, _setdefault),
    "builtins.dict.update": method(Mapping, _update),
    "builtins.dict.values": method(Mapping, _values),
    "collections.defaultdict": _defaultdict,
    "collections.OrderedDict": _made_of("OrderedDict"),
    "collections.OrderedDict.fromkeys": _from_keys,
    "collections.OrderedDict.move_to_end": method(Mapping, _move_to_end),
    "collections.Counter": _counter,
    "collections.Counter.elements": method(Mapping, _elements),
    "collections.Counter.most_common": method(Mapping, _most_common),
    "collections.Counter.subtract": method(Mapping, _counter_subtract),
    "collections.Counter.total": method(Mapping, _total),
    "collections.Counter.update": method(Mapping, _counter_update),
    "collections.ChainMap": _chain_map,
    "types.MappingProxyType": _same,
    "frozendict.frozendict": _made_of("dict"),
}
