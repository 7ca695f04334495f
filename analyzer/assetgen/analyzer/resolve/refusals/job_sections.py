"""The sections of a job's configuration for resources, executor and loggers, compared with
these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Mapping, Value
from assetgen.analyzer.intrinsics.dagster.configs.config_schemas import (
    Entry,
    Listed,
    Maybe,
    Scalar,
    Schema,
    Shape,
    Unresolvable,
    schema_of,
)
from assetgen.analyzer.intrinsics.dagster.configs.config_values import problems_of
from assetgen.analyzer.intrinsics.dagster.declared.definitions import DefinitionsValue
from assetgen.analyzer.intrinsics.dagster.declared.jobs import JobConfig, JobValue
from assetgen.analyzer.intrinsics.dagster.declared.resources import ResourceValue
from assetgen.analyzer.intrinsics.dagster.places import entry_place
from assetgen.analyzer.model.closeness import did_you_mean

_Problem = tuple[Site, str]


def misfits(
    definitions: DefinitionsValue, job: JobValue, config: JobConfig, needed: Iterable[str]
) -> Iterator[_Problem]:
    """What the sections other than `ops` name that the job does not have or does not accept.

    `needed` are the keys of the resources that the ops of the job need. A job that brings all of
    these is checked as it is made, before it gets anything from the `Definitions`.
    """
    own = {"io_manager", *(job.resources or ())}
    is_whole = job.graph is not None and job.resources is not None and own.issuperset(needed)
    around = None if is_whole else definitions
    for section, (value, place) in config.others.items():
        if not isinstance(value, Mapping) or value.losses:
            continue
        if section == "resources" and job.resources is not None:
            yield from _of_resources(around, job, value, place)
        elif section == "loggers" and not config.has_loggers and not (around and around.loggers):
            yield from _of_known(job, "logger", value, place, ("console",))
            given = dict(value.text_entries())
            if "console" in given:
                at = entry_place(place, "console")
                yield from _of_part("console", _CONSOLE, given["console"], at)
        elif (
            section == "execution"
            and not config.has_executor
            and (around is None or around.executor is None)
        ):
            yield from _of_execution(value, place)


def _of_resources(
    around: DefinitionsValue | None, job: JobValue, value: Mapping, place: Site
) -> Iterator[_Problem]:
    if around is not None and not around.resources_known:
        return
    bindings = around.resources if around is not None else ()
    bound = {binding.key: binding.value for binding in bindings} | dict(job.resources or {})
    if job.selection is not None and around is not None:
        for asset in (*around.assets, *around.checks):
            if getattr(asset, "own_resources", {}) is None:
                return
            bound |= getattr(asset, "own_resources", {})
    yield from _of_known(job, "resource", value, place, {"io_manager", *bound})
    for name, given in value.text_entries():
        resource = bound.get(name)
        if isinstance(resource, ResourceValue) and resource.schema is not None:
            yield from _of_part(name, _schema(resource.schema), given, entry_place(place, name))


def _of_execution(value: Mapping, place: Site) -> Iterator[_Problem]:
    yield from _of_part("execution", _EXECUTOR, value, place)
    config = dict(value.text_entries()).get("config")
    chosen = [name for name, _ in config.text_entries()] if isinstance(config, Mapping) else []
    if len(chosen) > 1:
        yield place, f"a job has one executor: {' and '.join(chosen)} are configured"


def _of_known(
    job: JobValue, what: str, value: Mapping, place: Site, known: Iterable[str]
) -> Iterator[_Problem]:
    names = sorted(known)
    for name, _ in value.text_entries():
        if name not in names:
            hint = did_you_mean(name, names)
            message = f"job `{job.name}` has no {what} `{name}` to be configured{hint}"
            yield entry_place(place, name), message


def _of_part(name: str, schema: Schema | None, value: Value, place: Site) -> Iterator[_Problem]:
    """The configuration of one thing, which stands under `config`."""
    whole = Shape({"config": Entry(schema, is_required=False)})
    yield from problems_of(whole, value, place, f"the configuration of `{name}`")


def _schema(given: Value) -> Schema | None:
    try:
        return schema_of(given)
    except Unresolvable:
        return None


def _optional(**fields: Schema | None) -> Shape:
    return Shape({name: Entry(schema, is_required=False) for name, schema in fields.items()})


_CONSOLE = _optional(log_level=Scalar("String"), name=Scalar("String"))
_EXECUTOR = _optional(
    multiprocess=_optional(
        max_concurrent=Maybe(Scalar("Int")),
        tag_concurrency_limits=Listed(None),
        start_method=None,
        retries=None,
        step_dependency_config=None,
    ),
    in_process=_optional(
        retries=None, marker_to_close=Scalar("String"), step_dependency_config=None
    ),
)
"""What a job's default executor accepts."""
