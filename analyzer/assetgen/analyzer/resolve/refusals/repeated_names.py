"""Jobs, schedules and sensors with the same name that are made at the same place, as in a loop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assetgen.analyzer.intrinsics.dagster.declared.definitions import DefinitionsValue
from assetgen.analyzer.intrinsics.dagster.declared.jobs import JobValue, ScheduleValue, SensorValue
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic


def repeated_names(definitions: DefinitionsValue) -> Iterator[Diagnostic]:
    """Those that are made at different places are reported by the rule `duplicate-name`."""
    yield from _repeated(definitions.jobs, "job")
    yield from _repeated((*definitions.schedules, *definitions.sensors), "schedule or sensor")


def _repeated(
    values: Sequence[JobValue | ScheduleValue | SensorValue], what: str
) -> Iterator[Diagnostic]:
    first: dict[str, JobValue | ScheduleValue | SensorValue] = {}
    told: set[str] = set()
    for value in values:
        before = first.setdefault(value.name, value)
        is_sure = before.site.condition is None and value.site.condition is None
        if before is value or not is_sure or value.name in told:
            continue
        if before.site.origin == value.site.origin:
            told.add(value.name)
            message = f"more than one {what} called `{value.name}` is made here"
            yield diagnostic("duplicate-name", message, value.site.span)
