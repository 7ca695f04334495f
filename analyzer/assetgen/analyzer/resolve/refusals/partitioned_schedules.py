"""Schedules made from jobs whose partitions do not say when to run."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.intrinsics.dagster.declared.definitions import DefinitionsValue
from assetgen.analyzer.intrinsics.dagster.declared.jobs import JobValue, ScheduleValue
from assetgen.analyzer.intrinsics.dagster.selections.selecting import Selector
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.partitions import Partitions
from assetgen.analyzer.resolve.jobs.automation import derived_cron


def untimely_schedules(definitions: DefinitionsValue, selector: Selector) -> Iterator[Diagnostic]:
    """What Dagster refuses of `build_schedule_from_partitioned_job`, and those of which it is not
    known when they run."""
    for schedule in {id(value): value for value in definitions.schedules}.values():
        job = schedule.target.job
        if not schedule.is_from_partitions or job is None or job.unknown:
            continue
        partitions = _partitions(job, selector)
        problem = _problem(schedule, job, partitions)
        if problem:
            yield diagnostic("bad-partitions", problem, schedule.site.span)
        elif not (None in partitions or schedule.cron or derived_cron(schedule, selector)):
            message = f"when schedule `{schedule.name}` runs is not known"
            yield diagnostic("unresolved-job", message, schedule.site.span)


def _partitions(job: JobValue, selector: Selector) -> list[Partitions | None]:
    """All partitions of the job and its assets; None for those that are not known."""
    if job.partitions is not None:
        return [job.partitions]
    keys = selector.select(job.selection.selection) if job.selection is not None else ()
    if keys is None:
        return [None]
    assets = [selector.assets[key] for key in keys if key in selector.materializable]
    if not assets and job.selection is not None:  # those that it selects are lost
        return [None]
    found = [
        None if "partitions" in asset.unknown else asset.partitions
        for asset in assets
        if asset.partitions is not None or "partitions" in asset.unknown
    ]
    return found or ([job.partitions_of_config] if job.partitions_of_config else [])


def _problem(
    schedule: ScheduleValue, job: JobValue, partitions: list[Partitions | None]
) -> str | None:
    if not partitions:
        return f"job `{job.name}` has no partitions to make a schedule from"
    first = partitions[0]
    if any(one is None or one.kind != (first.kind if first else "") for one in partitions):
        return None
    assert first is not None
    timed = [one for one in (first, *(each for _, each in first.dimensions)) if one.kind in _TIMED]
    if first.kind == _STATIC:
        if job.selection is not None and job.partitions is None:
            return f"the partitions of job `{job.name}` are static: they do not say when"
        if not schedule.cron:
            return f"the partitions of job `{job.name}` are static: a cron_schedule is needed"
        return None
    if first.kind not in _KNOWN:
        return None
    if len(timed) != 1:
        return f"the partitions of job `{job.name}` do not say when: {first.kind}"
    if schedule.cron or schedule.timezone:
        given = "cron_schedule" if schedule.cron else "execution_timezone"
        return f"the partitions of job `{job.name}` say when: no {given} can be given"
    return _not_set(schedule, timed[0].kind)


def _not_set(schedule: ScheduleValue, kind: str) -> str | None:
    """Which part of the time of day cannot be set for partitions of a kind."""
    moment = schedule.moment
    if moment is None:
        return None
    given = {
        "hour_of_day": moment.hour,
        "day_of_week": moment.day_of_week,
        "day_of_month": moment.day_of_month,
    }
    for name in _FIXED.get(kind, ()):
        if given[name] is not None:
            return f"{name} cannot be set: the partitions are a {kind}"
    return None


_STATIC = "StaticPartitionsDefinition"
_HOURLY, _DAILY = "HourlyPartitionsDefinition", "DailyPartitionsDefinition"
_TIMED = frozenset(
    f"{name}PartitionsDefinition" for name in ("Hourly", "Daily", "Weekly", "Monthly", "TimeWindow")
)
_KNOWN = _TIMED | {_STATIC, "MultiPartitionsDefinition", "DynamicPartitionsDefinition"}
_FIXED = {_HOURLY: ("hour_of_day",), _DAILY: ("day_of_week", "day_of_month")}
