"""From declared jobs, schedules, sensors and resources to those of the model."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from assetgen.analyzer.evaluate.objects.classes import type_name
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Record, Unknown, Value
from assetgen.analyzer.intrinsics.dagster.collecting import under
from assetgen.analyzer.intrinsics.dagster.declared.definitions import DefinitionsValue
from assetgen.analyzer.intrinsics.dagster.declared.jobs import (
    JobValue,
    ScheduleValue,
    SensorValue,
    Target,
)
from assetgen.analyzer.intrinsics.dagster.declared.partition_crons import cron_of, timezone_of
from assetgen.analyzer.intrinsics.dagster.declared.resources import ResourceValue
from assetgen.analyzer.intrinsics.dagster.declared.selections import SelectionValue
from assetgen.analyzer.intrinsics.dagster.selections.selecting import Selector, keys_named
from assetgen.analyzer.model.automation import Job, Resource, Schedule, Sensor
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.partitions import Partitions
from assetgen.analyzer.model.steps import GraphDefinition
from assetgen.analyzer.resolve.assets.conditions import condition_of
from assetgen.analyzer.resolve.assets.steps import definition_of
from assetgen.analyzer.resolve.jobs.alternatives import either_selection, without_alternatives
from assetgen.analyzer.resolve.jobs.job_partitions import common_partitions
from assetgen.analyzer.resolve.jobs.job_resources import required_of


def build_jobs(
    definitions: DefinitionsValue, selector: Selector, resources: frozenset[str]
) -> tuple[Job, ...]:
    """The given jobs, those that schedules and sensors bring, and those made for their targets.

    Two different jobs with the same name are both included: Dagster refuses them, and the linter
    reports that.
    """
    jobs = [_job(value, selector, resources) for value in jobs_of(definitions)]
    automations: list[ScheduleValue | SensorValue] = [*_distinct(definitions.schedules)]
    for automation in (*automations, *_distinct(definitions.sensors)):
        targets = [target for target in targets_of(automation) if target.selection is not None]
        selection: SelectionValue | None = None
        for target in targets:
            selection = either_selection(selection, target.selection)
        if selection is not None:
            keys = selector.select(selection.selection)
            job = Job(
                anonymous_job(automation.name),
                automation.site.origin,
                selection.text,
                tuple(sorted(keys)) if keys is not None else None,
                partitions=common_partitions(keys or (), selector),
                missing=selector.missing(selection.selection),
                conditional=_condition(automation, targets[0]),
            )
            jobs.append(job)
    return tuple(sorted(jobs, key=lambda job: job.name))


def _condition(automation: ScheduleValue | SensorValue, target: Target) -> str | None:
    """The condition under which there is a job for the target of an automation."""
    chosen = target.condition
    return condition_of(automation.site) or (chosen.message if chosen is not None else None)


def build_schedules(definitions: DefinitionsValue, selector: Selector) -> tuple[Schedule, ...]:
    """The schedules of a code location, each name once."""
    return tuple(
        Schedule(
            value.name,
            value.site.origin,
            _job_name(value.name, value.target),
            value.cron or derived_cron(value, selector),
            value.timezone or _derived_timezone(value, selector),
            condition_of(value.site),
        )
        for value in _distinct(definitions.schedules)
    )


def derived_cron(value: ScheduleValue, selector: Selector) -> tuple[str, ...]:
    """The cron string that follows from the partitions of the job, or of its assets."""
    partitions = _partitions(value, selector) if value.moment is not None else None
    if partitions is None or value.moment is None:
        return ()
    cron = cron_of(partitions, value.moment)
    return () if cron is None else (cron,)


def _derived_timezone(value: ScheduleValue, selector: Selector) -> str | None:
    if value.cron or not value.is_from_partitions:
        return None
    partitions = _partitions(value, selector)
    return timezone_of(partitions) if partitions is not None else None


def _partitions(value: ScheduleValue, selector: Selector) -> Partitions | None:
    """Those of the job that a schedule starts, or of the job's assets."""
    job = value.target.job
    if job is None:
        return None
    keys = selector.select(job.selection.selection) if job.selection is not None else None
    return job.partitions or common_partitions(keys or (), selector)


