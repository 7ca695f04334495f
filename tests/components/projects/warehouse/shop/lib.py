import dagster as dg
from dagster_dbt.components.dbt_project.component import DbtProjectComponent
from dagster_dlt import DltLoadCollectionComponent
from dagster_sling import SlingReplicationCollectionComponent


class Own(DbtProjectComponent):
    def get_asset_spec(self, manifest, unique_id, project):
        base = super().get_asset_spec(manifest, unique_id, project)
        props = self.get_resource_props(manifest, unique_id)
        return base.replace_attributes(
            key=base.key.with_prefix("own"),
            group_name="own_" + props["name"],
        )


class Sling(SlingReplicationCollectionComponent):
    def get_asset_spec(self, stream_definition):
        base = super().get_asset_spec(stream_definition)
        return base.replace_attributes(tags={"stream": stream_definition["name"].replace(".", "_")})


@dg.template_var
def spec_of():
    def inner(spec, definition):
        return spec.replace_attributes(group_name="from_" + definition["name"].split(".")[0])

    return inner


class OwnLoads(DltLoadCollectionComponent):
    def get_asset_spec(self, data):
        spec = super().get_asset_spec(data)
        return spec.replace_attributes(key="ignored", description=f"own {data.resource.name}")

    def build_defs(self, context):
        sources = [
            dg.AssetSpec(
                f"{load.source.name}_of_{load.pipeline.dataset_name}",
                group_name="plain" if load.translation is None else "translated",
            )
            for load in self.loads
        ]
        return dg.Definitions.merge(super().build_defs(context), dg.Definitions(assets=sources))
