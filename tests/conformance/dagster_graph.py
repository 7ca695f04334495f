"""What real Dagster says of one code location, as a JSON document.

`graph_document(recipe)` imports the user's code, so it is only called in the forked children of
`dagster_server.py`. The field names are those of the truth files that assetgen is scored by:
a stub is the external asset that Dagster makes up because somebody depends on its key; `tags` are
without those that say the kinds; `multi_asset` says that the definition computes more than one
asset; `graph_ops` are the handles of the ops inside a graph-backed asset, relative to it;
`partitions` is a class name.
"""

import importlib
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import dagster
import dagster.components
from dagster import (
    AssetsDefinition,
    Definitions,
    MultiPartitionsDefinition,
    StaticPartitionsDefinition,
    TimeWindowPartitionsDefinition,
)
from dagster._core.code_pointer import load_python_file
from dagster._core.definitions.graph_definition import GraphDefinition
from dagster._core.definitions.reconstruct import repository_def_from_target_def
from dagster._core.definitions.repository_definition import RepositoryDefinition
from dagster._core.errors import DagsterInvariantViolationError
from dagster._core.workspace.autodiscovery import loadable_targets_from_loaded_module

Document = dict[str, Any]

KIND_PREFIX = "dagster/kind/"
STUB_KEY = "dagster/auto_created_stub_asset"
IMPLICIT_JOB_PREFIX = "__ASSET_JOB"


def graph_document(recipe: Mapping[str, Any]) -> Document:
    """The document of the code location that `recipe` (the JSON form of a `Recipe`) names."""
    repository = load_repository(recipe)
    graph = repository.asset_graph
    return {
        "dagster_version": dagster.__version__,
        "assets": [asset_document(graph.get(key)) for key in sorted(graph.get_all_asset_keys())],
        "checks": sorted(
            (check_document(graph, key) for key in graph.asset_check_keys),
            key=lambda check: (check["asset"], check["name"]),
        ),
        "jobs": [
            job_document(job)
            for job in sorted(repository.get_all_jobs(), key=lambda job: job.name)
            if not job.name.startswith(IMPLICIT_JOB_PREFIX)
        ],
        "schedules": sorted(schedule.name for schedule in repository.schedule_defs),
        "sensors": sorted(sensor.name for sensor in repository.sensor_defs),
        "schedule_details": {
            schedule.name: {"cron": json_value(schedule.cron_schedule), "job": schedule.job_name}
            for schedule in repository.schedule_defs
        },
        "sensor_jobs": {
            sensor.name: sorted(target.job_name for target in sensor.targets)
            for sensor in repository.sensor_defs
        },
        "resources": sorted(repository.get_top_level_resources()),
    }


def load_repository(recipe: Mapping[str, Any]) -> RepositoryDefinition:
    target = load_target(recipe)
    if type(target) in (list, tuple):  # without Definitions a run would keep values in memory
        target = Definitions(assets=target)
    repository = repository_def_from_target_def(target)
    assert repository is not None
    return repository


def load_target(recipe: Mapping[str, Any]) -> object:
    """The object that Dagster itself would load from the module or file; for a module with nothing
    to load, of which Dagster complains, empty `Definitions`."""
    sys.path[:0] = [str(root) for root in recipe["roots"]]
    sys.modules["assetgen.runtime"] = dagster  # the same names, for code without Dagster
    if recipe.get("defs_module"):
        return dagster.components.load_defs(importlib.import_module(recipe["defs_module"]))
    if recipe.get("file"):
        module = load_python_file(recipe["file"], str(Path(recipe["file"]).parent))
    else:
        module = importlib.import_module(recipe["module"])
    try:
        return loadable_targets_from_loaded_module(module)[0].target_definition
    except DagsterInvariantViolationError as error:
        if str(error).startswith("No Definitions"):
            return Definitions()
        raise


OF_LOADING = ("dagster/code_references", "dagster/component_origin")
"""Metadata that loading a component adds to its assets: where it was loaded from, and itself."""


