"""Dictionaries of all kinds: dict, defaultdict, OrderedDict."""

from __future__ import annotations

from collections.abc import Hashable
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.expressions.displays import merge
from assetgen.analyzer.evaluate.journal import changing_mapping, is_older
from assetgen.analyzer.evaluate.objects.display import display
from assetgen.analyzer.evaluate.objects.doubts import (
    disorder,
    doubt_of_key,
    in_any_order,
    of_pairs,
    surely_all,
)
from assetgen.analyzer.evaluate.objects.unknown_keys import set_unknown_default
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Constant,
    Mapping,
    Sequence,
    Value,
    made_next,
    options_of,
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
_LAST: Final = Parameters("last=True")
_MOVE: Final = Parameters("key, last=True")


def filled(call: Call, mapping: Mapping, iterable: Value, entries: dict[str, Value]) -> Mapping:
    """`mapping` with the entries of a mapping or an iterable of pairs, and keyword entries
    added."""
    merge(call.machine, mapping, iterable, call.site)
    for name, value in entries.items():
        key = Constant(name)
        call.machine.put(mapping, call.machine.hash_key(key), (key, value))
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
        unknown = lost(call, bound["key"])
        if receiver.losses:
            return unknown
        options = [*(entry for _, entry in receiver.entries.values()), bound["default"]]
        return call.machine.join(options, unknown, made_next())
    if key in receiver.entries:
        return _or_default(call, receiver, key, bound["default"])
    return bound["default"] if surely_all(receiver.losses) else lost(call, receiver)


def _or_default(call: Call, receiver: Mapping, key: Hashable, default: Value) -> Value:
    """An entry, or the default if it may not exist."""
    found = receiver.entries[key][1]
    doubt = doubt_of_key(receiver, key) if receiver.losses else None
    if doubt is None:
        return found
    return call.machine.join([found, default], doubt.condition, made_next())


def _keys(call: Call, receiver: Mapping) -> Value:
    # Of kind "set", as the operators of sets apply to it; the order is the dictionary's.
    keys = [key for key, _ in receiver.entries.values()]
    return Sequence("set", keys, of_pairs(receiver, keys), is_ordered=True)


def _values(call: Call, receiver: Mapping) -> Value:
    values = [item for _, item in receiver.entries.values()]
    return Sequence("list", values, of_pairs(receiver, values))


def _items(call: Call, receiver: Mapping) -> Value:
    pairs: list[Value] = [Sequence("tuple", list(pair)) for pair in receiver.entries.values()]
    return Sequence("list", pairs, of_pairs(receiver, pairs))


def _update(call: Call, receiver: Mapping) -> Value:
    bound = _FROM.bind(call)
    filled(call, receiver, bound.get("iterable") or Sequence("tuple", []), bound.rest)
    return NONE


def _setdefault(call: Call, receiver: Mapping) -> Value:
    bound = _GET.bind(call)
    key = call.machine.hash_key(bound["key"])
    if key is None:
        index, default = bound["key"], bound["default"]
        return set_unknown_default(call.machine, receiver, index, default, call.site)
    if key in receiver.entries:
        found = _or_default(call, receiver, key, bound["default"])
        if receiver.losses:
            call.machine.put(receiver, key, (receiver.entries[key][0], found))
        return found
    made = bound["default"]
    if not surely_all(receiver.losses):
        other = lost(call, receiver)
        made = call.machine.join([other, made], other, made_next())
    call.machine.put(receiver, key, (bound["key"], made))
    return made


def _pop(call: Call, receiver: Mapping) -> Value:
    bound = _POP.bind(call)
    key = call.machine.hash_key(bound["key"])
    if key is None:
        return _pop_one_of(call, receiver, bound["key"], bound.get("default"))
    if key in receiver.entries:
        default = bound["default"] if "default" in bound else receiver.entries[key][1]
        found = _or_default(call, receiver, key, default)
        call.machine.take(receiver, key)
        return found
    if not surely_all(receiver.losses):
        return lost(call, receiver)
    if "default" in bound:
        return bound["default"]
    raise Raised("builtins.KeyError", display(bound["key"]))