def build_sensors(definitions: DefinitionsValue, selector: Selector) -> tuple[Sensor, ...]:
    """The sensors of a code location, each name once."""
    return tuple(_sensor(value, selector) for value in _distinct(definitions.sensors))


def build_resources(definitions: DefinitionsValue) -> tuple[Resource, ...]:
    """The resources of a code location, sorted by key."""
    return tuple(
        Resource(
            binding.key,
            _type(binding.value),
            binding.site.origin,
            required_of(binding.value),
            condition_of(binding.site),
        )
        for binding in sorted(definitions.resources, key=lambda binding: binding.key)
    )


def anonymous_job(name: str) -> str:
    """The job that Dagster makes for a schedule or sensor whose target is a selection."""
    return f"__anonymous_asset_job_{name}"


def jobs_of(definitions: DefinitionsValue) -> tuple[JobValue, ...]:
    """The given jobs, and those that schedules and sensors bring, each object once.

    Of jobs with the same name that are made under an unknown condition, what is known of all.
    """
    found = {id(job): job for job in definitions.jobs}
    for automation in _automations(definitions):
        for target in targets_of(automation):
            job, condition = target.job, target.condition or _of_existence(automation.site)
            if job is not None and condition is None:
                found[id(job)] = job
            elif job is not None and condition is not None:
                found.setdefault(id(job), under(condition, job))
    return tuple(without_alternatives(found.values()))


def _of_existence(site: Site) -> Unknown | None:
    """The condition under which something exists that is made at a place, whatever its name is."""
    condition = site.condition
    return condition if condition is not None and condition.reason != "told" else None


def _automations(definitions: DefinitionsValue) -> tuple[ScheduleValue | SensorValue, ...]:
    return (*definitions.schedules, *definitions.sensors)


def targets_of(automation: ScheduleValue | SensorValue) -> tuple[Target, ...]:
    """What a schedule or sensor starts, or may start."""
    if isinstance(automation, ScheduleValue):
        return automation.target.possible
    return automation.targets


def _job(value: JobValue, selector: Selector, resources: frozenset[str]) -> Job:
    graph = definition_of(value.graph, resources) if value.graph is not None else None
    keys = (
        selector.select(value.selection.selection) if value.selection is not None else frozenset()
    )
    return Job(
        name=value.name,
        origin=value.site.origin,
        selection=value.selection.text if value.selection is not None else None,
        assets=tuple(sorted(keys)) if keys is not None else None,
        graph=graph if isinstance(graph, GraphDefinition) else None,
        partitions=(
            value.partitions
            if graph or keys is None
            else common_partitions(keys, selector) or value.partitions_of_config
        ),
        description=value.description,
        missing=selector.missing(value.selection.selection) if value.selection is not None else (),
        conditional=condition_of(value.site),
        changed=value.changed,
    )


def _job_name(name: str, target: Target) -> str | None:
    """The name of the job that is started; None if it is not known."""
    names = {
        anonymous_job(name) if each.selection is not None else each.name for each in target.possible
    }
    return names.pop() if len(names) == 1 else None


def _sensor(value: SensorValue, selector: Selector) -> Sensor:
    names = dict.fromkeys(
        target.job.name if target.job is not None else _job_name(value.name, target)
        for target in value.targets
    )
    watched: set[AssetKey] = set()
    if value.monitored is not None:
        # A named asset is watched even if nothing here defines it: another location may.
        named = keys_named(value.monitored.selection)
        watched.update(key for key in named if key not in selector.assets)
        watched.update(selector.select(value.monitored.selection) or ())
    return Sensor(
        name=value.name,
        origin=value.site.origin,
        kind=value.kind,
        jobs=tuple(name for name in names if name is not None),
        assets=tuple(sorted(watched)),
        conditional=condition_of(value.site),
    )


_Automation = TypeVar("_Automation", ScheduleValue, SensorValue)


def _distinct(values: Iterable[_Automation]) -> list[_Automation]:
    """Each object once, of alternatives what is known of all, sorted by name."""
    distinct = {id(value): value for value in values}
    return sorted(without_alternatives(distinct.values()), key=lambda value: value.name)


def _type(value: Value) -> str | None:
    if isinstance(value, Record):
        return value.qualname
    name = type_name(value.function if isinstance(value, ResourceValue) else value)
    return None if name.startswith("an unknown") else name
