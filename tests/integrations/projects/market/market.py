"""A dbt project with a package, macros that refer to models, and names that macros make."""

from pathlib import Path

import dagster as dg
from dagster_dbt import DbtCliResource, DbtProject, dbt_assets

project = DbtProject(Path(__file__).parent / "dbt")


@dbt_assets(manifest=project.manifest_path, project=project)
def market_models(context, dbt: DbtCliResource): ...


defs = dg.Definitions(
    assets=[market_models], resources={"dbt": dg.ResourceDefinition.hardcoded_resource(1)}
)
