"""Writes what real Dagster says of the projects beside this file into `recorded/`.

Not part of the tests: it needs the integrations themselves, which the tests do not. In an
environment with `dagster-dbt dbt-core dbt-duckdb dagster-dlt dlt dagster-sling dagstermill
dagster-airbyte dagster-fivetran`:

    python tests/integrations/record.py

dbt projects are copied and parsed there by dbt; their manifests are not kept.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
MODULES = {
    "shop": ("default", "translated", "specs"),
    "loads": ("loads",),
    "notebooks": ("notebooks",),
    "synced": ("synced",),
    "market": ("market",),
}
TARGETS = {"default": "dev", "translated": "prod", "specs": "dev", "market": "dev"}
SELECTIONS = (
    ("stg_orders", ""),
    ("staging", ""),
    ("shop.staging", ""),
    ("+revenue", ""),
    ("1+revenue", ""),
    ("stg_orders+1", ""),
    ("@stg_customers", ""),
    ("tag:staging", ""),
    ("tag:stag*", ""),
    ("tag:core,tag:money", ""),
    ("tag:staging tag:money", "stg_orders"),
    ("path:models/marts", ""),
    ("models/staging/*.sql", ""),
    ("path:seeds", ""),
    ("file:report.sql", ""),
    ("revenue.sql", ""),
    ("source:raw_shop", ""),
    ("source:raw_shop.orders+", ""),
    ("config.materialized:table", ""),
    ("config.tags:nightly", ""),
    ("resource_type:snapshot", ""),
    ("package:shop", "resource_type:test"),
    ("group:finance", ""),
    ("price_list", ""),
    ("price_list.v1", ""),
    ("price_list_v2", ""),
    ("fqn:shop.marts.*", ""),
    ("s*_orders", ""),
    ("", "tag:all"),
    ("nothing_of_that_name", ""),
)


def main() -> None:
    (HERE / "recorded").mkdir(exist_ok=True)
    from dagster_dbt.dbt_manifest import read_manifest_path

    with tempfile.TemporaryDirectory() as folder:
        projects = Path(folder) / "projects"
        shutil.copytree(HERE / "projects", projects)
        for project, modules in MODULES.items():
            sys.path.insert(0, str(projects / project))
            for module in modules:
                if (projects / project / "dbt").exists():
                    parse(projects / project / "dbt", TARGETS[module])
                    read_manifest_path.cache_clear()
                write(module, record(importlib.import_module(module).defs))
        parse(projects / "shop" / "dbt", "dev")
        write("selections", selections(projects / "shop" / "dbt"))
        write("selectors", selectors(projects / "market" / "dbt"))


def parse(project: Path, target: str) -> None:
    shutil.rmtree(project / "target", ignore_errors=True)
    command = ["dbt", "parse", "--quiet", "--no-partial-parse", "--target", target]
    subprocess.run(
        [str(Path(sys.executable).parent / command[0]), *command[1:]], cwd=project, check=True
    )


def record(definitions) -> dict[str, object]:
    graph = definitions.resolve_asset_graph()
    assets = {}
    for node in sorted(graph.asset_nodes, key=lambda one: one.key):
        assets[node.key.to_user_string()] = {
            "deps": sorted(key.to_user_string() for key in node.parent_keys),
            "group": node.group_name,
            "description": node.description,
            "kinds": sorted(node.kinds or ()),
            "tags": {k: v for k, v in sorted(node.tags.items()) if "dagster/kind/" not in k},
            "owners": sorted(node.owners),
            "code_version": node.code_version,
            "automation": node.automation_condition is not None,
            "partitions": type(node.partitions_def).__name__ if node.partitions_def else None,
            "executable": node.is_executable,
            "step": node.assets_def.node_def.name if node.is_executable else None,
            "mappings": {
                key.to_user_string(): type(mapping).__name__
                for key, mapping in sorted(node.partition_mappings.items())
            },
            "table": node.metadata.get("dagster/table_name"),
        }
    checks = [
        {
            "asset": node.key.asset_key.to_user_string(),
            "name": node.key.name,
            "blocking": node.blocking,
            "additional_deps": sorted(
                key.to_user_string() for key in node.parent_entity_keys - {node.key.asset_key}
            ),
        }
        for node in sorted(graph.asset_check_nodes, key=lambda one: one.key)
    ]
    jobs = {
        job.name: sorted(key.to_user_string() for key in job.asset_layer.executable_asset_keys)
        for job in definitions.resolve_all_job_defs()
        if not job.name.startswith("__")
    }
    return {"assets": assets, "checks": checks, "jobs": jobs}


def selections(project: Path) -> list[object]:
    from dagster_dbt.utils import select_unique_ids

    os.chdir(project)  # what `path:` is relative to
    manifest = json.loads((project / "target" / "manifest.json").read_text())
    named = {key: node["name"] for key, node in manifest["nodes"].items()}
    found = []
    for select, exclude in SELECTIONS:
        ids = select_unique_ids(select or "fqn:*", exclude, "", None, manifest)
        names = sorted(readable(key, named) for key in ids if key in named)
        found.append({"select": select, "exclude": exclude, "ids": names})
    return found


def selectors(project: Path) -> dict[str, list[str]]:
    """What the selectors of a project mean: models, seeds, snapshots, sources, and tests."""
    from dagster_dbt.utils import select_unique_ids

    os.chdir(project)
    manifest = json.loads((project / "target" / "manifest.json").read_text())
    named = {key: node["name"] for key, node in manifest["nodes"].items()}
    kinds = ("model", "seed", "snapshot", "source", "test")
    return {
        name: sorted(
            readable(key, named)
            for key in select_unique_ids("fqn:*", "", name, None, manifest)
            if key.partition(".")[0] in kinds
        )
        for name in manifest["selectors"]
    }


def readable(unique_id: str, named: dict[str, str]) -> str:
    """Tests by name: the digest at the end of their ids is dbt's own business."""
    return f"test {named[unique_id]}" if unique_id.startswith("test.") else unique_id


def write(name: str, data: object) -> None:
    packages = ("dagster", "dagster-dbt", "dbt-core", "dbt-duckdb", "dagster-dlt", "dlt")
    versions = {package: version(package) for package in (*packages, "dagster-sling")}
    text = json.dumps({"versions": versions, "said": data}, indent=1, sort_keys=True)
    (HERE / "recorded" / f"{name}.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
