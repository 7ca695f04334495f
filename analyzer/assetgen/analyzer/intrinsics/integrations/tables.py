"""All that is known of Dagster's integrations, in one table."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Intrinsic
from assetgen.analyzer.evaluate.values import Constant, Value
from assetgen.analyzer.intrinsics.integrations import (
    dlt,
    dlt_library,
    dlt_sources,
    metadata_sets,
    notebooks,
    sling,
    synced_tables,
    workspaces,
)
from assetgen.analyzer.intrinsics.integrations.dbt import assets as dbt_assets
from assetgen.analyzer.intrinsics.integrations.dbt import lookups as dbt_lookups
from assetgen.analyzer.intrinsics.integrations.dbt import manifest_files as dbt_manifest_files
from assetgen.analyzer.intrinsics.integrations.dbt import projects as dbt_projects
from assetgen.analyzer.intrinsics.integrations.dbt import translator as dbt_translator

INTEGRATION_CALLS: dict[str, Intrinsic] = {
    **dbt_projects.TABLE,
    **dbt_translator.TABLE,
    **dbt_assets.TABLE,
    **dbt_lookups.TABLE,
    **dbt_manifest_files.TABLE,
    **dlt_sources.TABLE,
    **dlt_library.TABLE,
    **dlt.TABLE,
    **sling.TABLE,
    **notebooks.TABLE,
    **metadata_sets.TABLE,
    **synced_tables.TABLE,
    **workspaces.TABLE,
}
"""From qualified names to what calling them means."""

INTEGRATION_VALUES: dict[str, Value] = {
    "dagster_dbt.DBT_DEFAULT_SELECT": Constant("fqn:*"),
    "dagster_dbt.DBT_DEFAULT_EXCLUDE": Constant(""),
    "dagster_dbt.DBT_DEFAULT_SELECTOR": Constant(""),
}
"""From qualified names to values."""

INTEGRATION_PROPERTIES: frozenset[str] = dbt_translator.PROPERTIES
"""The rows of `INTEGRATION_CALLS` that are read as attributes."""

_PACKAGES = frozenset(
    package
    for name in INTEGRATION_CALLS
    if (package := name.partition(".")[0]) not in ("dagster", "dlt", "json")
)

_FORMER_PACKAGES = {
    "dagster_embedded_elt.dlt.": "dagster_dlt.",
    "dagster_embedded_elt.sling.": "dagster_sling.",
}


def integration_name(qualname: str) -> str:
    """The name under which the tables know what stands in a module of an integration:
    `dagster_dbt.asset_decorator.dbt_assets` is `dagster_dbt.dbt_assets`, and so is a class."""
    for former, present in _FORMER_PACKAGES.items():
        if qualname.startswith(former):
            return integration_name(present + qualname[len(former) :])
    package, _, rest = qualname.partition(".")
    of_dagster = package.startswith("dagster_")
    if not (of_dagster or package in _PACKAGES) or qualname in INTEGRATION_CALLS:
        return qualname
    parts = rest.split(".")
    for index in range(1, len(parts)):
        name = f"{package}.{'.'.join(parts[index:])}"
        if name in INTEGRATION_CALLS:
            return name
        if of_dagster and parts[index][:1].isupper() and not parts[index - 1][:1].isupper():
            return name
    return qualname
