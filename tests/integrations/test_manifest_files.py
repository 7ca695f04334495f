"""Manifests that the code loads itself, and that are made where it runs: they are not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.integrations.test_losses import assets_of, dbt_project, location_of

from assetgen.analyzer.intrinsics.integrations.dbt_project.manifest import Manifest, read_manifest
from assetgen.analyzer.project.disk import Disk, Refused

MAIN = """
import json
from pathlib import Path
import dagster as dg
from dagster_dbt import DbtProject, dbt_assets
project = DbtProject(Path(__file__).parent / "dbt")
{manifest}
@dbt_assets(manifest=manifest)
def models(context): ...
defs = dg.Definitions(assets=[models])
"""
OTHER = {"other/dbt_project.yml": "name: other\nprofile: shop\n", "other/models/z.sql": "select 1"}


@pytest.mark.parametrize(
    "manifest",
    [
        "manifest = json.loads(project.manifest_path.read_text())",
        "manifest = json.loads(s=project.manifest_path.read_bytes())",
        "manifest = json.load(open(project.manifest_path))",
        "with open(project.manifest_path) as file:\n    manifest = json.load(fp=file)",
    ],
)
def test_a_manifest_of_one_project_of_several(tmp_path: Path, manifest: str) -> None:
    models = {"a.sql": "select 1", "b.sql": "select * from {{ ref('a') }}"}
    files = {**dbt_project(models, MAIN.replace("{manifest}", manifest)), **OTHER}
    location, told = location_of(tmp_path, files)
    found = assets_of(location)
    assert {str(key): [str(dep.key) for dep in asset.deps] for key, asset in found.items()} == {
        "a": [],
        "b": ["a"],
    }
    assert told == []


def test_definitions_made_of_its_nodes(tmp_path: Path) -> None:
    main = """
import json
from pathlib import Path
import dagster as dg
from dagster_dbt import dbt_assets
PATH = Path(__file__).parent / "dbt" / "target" / "manifest.json"
nodes = json.loads(PATH.read_text())["nodes"].values()
def step(name):
    @dbt_assets(manifest=PATH, select=name, name=f"run_{name}")
    def _step(context): ...
    return _step
steps = [step(node["name"]) for node in nodes if node["resource_type"] == "model"]
defs = dg.Definitions(assets=steps)
"""
    location, told = location_of(
        tmp_path, dbt_project({"a.sql": "select 1", "b.sql": "select 2"}, main)
    )
    assert {key: asset.step for key, asset in assets_of(location).items()} == {
        "a": "run_a",
        "b": "run_b",
    }
    assert told == []


EXPOSURES = """
exposures:
  - name: dashboard
    type: dashboard
    owner: {name: Ann, email: ann@example.com}
    meta: {team: sales}
    depends_on: ["ref('a')"]
"""


def test_definitions_made_of_its_exposures(tmp_path: Path) -> None:
    main = """
import json
from pathlib import Path
import dagster as dg
from dagster_dbt import DbtProject, dbt_assets
project = DbtProject(Path(__file__).parent / "dbt")
manifest = json.loads(project.manifest_path.read_text())
@dbt_assets(manifest=manifest, select="+exposure:dashboard")
def models(context): ...
def shown(exposure):
    deps = [manifest["nodes"][key]["name"] for key in exposure["depends_on"]["nodes"]]
    return dg.AssetSpec(exposure["name"], deps=deps, group_name=exposure["meta"]["team"])
boards = [shown(exposure) for exposure in manifest["exposures"].values()]
defs = dg.Definitions(assets=[models, *boards])
"""
    models = {"a.sql": "select 1", "b.sql": "select 2", "exposures.yml": EXPOSURES}
    location, told = location_of(tmp_path, dbt_project(models, main))
    found = assets_of(location)
    assert sorted(found) == ["a", "dashboard"]
    assert [str(dep.key) for dep in found["dashboard"].deps] == ["a"]
    assert found["dashboard"].group_name == "sales"
    assert told == []


def test_manifests_may_be_larger_than_other_files(tmp_path: Path) -> None:
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps({"metadata": {}, "nodes": {}, "sources": {}}), encoding="utf-8")
    disk = Disk(max_file_bytes=8)
    assert isinstance(disk.read(file), Refused)
    assert isinstance(read_manifest(file, disk), Manifest)
    assert disk.refused == ()


def test_a_source_is_the_asset_that_fills_its_table(tmp_path: Path) -> None:
    main = """
from pathlib import Path
import dagster as dg
from dagster_dbt import dbt_assets
@dg.asset(metadata={"dagster/table_name": "db.raw.orders"})
def loaded(): ...
@dbt_assets(manifest=Path(__file__).parent / "manifest.json")
def models(context): ...
defs = dg.Definitions(assets=[loaded, models])
"""
    source = {"resource_type": "source", "source_name": "raw", "name": "orders"}
    model = {
        "resource_type": "model",
        "name": "report",
        "depends_on": {"nodes": ["source.shop.raw.orders"]},
    }
    manifest = {
        "nodes": {"model.shop.report": model},
        "sources": {"source.shop.raw.orders": {**source, "database": "db", "schema": "raw"}},
    }
    files = {"main.py": main, "manifest.json": json.dumps(manifest)}
    location, told = location_of(tmp_path, files)
    found = assets_of(location)
    assert {key: [str(dep.key) for dep in found[key].deps] for key in found} == {
        "loaded": [],
        "report": ["loaded"],
    }
    assert told == []


def test_freshness_checks_that_models_ask_for(tmp_path: Path) -> None:
    main = """
from pathlib import Path
import dagster as dg
from dagster_dbt import DbtProject, build_freshness_checks_from_dbt_assets, dbt_assets
project = DbtProject(Path(__file__).parent / "dbt")
@dbt_assets(manifest=project.manifest_path)
def models(context): ...
checks = build_freshness_checks_from_dbt_assets(dbt_assets=[models])
defs = dg.Definitions(assets=[models], asset_checks=checks)
"""
    schema = """
models:
  - name: a
    meta: {dagster: {freshness_check: {lower_bound_delta_seconds: 60, severity: "WARN"}}}
"""
    files = dbt_project({"a.sql": "select 1", "b.sql": "select 2"}, main)
    location, told = location_of(tmp_path, {**files, "dbt/models/schema.yml": schema})
    assert [(str(check.asset), check.name) for check in location.checks] == [
        ("a", "freshness_check")
    ]
    assert told == []
