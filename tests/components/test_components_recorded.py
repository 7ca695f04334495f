"""Projects of integrations' components, held against what real Dagster said of them.

`recorded/` was written by `record.py` beside this file, with the versions that it names.
"""

import json
from pathlib import Path

import pytest

from assetgen.analyzer.analysis import Request, analyze
from assetgen.analyzer.model.pipeline import CodeLocation

HERE = Path(__file__).parent


def said(location: CodeLocation) -> dict[str, object]:
    assets = {
        "/".join(asset.key.parts): {
            "deps": sorted({"/".join(dep.key.parts) for dep in asset.deps}),
            "group": asset.group_name,
            "description": asset.description,
            "kinds": sorted(asset.kinds),
            "tags": dict(sorted(asset.tags)),
            "code_version": asset.code_version,
            "backfill": asset.backfill_policy,
            "partitions": asset.partitions.kind if asset.partitions else None,
            "step": asset.step,
        }
        for asset in location.assets
    }
    checks = sorted(f"{'/'.join(check.asset.parts)}:{check.name}" for check in location.checks)
    return {"assets": assets, "checks": checks}


@pytest.mark.parametrize(
    ("name", "module"), [("warehouse", "shop.definitions"), ("overrides", "lab.definitions")]
)
def test_components_of_integrations_are_what_dagster_says(name: str, module: str) -> None:
    recorded = json.loads((HERE / "recorded" / f"{name}.json").read_text(encoding="utf-8"))

    project = HERE / "projects" / name
    pipeline = analyze(Request(paths=(project,), modules=(module,))).pipeline

    assert [each.message for each in pipeline.diagnostics] == []
    assert said(pipeline.locations[0]) == recorded["said"]
