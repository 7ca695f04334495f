"""The model as one JSON document, described by `schema.json` beside this file."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from assetgen.analyzer.model.assets import Asset, AssetCheck, Dependency
from assetgen.analyzer.model.automation import Job, Resource, Schedule, Sensor
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.environment import EnvironmentEffect, EnvironmentVariable
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.literals import Literal, Shown, Table
from assetgen.analyzer.model.partitions import PartitionMapping, Partitions
from assetgen.analyzer.model.pipeline import CodeLocation, Pipeline, Unreached
from assetgen.analyzer.model.spans import Origin
from assetgen.analyzer.model.step_document import graph_document, step_document
from assetgen.analyzer.model.steps import AssetStep

SCHEMA_VERSION: Final = 1
"""Raised when a member changes its meaning or is removed; new members do not raise it."""


def to_document(pipeline: Pipeline) -> dict[str, object]:
    """The document: plain data for `json.dumps`, in an order that depends on the project alone.

    Assets, checks, steps, jobs, schedules, sensors, resources and environment variables of all code
    locations are in one list each, in the order of the locations, and name theirs under
    `code_location`.
    """
    lists = {name: list(items) for name, items in _lists(pipeline)}
    return {**_HEADER, **lists}


def document_text(pipeline: Pipeline) -> Iterator[str]:
    """The document as JSON, piece by piece: each item of its lists on a line of its own.

    So the whole never exists as data, and the standard library's C encoder is used, which cannot
    indent.
    """
    encode = json.JSONEncoder(ensure_ascii=False).encode
    yield "{\n"
    yield ",\n".join(f"{encode(name)}: {encode(value)}" for name, value in _HEADER.items())
    for name, items in _lists(pipeline):
        yield f",\n{encode(name)}: ["
        separator = "\n"
        for item in items:
            yield separator
            yield encode(item)
            separator = ",\n"
        yield "]" if separator == "\n" else "\n]"
    yield "\n}\n"


def schema() -> Mapping[str, object]:
    """The JSON Schema of the document, as it is shipped."""
    from importlib.resources import files  # which takes as long to import as ten of our modules

    text = files("assetgen.analyzer.model").joinpath("schema.json").read_text(encoding="utf-8")
    loaded: dict[str, object] = json.loads(text)
    return loaded


_HEADER: Final[Mapping[str, object]] = {
    "generated_by": "assetgen",
    "schema_version": SCHEMA_VERSION,
}


def _lists(pipeline: Pipeline) -> Iterator[tuple[str, Iterator[dict[str, object]]]]:
    """The lists of the document by name; their items are made when they are asked for."""
    locations = pipeline.locations
    yield "code_locations", (_location(location) for location in locations)
    yield "assets", (item for loc in locations for item in _assets(loc.assets, loc))
    yield "checks", (_check(check, loc) for loc in locations for check in loc.checks)
    yield "steps", (_step(step, loc) for loc in locations for step in loc.steps)
    yield "jobs", (_job(job, loc) for loc in locations for job in loc.jobs)
    yield "schedules", (_schedule(item, loc) for loc in locations for item in loc.schedules)
    yield "sensors", (_sensor(item, loc) for loc in locations for item in loc.sensors)
    yield "resources", (_resource(item, loc) for loc in locations for item in loc.resources)
    yield "environment", (_variable(item, loc) for loc in locations for item in loc.environment)
    yield "duplicates", (item for loc in locations for item in _assets(loc.duplicates, loc))
    yield "unreached", (_unreached(item) for item in pipeline.unreached)
    yield "modules", ({"name": item.name, "path": item.path} for item in pipeline.modules)
    yield "diagnostics", (_diagnostic(item) for item in pipeline.diagnostics)


def _location(location: CodeLocation) -> dict[str, object]:
    return {
        "name": location.name,
        "module": location.module,
        "path": location.path,
        "unknown": sorted(location.unknown),
        "definitions": location.definitions.to_document() if location.definitions else None,
        "of_repositories": location.of_repositories,
    }


def _assets(assets: Iterable[Asset], location: CodeLocation) -> Iterator[dict[str, object]]:
    ops = {step.name: step.definition.name for step in location.steps}
    for asset in assets:
        op_name = ops.get(asset.step, asset.step) if asset.step else None
        yield {"code_location": location.name, **_asset(asset, op_name)}


def _asset(asset: Asset, op_name: str | None) -> dict[str, object]:
    return {
        "key": list(asset.key.parts),
        "kind": asset.kind,
        "deps": _keys(sorted({dependency.key for dependency in asset.deps})),
        "group_name": asset.group_name,
        "description": asset.description,
        "owners": list(asset.owners),
        "tags": dict(asset.tags),
        "kinds": list(asset.kinds),
        "metadata": _entries(asset.metadata),
        "code_version": asset.code_version,
        "io_manager_key": asset.io_manager_key or "io_manager",
        "partitions": asset.partitions.kind if asset.partitions else None,
        "partitions_detail": _partitions(asset.partitions),
        "automation_condition": asset.automation_condition,
        "backfill_policy": asset.backfill_policy,
        "freshness_policy": asset.freshness_policy,
        "auto_observe_interval_minutes": asset.auto_observe_interval_minutes,
        "pool": asset.pool,
        "is_executable": asset.kind in _EXECUTABLE,
        "is_virtual": asset.is_virtual,
        "is_skippable": asset.is_skippable,
        "multi_asset": asset.is_multi_asset,
        "is_graph": asset.is_graph_backed,
        "op_name": op_name,
        "step": asset.step,
        "output": asset.output,
        "stub": asset.kind == "stub",
        "unknown": sorted(_NAMES.get(name, name) for name in asset.unknown),
        "conditional": asset.conditional,
        "dependencies": [_dependency(dependency) for dependency in asset.deps],
        "origin": _origin(asset.origin),
        "places": {name: span.to_document() for name, span in asset.places},
        "loaders": [span.to_document() for span in asset.loaders],
    }


def _dependency(dependency: Dependency) -> dict[str, object]:
    return {
        "key": list(dependency.key.parts),
        "declared": list(dependency.declared.parts),
        "how": dependency.how,
        "loads_value": dependency.loads_value,
        "resolution": dependency.resolution,
        "partition_mapping": _mapping(dependency.partition_mapping),
        "span": dependency.span.to_document(),
    }


def _check(check: AssetCheck, location: CodeLocation) -> dict[str, object]:
    return {
        "code_location": location.name,
        "asset": list(check.asset.parts),
        "name": check.name,
        "blocking": check.blocking,
        "description": check.description,
        "additional_deps": _keys(check.additional_deps),
        "step": check.step,
        "unknown": sorted(check.unknown),
        "conditional": check.conditional,
        "origin": _origin(check.origin),
    }


def _step(step: AssetStep, location: CodeLocation) -> dict[str, object]:
    return {"code_location": location.name, **step_document(step)}


def _job(job: Job, location: CodeLocation) -> dict[str, object]:
    return {
        "code_location": location.name,
        "name": job.name,
        "selection": job.selection,
        "assets": None if job.assets is None else _keys(job.assets),
        "missing": _keys(job.missing),
        "graph": graph_document(job.graph) if job.graph else None,
        "partitions": job.partitions.kind if job.partitions else None,
        "partitions_detail": _partitions(job.partitions),
        "description": job.description,
        "changed": list(job.changed),
        "conditional": job.conditional,
        "origin": _origin(job.origin),
    }


def _schedule(schedule: Schedule, location: CodeLocation) -> dict[str, object]:
    return {
        "code_location": location.name,
        "name": schedule.name,
        "job": schedule.job,
        "cron": list(schedule.cron),
        "timezone": schedule.timezone,
        "conditional": schedule.conditional,
        "origin": _origin(schedule.origin),
    }


def _sensor(sensor: Sensor, location: CodeLocation) -> dict[str, object]:
    return {
        "code_location": location.name,
        "name": sensor.name,
        "kind": sensor.kind,
        "jobs": list(sensor.jobs),
        "assets": _keys(sensor.assets),
        "conditional": sensor.conditional,
        "origin": _origin(sensor.origin),
    }


def _resource(resource: Resource, location: CodeLocation) -> dict[str, object]:
    return {
        "code_location": location.name,
        "key": resource.key,
        "type": resource.type,
        "origin": _origin(resource.origin),
        "required": list(resource.required),
        "conditional": resource.conditional,
    }


def _variable(variable: EnvironmentVariable, location: CodeLocation) -> dict[str, object]:
    effects = variable.affects
    return {
        "code_location": location.name,
        "name": variable.name,
        "state": variable.state,
        "is_given": variable.is_given,
        "reads": [
            {
                "when": read.when,
                "has_default": read.has_default,
                "is_required": read.is_required,
                "span": read.span.to_document(),
            }
            for read in variable.reads
        ],
        "affects": None if effects is None else [_effect(effect) for effect in effects],
    }


def _effect(effect: EnvironmentEffect) -> dict[str, object]:
    return {
        "kind": effect.kind,
        "name": effect.name,
        "attributes": sorted(_NAMES.get(name, name) for name in effect.attributes),
        "span": effect.span.to_document(),
    }


def _unreached(item: Unreached) -> dict[str, object]:
    return {"kind": item.kind, "name": item.name, "origin": _origin(item.origin)}


def _diagnostic(diagnostic: Diagnostic) -> dict[str, object]:
    return {
        "rule": diagnostic.rule,
        "code": diagnostic.code,
        "family": diagnostic.family,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "span": diagnostic.span.to_document(),
        "related": [
            {"message": related.message, "span": related.span.to_document()}
            for related in diagnostic.related
        ],
    }


def _partitions(partitions: Partitions | None) -> dict[str, object] | None:
    if partitions is None:
        return None
    return {
        "kind": partitions.kind,
        "parameters": _entries(partitions.parameters),
        "dimensions": {name: _partitions(value) for name, value in partitions.dimensions},
        "unknown": list(partitions.unknown),
    }


def _mapping(mapping: PartitionMapping | None) -> dict[str, object] | None:
    if mapping is None:
        return None
    return {"kind": mapping.kind, "parameters": _entries(mapping.parameters)}


def _entries(entries: Iterable[tuple[str, Literal]]) -> dict[str, object]:
    return {name: _literal(value) for name, value in entries}


def _literal(value: Literal) -> object:
    """Plain data as itself; what JSON cannot express as an object with one member, `shown`."""
    if isinstance(value, Shown):
        return {"shown": value.text}
    if isinstance(value, Table):
        return _entries(value.entries)
    if isinstance(value, tuple):
        return [_literal(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return {"shown": str(value)}
    return value


def _keys(keys: Iterable[AssetKey]) -> list[list[str]]:
    return [list(key.parts) for key in keys]


def _origin(origin: Origin) -> dict[str, object]:
    return {
        "span": origin.span.to_document(),
        "chain": [span.to_document() for span in origin.chain],
    }


_EXECUTABLE: Final = frozenset({"materializable", "observable"})

_NAMES: Final[Mapping[str, str]] = {
    "kind": "is_executable",
    "is_multi_asset": "multi_asset",
    "is_graph_backed": "is_graph",
    "step": "op_name",
}
"""The members of the document that are called otherwise in the model."""
