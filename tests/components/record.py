"""Writes what real Dagster says of the projects beside this file into `recorded/`.

Not part of the tests: it needs the integrations themselves, which the tests do not. In an
environment with `dagster-dbt dbt-core dbt-duckdb dagster-sling dagster-dlt dlt[duckdb]`:

    python tests/components/record.py NAME

The project is copied, and its dbt project parsed there by dbt; the manifest is not kept.
"""

from __future__ import annotations

import importlib
import json
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
PROJECTS = {"overrides": ("lab.definitions", "lake"), "warehouse": ("shop.definitions", "jaffle")}
"""By its folder, the module of a project and the folder of its dbt project."""


def main() -> None:
    name = sys.argv[1]
    module, lake = PROJECTS[name]
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / name
        shutil.copytree(HERE / "projects" / name, project)
        dbt = str(Path(sys.executable).parent / "dbt")
        subprocess.run([dbt, "parse", "--quiet"], cwd=project / lake, check=True)
        sys.path.insert(0, str(project))
        said = record(importlib.import_module(module).defs())
    packages = ("dagster", "dagster-dbt", "dbt-core", "dagster-sling", "dagster-dlt", "dlt")
    text = json.dumps(
        {"versions": {each: version(each) for each in packages}, "said": said},
        indent=1,
        sort_keys=True,
    )
    (HERE / "recorded" / f"{name}.json").write_text(text + "\n")


def record(definitions) -> dict[str, object]:
    graph = definitions.resolve_asset_graph()
    assets = {
        node.key.to_user_string(): {
            "deps": sorted(key.to_user_string() for key in node.parent_keys),
            "group": node.group_name,
            "description": node.description,
            "kinds": sorted(node.kinds or ()),
            "tags": {k: v for k, v in sorted(node.tags.items()) if "dagster/kind/" not in k},
            "code_version": node.code_version,
            "backfill": str(node.backfill_policy) if node.backfill_policy else None,
            "partitions": type(node.partitions_def).__name__ if node.partitions_def else None,
            "step": node.assets_def.op.name if node.is_executable else None,
        }
        for node in graph.asset_nodes
    }
    checks = sorted(
        f"{key.asset_key.to_user_string()}:{key.name}" for key in graph.asset_check_keys
    )
    return {"assets": assets, "checks": checks}


if __name__ == "__main__":
    main()
