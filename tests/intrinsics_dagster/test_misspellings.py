"""Which names that Dagster lacks are taken for slips, and which for names of a later one."""

from __future__ import annotations

import dagster as dg
import pytest

from assetgen.analyzer.intrinsics.registry import INTRINSICS


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("dagster.AssetKeys", "AssetKey"),
        ("dagster.DailyPartitionDefinition", "DailyPartitionsDefinition"),
        ("dagster.Definitons", "Definitions"),
        ("dagster.Assetspec", "AssetSpec"),
        ("dagster.load_assets_from_module", "load_assets_from_modules"),
        ("dagster.multi_observable_source_assets_check", None),
        ("dagster.AutomationCondition.any_deps_updating", None),
        ("dagster.graph_multi_asset_sensor", None),
        ("dagster.something", None),
        ("dagster_other.AssetKeys", None),
    ],
)
def test_a_slip_is_in_one_word(name: str, meant: str | None) -> None:
    assert INTRINSICS.meant_by(name) == meant


def test_nothing_that_dagster_has_is_a_slip() -> None:
    slips = {name: INTRINSICS.meant_by(f"dagster.{name}") for name in dir(dg)}
    assert {name for name, meant in slips.items() if meant is not None} == set()
