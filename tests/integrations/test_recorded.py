"""Projects with integrations, held against what real Dagster said of them.

`recorded/` was written by `record.py` beside this file, which loads `projects/` in real Dagster
with the versions that each recording names; dbt's manifests were made by `dbt parse` there, and are
not here: what is held equal is what the dbt projects' own files say.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assetgen.analyzer.analysis import Request, analyze
from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.place import Place
from assetgen.analyzer.intrinsics.integrations.dbt_project.project import read_project
from assetgen.analyzer.intrinsics.integrations.dbt_project.selection.selection import select_ids
from assetgen.analyzer.intrinsics.integrations.dbt_project.selection.selectors import select_by_name
from assetgen.analyzer.model.pipeline import CodeLocation, Pipeline
from assetgen.analyzer.project.files.project_files import ProjectFiles

HERE = Path(__file__).parent
MODULES = {
    "default": "shop",
    "translated": "shop",
    "specs": "shop",
    "loads": "loads",
    "notebooks": "notebooks",
    "synced": "synced",
    "market": "market",
}


def recorded(name: str) -> Any:
    return json.loads((HERE / "recorded" / f"{name}.json").read_text(encoding="utf-8"))["said"]


def said(location: CodeLocation) -> dict[str, object]:
    assets = {}
    for asset in location.assets:
        assets["/".join(asset.key.parts)] = {
            "deps": sorted({"/".join(dep.key.parts) for dep in asset.deps}),
            "group": asset.group_name,
            "description": asset.description,
            "kinds": sorted(asset.kinds),
            "tags": dict(sorted(asset.tags)),
            "owners": sorted(asset.owners),
            "code_version": asset.code_version,
            "automation": asset.automation_condition is not None,
            "partitions": asset.partitions.kind if asset.partitions else None,
            "executable": asset.kind == "materializable",
            "step": asset.step,
            "mappings": {
                "/".join(dep.key.parts): dep.partition_mapping.kind
                for dep in asset.deps
                if dep.partition_mapping is not None
            },
            "table": dict(asset.metadata).get("dagster/table_name"),
        }
    checks = [
        {
            "asset": "/".join(check.asset.parts),
            "name": check.name,
            "blocking": check.blocking,
            "additional_deps": sorted("/".join(key.parts) for key in check.additional_deps),
        }
        for check in location.checks
    ]
    return {"assets": assets, "checks": checks}


def pipeline_of(name: str) -> Pipeline:
    root = HERE / "projects" / MODULES[name]
    return analyze(Request(modules=(name,), source_roots=(root,), paths=(root,))).pipeline


@pytest.mark.parametrize("name", MODULES)
def test_projects_are_read_as_dagster_recorded_them(name: str) -> None:
    truth, found = recorded(name), said(pipeline_of(name).locations[0])
    assert sorted(found["assets"]) == sorted(truth["assets"])
    for key, asset in truth["assets"].items():
        own = found["assets"][key]
        if not asset["executable"]:  # what Dagster makes up of a stub is its own business
            asset, own = {"deps": asset["deps"]}, {"deps": own["deps"]}
        assert own == asset, key
    assert found["checks"] == truth["checks"]


@pytest.mark.parametrize("name", MODULES)
def test_nothing_of_the_recorded_projects_is_lost(name: str) -> None:
    told = [item for item in pipeline_of(name).diagnostics if item.rule.startswith("unresolved")]
    assert [item.message for item in told] == []


def test_a_job_over_a_dbt_selection() -> None:
    jobs = {job.name: job for job in pipeline_of("translated").locations[0].jobs}
    found = sorted("/".join(key.parts) for key in jobs["staging"].assets)
    assert found == recorded("translated")["jobs"]["staging"]


@pytest.mark.parametrize("case", recorded("selections"), ids=lambda case: str(case["select"]))
def test_selections_of_dbt(case: dict[str, Any]) -> None:
    folder = HERE / "projects" / "shop" / "dbt"
    manifest = read_project(ProjectFiles((folder,)), Place(folder), lambda name, default: default)
    assert not isinstance(manifest, Lost)
    chosen = select_ids(manifest, case["select"], case["exclude"])
    assert not isinstance(chosen, Lost)
    names = sorted(
        f"test {node['name']}" if key.startswith("test.") else key
        for key, node in manifest.nodes.items()
        if key in chosen
    )
    assert names == case["ids"]


@pytest.mark.parametrize("name", recorded("selectors"))
def test_selectors_of_dbt(name: str) -> None:
    folder = HERE / "projects" / "market" / "dbt"
    manifest = read_project(ProjectFiles((folder,)), Place(folder), lambda name, default: default)
    assert not isinstance(manifest, Lost)
    chosen = select_by_name(manifest, name)
    assert not isinstance(chosen, Lost)
    kinds = ("model", "seed", "snapshot", "source", "test")
    found = sorted(
        f"test {manifest.nodes[key]['name']}" if key.startswith("test.") else key
        for key in chosen
        if key.partition(".")[0] in kinds
    )
    assert found == recorded("selectors")[name]
