"""A module whose `Definitions` a function of another module makes holds what they hold."""

from pathlib import Path

import pytest

from assetgen.analyzer.analysis import Request, analyze

COLLECTING = """
import dagster as dg


def collect(*names):
    specs = [dg.AssetSpec(name, group_name="collected") for name in names]
    return dg.Definitions(assets=specs, jobs=[dg.define_asset_job("all", "*")])
"""


@pytest.mark.parametrize("name", ("defs", "everything"))
def test_made_by_a_function(name: str, tmp_path: Path) -> None:
    (tmp_path / "collecting.py").write_text(COLLECTING)
    path = tmp_path / "main.py"
    path.write_text(f'import collecting\n\n{name} = collecting.collect("orders", "lines")\n')

    [location] = analyze(Request(paths=(path,))).pipeline.locations

    assert {str(asset.key): asset.group_name for asset in location.assets} == {
        "orders": "collected",
        "lines": "collected",
    }
    assert [job.name for job in location.jobs] == ["all"]
