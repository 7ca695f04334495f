"""How two runs are compared, and that a pipeline really runs on a bare Python."""

import copy
from pathlib import Path
from typing import Any

import pytest
from conformance.oracle import Oracle
from conformance.pipeline_run import run_differences, run_pipeline
from conformance.stored_values import form
from conformance.test_fixtures import RUNNABLE

FAILING = next(recipe for recipe in RUNNABLE if recipe.name == "failing_feed")

BARE = """
import importlib.util
import sys

for name in ("dagster", "assetgen", "yaml", "pytest"):
    assert importlib.util.find_spec(name) is None, name
print(sys.argv[1:])
"""


def test_scripts_run_without_any_package(tmp_path: Path) -> None:
    script = tmp_path / "pipeline.py"
    script.write_text(BARE)

    ran = run_pipeline(script, {"partition": "2024-01-01"}, tmp_path)

    assert ran.exit_code == 0, ran.output
    assert "'--partition', '2024-01-01'" in ran.output
    assert ran.document["steps"] == {}


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("success", lambda run: run.update(success=True)),
        ("retries", lambda run: run["retries"].update(lyon_stock=1)),
        ("steps stock_page", lambda run: run["steps"].update(stock_page="skipped")),
        ("values turin_stock", lambda run: run["values"].pop("turin_stock")),
        ("values extra", lambda run: run["values"].update(extra="1")),
        ("materialization turin_stock[]", lambda run: run["materializations"].pop()),
        ("check turin_stock:no_empty_shelf", lambda run: run["checks"][0].update(passed=False)),
    ],
)
def test_every_part_of_a_run_is_compared(part: str, change: Any, oracle: Oracle) -> None:
    run = oracle.run(FAILING)
    other = copy.deepcopy(run)
    change(other)

    assert run_differences(run, copy.deepcopy(run)) == []
    assert any(line.startswith(part) for line in run_differences(run, other))


def test_forms_tell_types_apart() -> None:
    values = [1, 1.0, True, "1", b"1", (1,), [1], {1}, {1: 1}, None]

    assert len({form(value) for value in values}) == len(values)
    assert form({3, 1, 2}) == form({2, 3, 1})
