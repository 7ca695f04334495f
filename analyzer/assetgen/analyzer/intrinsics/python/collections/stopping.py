"""Functions that stop as soon as they know enough: `any`, `all` and `next`."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as ReadOnlyMapping
from collections.abc import Sequence as ReadOnlySequence
from itertools import islice
from typing import Final

from assetgen.analyzer.evaluate.branching import either_way
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.journal import is_older
from assetgen.analyzer.evaluate.objects.doubts import Presence, beyond
from assetgen.analyzer.evaluate.values import (
    FALSE,
    NONE,
    TRUE,
    Iterator_,
    Record,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import lost

_ITERABLE: Final = Parameters("iterable, /")
_NEXT: Final = Parameters("iterator, /, default=...")


def _quantified(stop: bool) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        iterable = _ITERABLE.bind(call)["iterable"]
        unknown: list[Value] = []
        values = call.iterate(iterable)
        while (item := _following(call, values, unknown)) is not None:
            answer = call.machine.truth(item, call.site)
            if answer is stop:
                return TRUE if stop else FALSE
            if answer is None:
                unknown.append(item)
        unknown.extend(call.losses_of(iterable))
        if unknown:
            return lost(call, *unknown)
        return FALSE if stop else TRUE

    return intrinsic


def _following(
    call: Call, values: Iterator[Value], unknown: ReadOnlySequence[Value]
) -> Value | None:
    """The next item; what making it changes is in doubt, if it may not be asked for because of
    something `unknown` before."""
    if not unknown:
        return next(values, None)
    condition = lost(call, *unknown)
    found: list[Value] = []
    either_way(call.machine, condition, lambda: found.extend(islice(values, 1)), call.site)
    return found[0] if found else None


def take_next(call: Call) -> Value:
    """`next(iterator, default)`."""
    bound = _NEXT.bind(call)
    iterator = bound["iterator"]
    if isinstance(iterator, Iterator_):
        found = next(iterator.source, None)
        if found is not None and is_older(call.machine.journals, iterator):
            # The other arms start from here, although they have not taken it.
            condition = call.site.condition or call.unknown("condition", "what was taken before")
            iterator.losses.append(condition)
            return found
        if iterator.losses:
            return _next_of(call, iterator, found, bound.get("default"))
        if found is not None:
            return found
        if "default" in bound:
            return bound["default"]
        raise ended(iterator)
    method = call.find_attribute(iterator, "__next__")
    if method is None or isinstance(method, Unknown):
        return lost(call, iterator)
    try:
        return call.invoke(method)
    except Raised as raised:
        if raised.is_a("builtins.StopIteration") and "default" in bound:
            return bound["default"]
        raise


def _next_of(call: Call, iterator: Iterator_, found: Value | None, default: Value | None) -> Value:
    """The first of the items that exist, if it is known which may not: one of those up to the first
    that exists for certain."""
    presence = Presence(iterator)
    options: list[Value] = []
    unknown: list[Unknown] = []
    while found is not None:
        doubt = presence.doubt(found)
        options.append(found)
        if doubt is None or len(options) > call.machine.budget.options:
            break
        unknown.append(doubt.condition)
        found = _following(call, iterator.source, unknown)
    losses = list(iterator.losses)
    iterator.losses.extend(unknown)
    if beyond(losses) or not unknown or (found is None and default is None):
        return lost(call, *losses)
    if found is None and default is not None:
        options.append(default)
    return call.machine.join(options, lost(call, *unknown))


def ended(iterator: Iterator_) -> Raised:
    """What `next` raises for an exhausted iterator."""
    said = [] if iterator.result == NONE else [iterator.result]
    stop = Record("builtins.StopIteration", {"args": Sequence("tuple", [*said])}, tuple(said))
    return Raised("builtins.StopIteration", "", stop)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "builtins.all": _quantified(False),
    "builtins.any": _quantified(True),
    "builtins.next": take_next,
}
