"""The global of a module that a workspace names, as Dagster loads it."""

from pathlib import Path

import pytest

from assetgen.analyzer.analysis import Request, analyze

MODULE = """\
import dagster as dg
from elsewhere import given


@dg.asset
def orders(): ...


@dg.asset
def left_out(): ...


@dg.op
def count(): ...


def made() -> dg.Definitions:
    return dg.Definitions(assets=[orders])


def listed():
    return [orders]


def job():
    @dg.job
    def counting():
        count()

    return counting


some = [orders]
"""


def analyzed(folder: Path, attribute: str) -> tuple[list[str], list[str], list[str]]:
    (folder / "m.py").write_text(MODULE)
    (folder / "workspace.yaml").write_text(
        f"load_from: [{{python_file: {{relative_path: m.py, attribute: {attribute}}}}}]"
    )
    pipeline = analyze(Request(paths=(folder,))).pipeline
    location = pipeline.locations[0]
    return (
        [str(asset.key) for asset in location.assets],
        [job.name for job in location.jobs],
        [told.rule for told in pipeline.diagnostics],
    )


@pytest.mark.parametrize("attribute", ["made", "listed", "some"])
def test_functions_are_called_and_lists_are_of_assets(tmp_path: Path, attribute: str) -> None:
    assert analyzed(tmp_path, attribute) == (["orders"], [], [])


def test_a_function_may_return_a_job(tmp_path: Path) -> None:
    assert analyzed(tmp_path, "job") == ([], ["counting"], [])


def test_what_is_not_known_is_told(tmp_path: Path) -> None:
    assert analyzed(tmp_path, "given") == ([], [], ["unresolved-asset"])


def test_what_does_not_exist_is_told(tmp_path: Path) -> None:
    assert analyzed(tmp_path, "absent") == ([], [], ["empty-code-location"])
