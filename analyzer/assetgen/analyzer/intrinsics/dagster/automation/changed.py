"""Schedules and sensors derived from others, with other targets."""

from __future__ import annotations

from itertools import chain

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.dagster.automation.jobs import target_of
from assetgen.analyzer.intrinsics.dagster.declared.jobs import ScheduleValue, SensorValue, Target
from assetgen.analyzer.intrinsics.dagster.keys import is_given
from assetgen.analyzer.intrinsics.dagster.partitions.reported_arguments import report_unknown
from assetgen.analyzer.intrinsics.dagster.plain import Doubts
from assetgen.analyzer.model.copies import replace

_OF_SCHEDULE = Parameters("*, job=None, metadata=None")
_JOB = Parameters("new_job")
_OF_SENSOR = Parameters("*, jobs=None, metadata=None")
_JOBS = Parameters("new_jobs")


def _schedule_with_job(call: Call) -> Value:
    return _schedule(call, _JOB.bind(call)["new_job"])


def _schedule_with_attributes(call: Call) -> Value:
    return _schedule(call, _OF_SCHEDULE.bind(call)["job"])


def _schedule(call: Call, job: Value) -> Value:
    schedule = call.receiver
    if not isinstance(schedule, ScheduleValue):
        return call.unknown("unsupported", "which schedule is meant is not known")
    if not is_given(job):
        return call.declared(replace(schedule))
    targets = _targets(call, (job,), f"schedule `{schedule.name}`", "job")
    target = targets[0] if targets else Target()
    return call.declared(replace(schedule, target=target))


def _sensor_with_job(call: Call) -> Value:
    return _sensor(call, (_JOB.bind(call)["new_job"],))


def _sensor_with_jobs(call: Call) -> Value:
    return _sensor_with(call, _JOBS.bind(call)["new_jobs"])


def _sensor_with_attributes(call: Call) -> Value:
    return _sensor_with(call, _OF_SENSOR.bind(call)["jobs"])


def _sensor_with(call: Call, jobs: Value) -> Value:
    if not is_given(jobs):
        return _sensor(call, None)
    items = call.items(jobs)
    return _sensor(call, (*items.values, *items.losses))


def _sensor(call: Call, jobs: tuple[Value, ...] | None) -> Value:
    sensor = call.receiver
    if not isinstance(sensor, SensorValue):
        return call.unknown("unsupported", "which sensor is meant is not known")
    if jobs is None:
        return call.declared(replace(sensor))
    targets = _targets(call, jobs, f"sensor `{sensor.name}`", "jobs")
    possible = chain.from_iterable(target.possible for target in targets)
    return call.declared(replace(sensor, targets=tuple(possible)))


def _targets(call: Call, jobs: tuple[Value, ...], owner: str, parameter: str) -> tuple[Target, ...]:
    """What the jobs start; those that are not known are reported."""
    doubts = Doubts()
    found = []
    for job in jobs:
        if isinstance(job, Unknown):
            doubts.found.append(job)
            continue
        target = target_of(call, job)
        if target is not None:
            found.append(target)
    report_unknown(call, doubts, parameter, owner)
    return tuple(found)


TABLE: dict[str, Intrinsic] = {
    "dagster.ScheduleDefinition.with_attributes": _schedule_with_attributes,
    "dagster.ScheduleDefinition.with_updated_job": _schedule_with_job,
    "dagster.SensorDefinition.with_attributes": _sensor_with_attributes,
    "dagster.SensorDefinition.with_updated_job": _sensor_with_job,
    "dagster.SensorDefinition.with_updated_jobs": _sensor_with_jobs,
}
"""The intrinsics that derive schedules and sensors from others."""
