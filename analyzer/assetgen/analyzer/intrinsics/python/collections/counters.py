"""`collections.Counter`: dictionaries of counts."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.doubts import Presence
from assetgen.analyzer.evaluate.values import NONE, Constant, Mapping, Sequence, Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.receivers import method

_FROM: Final = Parameters("iterable=(), /, **entries")
_OTHER: Final = Parameters("other, /")
_MOST: Final = Parameters("n=None")


def _counter(call: Call) -> Value:
    bound = _FROM.bind(call)
    counter = Mapping("Counter")
    _tally(call, counter, bound.get("iterable") or Sequence("tuple", []), 1)
    for name, value in bound.rest.items():
        key = Constant(name)
        counter.entries[call.machine.hash_key(key)] = (key, value)
    return counter


def _tally(call: Call, counter: Mapping, iterable: Value, sign: int) -> None:
    """Counts the items of an iterable, or adds the counts of a mapping."""
    losses = counter.losses
    if isinstance(iterable, Mapping):
        counted = list(iterable.entries.values())
        losses.extend(iterable.losses)
        presence = Presence(iterable)
    else:
        items = call.items(iterable)
        counted = [(item, Constant(1)) for item in items.values]
        losses.extend(items.losses)
        presence = Presence(Sequence("list", list(items.values), list(items.losses)))
    by_key: dict[Hashable, list[tuple[Value, Value]]] = {}
    for item, count in counted:
        key = call.machine.hash_key(item)
        if key is None:
            losses.append(lost(call, item))
        else:
            by_key.setdefault(key, []).append((item, count))
    for key, found in by_key.items():
        before = counter.entries[key][1] if key in counter.entries else Constant(0)
        doubts = [presence.doubt(item) for item, _ in found]
        is_one = len(found) == 1 and key not in counter.entries  # its doubt is that of the entry
        uncertain = [doubt is not None and not is_one for doubt in doubts]
        totals = _totals(call, before, [count for _, count in found], uncertain, sign)
        sure = (item for (item, _), doubt in zip(found, doubts, strict=True) if doubt is None)
        condition = next((doubt.condition for doubt in doubts if doubt is not None), None)
        total = totals[0] if condition is None else call.machine.join(totals, condition)
        call.machine.put(counter, key, (next(sure, found[0][0]), total))


def _totals(
    call: Call, before: Value, counts: list[Value], uncertain: list[bool], sign: int
) -> list[Value]:
    """What a count may be after others were added, of which those that are `uncertain` may not
    be."""
    totals: dict[Value, None] = {before: None}
    for count, is_uncertain in zip(counts, uncertain, strict=True):
        added = {_sum(call, total, count, sign): None for total in totals}
        totals = {**totals, **added} if is_uncertain else added
        if len(totals) > call.machine.budget.options:
            return [lost(call, before, count)]
    return list(totals)


def _sum(call: Call, before: Value, count: Value, sign: int) -> Value:
    if isinstance(before, Constant) and isinstance(count, Constant):
        return Constant(before.value + sign * count.value)  # type: ignore[operator]
    return lost(call, before, count)


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


def _combined(choose: Callable[[int, int], int]) -> Intrinsic:
    """An operator of two counters; of the resulting counts, the positive ones."""

    def intrinsic(call: Call, receiver: Mapping) -> Value:
        other = _OTHER.bind(call)["other"]
        if not isinstance(other, Mapping):
            return lost(call, other)
        own, others = _counts(call, receiver), _counts(call, other)
        if isinstance(own, Unknown) or isinstance(others, Unknown):
            return lost(call, receiver, other)
        by_key = {call.machine.hash_key(key): (key, count) for key, count in own}
        second = {call.machine.hash_key(key): (key, count) for key, count in others}
        made = Mapping("Counter")
        for key, (name, _) in {**second, **by_key, **second}.items():
            count = choose(by_key.get(key, (NONE, 0))[1], second.get(key, (NONE, 0))[1])
            if count > 0:
                made.entries[key] = (name, Constant(count))
        return _in_order(made, [*by_key, *second])

    return method(Mapping, intrinsic)


def _in_order(counter: Mapping, keys: list[object]) -> Mapping:
    entries = {key: counter.entries[key] for key in keys if key in counter.entries}
    return Mapping("Counter", entries)


def _signed(sign: int) -> Intrinsic:
    """`+counter` and `-counter`: the counts that are then positive."""

    def intrinsic(call: Call, receiver: Mapping) -> Value:
        counts = _counts(call, receiver)
        if isinstance(counts, Unknown):
            return counts
        made = Mapping("Counter")
        for key, count in counts:
            if sign * count > 0:
                made.entries[call.machine.hash_key(key)] = (key, Constant(sign * count))
        return made

    return method(Mapping, intrinsic)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "collections.Counter": _counter,
    "collections.Counter.elements": method(Mapping, _elements),
    "collections.Counter.most_common": method(Mapping, _most_common),
    "collections.Counter.subtract": method(Mapping, _counter_subtract),
    "collections.Counter.total": method(Mapping, _total),
    "collections.Counter.update": method(Mapping, _counter_update),
    "collections.Counter.__add__": _combined(lambda one, two: one + two),
    "collections.Counter.__and__": _combined(min),
    "collections.Counter.__neg__": _signed(-1),
    "collections.Counter.__or__": _combined(max),
    "collections.Counter.__pos__": _signed(1),
    "collections.Counter.__sub__": _combined(lambda one, two: one - two),
}
