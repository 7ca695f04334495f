"""Which definitions a collection holds, and what else is in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar, cast

from assetgen.analyzer.evaluate.bound_values import KnownMethod
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.objects.display import brief_display
from assetgen.analyzer.evaluate.objects.doubts import Presence, beyond
from assetgen.analyzer.evaluate.objects.iteration import Items
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Constant,
    Declared,
    Function,
    Instance,
    Mapping,
    Module,
    Reason,
    Record,
    Sequence,
    Unknown,
    Value,
    options_of,
)
from assetgen.analyzer.intrinsics.dagster.plain import shown, why
from assetgen.analyzer.intrinsics.dagster.plain_objects import is_plain_object
from assetgen.analyzer.model.articles import article
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.model.spans import Span


@dataclass(slots=True, eq=False)
class Collected:
    """The members of the wanted types, in order, and the unknowns among the others."""

    members: list[Declared] = field(default_factory=list)
    losses: list[Unknown] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class Loss:
    """Definitions of a kind (`what`: "asset", "check", "job" ...) that are lost at `place`."""

    cause: Unknown
    what: str
    place: Site


def collect(
    call: Call,
    value: Value,
    wanted: tuple[type[Declared], ...],
    what: str,
    place: Site,
    untold: list[Loss] | None = None,
) -> Collected:
    """Every definition of a type in `wanted` in the collection `value`.

    Of a choice, all options: what is declared under any condition is kept. What is not known, or
    may be a definition, is reported as a loss of `what`, or added to those `untold`; other objects
    are reported as wrong.
    """
    collected = Collected()
    if value == NONE:
        return collected
    if isinstance(value, Module):
        message = f"{_shown(value)} is not a collection: use load_assets_from_modules"
        call.report("wrong-type", message, place)
        collected.losses.append(call.unknown("told", message))
        return collected
    items = call.machine.items(_without_none(value), place)
    losses = collected.losses
    losses += beyond(items.losses)
    if not items.losses and set(map(type, items.values)).issubset(wanted):
        collected.members += cast("tuple[Declared, ...]", items.values)
        return collected
    presence = Presence(Sequence("list", list(items.values), list(items.losses)))
    seen = _sure(items.values, presence) if items.losses else set[int]()
    for item in items.values:
        condition = _condition(presence, item)
        options = options_of(item)
        may_be_right = not all(is_surely_no_definition(each, wanted) for each in options)
        for option in options:
            if not isinstance(option, wanted):
                losses += _lost_by(call, option, what, place, may_be_right)
                continue
            if condition is None or id(option) not in seen:
                member = option if condition is None else under(condition, option)
                collected.members.append(member)
            seen.add(id(option))
    found = [Loss(loss, what, place) for loss in losses]
    if untold is None:
        tell_losses(call, found)
    else:
        untold += found
    return collected


def _lost_by(
    call: Call, option: Value, what: str, place: Site, may_be_right: bool
) -> Iterator[Unknown]:
    """What is lost if an item is something that is not wanted; what is wrong is reported.

    An item that `may_be_right` has other options, and is not wrong for this one.
    """
    if isinstance(option, Unknown):
        yield option
    elif not is_surely_no_definition(option):
        yield call.unknown("external", f"{_shown(option)} is made outside of the project")
    elif not may_be_right:
        message = f"{_shown(option)} is not {article(what)} {what} definition"
        call.report("wrong-object-in-assets", message, place)
        if isinstance(option, Module):
            yield call.unknown("told", message)


def _without_none(value: Value) -> Value:
    """A collection that may not be given holds nothing then."""
    if not isinstance(value, Choice) or NONE not in value.options:
        return value
    options = (Sequence("list", []) if option == NONE else option for option in value.options)
    return Choice(tuple(options), value.condition)


def members_of(
    call: Call, value: Value, place: Site, kind: type[_Member], name: str
) -> tuple[list[_Member], list[Unknown]]:
    """The members of a collection that takes only one kind of them, called `name`, and what is
    lost; anything else in it is reported."""
    items = call.machine.items(value, place)
    found: list[_Member] = []
    losses = beyond(items.losses)
    for item, condition in with_conditions(items):
        if isinstance(item, kind):
            found.append(item if condition is None else under(condition, item))
        elif isinstance(item, Unknown):
            losses.append(item)
        else:
            message = f"{shown(item)} is not {article(name)} {name}"
            call.report("invalid-definition", message, place)
    return found, losses


def with_conditions(items: Items) -> Iterator[tuple[Value, Unknown | None]]:
    """The items, or all their options, and the condition under which each exists, if any."""
    presence = Presence(Sequence("list", list(items.values), list(items.losses)))
    for item in items.values:
        condition = _condition(presence, item)
        for option in options_of(item):
            yield option, condition


def _condition(presence: Presence, item: Value) -> Unknown | None:
    """What decides whether an item, or an option of it, exists."""
    doubt = presence.doubt(item) or (item if isinstance(item, Choice) else None)
    return doubt.condition if doubt is not None else None


def _sure(values: tuple[Value, ...], presence: Presence) -> set[int]:
    """Those that exist by some item that certainly does, whatever the conditions of others."""
    return {id(value) for value in values if presence.doubt(value) is None}


def under(condition: Unknown, member: _Member) -> _Member:
    """A definition as one that exists under a condition, unless it was made under one."""
    site = getattr(member, "site", None)
    if not isinstance(site, Site) or site.condition is not None:
        return member
    return replace(member, site=site.under(site.chain, condition))  # type: ignore[call-arg]


_Member = TypeVar("_Member", bound=Declared)


def is_surely_no_definition(value: Value, wanted: tuple[type[Declared], ...] = ()) -> bool:
    """Whether an object certainly is not a definition: plain data, a plain function, or a
    definition of another type than those `wanted`. What an unknown decorator or another package has
    made may be one."""
    if isinstance(value, wanted):
        return False
    if isinstance(value, Function):
        return value.decorated is None
    if isinstance(value, KnownMethod):
        return value.qualname.endswith(".<decorate>")
    if isinstance(value, Record):
        return False
    if isinstance(value, Instance):
        return is_plain_object(value)
    return isinstance(value, (Constant, Declared, Mapping, Module, Sequence))


def tell_losses(call: Call, losses: Iterable[Loss]) -> None:
    """Report definitions that are lost, unless that has been reported: at the loop that would have
    made them, else at the root of what is unknown, else where they are lost. Losses of the same
    kinds for the same cause are reported together."""
    found: dict[tuple[str, Span, str], dict[str, None]] = {}
    for loss in losses:
        if _cause(loss.cause, "told") is not None:
            continue
        loop = _cause(loss.cause, "loop")
        if loop is not None:
            rule, span = "unresolved-loop", loop.span or loss.place.span
            said = "are made in a loop over something not known"
        else:
            rule = _RULES.get(loss.what, "unresolved-job")
            span = loss.cause.root().span or loss.place.span
            said = "are not known"
        kinds = found.setdefault((rule, span, f"{said}: {why(loss.cause)}"), {})
        kinds[_PLURALS[loss.what]] = None
    for (rule, span, said), kinds in found.items():
        *most, last = kinds
        subject = f"{', '.join(most)} and {last}" if most else last
        call.machine.report(rule, f"{subject} {said}", span)


def _cause(loss: Unknown, reason: Reason) -> Unknown | None:
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
    if isinstance(value, KnownMethod):
        name = value.qualname.removeprefix("dagster.").removesuffix(".<decorate>")
        return f"what `@{name}` is before it is called with parentheses"
    return brief_display(value)