def _pop_one_of(call: Call, receiver: Mapping, wanted: Value, default: Value | None) -> Value:
    """By a key that is not known: any entry may be gone, of several keys the one of these."""
    unknown = lost(call, wanted)
    keys = [call.machine.hash_key(option) for option in options_of(wanted)]
    entries = dict(receiver.entries)
    condition = wanted.condition if isinstance(wanted, Choice) else unknown
    call.machine.take_one_of(receiver, keys, condition)
    if None in keys or not surely_all(receiver.losses):
        return unknown
    found = [entries[key][1] if key in entries else default for key in keys]
    options = [value for value in found if value is not None]
    return call.machine.join(options, condition) if options else unknown


def _popitem(call: Call, receiver: Mapping) -> Value:
    last = _LAST.bind(call).plain("last")
    if receiver.losses or not isinstance(last, bool):
        return lost(call, receiver)
    if not receiver.entries:
        raise Raised("builtins.KeyError", "'popitem(): dictionary is empty'")
    key = next(iter(reversed(receiver.entries) if last else iter(receiver.entries)))
    pair = receiver.entries[key]
    call.machine.take(receiver, key)
    return Sequence("tuple", list(pair))


def _move_to_end(call: Call, receiver: Mapping) -> Value:
    bound = _MOVE.bind(call)
    key = call.machine.hash_key(bound["key"])
    last = bound.plain("last")
    if key is not None and key in receiver.entries and isinstance(last, bool):
        if is_older(call.machine.journals, receiver):
            changing_mapping(call.machine.journals, receiver)
            call.machine.journals[-1].note_order(receiver)
        entry = receiver.entries.pop(key)
        rest = dict(receiver.entries)
        receiver.entries.clear()
        receiver.entries.update({**rest, key: entry} if last else {key: entry, **rest})
    elif key is None:
        receiver.losses.append(disorder(lost(call, bound["key"])))
    return NONE


def _copy(call: Call, receiver: Mapping) -> Value:
    return Mapping(
        receiver.kind, dict(receiver.entries), list(receiver.losses), receiver.default_factory
    )


def _clear(call: Call, receiver: Mapping) -> Value:
    for key in tuple(receiver.entries):
        call.machine.take(receiver, key)
    if not call.machine.journals:
        receiver.losses.clear()
    return NONE


def _from_keys(call: Call) -> Value:
    bound = _FROM_KEYS.bind(call)
    items = call.items(bound["iterable"])
    kind = "OrderedDict" if call.name.startswith("collections.OrderedDict") else "dict"
    mapping = Mapping(kind, losses=in_any_order(items.losses))
    for item in items.values:
        key = call.machine.hash_key(item)
        if key is None:
            mapping.losses.append(lost(call, item))
        else:
            mapping.entries.setdefault(key, (item, bound["value"]))
    return mapping


def _proxy(call: Call) -> Value:
    """A proxy reflects later changes of the mapping."""
    other = _OTHER.bind(call)["other"]
    if not isinstance(other, Mapping):
        return other
    return Mapping("mappingproxy", other.entries, other.losses, other.default_factory)


def _default_factory(call: Call, receiver: Mapping) -> Value:
    return receiver.default_factory or NONE


PROPERTIES: Final = frozenset({"collections.defaultdict.default_factory"})

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
    "collections.defaultdict.default_factory": method(Mapping, _default_factory),
    "collections.OrderedDict": _made_of("OrderedDict"),
    "collections.OrderedDict.fromkeys": _from_keys,
    "collections.OrderedDict.move_to_end": method(Mapping, _move_to_end),
    "types.MappingProxyType": _proxy,
    "frozendict.frozendict": _made_of("dict"),
}
