"""All defaults."""

from pathlib import Path

import dagster as dg
from dagster_dbt import DbtCliResource, DbtProject, dbt_assets

project = DbtProject(Path(__file__).parent / "dbt")


@dbt_assets(manifest=project.manifest_path)
def shop(context: dg.AssetExecutionContext, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()


@dg.asset(deps=[dg.AssetKey(["lake", "orders"]), shop])
def after_everything():
    pass


defs = dg.Definitions(assets=[shop, after_everything], resources={"dbt": DbtCliResource(project)})
