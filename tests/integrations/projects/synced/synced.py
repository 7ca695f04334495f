"""Connections of Airbyte and Fivetran whose tables are given."""

import dagster as dg
from dagster_airbyte import build_airbyte_assets
from dagster_fivetran import build_fivetran_assets

TABLES = ("customers", "orders")


@dg.asset
def export(): ...


shop = build_airbyte_assets(
    connection_id="3f-7a-11",
    destination_tables=[f"raw_{name}" for name in TABLES],
    asset_key_prefix=["lake", "shop"],
    group_name="loads",
)
events = build_airbyte_assets(
    "events",
    ["visits", "clicks"],
    normalization_tables={"visits": {"visits_pages"}},
    deps=[dg.AssetKey("export")],
    destination_database="lake",
    destination_schema="web",
    destination_type="snowflake",
)
crm = build_fivetran_assets(
    "crm_connector",
    ["crm.people", "crm.firms"],
    asset_key_prefix=["synced"],
    group_name="crm",
    metadata_by_table_name={"crm.firms": {"owner": "sales"}},
)
single = build_fivetran_assets(connector_id="single", destination_tables=["web.hits"])


@dg.asset(
    deps=[dg.AssetKey(["lake", "shop", "raw_orders"]), dg.AssetKey(["synced", "crm", "firms"])]
)
def report(): ...


resources = {
    name: dg.ResourceDefinition.hardcoded_resource(name) for name in ("airbyte", "fivetran")
}
defs = dg.Definitions(assets=[export, *shop, *events, *crm, *single, report], resources=resources)
