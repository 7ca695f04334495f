"""The names of the steps of checks that Dagster's factories build: they hold a digest."""

import datetime
from pathlib import Path

import dagster as dg

from assetgen.analyzer.analysis import Request, analyze

SOURCE = """
import datetime
import dagster as dg

orders = dg.AssetSpec("orders")
lines = dg.AssetSpec(["raw", "lines"])
checks = [
    *dg.build_last_update_freshness_checks(
        assets=[orders, lines], lower_bound_delta=datetime.timedelta(hours=2)
    ),
    *dg.build_column_schema_change_checks(assets=[orders, lines]),
    *dg.build_metadata_bounds_checks(assets=["orders"], metadata_key="rows", min_value=1),
]
defs = dg.Definitions(assets=[orders, lines], asset_checks=checks)
"""


def test_steps_are_named_as_dagster_names_them(tmp_path: Path) -> None:
    path = tmp_path / "main.py"
    path.write_text(SOURCE)

    [location] = analyze(Request(paths=(path,))).pipeline.locations

    assert {check.step for check in location.checks} == dagster_names()


def dagster_names() -> set[str]:
    both = ["orders", dg.AssetKey(["raw", "lines"])]
    built = [
        *dg.build_last_update_freshness_checks(
            assets=both, lower_bound_delta=datetime.timedelta(hours=2)
        ),
        *dg.build_column_schema_change_checks(assets=both),
        *dg.build_metadata_bounds_checks(assets=["orders"], metadata_key="rows", min_value=1),
    ]
    return {checks.node_def.name for checks in built}
