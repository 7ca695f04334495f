"""Which definitions there are in a collection, and what in it is none."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.display import display
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Constant,
    Declared,
    Function,
    Mapping,
    Record,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.dagster.plain import why


@dataclass(slots=True, eq=False)
class Collected:
    """The members of the wanted types, in order, and the unknowns among the others."""

    members: list[Declared] = field(default_factory=list)
    losses: list[Unknown] = field(default_factory=list)


def collect(
    call: Call, value: Value, wanted: tuple[type[Declared], ...], what: str, place: Site
) -> Collected:
    """Every definition of a type in `wanted` in the collection `value`.

    Of a choice, all options: what is declared under any condition is kept. What is not known, or
    may be a definition, is told as a loss of `what` ("asset", "check", "job"), other objects as
    wrong.
    """
    collected = Collected()
    if value == NONE:
        return collected
    items = call.machine.items(value, place)
    for loss in items.losses:
        _lose(call, collected, loss, what, place)
    for item in items.values:
        options = item.options if isinstance(item, Choice) else (item,)
        may_be_right = not all(is_surely_no_definition(each, wanted) for each in options)
        for option in options:
            if isinstance(option, wanted):
                collected.members.append(option)
            elif isinstance(option, Unknown):
                _lose(call, collected, option, what, place)
            elif not is_surely_no_definition(option):
                elsewhere = call.unknown("external", "what is made outside of the project")
                _lose(call, collected, elsewhere, what, place)
            elif not may_be_right:
                call.report(
                    "wrong-object-in-assets",
                    f"{_shown(option)} is no {what} definition",
                    place,
                )
    return collected


def is_surely_no_definition(value: Value, wanted: tuple[type[Declared], ...] = ()) -> bool:
    """Whether an object can be no definition: plain data, a function as it was written, or a
    definition of another type than those `wanted`. What an unknown decorator or another package
    has made can be."""
    if isinstance(value, wanted):
        return False
    if isinstance(value, Function):
        return isinstance(value.node, ast.Lambda) or not value.node.decorator_list
    if isinstance(value, Record):
        return False
    return isinstance(value, (Constant, Declared, Mapping, Sequence))


def _lose(call: Call, collected: Collected, loss: Unknown, what: str, place: Site) -> None:
    collected.losses.append(loss)
    tell_loss(call, loss, what, place)


def tell_loss(call: Call, loss: Unknown, what: str, place: Site) -> None:
    """Tell of definitions of a kind that are lost, unless it has been told: at the loop that
    would have made them, else at the root of what is unknown, else at `place`."""
    if _cause(loss, "told") is not None:
        return
    loop = _cause(loss, "loop")
    if loop is not None:
        message = f"{_PLURALS[what]} are made in a loop over something not known: {why(loss)}"
        call.machine.report("unresolved-loop", message, (loop.span or place.span))
        return
    rule = _RULES.get(what, "unresolved-job")
    span = loss.root().span or place.span
    call.machine.report(rule, f"{_PLURALS[what]} are not known: {why(loss)}", span)


def _cause(loss: Unknown, reason: str) -> Unknown | None:
    """The first of its causes, itself included, that is unknown for `reason`."""
    unknown: Unknown | None = loss
    while unknown is not None and unknown.reason != reason:
        unknown = unknown.causes[0] if unknown.causes else None
    return unknown


_RULES = {"asset": "unresolved-asset", "check": "unresolved-check"}
_PLURALS = {
    "asset": "assets",
    "check": "asset checks",
    "job": "jobs",
    "schedule": "schedules",
    "sensor": "sensors",
}


def _shown(value: Value) -> str:
    text = display(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