def asset_document(node: Any) -> Document:
    definition: AssetsDefinition = node.assets_def
    executable = node.is_executable
    metadata = {
        name: json_value(value) for name, value in node.metadata.items() if name not in OF_LOADING
    }
    return {
        "key": list(node.key.path),
        "deps": sorted(list(key.path) for key in node.parent_keys),
        "group_name": node.group_name,
        "description": node.description,
        "owners": list(node.owners),
        "tags": {
            name: value for name, value in node.tags.items() if not name.startswith(KIND_PREFIX)
        },
        "kinds": sorted(node.kinds),
        "code_version": node.code_version,
        "metadata_keys": sorted(metadata),
        "metadata": metadata,
        "partitions": type(node.partitions_def).__name__ if node.partitions_def else None,
        "partitions_detail": partitions_document(node.partitions_def),
        "partition_mappings": {
            "/".join(key.path): type(mapping).__name__
            for key, mapping in sorted(node.partition_mappings.items())
        },
        "op_name": definition.node_def.name if executable else None,
        "multi_asset": len(definition.keys) > 1,
        "can_subset": definition.can_subset,
        "is_graph": executable and isinstance(definition.node_def, GraphDefinition),
        "graph_ops": sorted(graph_ops(definition.node_def)) if executable else [],
        "retry_policies": dict(retry_policies(definition.node_def)) if executable else {},
        "pools": sorted(node.pools or ()),
        "is_executable": executable,
        "is_external": node.is_external,
        "is_observable": node.is_observable,
        "is_virtual": node.is_virtual,
        "io_manager_key": node.io_manager_key,
        "automation_condition": node.automation_condition is not None,
        "freshness_policy": node.freshness_policy is not None,
        "backfill_policy": node.backfill_policy is not None,
        "backfill_max_partitions": getattr(node.backfill_policy, "max_partitions_per_run", None),
        "skippable": definition.specs_by_key[node.key].skippable,
        "required_resource_keys": sorted(definition.required_resource_keys) if executable else [],
        "stub": bool(node.metadata.get(STUB_KEY)),
    }


def graph_ops(node_def: Any) -> Iterable[str]:
    """Handles of the ops under a graph definition, relative to it: `inner.clean_2`."""
    if isinstance(node_def, GraphDefinition):
        for node in node_def.nodes:
            if isinstance(node.definition, GraphDefinition):
                yield from (f"{node.name}.{handle}" for handle in graph_ops(node.definition))
            else:
                yield node.name


def retry_policies(node_def: Any) -> Iterable[tuple[str, Document]]:
    """(handle, policy) of every op that has one; of a plain op, its name. An invocation's own
    policy takes precedence over its definition's, as it does when Dagster runs it."""
    if not isinstance(node_def, GraphDefinition):
        if node_def.retry_policy:
            yield node_def.name, policy_document(node_def.retry_policy)
        return
    for node in node_def.nodes:
        if isinstance(node.definition, GraphDefinition):
            for handle, policy in retry_policies(node.definition):
                yield f"{node.name}.{handle}", policy
        elif policy := node.retry_policy or node.definition.retry_policy:
            yield node.name, policy_document(policy)


def policy_document(policy: dagster.RetryPolicy) -> Document:
    return {
        "max_retries": policy.max_retries,
        "delay": policy.delay,
        "backoff": policy.backoff.name if policy.backoff else None,
        "jitter": policy.jitter.name if policy.jitter else None,
    }


def partitions_document(definition: Any) -> Document | None:
    if definition is None:
        return None
    document: Document = {"type": type(definition).__name__}
    if isinstance(definition, TimeWindowPartitionsDefinition):
        document |= {
            "cron_schedule": definition.cron_schedule,
            "start": str(definition.start),
            "end": str(definition.end) if definition.end else None,
            "end_offset": definition.end_offset,
            "fmt": definition.fmt,
            "timezone": definition.timezone,
        }
    elif isinstance(definition, StaticPartitionsDefinition):
        document["keys"] = list(definition.get_partition_keys())
    elif isinstance(definition, MultiPartitionsDefinition):
        document["dimensions"] = {
            dimension.name: partitions_document(dimension.partitions_def)
            for dimension in definition.partitions_defs
        }
    else:
        document["name"] = getattr(definition, "name", None)
    return document


def check_document(graph: Any, key: Any) -> Document:
    spec = graph.get_check_spec(key)
    return {
        "asset": list(key.asset_key.path),
        "name": key.name,
        "blocking": spec.blocking,
        "description": spec.description,
        "additional_deps": sorted(list(dep.asset_key.path) for dep in spec.additional_deps),
    }


def job_document(job: Any) -> Document:
    layer = job.asset_layer
    return {
        "name": job.name,
        "assets": sorted(list(key.path) for key in layer.executable_asset_keys),
        "checks": sorted([list(key.asset_key.path), key.name] for key in selected_checks(layer)),
        "ops": sorted(job.graph.node_dict),
        "description": job.description,
        "partitions": type(job.partitions_def).__name__ if job.partitions_def else None,
        "tags": dict(job.tags),
    }


def selected_checks(layer: Any) -> set[Any]:
    return {key for data in layer.data for key in data.assets_def.check_keys}


def json_value(value: object) -> Any:
    """A value as JSON can hold it; what it cannot hold is named by its class."""
    if isinstance(value, dagster.MetadataValue):
        return json_value(getattr(value, "value", None))
    if type(value) is dict:
        return {str(name): json_value(item) for name, item in value.items()}
    if type(value) in (list, tuple):
        return [json_value(item) for item in value]
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    return {"class": type(value).__name__}
