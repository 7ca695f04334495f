"""Scripts whose functions ask what was made before are told of the script's own runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dagster
import pytest
from conformance.pipeline_run import run_pipeline

from assetgen.analyzer.analysis import Request, analyze
from assetgen.codegen.options import PipelineOptions
from assetgen.codegen.pipeline import GeneratedScript, generate

PROJECT = """
import dagster as dg
from dagster import AssetExecutionContext, DagsterEventType, DagsterInstance, EventRecordsFilter

KEY = dg.AssetKey(["raw", "orders"])


def made_so_far(instance: DagsterInstance) -> list[int]:
    records = instance.get_event_records(
        EventRecordsFilter(event_type=DagsterEventType.ASSET_MATERIALIZATION, asset_key=KEY),
        limit=10,
    )
    return [record.asset_materialization.metadata["rows"].value for record in records]


@dg.asset(key=KEY)
def orders(context: AssetExecutionContext):
    last = context.instance.get_latest_materialization_event(context.asset_key)
    rows = 1 if last is None else last.asset_materialization.metadata["rows"].value + 10
    print("seen", rows)
    return dg.MaterializeResult(metadata={"rows": rows})


@dg.asset(deps=[orders])
def report(context: AssetExecutionContext):
    print("seen", made_so_far(context.instance))


@dg.asset_check(asset=orders)
def grows(context: dg.AssetCheckExecutionContext):
    newest = context.instance.fetch_materializations(KEY, limit=2).records
    rows = [record.asset_materialization.metadata["rows"].value for record in newest]
    print("seen", rows)
    return dg.AssetCheckResult(passed=rows == sorted(rows, reverse=True))


defs = dg.Definitions(assets=[orders, report], asset_checks=[grows])
"""
NO_HISTORY = """
import dagster as dg


@dg.asset
def kept(context):
    return context.instance.storage_directory()
"""


@pytest.mark.parametrize("import_runtime", [False, True])
def test_a_script_remembers_its_runs(
    import_runtime: bool, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    made = script_of(PROJECT, tmp_path, import_runtime)
    assert made.text is not None, made.diagnostics
    assert [each.message[:29] for each in made.diagnostics] == ["what was made before is asked"]
    if import_runtime:
        return  # That Python knows of no assetgen.
    script = tmp_path / "pipeline.py"
    script.write_text(made.text)
    told = [seen(run_pipeline(script, {}, tmp_path).output) for _ in range(3)]

    names: dict[str, Any] = {"__name__": "project"}
    exec(compile(PROJECT, "project.py", "exec", dont_inherit=True), names)  # noqa: S102
    job = names["defs"].resolve_implicit_global_asset_job_def()
    expected = []
    (tmp_path / "dagster").mkdir()
    with dagster.DagsterInstance.local_temp(str(tmp_path / "dagster")) as instance:
        for _ in range(3):
            capfd.readouterr()
            assert job.execute_in_process(instance=instance).success
            expected.append(seen(capfd.readouterr().out))

    assert told == expected
    assert len(told[2]) == 3


def test_who_does_not_ask_remembers_nothing(tmp_path: Path) -> None:
    made = script_of(NO_HISTORY, tmp_path, False)

    assert made.diagnostics == ()
    assert "DagsterInstance" not in str(made.text)


@pytest.mark.parametrize(
    ("kind", "said"), [("STEP_OUTPUT", "DagsterEventType"), ("RUN_FAILURE", "DagsterEventType")]
)
def test_events_that_no_script_keeps_are_told(kind: str, said: str, tmp_path: Path) -> None:
    text = PROJECT.replace("DagsterEventType.ASSET_MATERIALIZATION", f"DagsterEventType.{kind}")

    made = script_of(text, tmp_path, False)

    assert made.text is None
    assert any(said in each.message for each in made.diagnostics), made.diagnostics


def seen(output: str) -> list[str]:
    return [line for line in output.splitlines() if line.startswith("seen ")]


def script_of(text: str, folder: Path, import_runtime: bool) -> GeneratedScript:
    file = folder / "project.py"
    file.write_text(text)
    options = PipelineOptions(import_runtime=import_runtime)
    return generate(analyze(Request((file,), (), (), {})).pipeline, options)
