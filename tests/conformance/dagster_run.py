"""What real Dagster does when it materializes one code location, as a JSON document.

Runs the implicit job of all assets and checks in process with a throw-away instance, so that the
values lie under `<instance>/storage/<key parts>` as pickles, where the file-system IO manager
puts them.
"""

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from dagster import DagsterEventType, DagsterInstance
from dagster_graph import json_value, load_repository
from stored_values import stored_values

OUTCOMES = {
    DagsterEventType.STEP_SUCCESS: "succeeded",
    DagsterEventType.STEP_FAILURE: "failed",
    DagsterEventType.STEP_SKIPPED: "skipped",
}
RETRY = DagsterEventType.STEP_UP_FOR_RETRY


def run_document(recipe: Mapping[str, Any]) -> dict[str, Any]:
    """{success, steps, retries, materializations, checks, values} of one run of everything."""
    run = recipe.get("run") or {}
    repository = load_repository(recipe)
    job = repository.get_implicit_global_asset_job_def()
    with tempfile.TemporaryDirectory() as folder:
        with DagsterInstance.ephemeral(tempdir=folder) as instance:
            result = job.execute_in_process(
                instance=instance,
                partition_key=run.get("partition"),
                run_config=run.get("config"),
                raise_on_error=False,
            )
            events = result.all_events
        storage = Path(folder) / "storage"
        values = stored_values(storage, ignore=frozenset((result.run_id,)))
    return {
        "success": result.success,
        "steps": step_outcomes(job, events, run.get("config")),
        "retries": retries(events),
        "materializations": sorted(materializations(events), key=lambda entry: entry["key"]),
        "checks": sorted(checks(events), key=lambda entry: (entry["asset"], entry["name"])),
        "values": values,
    }


def step_outcomes(job: Any, events: Iterable[Any], config: Any) -> dict[str, str]:
    """{step key: outcome}. A step of the plan that never started was "not run"; a mapped step
    (`summarise[eu]`) is known from its events only."""
    from dagster._core.execution.api import create_execution_plan

    plan = create_execution_plan(job, run_config=config)
    outcomes = {step.key: "not run" for step in plan.steps if not step.key.endswith("[?]")}
    for event in events:
        if event.event_type in OUTCOMES and event.step_key:
            outcomes[event.step_key] = OUTCOMES[event.event_type]
    return outcomes


def retries(events: Iterable[Any]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for event in events:
        if event.event_type == RETRY:
            counts[event.step_key] = counts.get(event.step_key, 0) + 1
    return counts


def materializations(events: Iterable[Any]) -> Iterable[dict[str, Any]]:
    for event in events:
        if event.event_type == DagsterEventType.ASSET_MATERIALIZATION:
            entry = event.step_materialization_data.materialization
            yield {
                "key": list(entry.asset_key.path),
                "partition": entry.partition,
                "metadata": metadata_document(entry.metadata),
            }


def checks(events: Iterable[Any]) -> Iterable[dict[str, Any]]:
    for event in events:
        if event.event_type == DagsterEventType.ASSET_CHECK_EVALUATION:
            entry = event.asset_check_evaluation_data
            yield {
                "asset": list(entry.asset_key.path),
                "name": entry.check_name,
                "passed": entry.passed,
                "severity": entry.severity.value,
                "metadata": metadata_document(entry.metadata),
            }


def metadata_document(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Metadata but for `path`, which the IO manager adds and which is another in every run."""
    return {name: json_value(value) for name, value in sorted(metadata.items()) if name != "path"}
