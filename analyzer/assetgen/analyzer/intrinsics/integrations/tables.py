"""The table of intrinsics for Dagster's integrations, which is imported when one of them is
used."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Family, Intrinsic
from assetgen.analyzer.evaluate.values import Constant, Value
from assetgen.analyzer.intrinsics.dagster.refusals.refusals import checking
from assetgen.analyzer.intrinsics.data_arguments import taking_data
from assetgen.analyzer.intrinsics.integrations import (
    dlt,
    dlt_library,
    dlt_sources,
    notebooks,
    sling,
    synced_tables,
    workspaces,
)
from assetgen.analyzer.intrinsics.integrations.components import (
    dbt_components,
    dbt_members,
    dlt_components,
    sling_components,
)
from assetgen.analyzer.intrinsics.integrations.dbt import assets as dbt_assets
from assetgen.analyzer.intrinsics.integrations.dbt import lookups as dbt_lookups
from assetgen.analyzer.intrinsics.integrations.dbt import projects as dbt_projects
from assetgen.analyzer.intrinsics.integrations.dbt import translator as dbt_translator

_CALLS: dict[str, Intrinsic] = {
    **dbt_projects.TABLE,
    **dbt_translator.TABLE,
    **dbt_assets.TABLE,
    **dbt_lookups.TABLE,
    **dlt_sources.TABLE,
    **dlt_library.TABLE,
    **dlt.TABLE,
    **sling.TABLE,
    **notebooks.TABLE,
    **synced_tables.TABLE,
    **workspaces.TABLE,
    **dbt_components.TABLE,
    **dbt_members.TABLE,
    **dlt_components.TABLE,
    **sling_components.TABLE,
}

_VALUES: dict[str, Value] = {
    "dagster_dbt.DBT_DEFAULT_SELECT": Constant("fqn:*"),
    "dagster_dbt.DBT_DEFAULT_EXCLUDE": Constant(""),
    "dagster_dbt.DBT_DEFAULT_SELECTOR": Constant(""),
}

_PROPERTIES = dbt_projects.PROPERTIES | dbt_translator.PROPERTIES | dbt_members.PROPERTIES

WHOLE = Family(taking_data(checking(_CALLS)), _VALUES, _PROPERTIES)
