"""What an older Dagster accepts is no error where the project is pinned to one."""

from __future__ import annotations

from pathlib import Path

import pytest

from assetgen.analyzer.analysis import Request, analyze

POLICY = """\
import dagster as dg


@dg.asset(freshness_policy=dg.FreshnessPolicy(maximum_lag_minutes=60))
def orders(): ...
"""


@pytest.mark.parametrize(
    ("requirement", "rules"),
    [
        ("dagster>=1.5", ["invalid-definition"]),
        ("dagster==1.11.2", ["invalid-definition"]),
        ("dagster==1.10.21", []),
        ("dagster>=1.5,<1.9", []),
    ],
)
def test_freshness_policies_took_arguments(
    tmp_path: Path, requirement: str, rules: list[str]
) -> None:
    (tmp_path / "assets.py").write_text(POLICY)
    (tmp_path / "requirements.txt").write_text(f"{requirement}\n")
    pipeline = analyze(Request(paths=(tmp_path,))).pipeline
    assert [each.rule for each in pipeline.diagnostics] == rules
    assert len(pipeline.locations[0].assets) == 1
