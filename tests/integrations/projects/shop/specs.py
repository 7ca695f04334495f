"""Translators that override the spec, dataclasses, manifests read by hand, settings."""

import os
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
from dagster_dbt import (
    DagsterDbtTranslator,
    DagsterDbtTranslatorSettings,
    DbtCliResource,
    DbtProject,
    build_dbt_asset_specs,
    dbt_assets,
    group_from_dbt_resource_props_fallback_to_directory,
)
from dagster_dbt.asset_utils import get_asset_keys_by_output_name_for_source

DBT_DIR = os.path.join(os.path.dirname(os.path.abspath(__file__)), "dbt")  # noqa: PTH100, PTH118, PTH120
project = DbtProject(project_dir=DBT_DIR, target_path="target", profiles_dir=DBT_DIR)
project.prepare_if_dev()


class Specs(DagsterDbtTranslator):
    def get_asset_spec(self, manifest, unique_id, project):
        spec = super().get_asset_spec(manifest, unique_id, project)
        props = self.get_resource_props(manifest, unique_id)
        if props["resource_type"] == "source":
            return spec
        layer = Path(props["original_file_path"]).parent.name
        return spec.replace_attributes(
            key=spec.key.with_prefix("one"),
            group_name=layer,
            owners=[*spec.owners, "team:all"],
            tags={**spec.tags, "materialized": props["config"]["materialized"]},
        ).merge_attributes(kinds={"sql"})


@dataclass
class Prefixed(DagsterDbtTranslator):
    prefix: str = "two"

    @property
    def settings(self):
        return DagsterDbtTranslatorSettings(
            enable_asset_checks=False, enable_dbt_views_as_virtual_assets=True
        )

    def get_asset_key(self, dbt_resource_props):
        meta = dbt_resource_props.get("config", {}).get("meta", {}) or {}
        owner = meta.get("dagster", {}).get("owners", ["nobody"])[0]
        key = super().get_asset_key(dbt_resource_props)
        return dg.AssetKey([self.prefix, *key.path[:-1], f"{key.path[-1]}_{len(owner)}"])

    def get_group_name(self, dbt_resource_props):
        return group_from_dbt_resource_props_fallback_to_directory(dbt_resource_props)


@dbt_assets(manifest=project.manifest_path, dagster_dbt_translator=Specs(), select="tag:all")
def first(context, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()


@dbt_assets(
    manifest=Path(DBT_DIR, "target", "manifest.json"),
    dagster_dbt_translator=Prefixed(),
    select="stg_orders+1 tag:history",
    exclude="resource_type:test",
    backfill_policy=dg.BackfillPolicy.multi_run(3),
    partitions_def=dg.StaticPartitionsDefinition(["a", "b"]),
)
def second(context, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()


external = build_dbt_asset_specs(
    manifest=project.manifest_path,
    dagster_dbt_translator=DagsterDbtTranslator(),
    select="countries",
)

raw = [
    dg.AssetSpec(key, group_name="raw", deps=["landing"])
    for key in get_asset_keys_by_output_name_for_source([first], "raw_shop").values()
]

defs = dg.Definitions(
    assets=[first, second, *external, *raw], resources={"dbt": DbtCliResource(project)}
)
