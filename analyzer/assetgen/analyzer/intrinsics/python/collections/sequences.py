"""Lists, tuples and deques: constructors and methods."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.journal import changing
from assetgen.analyzer.evaluate.objects.conversion import NotPlain
from assetgen.analyzer.evaluate.objects.display import display
from assetgen.analyzer.evaluate.objects.doubts import disorder, in_any_order
from assetgen.analyzer.evaluate.objects.iteration import COMPARISON, ITEMS_PER_STEP
from assetgen.analyzer.evaluate.values import NONE, Constant, Iterator_, Sequence, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.collections.sorting import sort
from assetgen.analyzer.intrinsics.python.collections.taking_out import pop, remove
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.model.copies import replace

_ITERABLE: Final = Parameters("iterable=(), /")
_DEQUE: Final = Parameters("iterable=(), maxlen=None")
_ITEM: Final = Parameters("item, /")
_INSERT: Final = Parameters("index, item, /")
_INDEX: Final = Parameters("item, start=0, stop=9223372036854775807, /")
_SORT: Final = Parameters("*, key=None, reverse=False")
_ROTATE: Final = Parameters("n=1, /")
_NONE: Final = Parameters("")


def made_of(kind: str) -> Intrinsic:
    """The row that makes a list or tuple from an iterable."""

    def intrinsic(call: Call) -> Value:
        value = _ITERABLE.bind(call)["iterable"]
        items = call.items(value)
        losses = list(items.losses)
        if isinstance(value, Sequence):
            losses = list(call.losses_in_order(value))
        return Sequence(kind, list(items.values), losses)

    return intrinsic


def _deque(call: Call) -> Value:
    bound = _DEQUE.bind(call)
    items = call.items(bound["iterable"])
    length = bound.plain("maxlen")
    values = list(items.values)
    if isinstance(length, int):
        values = values[len(values) - length :] if length < len(values) else values
    elif length is not None:
        return lost(call, bound["maxlen"])
    made = Sequence("deque", values, list(items.losses))
    made.most = length if isinstance(length, int) else None
    return made


def _trim(receiver: Sequence, at_end: bool) -> None:
    """A full deque discards items at the other end."""
    surplus = len(receiver.items) - receiver.most if receiver.most is not None else 0
    if surplus > 0:
        cut = slice(-surplus, None) if at_end else slice(surplus)
        del receiver.items[cut]


def _append(call: Call, receiver: Sequence) -> Value:
    changing(call.machine.journals, receiver)
    receiver.items.append(_ITEM.bind(call)["item"])
    _trim(receiver, at_end=False)
    return NONE


def _append_left(call: Call, receiver: Sequence) -> Value:
    changing(call.machine.journals, receiver)
    receiver.items.insert(0, _ITEM.bind(call)["item"])
    _trim(receiver, at_end=True)
    return NONE


def _extend(call: Call, receiver: Sequence) -> Value:
    items = call.items(_ITEM.bind(call)["item"])
    changing(call.machine.journals, receiver)
    receiver.items.extend(items.values)
    receiver.losses.extend(items.losses)
    _trim(receiver, at_end=False)
    return NONE


def _extend_left(call: Call, receiver: Sequence) -> Value:
    items = call.items(_ITEM.bind(call)["item"])
    changing(call.machine.journals, receiver)
    receiver.items[:0] = items.values[::-1]
    receiver.losses.extend(items.losses)
    _trim(receiver, at_end=True)
    return NONE


def _insert(call: Call, receiver: Sequence) -> Value:
    bound = _INSERT.bind(call)
    changing(call.machine.journals, receiver)
    index = bound.plain("index")
    if isinstance(index, int):
        receiver.items.insert(index, bound["item"])
        if index and receiver.losses:
            receiver.losses.append(disorder(lost(call, receiver)))
    else:
        receiver.items.append(bound["item"])
        receiver.losses.append(lost(call, bound["index"]))
    return NONE


def _pop_left(call: Call, receiver: Sequence) -> Value:
    return pop(replace(call, args=(Constant(0),)), receiver)


def _find(call: Call, receiver: Sequence, item: Value) -> int | Value | None:
    """The first position of `item`: None if it does not occur, an unknown if that is not known."""
    if receiver.losses:
        return lost(call, receiver)
    call.machine.step(len(receiver.items) // ITEMS_PER_STEP)
    for place, other in enumerate(receiver.items):
        same = call.machine.equals(other, item, call.site)
        if same:
            return place
        if same is None:
            return lost(call, item, other)
    return None


def _index(call: Call, receiver: Sequence) -> Value:
    bound = _INDEX.bind(call)
    start, stop = bound.plain("start"), bound.plain("stop")
    if not isinstance(start, int) or not isinstance(stop, int):
        return lost(call, bound["start"], bound["stop"])
    window = range(len(receiver.items))[start:stop]
    part = Sequence("list", receiver.items[window.start : window.stop], receiver.losses)
    place = _find(call, part, bound["item"])
    if place is None:
        said = f"{display(bound['item'])} is not in {receiver.kind}"
        if receiver.kind == "tuple":
            said = "tuple.index(x): x not in tuple"
        raise Raised("builtins.ValueError", said)
    return place if isinstance(place, Value) else Constant(place + window.start)


def _count(call: Call, receiver: Sequence) -> Value:
    item = _ITEM.bind(call)["item"]
    call.machine.step(COMPARISON * len(receiver.items) // ITEMS_PER_STEP)
    answers = [call.machine.equals(other, item, call.site) for other in receiver.items]
    if in_any_order(receiver.losses) or None in answers:
        return lost(call, receiver, item)
    return Constant(sum(map(bool, answers)))


def _copy(call: Call, receiver: Sequence) -> Value:
    _NONE.bind(call)
    return Sequence(receiver.kind, list(receiver.items), list(receiver.losses))


def _clear(call: Call, receiver: Sequence) -> Value:
    changing(call.machine.journals, receiver)
    receiver.items.clear()
    receiver.losses.clear()
    return NONE


def _reverse(call: Call, receiver: Sequence) -> Value:
    changing(call.machine.journals, receiver)
    receiver.items.reverse()
    return NONE


def _rotate(call: Call, receiver: Sequence) -> Value:
    changing(call.machine.journals, receiver)
    steps = _ROTATE.bind(call).plain("n")
    if not isinstance(steps, int):
        receiver.losses.append(lost(call, *call.args))
    elif receiver.items:
        cut = -steps % len(receiver.items)
        receiver.items[:] = receiver.items[cut:] + receiver.items[:cut]
    return NONE


def _sort(call: Call, receiver: Sequence) -> Value:
    changing(call.machine.journals, receiver)
    bound = _SORT.bind(call)
    reverse = call.machine.truth(bound["reverse"], call.site)
    try:
        if reverse is None:
            raise NotPlain(bound["reverse"])
        receiver.items[:] = sort(call, receiver.items, bound["key"], reverse)
        receiver.losses[:] = in_any_order(receiver.losses)
    except NotPlain as error:
        unknown = lost(call, error.value)
        receiver.losses += (unknown, disorder(unknown))
    return NONE


def _reversed(call: Call, receiver: Sequence) -> Value:
    return Iterator_(iter(receiver.items[::-1]), list(receiver.losses))


def _longest(call: Call, receiver: Sequence) -> Value:
    return Constant(receiver.most)


PROPERTIES: Final = frozenset({"collections.deque.maxlen"})

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "builtins.list": made_of("list"),
    "builtins.list.append": method(Sequence, _append),
    "builtins.list.clear": method(Sequence, _clear),
    "builtins.list.copy": method(Sequence, _copy),
    "builtins.list.count": method(Sequence, _count),
    "builtins.list.extend": method(Sequence, _extend),
    "builtins.list.index": method(Sequence, _index),
    "builtins.list.insert": method(Sequence, _insert),
    "builtins.list.pop": method(Sequence, pop),
    "builtins.list.remove": method(Sequence, remove),
    "builtins.list.reverse": method(Sequence, _reverse),
    "builtins.list.sort": method(Sequence, _sort),
    "builtins.list.__reversed__": method(Sequence, _reversed),
    "builtins.tuple": made_of("tuple"),
    "builtins.tuple.count": method(Sequence, _count),
    "builtins.tuple.index": method(Sequence, _index),
    "collections.deque": _deque,
    "collections.deque.append": method(Sequence, _append),
    "collections.deque.appendleft": method(Sequence, _append_left),
    "collections.deque.clear": method(Sequence, _clear),
    "collections.deque.copy": method(Sequence, _copy),
    "collections.deque.count": method(Sequence, _count),
    "collections.deque.extend": method(Sequence, _extend),
    "collections.deque.extendleft": method(Sequence, _extend_left),
    "collections.deque.index": method(Sequence, _index),
    "collections.deque.insert": method(Sequence, _insert),
    "collections.deque.maxlen": method(Sequence, _longest),
    "collections.deque.pop": method(Sequence, pop),
    "collections.deque.popleft": method(Sequence, _pop_left),
    "collections.deque.remove": method(Sequence, remove),
    "collections.deque.reverse": method(Sequence, _reverse),
    "collections.deque.rotate": method(Sequence, _rotate),
}
