"""`python pipeline.py --events FILE`: the run as lines of JSON, which the harness reads."""

import json
from pathlib import Path
from typing import Any

import pytest

from assetgen.runtime.model.asset_keys import AssetKey
from assetgen.runtime.model.declarations import FromAsset, Pipeline, Step
from assetgen.runtime.model.step_results import MaterializeResult
from assetgen.runtime.runs.command_line import main


def orders() -> Any:
    return MaterializeResult(value=[1, 2], metadata={"rows": 2, "of": AssetKey(["raw", "orders"])})


def broken(orders: list[int]) -> None:
    raise ValueError("no report today")


def mail(broken: None) -> None: ...


PIPELINE = Pipeline(
    steps=(
        Step("orders", orders),
        Step("broken", broken, inputs=(FromAsset("orders", "orders"),)),
        Step("mail", mail, inputs=(FromAsset("broken", "broken"),)),
    )
)


def test_every_event_is_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    events = tmp_path / "events.jsonl"

    code = main(PIPELINE, ["--storage", str(tmp_path / "storage"), "--events", str(events)])

    lines = [json.loads(line) for line in events.read_text().splitlines()]
    assert code == 1
    assert [(line["event"], line["step"]) for line in lines] == [
        ("step_started", "orders"),
        ("materialized", "orders"),
        ("step_succeeded", "orders"),
        ("step_started", "broken"),
        ("step_failed", "broken"),
        ("step_not_run", "mail"),
    ]
    assert lines[1]["metadata"]["rows"] == 2
    assert lines[1]["metadata"]["of"] == ["raw", "orders"]
    assert lines[4]["error"] == {"type": "ValueError", "message": "no report today"}
    assert lines[5]["because"] == ["broken"]


def test_a_file_that_cannot_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(PIPELINE, ["--events", str(tmp_path / "absent" / "events.jsonl")])

    assert code == 1
    assert "cannot write the events" in capsys.readouterr().err
