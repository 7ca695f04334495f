"""Removing items from lists, whether everything is known about them or not."""

from __future__ import annotations

from typing import Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.journal import changing
from assetgen.analyzer.evaluate.objects.doubts import (
    Presence,
    beyond,
    disorder,
    disorders,
    each_doubted,
    without_named,
)
from assetgen.analyzer.evaluate.values import NONE, Sequence, Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import lost

_ITEM: Final = Parameters("item, /")
_POP: Final = Parameters("index=-1, /")


def pop(call: Call, receiver: Sequence) -> Value:
    """`pop(index)`; if it is not known which item that is, any of them may be gone."""
    bound = _POP.bind(call)
    index = bound.plain("index")
    if not isinstance(index, int):
        return _take_any(call, receiver, lost(call, bound["index"]))
    if receiver.losses:
        place = _sure_place(receiver, index)
        if place is None:
            return _take_any(call, receiver, lost(call, receiver))
        index = place
    if not receiver.items:
        raise Raised("builtins.IndexError", f"pop from empty {receiver.kind}")
    if not -len(receiver.items) <= index < len(receiver.items):
        raise Raised("builtins.IndexError", "pop index out of range")
    changing(call.machine.journals, receiver)
    return receiver.items.pop(index)


def _sure_place(receiver: Sequence, index: int) -> int | None:
    """The position of an index, if it exists and nothing before it may be lacking."""
    if beyond(receiver.losses) or disorders(receiver.losses):
        return None
    if not -len(receiver.items) <= index < len(receiver.items):
        return None
    presence = Presence(receiver)
    passed = receiver.items[index:] if index < 0 else receiver.items[: index + 1]
    return None if any(presence.doubt(item) for item in passed) else index


def _take_any(call: Call, receiver: Sequence, cause: Unknown) -> Unknown:
    changing(call.machine.journals, receiver)
    if receiver.items:
        receiver.losses.append(each_doubted(cause, receiver.items))
    return cause


def remove(call: Call, receiver: Sequence) -> Value:
    """`remove(item)`: the first equal item; if it is not known which that is, it may be any."""
    item = _ITEM.bind(call)["item"]
    presence = Presence(receiver)
    may_be: list[Value] = []
    cause: Value = item
    for place, other in enumerate(receiver.items):
        same = call.machine.equals(other, item, call.site)
        if same is False:
            continue
        doubt = presence.doubt(other)
        if same and doubt is None and not may_be:
            changing(call.machine.journals, receiver)
            del receiver.items[place]
            receiver.losses[:] = without_named(receiver.losses, receiver.items)
            return NONE
        may_be.append(other)
        cause = doubt or (other if same is None else cause)
        if same and doubt is None:
            break
    if not may_be and not beyond(receiver.losses):
        raise Raised("builtins.ValueError", f"{receiver.kind}.remove(x): x not in {receiver.kind}")
    if may_be:
        changing(call.machine.journals, receiver)
        unknown = cause if isinstance(cause, Unknown) else lost(call, cause)
        receiver.losses += (each_doubted(unknown, may_be), disorder(unknown))
    return NONE
