import json
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtProjectComponent
from dagster_sling import SlingReplicationCollectionComponent


@dataclass
class Exposed(DbtProjectComponent):
    group: str = "exposures"

    def build_defs_from_state(self, context, state_path):
        base = super().build_defs_from_state(context, state_path)
        project = self._project_manager.get_project(state_path)
        manifest = json.loads(Path(project.manifest_path).read_text())
        specs = []
        for exposure in manifest.get("exposures", {}).values():
            nodes = [manifest["nodes"].get(each) for each in exposure["depends_on"]["nodes"]]
            specs.append(
                dg.AssetSpec(
                    ["exposure", exposure["name"]],
                    deps=[self.translator.get_asset_key(node) for node in nodes if node],
                    group_name=self.group,
                    kinds={exposure["type"]},
                )
            )
        owned = [
            each.map_asset_specs(lambda spec: spec.replace_attributes(group_name="owned"))
            for each in base.assets or []
            if isinstance(each, dg.AssetsDefinition)
        ]
        return dg.Definitions(assets=[*owned, *specs], resources=base.resources)


class Prefixed(DagsterDbtTranslator):
    def __init__(self, prefix, settings):
        super().__init__(settings=settings)
        self._prefix = prefix

    def get_asset_key(self, dbt_resource_props):
        return super().get_asset_key(dbt_resource_props).with_prefix(self._prefix)

    def get_group_name(self, dbt_resource_props):
        return super().get_group_name(dbt_resource_props) or dbt_resource_props["fqn"][-1]

    def get_partitions_def(self, dbt_resource_props):
        config = dbt_resource_props.get("config", {})
        if config.get("incremental_strategy") != "microbatch":
            return None
        return dg.DailyPartitionsDefinition(start_date=config["begin"].split("T")[0])

    def get_description(self, dbt_resource_props):
        return f"from {dbt_resource_props['config'].get('begin')}"

    def get_asset_check_spec(self, asset_spec, manifest, unique_id, project):
        base = super().get_asset_check_spec(asset_spec, manifest, unique_id, project)
        return base and dg.AssetCheckSpec(f"{self._prefix}_{base.name}", asset=base.asset_key)


@dataclass
class Translated(DbtProjectComponent):
    prefix: str = "plain"
    checks: bool = True

    @cached_property
    def translator(self):
        settings = replace(self.translation_settings, enable_asset_checks=self.checks)
        return Prefixed(self.prefix, settings)


class Checked(DbtProjectComponent):
    def get_asset_spec(self, manifest, unique_id, project):
        base = super().get_asset_spec(manifest, unique_id, project)
        return base.replace_attributes(key=base.key.with_prefix("checked"))

    def get_asset_check_spec(self, asset_spec, manifest, unique_id, project):
        props = self.get_resource_props(manifest, unique_id)
        base = super().get_asset_check_spec(asset_spec, manifest, unique_id, project)
        name = f"own_{props['name']}_{base is None}"
        return dg.AssetCheckSpec(name, asset=asset_spec.key)


class Told(DbtProjectComponent):
    def build_defs(self, context):
        options = f"{self.select} {self.exclude!r} {self.selector!r} {self.cli_args}"
        more = f"{self.include_metadata} {self.op} {self.translation} {self.prepare_if_dev}"
        checks = self.translation_settings.enable_asset_checks
        spec = dg.AssetSpec(
            "told",
            description=f"{self.dbt_project.name} {options} {more} {checks}",
            group_name=Path(self.dbt_project.project_dir).name,
            deps=[self.asset_key_for_model("raw")],
        )
        return dg.Definitions(assets=[spec])


class Replicated(SlingReplicationCollectionComponent):
    def build_asset(self, context, replication_spec_model):
        base = super().build_asset(context, replication_spec_model)
        group = Path(replication_spec_model.path).stem
        return base.map_asset_specs(lambda spec: spec.replace_attributes(group_name=group))
