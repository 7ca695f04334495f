"""A translator of the project's own, selections, partitions and lookups."""

from pathlib import Path

import dagster as dg
from dagster_dbt import (
    DagsterDbtTranslator,
    DagsterDbtTranslatorSettings,
    DbtCliResource,
    DbtProject,
    build_dbt_asset_selection,
    dbt_assets,
    get_asset_key_for_model,
)

project = DbtProject(project_dir=Path(__file__).joinpath("..", "dbt").resolve(), target="prod")
daily = dg.DailyPartitionsDefinition("2024-01-01")


class Translator(DagsterDbtTranslator):
    def __init__(self, prefix):
        super().__init__(DagsterDbtTranslatorSettings(enable_source_tests_as_checks=True))
        self.prefix = prefix

    def get_asset_key(self, dbt_resource_props):
        if dbt_resource_props["resource_type"] == "source":
            return super().get_asset_key(dbt_resource_props).with_prefix("src")
        return dg.AssetKey([self.prefix, dbt_resource_props["alias"]])

    def get_group_name(self, dbt_resource_props):
        return "_".join(dbt_resource_props["fqn"][1:-1]) or None

    @classmethod
    def get_description(cls, dbt_resource_props):
        return f"{dbt_resource_props['resource_type']}: {dbt_resource_props.get('description')}"

    def get_metadata(self, dbt_resource_props):
        return {"materialized": dbt_resource_props["config"].get("materialized", "")}

    def get_tags(self, dbt_resource_props):
        tags = DagsterDbtTranslator.get_tags(self, dbt_resource_props)
        return {**tags, "schema": dbt_resource_props["schema"]}

    def get_automation_condition(self, dbt_resource_props):
        if dbt_resource_props["config"].get("materialized") == "incremental":
            return dg.AutomationCondition.on_cron("@daily")
        return super().get_automation_condition(dbt_resource_props)

    def get_partition_mapping(self, dbt_resource_props, dbt_parent_resource_props):
        if dbt_parent_resource_props["name"] == "stg_customers":
            return dg.LastPartitionMapping()
        return None


@dbt_assets(
    manifest=project.manifest_path,
    exclude="config.materialized:incremental",
    dagster_dbt_translator=Translator("dw"),
    project=project,
    io_manager_key="warehouse",
)
def most(context, dbt: DbtCliResource):
    """Not a description of the assets."""
    yield from dbt.cli(["build"], context=context).stream()


@dbt_assets(
    manifest=project.manifest_path,
    select="config.materialized:incremental",
    name="by_day",
    dagster_dbt_translator=Translator("dw"),
    partitions_def=daily,
)
def incremental(context, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()


@dg.asset(
    deps=[
        get_asset_key_for_model([most], "report"),
        get_asset_key_for_model([incremental], "revenue"),
    ]
)
def dashboard():
    pass


staging = dg.define_asset_job(
    "staging", build_dbt_asset_selection([most], dbt_select="path:models/staging tag:core")
)

defs = dg.Definitions(
    assets=[most, incremental, dashboard],
    jobs=[staging],
    resources={"dbt": DbtCliResource(project), "warehouse": dg.InMemoryIOManager()},
)
