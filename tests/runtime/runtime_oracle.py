"""One source text, run by Dagster and by the runtime, and what can be seen of both runs.

A case is a file in `cases/` that imports Dagster as ``dg``. It defines ``ASSETS`` (assets and
checks), and may define ``RUNS`` (keyword arguments of ``materialize`` for each run, one run
without any by default), and ``RESOURCES``. What its functions append to ``SEEN`` is compared too.
Where pauses decide the order, the case says ``UNORDERED``. Dagster does not know of steps that
follow from a dynamic output that was never made; those that the runtime reports as not run are
named in ``UNKNOWN_TO_DAGSTER``.
"""

import pickle
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import dagster

from assetgen.runtime.execution.histories import DagsterInstance
from assetgen.runtime.model.events import StepStarted, StepUpForRetry
from assetgen.runtime.model.failures import PipelineError
from assetgen.runtime.runs.direct_runs import materialize

CASES = sorted((Path(__file__).parent / "cases").glob("*.py"))
KINDS = {"markdown": "md", "dagsterasset": "asset", "pythonartifact": "python_artifact"}
VERSION_TAGS = re.compile(r"dagster/(code_version|input_|data_version$)")


def by_dagster(case: Path, folder: Path) -> Any:
    """What can be seen when Dagster runs a case."""
    folder.mkdir()
    names = namespace(case, "dagster")
    observed = []
    with dagster.DagsterInstance.local_temp(str(folder)) as instance:
        for run in names.get("RUNS", [{}]):
            try:
                result = dagster.materialize(
                    names["ASSETS"],
                    instance=instance,
                    resources=names.get("RESOURCES"),
                    raise_on_error=False,
                    **run,
                )
            except (dagster.DagsterError, dagster._check.CheckError):
                observed.append("refused")
                continue
            observed.append(dagster_facts(result, instance, folder))
    if names.get("UNORDERED"):
        disorder(observed, names["SEEN"])
    return {
        "runs": observed,
        "seen": names.get("SEEN"),
        "files": stored(folder / "storage"),
    }


def by_runtime(case: Path, folder: Path) -> Any:
    """What can be seen when the runtime runs a case."""
    names = namespace(case, "assetgen.runtime")
    observed = []
    for run in names.get("RUNS", [{}]):
        try:
            result = materialize(
                names["ASSETS"],
                instance=DagsterInstance(folder / "storage"),
                resources=names.get("RESOURCES"),
                raise_on_error=False,
                **run,
            )
        except PipelineError:
            observed.append("refused")
            continue
        observed.append(runtime_facts(result, folder, names.get("UNKNOWN_TO_DAGSTER", ())))
    if names.get("UNORDERED"):
        disorder(observed, names["SEEN"])
    return {
        "runs": observed,
        "seen": names.get("SEEN"),
        "files": stored(folder / "storage"),
    }


def disorder(observed: list[Any], seen: list[Any]) -> None:
    """Sort what may come in any order."""
    seen.sort(key=repr)
    for facts in observed:
        for name in ("started", "retried", "made"):
            facts[name].sort(key=repr)


def namespace(case: Path, library: str) -> dict[str, Any]:
    """The names that a case defines, with ``dg`` being the library."""
    source = case.read_text(encoding="utf-8").replace(
        "import dagster as dg", f"import {library} as dg"
    )
    names: dict[str, Any] = {"__name__": f"case_{case.stem}"}
    exec(compile(source, str(case), "exec"), names)  # noqa: S102
    return names


