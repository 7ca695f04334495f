"""dbt as a resource, with a command in its place that logs what dbt would."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from assetgen.runtime import DbtCliResource, DbtProject
from assetgen.runtime.definitions.check_outputs import CheckOutput
from assetgen.runtime.execution.execution import run_pipeline
from assetgen.runtime.execution.selection import choose_steps
from assetgen.runtime.integrations.dbt_commands import DagsterDbtCliRuntimeError
from assetgen.runtime.model.declarations import After, AssetOutput, Pipeline, Step
from assetgen.runtime.model.events import CheckEvaluated, Materialized
from assetgen.runtime.runs.run_result import execute

FAKE = """#!{python}
import json, os, sys
from pathlib import Path

target = Path(os.environ["DBT_TARGET_PATH"])
target.mkdir(parents=True, exist_ok=True)
(target / "run_results.json").write_text('{{"results": []}}')
Path("asked.json").write_text(json.dumps([sys.argv[1:], os.environ.get("DBT_PROFILES_DIR")]))
for line in Path("log.jsonl").read_text().splitlines():
    print(line)
sys.exit(int(Path("exit").read_text()))
"""


def result(node: str, status: str, **data: object) -> str:
    kind, _, name, *_ = node.split(".")
    words = {"model": "LogModelResult", "test": "LogTestResult", "seed": "LogSeedResult"}
    info = {
        "name": words.get(kind, "Other"),
        "msg": f"{status} {name}",
        "level": "error" if status == "error" else "info",
        "invocation_id": "i-1",
    }
    times = ("2026-01-01T00:00:00.5", "2026-01-01T00:00:02.000000Z")
    known = {"unique_id": node, "node_name": name, "node_status": status, "materialized": "view"}
    known |= {"node_started_at": times[0], "node_finished_at": times[1]}
    return json.dumps({"info": info, "data": {"node_info": known, **data}})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "exit").write_text("0")
    command = tmp_path / "dbt"
    command.write_text(FAKE.format(python=sys.executable))
    command.chmod(0o755)
    (folder / "log.jsonl").write_text(
        "\n".join(
            [
                "no JSON",
                json.dumps(
                    {"info": {"name": "Start", "msg": "hello", "level": "info"}, "data": {}}
                ),
                result("seed.shop.orders", "success"),
                result("model.shop.stg", "success"),
                result("test.shop.not_null.1a", "pass", num_failures=0),
                result("test.shop.unique.2b", "warn", num_failures=3),
                result("test.shop.elsewhere.3c", "fail", num_failures=1),
                result("unit_test.shop.stg.1", "pass"),
                result("model.shop.lost", "skipped"),
            ]
        )
    )
    return folder


def pipeline(project: Path, function) -> Pipeline:
    def node(name: str, kind: str = "model") -> AssetOutput:
        known = {"dagster_dbt/unique_id": f"{kind}.shop.{name}"}
        return AssetOutput(name, metadata=known, name=name, nothing=True, required=False)

    outputs = (
        *(node("orders", "seed"), node("stg"), node("lost")),
        CheckOutput("stg", "not_null", blocking=True),
        CheckOutput("stg", "unique"),
    )
    build = Step(
        "build",
        function,
        context=True,
        outputs=outputs,
        resources=("dbt",),
        can_subset=True,
        tags={"dagster_dbt/select": "fqn:*", "dagster_dbt/exclude": "old"},
    )
    after = Step("after", lambda: 1, inputs=(After("lost"),))
    resource = DbtCliResource(
        project_dir=DbtProject(project, target="prod", profiles_dir=project),
        dbt_executable=str(project.parent / "dbt"),
        global_config_flags=["--quiet"],
    )
    return Pipeline("shop", (build, after), {"dbt": resource})


def build(context, dbt):
    yield from dbt.cli(["build"], context=context).stream().fetch_row_counts()


def test_results_are_those_of_the_nodes(project: Path, capsys) -> None:
    run = execute(pipeline(project, build), storage=None)
    made = {each.key[0]: each.metadata for each in run.events if isinstance(each, Materialized)}
    assert made.keys() == {"orders", "stg"}
    plain = {name: fact.value for name, fact in made["stg"].items()}
    assert plain == {
        "Execution Duration": 1.5,
        "unique_id": "model.shop.stg",
        "invocation_id": "i-1",
        "status": "success",
    }
    verdicts = [each.evaluation for each in run.events if isinstance(each, CheckEvaluated)]
    said = [(each.check_name, each.passed, each.severity.value) for each in verdicts]
    assert said == [("not_null", True, "ERROR"), ("unique", False, "WARN")]
    assert verdicts[1].metadata["dagster_dbt/failed_row_count"].value == 3
    assert json.loads((project / "asked.json").read_text()) == [
        ["--quiet", "build", "--target", "prod", "--select", "fqn:*", "--exclude", "old"],
        str(project),
    ]
    assert "no JSON\nhello\nsuccess orders\n" in capsys.readouterr().out


def test_a_part_of_the_nodes_is_selected_by_name(project: Path) -> None:
    whole = pipeline(project, build)
    (project / "log.jsonl").write_text(result("model.shop.stg", "success"))
    run_pipeline(whole, storage=None, chosen=choose_steps(whole, "stg"))
    asked, _ = json.loads((project / "asked.json").read_text())
    assert asked[-2:] == ["--select", "stg,package:shop,resource_type:model"]


def test_a_failed_command_fails_the_step_after_what_it_made(project: Path) -> None:
    (project / "exit").write_text("1")
    with (project / "log.jsonl").open("a") as log:
        log.write("\n" + result("model.shop.lost", "error"))
    run = execute(pipeline(project, build), storage=None, raise_on_error=False)
    assert not run.success
    made = [each.key[0] for each in run.events if isinstance(each, Materialized)]
    assert made == ["orders", "stg"]
    (failed,) = (each for each in run.events if type(each).__name__ == "StepFailed")
    assert isinstance(failed.error, DagsterDbtCliRuntimeError)
    assert "error lost" in str(failed.error)


def test_commands_without_a_context(project: Path) -> None:
    (project / "exit").write_text("2")
    dbt = DbtCliResource(str(project), dbt_executable=str(project.parent / "dbt"))
    quiet = dbt.cli(["debug"], raise_on_error=False).wait()
    assert not quiet.is_successful()
    assert quiet.get_artifact("run_results.json") == {"results": []}
    assert "exit code 2" in str(quiet.get_error())
    with pytest.raises(DagsterDbtCliRuntimeError):
        dbt.cli(["debug"]).wait()
    assert json.loads((project / "asked.json").read_text()) == [["debug"], None]
