"""Jobs, schedules and sensors with the same name of which only one exists, depending on an unknown
condition."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from assetgen.analyzer.intrinsics.dagster.declared.jobs import (
    JobValue,
    ScheduleValue,
    SensorValue,
    Target,
)
from assetgen.analyzer.intrinsics.dagster.declared.selections import (
    SelectionValue,
    SetOperation,
    UnknownSelection,
)
from assetgen.analyzer.model.copies import replace

_Named = TypeVar("_Named", JobValue, ScheduleValue, SensorValue)


def without_alternatives(values: Iterable[_Named]) -> list[_Named]:
    """The values in order; of those with the same name under conditions, what is known of all.

    Two that are there in any case are both kept: Dagster refuses them.
    """
    found: list[_Named] = []
    places: dict[str, int] = {}
    for value in values:
        place = places.setdefault(value.name, len(found))
        if place < len(found) and found[place].site.condition and value.site.condition:
            found[place] = _or_the_other(found[place], value)
        else:
            found.append(value)
    return found


def _or_the_other(one: _Named, other: _Named) -> _Named:
    if isinstance(one, JobValue) and isinstance(other, JobValue):
        return _job(one, other)
    if isinstance(one, ScheduleValue) and isinstance(other, ScheduleValue):
        return _schedule(one, other)
    if isinstance(one, SensorValue) and isinstance(other, SensorValue):
        monitored = either_selection(one.monitored, other.monitored)
        return replace(one, targets=(*one.targets, *other.targets), monitored=monitored)
    return one


def _job(one: JobValue, other: JobValue) -> JobValue:
    """Of jobs of ops the first, since their graphs are made anew under each condition."""
    same = one.partitions == other.partitions
    return replace(
        one,
        selection=either_selection(one.selection, other.selection),
        partitions=one.partitions if same else None,
        description=one.description if one.description == other.description else None,
        config=one.config if one.config is other.config else None,
        unknown=one.unknown if same else (*one.unknown, "partitions"),
    )


def either_selection(
    one: SelectionValue | None, other: SelectionValue | None
) -> SelectionValue | None:
    """One of two, of which it is not known which."""
    if one is None or other is None or one.selection == other.selection:
        return one or other
    lost = UnknownSelection("one of several")
    either = SetOperation("or", (one.selection, other.selection, lost))
    return replace(one, selection=either)


def _schedule(one: ScheduleValue, other: ScheduleValue) -> ScheduleValue:
    is_same = (one.cron, one.moment) == (other.cron, other.moment)
    conditions = (one.site.condition, other.site.condition)
    options = [
        replace(target, condition=target.condition or condition)
        for each, condition in zip((one, other), conditions, strict=True)
        for target in each.target.possible
    ]
    return replace(
        one,
        target=Target(condition=conditions[0], options=tuple(options)),
        cron=one.cron if is_same else (),
        moment=one.moment if is_same else None,
        timezone=one.timezone if one.timezone == other.timezone else None,
    )
