"""Runs a generated pipeline as its user would, on a Python that has neither Dagster nor assetgen.

The run is told in the form of `dagster_run.py`, so that the two can be compared.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conformance.stored_values import stored_values

OUTCOMES = {
    "step_succeeded": "succeeded",
    "step_failed": "failed",
    "step_skipped": "skipped",
    "step_not_run": "not run",
}


@dataclass(frozen=True)
class Ran:
    """A run of a script: what it did, and how the process ended."""

    document: dict[str, Any]
    exit_code: int
    output: str


def run_pipeline(script: Path, run: Mapping[str, Any], folder: Path) -> Ran:
    """Run the script in `folder`, where its values and events are put."""
    events, storage = folder / "events.jsonl", folder / "storage"
    words = ["--storage", str(storage), "--events", str(events)]
    if "partition" in run:
        words += ["--partition", run["partition"]]
    if "config" in run:
        config = folder / "config.json"
        config.write_text(json.dumps(run["config"]))
        words += ["--config", str(config)]
    done = subprocess.run(
        [bare_python(), "-I", "-S", str(script), *words],
        cwd=folder,
        env={"PATH": os.environ.get("PATH", "")},
        capture_output=True,
        text=True,
        timeout=120,
    )
    lines = events.read_text().splitlines() if events.exists() else []
    document = run_document([json.loads(line) for line in lines], storage)
    return Ran(document, done.returncode, done.stdout + done.stderr)


def bare_python() -> str:
    """The interpreter under the virtual environment: with -I and -S it sees the standard library
    and nothing else."""
    return str(Path(sys.base_prefix) / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}")


def run_document(events: list[dict[str, Any]], storage: Path) -> dict[str, Any]:
    """The events in the form of `dagster_run.run_document`."""
    steps = {
        event["step"]: OUTCOMES[event["event"]] for event in events if event["event"] in OUTCOMES
    }
    retried = [event["step"] for event in events if event["event"] == "step_up_for_retry"]
    made = [event for event in events if event["event"] == "materialized"]
    evaluated = [event for event in events if event["event"] == "check_evaluated"]
    return {
        "success": "failed" not in steps.values(),
        "steps": steps,
        "retries": {step: retried.count(step) for step in retried},
        "materializations": sorted(
            (
                {
                    "key": event["key"],
                    "partition": event["partition"],
                    "metadata": without_path(event["metadata"]),
                }
                for event in made
            ),
            key=lambda entry: entry["key"],
        ),
        "checks": sorted(
            (check(event["evaluation"]) for event in evaluated),
            key=lambda entry: (entry["asset"], entry["name"]),
        ),
        "values": asset_values(storage, made),
    }


def check(evaluation: dict[str, Any]) -> dict[str, Any]:
    return {
        "asset": evaluation["asset_key"],
        "name": evaluation["check_name"],
        "passed": evaluation["passed"],
        "severity": evaluation["severity"],
        "metadata": without_path(evaluation["metadata"]),
    }


def without_path(metadata: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in sorted(metadata.items()) if name != "path"}


def asset_values(storage: Path, made: list[dict[str, Any]]) -> dict[str, str]:
    """The values of assets; those that ops hand to one another lie under another folder."""
    assets = {event["key"][0] for event in made}
    others = {path.name for path in storage.iterdir()} - assets if storage.exists() else set()
    return stored_values(storage, ignore=frozenset(others)) if storage.exists() else {}


def run_differences(dagster: dict[str, Any], pipeline: dict[str, Any]) -> list[str]:
    """What a run by Dagster and one by the generated pipeline do not agree in, line by line."""
    lines = []
    for part in ("success", "retries"):
        if dagster[part] != pipeline[part]:
            lines.append(f"{part}: Dagster {dagster[part]!r}, pipeline {pipeline[part]!r}")
    for part in ("steps", "values"):
        lines += entry_differences(part, dagster[part], pipeline[part])
    lines += entry_differences(
        "materialization", *(by_key(side["materializations"]) for side in (dagster, pipeline))
    )
    lines += entry_differences("check", *(by_check(side["checks"]) for side in (dagster, pipeline)))
    return lines


def by_key(entries: list[dict[str, Any]]) -> dict[str, Any]:
    return {f"{'/'.join(entry['key'])}[{entry['partition'] or ''}]": entry for entry in entries}


def by_check(entries: list[dict[str, Any]]) -> dict[str, Any]:
    return {f"{'/'.join(entry['asset'])}:{entry['name']}": entry for entry in entries}


def entry_differences(part: str, expected: dict[str, Any], actual: dict[str, Any]) -> list[str]:
    return [
        f"{part} {name}: Dagster {expected.get(name)!r}, pipeline {actual.get(name)!r}"
        for name in sorted({*expected, *actual})
        if expected.get(name) != actual.get(name)
    ]
