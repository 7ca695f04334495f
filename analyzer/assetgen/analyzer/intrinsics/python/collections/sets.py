"""Sets and frozen sets: constructors and methods.

Items whose equality is not known are kept side by side, and what depends on it becomes a loss.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.journal import changing
from assetgen.analyzer.evaluate.objects.display import display
from assetgen.analyzer.evaluate.objects.doubts import (
    Presence,
    beyond,
    each_doubted,
    in_any_order,
    without_named,
)
from assetgen.analyzer.evaluate.values import NONE, Constant, Sequence, Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.model.dataclass import dataclass

_ITERABLE: Final = Parameters("iterable=(), /")
_ITEM: Final = Parameters("item, /")
_OTHERS: Final = Parameters("*others")

Keys = dict[Hashable, Value]


def distinct(call: Call, values: tuple[Value, ...] | list[Value]) -> list[Value]:
    """The values, without those that are certainly equal to an earlier one."""
    found: list[Value] = []
    seen: set[Hashable] = set()
    for value in values:
        key = call.machine.hash_key(value)
        if key is not None:
            if key in seen:
                continue
            seen.add(key)
        found.append(value)
    return found


def _made_of(kind: str) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        items = call.items(_ITERABLE.bind(call)["iterable"])
        return Sequence(kind, distinct(call, items.values), in_any_order(items.losses))

    return intrinsic


def _keys(call: Call, value: Value) -> tuple[Keys, list[Value], list[Unknown]]:
    """The items by key, those with unknown keys, and the losses."""
    items = call.items(value)
    keyed: Keys = {}
    rest: list[Value] = []
    for item in items.values:
        key = call.machine.hash_key(item)
        if key is None:
            rest.append(item)
        else:
            keyed.setdefault(key, item)
    return keyed, rest, in_any_order(items.losses)


@dataclass(slots=True, eq=False)
class _Gathered:
    """The items of a collection by key, each with whether it is certain to be there, those with
    unknown keys, and the losses."""

    keyed: dict[Hashable, tuple[Value, bool]]
    rest: list[Value]
    losses: list[Unknown]

    def has(self, key: Hashable | None, item: Value) -> tuple[bool | None, Value]:
        """Whether an item is among them, None if that is not known; and the equal one that is."""
        known = self.keyed.get(key) if key is not None else None
        if known is not None:
            return known[1] or None, known[0]
        is_open = key is None or bool(self.rest or beyond(self.losses))
        return None if is_open else False, item


def _gathered(call: Call, value: Value) -> _Gathered:
    items = call.items(value)
    presence = Presence(Sequence("list", list(items.values), list(items.losses)))
    gathered = _Gathered({}, [], in_any_order(items.losses))
    for item in items.values:
        key = call.machine.hash_key(item)
        if key is None:
            gathered.rest.append(item)
            continue
        is_sure = presence.doubt(item) is None
        if key not in gathered.keyed or (is_sure and not gathered.keyed[key][1]):
            gathered.keyed[key] = item, is_sure
    return gathered


_INDEXED_PER_STEP: Final = 500


def _add(call: Call, receiver: Sequence) -> Value:
    item = _ITEM.bind(call)["item"]
    key = call.machine.hash_key(item)
    call.machine.step(len(receiver.items) // _INDEXED_PER_STEP)
    if key is None or key not in call.machine.key_index.of(receiver).keys:
        changing(call.machine.journals, receiver)
        receiver.items.append(item)
    elif receiver.losses:
        _settle(call, receiver, key, item)
    return NONE


def _settle(call: Call, receiver: Sequence, key: Hashable, item: Value) -> None:
    """An item that was added under an unknown condition exists for certain once it is added
    again."""
    presence = Presence(receiver)
    for place, own in enumerate(receiver.items):
        if call.machine.hash_key(own) == key and presence.doubt(own) is not None:
            if item is own:
                return  # one object cannot be told from itself
            changing(call.machine.journals, receiver)
            receiver.items[place] = item
            receiver.losses[:] = without_named(receiver.losses, receiver.items)
            return


def _discard(call: Call, receiver: Sequence) -> Value:
    item = _ITEM.bind(call)["item"]
    _drop(call, receiver, item)
    return NONE


def _remove(call: Call, receiver: Sequence) -> Value:
    item = _ITEM.bind(call)["item"]
    if not _drop(call, receiver, item) and not receiver.losses:
        raise Raised("builtins.KeyError", display(item))
    return NONE


def _drop(call: Call, receiver: Sequence, item: Value) -> bool:
    """Removes what is certainly equal; returns whether there was, or may have been, such an
    item."""
    key = call.machine.hash_key(item)
    if key is None:
        may_be = [own for own in receiver.items if call.machine.equal(own, item) is not False]
        _doubt_each(call, receiver, may_be, lost(call, item))
        return True
    places = [p for p, own in enumerate(receiver.items) if call.machine.hash_key(own) == key]
    if places:
        changing(call.machine.journals, receiver)
        del receiver.items[places[0]]
        receiver.losses[:] = without_named(receiver.losses, receiver.items)
    return bool(places)


def _doubt_each(call: Call, receiver: Sequence, items: list[Value], unknown: Unknown) -> None:
    """Any of some items may be gone."""
    if items:
        changing(call.machine.journals, receiver)
        receiver.losses.append(each_doubted(unknown, items))


def _pop(call: Call, receiver: Sequence) -> Value:
    if receiver.losses or len(receiver.items) > 1:
        unknown = lost(call, receiver)  # which one is taken is nobody's promise
        _doubt_each(call, receiver, receiver.items, unknown)
        return unknown
    if not receiver.items:
        raise Raised("builtins.KeyError", "'pop from an empty set'")
    changing(call.machine.journals, receiver)
    return receiver.items.pop()


def _union(call: Call, receiver: Sequence) -> Value:
    return _union_of(call, receiver, _OTHERS.bind(call).star)


def _union_of(call: Call, receiver: Sequence, others: tuple[Value, ...]) -> Sequence:
    found = _gathered(call, receiver)
    losses = list(receiver.losses)
    for other in others:
        more = _gathered(call, other)
        losses += more.losses
        for key, (item, is_sure) in more.keyed.items():
            known = found.keyed.get(key)
            if known is None or (is_sure and not known[1]):
                found.keyed[key] = item, is_sure
        found.rest.extend(more.rest)
    items = [*(item for item, _ in found.keyed.values()), *found.rest]
    return Sequence(receiver.kind, items, without_named(in_any_order(losses), items))


def _update(call: Call, receiver: Sequence) -> Value:
    united = _union_of(call, receiver, _OTHERS.bind(call).star)
    changing(call.machine.journals, receiver)
    receiver.items[:] = united.items
    receiver.losses[:] = united.losses
    return NONE


def _selecting(wanted: bool) -> Callable[[Call, Sequence], Sequence]:
    """The row for an intersection (`wanted`: the items that the others have) or a difference."""

    def select(call: Call, receiver: Sequence) -> Sequence:
        items, losses = list(receiver.items), list(receiver.losses)
        presence = Presence(receiver)
        for other in _OTHERS.bind(call).star:
            there = _gathered(call, other)
            kept: list[Value] = []
            unsure: list[Value] = []
            for item in items:
                inside, same = there.has(call.machine.hash_key(item), item)
                if inside is None:
                    unsure.append(item)
                if inside is None or inside is wanted:
                    kept.append(same if wanted and presence.doubt(item) is None else item)
            if unsure:
                losses.append(each_doubted(lost(call, *there.losses, *there.rest), unsure))
            items = kept
        return Sequence(receiver.kind, items, without_named(losses, items))

    return select


_intersection = _selecting(True)
_difference = _selecting(False)


def _in_place(select: Callable[[Call, Sequence], Sequence]) -> Callable[[Call, Sequence], Value]:
    def intrinsic(call: Call, receiver: Sequence) -> Value:
        result = select(call, receiver)
        changing(call.machine.journals, receiver)
        receiver.items[:] = result.items
        receiver.losses[:] = result.losses
        return NONE

    return intrinsic


def _symmetric_difference(call: Call, receiver: Sequence) -> Sequence:
    own, other = _gathered(call, receiver), _gathered(call, _ITEM.bind(call)["item"])
    items: list[Value] = []
    unsure: list[Value] = []
    for here, there in ((own, other), (other, own)):
        for key, (item, _) in here.keyed.items():
            inside = there.has(key, item)[0]
            if inside is True or (inside is None and key in there.keyed and here is other):
                continue
            items.append(item)
            if inside is None:
                unsure.append(item)
        items += here.rest
        unsure += here.rest
    losses = [*receiver.losses, *other.losses]
    if unsure:
        losses.append(each_doubted(lost(call, *losses, *own.rest, *other.rest), unsure))
    return Sequence(receiver.kind, items, without_named(in_any_order(losses), items))


def _compared(
    compare: Callable[[set[Hashable], set[Hashable]], bool],
) -> Callable[[Call, Sequence], Value]:
    def intrinsic(call: Call, receiver: Sequence) -> Value:
        value = _ITEM.bind(call)["item"]
        own, own_rest, own_losses = _keys(call, receiver)
        other, rest, losses = _keys(call, value)
        if own_rest or own_losses or rest or losses:
            return lost(call, *own_losses, *losses, *own_rest, *rest)
        return Constant(compare(set(own), set(other)))

    return intrinsic


def _copy(call: Call, receiver: Sequence) -> Value:
    return Sequence(receiver.kind, list(receiver.items), list(receiver.losses))


def _clear(call: Call, receiver: Sequence) -> Value:
    changing(call.machine.journals, receiver)
    receiver.items.clear()
    receiver.losses.clear()
    return NONE


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "builtins.set": _made_of("set"),
    "builtins.set.__ge__": method(Sequence, _compared(set.issuperset)),
    "builtins.set.__gt__": method(Sequence, _compared(lambda own, other: own > other)),
    "builtins.set.__le__": method(Sequence, _compared(set.issubset)),
    "builtins.set.__lt__": method(Sequence, _compared(lambda own, other: own < other)),
    "builtins.set.add": method(Sequence, _add),
    "builtins.set.clear": method(Sequence, _clear),
    "builtins.set.copy": method(Sequence, _copy),
    "builtins.set.difference": method(Sequence, _difference),
    "builtins.set.difference_update": method(Sequence, _in_place(_difference)),
    "builtins.set.discard": method(Sequence, _discard),
    "builtins.set.intersection": method(Sequence, _intersection),
    "builtins.set.intersection_update": method(Sequence, _in_place(_intersection)),
    "builtins.set.isdisjoint": method(Sequence, _compared(set.isdisjoint)),
    "builtins.set.issubset": method(Sequence, _compared(set.issubset)),
    "builtins.set.issuperset": method(Sequence, _compared(set.issuperset)),
    "builtins.set.pop": method(Sequence, _pop),
    "builtins.set.remove": method(Sequence, _remove),
    "builtins.set.symmetric_difference": method(Sequence, _symmetric_difference),
    "builtins.set.union": method(Sequence, _union),
    "builtins.set.update": method(Sequence, _update),
    "builtins.frozenset": _made_of("frozenset"),
    "builtins.frozenset.copy": method(Sequence, _copy),
    "builtins.frozenset.difference": method(Sequence, _difference),
    "builtins.frozenset.intersection": method(Sequence, _intersection),
    "builtins.frozenset.isdisjoint": method(Sequence, _compared(set.isdisjoint)),
    "builtins.frozenset.issubset": method(Sequence, _compared(set.issubset)),
    "builtins.frozenset.issuperset": method(Sequence, _compared(set.issuperset)),
    "builtins.frozenset.symmetric_difference": method(Sequence, _symmetric_difference),
    "builtins.frozenset.union": method(Sequence, _union),
}
