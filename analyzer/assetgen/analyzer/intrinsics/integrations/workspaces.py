"""Integrations whose assets only a server knows: the assets are not known, and the diagnostic names
the server."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping

from assetgen.analyzer.evaluate.bound_values import KnownMethod
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Record, Value
from assetgen.analyzer.intrinsics.integrations.specs_of import lost_assets

_HOLDERS: ReadOnlyMapping[str, str] = {
    "dagster_airbyte.airbyte_assets": "the Airbyte workspace",
    "dagster_airbyte.build_airbyte_assets_definitions": "the Airbyte workspace",
    "dagster_airbyte.load_airbyte_asset_specs": "the Airbyte workspace",
    "dagster_airbyte.load_airbyte_cloud_asset_specs": "the Airbyte Cloud workspace",
    "dagster_airbyte.load_assets_from_airbyte_instance": "the Airbyte instance",
    "dagster_airbyte.load_assets_from_airbyte_project": "the project of Airbyte's connections",
    "dagster_airbyte.load_assets_from_connections": "the Airbyte instance",
    "dagster_fivetran.fivetran_assets": "the Fivetran workspace",
    "dagster_fivetran.build_fivetran_assets_definitions": "the Fivetran workspace",
    "dagster_fivetran.load_fivetran_asset_specs": "the Fivetran workspace",
    "dagster_fivetran.load_assets_from_fivetran_instance": "the Fivetran instance",
    "dagster_dbt.dbt_cloud_assets": "the dbt Cloud workspace",
    "dagster_dbt.load_dbt_cloud_asset_specs": "the dbt Cloud workspace",
    "dagster_dbt.load_dbt_cloud_check_specs": "the dbt Cloud workspace",
    "dagster_dbt.load_assets_from_dbt_cloud_job": "the dbt Cloud job",
    "dagster_dbt.load_assets_from_dbt_manifest": "the dbt manifest, in a way no longer supported",
    "dagster_dbt.load_assets_from_dbt_project": "the dbt project, in a way no longer supported",
    "dagster_looker.load_looker_asset_specs": "the Looker instance",
    "dagster_looker.build_looker_pdt_assets_definitions": "the Looker instance",
    "dagster_tableau.load_tableau_asset_specs": "the Tableau workspace",
    "dagster_tableau.tableau_assets": "the Tableau workspace",
    "dagster_powerbi.load_powerbi_asset_specs": "the Power BI workspace",
    "dagster_sigma.load_sigma_asset_specs": "the Sigma organization",
    "dagster_hightouch.build_hightouch_assets": "the Hightouch workspace",
    "dagster_omni.load_omni_asset_specs": "the Omni workspace",
    "dagster_census.load_census_asset_specs": "the Census workspace",
    "dagster_polytomic.load_polytomic_asset_specs": "the Polytomic workspace",
    "dagster_databricks.load_databricks_asset_specs": "the Databricks workspace",
}
"""Functions and decorators, and what would have to be asked for their assets."""

_DECORATORS = frozenset(
    (
        "dagster_airbyte.airbyte_assets",
        "dagster_fivetran.fivetran_assets",
        "dagster_dbt.dbt_cloud_assets",
        "dagster_tableau.tableau_assets",
    )
)


def _lost(call: Call) -> Value:
    holder = call.unknown("external", f"{_HOLDERS[call.name]} is not asked")
    return lost_assets(call, call.last_name, holder)


def _decorator(call: Call) -> Value:
    return KnownMethod(f"{call.name}.<decorate>", Record(call.name, {}, (), call.site))


def _decorated(call: Call) -> Value:
    name = call.name.removesuffix(".<decorate>")
    holder = call.unknown("external", f"{_HOLDERS[name]} is not asked")
    return lost_assets(call, name.rpartition(".")[2], holder)


TABLE: dict[str, Intrinsic] = {
    **{name: _decorator if name in _DECORATORS else _lost for name in _HOLDERS},
    **{f"{name}.<decorate>": _decorated for name in _DECORATORS},
}
"""The intrinsics of what only servers know."""
