"""A project of integrations' components, held against what real Dagster said of it.

`recorded/` was written by `record.py` beside this file, with the versions that it names.
"""

import json
from pathlib import Path

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
            "step": asset.step,
        }
        for asset in location.assets
    }
    checks = sorted(f"{'/'.join(check.asset.parts)}:{check.name}" for check in location.checks)
    return {"assets": assets, "checks": checks}


def test_components_of_integrations_are_what_dagster_says() -> None:
    recorded = json.loads((HERE / "recorded" / "warehouse.json").read_text(encoding="utf-8"))

    project = HERE / "projects" / "warehouse"
    pipeline = analyze(Request(paths=(project,), modules=("shop.definitions",))).pipeline

    assert [each.message for each in pipeline.diagnostics] == []
    assert said(pipeline.locations[0]) == recorded["said"]