def dagster_facts(result: Any, instance: Any, folder: Path) -> dict[str, Any]:
    """What Dagster says of one run."""
    events = result.all_events
    starts = [e.step_key for e in events if e.event_type_value in ("STEP_START", "STEP_RESTARTED")]
    messages = [entry.message for entry in instance.all_logs(result.run_id)]
    abandoned = [re.match(r"Dependencies for step (\S+) (failed|were)", m) for m in messages]
    return {
        "success": result.success,
        "started": starts,
        "retried": [
            (e.step_key, e.step_retry_data.seconds_to_wait or 0)
            for e in events
            if e.event_type_value == "STEP_UP_FOR_RETRY"
        ],
        "succeeded": steps_of(events, "STEP_SUCCESS"),
        "failed": steps_of(events, "STEP_FAILURE"),
        "skipped": steps_of(events, "STEP_SKIPPED"),
        "not run": sorted(match[1] for match in abandoned if match),
        "made": [
            (
                e.step_key,
                m.asset_key.to_user_string(),
                m.partition and str(m.partition),
                {k: metadata_fact(v, folder) for k, v in m.metadata.items()},
                without_versions(m.tags or {}),
            )
            for e in events
            if e.event_type_value == "ASSET_MATERIALIZATION"
            for m in [e.event_specific_data.materialization]
        ],
        "observed": [
            (
                e.event_specific_data.asset_observation.asset_key.to_user_string(),
                {
                    k: metadata_fact(v, folder)
                    for k, v in e.event_specific_data.asset_observation.metadata.items()
                },
            )
            for e in events
            if e.event_type_value == "ASSET_OBSERVATION"
        ],
        "checks": [
            (
                c.asset_key.to_user_string(),
                c.check_name,
                c.passed,
                c.severity.name,
                c.blocking,
                c.description,
                {k: metadata_fact(v, folder) for k, v in c.metadata.items()},
            )
            for c in result.get_asset_check_evaluations()
        ],
    }


def runtime_facts(result: Any, folder: Path, unknown: Sequence[str]) -> dict[str, Any]:
    """What the runtime says of one run, in the same form."""
    return {
        "success": result.success,
        "started": [e.step for e in result.events if isinstance(e, StepStarted)],
        "retried": [
            (e.step, e.seconds_to_wait) for e in result.events if isinstance(e, StepUpForRetry)
        ],
        "succeeded": result.steps("succeeded"),
        "failed": result.steps("failed"),
        "skipped": result.steps("skipped"),
        "not run": [step for step in result.steps("not run") if step not in unknown],
        "made": [
            (
                m.step,
                "/".join(m.key),
                m.partition and str(m.partition),
                {k: metadata_fact(v, folder) for k, v in m.metadata.items()},
                without_versions(m.tags),
            )
            for m in result.materializations
        ],
        "observed": [
            ("/".join(o.key), {k: metadata_fact(v, folder) for k, v in o.metadata.items()})
            for o in result.observations
        ],
        "checks": [
            (
                c.asset_key.to_user_string(),
                c.check_name,
                c.passed,
                c.severity.name,
                c.blocking,
                c.description,
                {k: metadata_fact(v, folder) for k, v in c.metadata.items()},
            )
            for c in result.get_asset_check_evaluations()
        ],
    }


def steps_of(events: Any, kind: str) -> list[str]:
    """The steps with an event of a kind, sorted."""
    return sorted(e.step_key for e in events if e.event_type_value == kind)


def metadata_fact(value: Any, folder: Path) -> tuple[str, str]:
    """The kind and the value of metadata, paths being relative to the storage."""
    kind = getattr(value, "kind", None) or type(value).__name__.removesuffix("MetadataValue")
    text = repr(value.value).replace(str(folder / "storage") + "/", "")
    text = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "RUN", text)
    return KINDS.get(kind.lower(), kind.lower()), text


def without_versions(tags: Any) -> dict[str, str]:
    """The tags that do not depend on the run's id."""
    kept = {k: v for k, v in tags.items() if not VERSION_TAGS.match(k)}
    if "dagster/data_version_is_user_provided" in tags:
        kept["dagster/data_version"] = tags["dagster/data_version"]
    return kept


def stored(storage: Path) -> dict[str, list[str]]:
    """The stored values by path; the runs' ids, which differ, are replaced.

    Dagster leaves half a file behind where a value cannot be pickled, the runtime leaves none.
    """
    values: dict[str, list[str]] = {}
    for path in sorted(storage.rglob("*")):
        name = path.relative_to(storage).as_posix()
        if path.is_file() and "compute_logs" not in name and not path.name.startswith("."):
            name = re.sub(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/", "RUN/", name)
            try:
                value = repr(pickle.loads(path.read_bytes()))
            except EOFError:
                continue
            values[name] = sorted([*values.get(name, []), value])
    return values
