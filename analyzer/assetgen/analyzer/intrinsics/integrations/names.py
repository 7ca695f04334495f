"""Packages of Dagster's integrations, and the names that the tables know of what is in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Family, Intrinsic
from assetgen.analyzer.evaluate.values import Value
from assetgen.analyzer.intrinsics.data_arguments import taking_data
from assetgen.analyzer.intrinsics.directories import on_demand
from assetgen.analyzer.intrinsics.python.conversions import refusing

PACKAGES: Final = frozenset(
    (
        "dagster_airbyte",
        "dagster_census",
        "dagster_databricks",
        "dagster_dbt",
        "dagster_dlt",
        "dagster_fivetran",
        "dagster_hightouch",
        "dagster_looker",
        "dagster_omni",
        "dagster_polytomic",
        "dagster_powerbi",
        "dagster_sigma",
        "dagster_sling",
        "dagster_tableau",
        "dagstermill",
        "dlt",
    )
)
"""Those that the table of integrations speaks of."""


@lru_cache(maxsize=1)
def _whole() -> Family:
    """The table, which few projects need in full."""
    from assetgen.analyzer.intrinsics.integrations.tables import WHOLE

    return WHOLE


def _finished(rows: Mapping[str, Intrinsic]) -> Mapping[str, Intrinsic]:
    return taking_data(refusing(rows))


def _key_for_model(call: Call) -> Value:
    from assetgen.analyzer.intrinsics.integrations.components.dbt_components import key_for_model

    return key_for_model(call)


INTEGRATIONS: Final = Family(taking_data({"dagster.Component.asset_key_for_model": _key_for_model}))
"""What integrations make of names that nearly every project has."""

INTEGRATIONS_LATER: Final[Mapping[str, Callable[[], Family]]] = {
    **dict.fromkeys(PACKAGES, _whole),
    **on_demand(
        __package__,
        {
            "components.resource_components": (
                *("dagster_aws", "dagster_gcp", "dagster_k8s", "dagster_snowflake"),
                "dagster_hightouch.HightouchSyncComponent",
            ),
            "components.translations": ("dagster.TranslationFn",),
            "dbt.manifest_files": ("json",),
            "metadata_sets": (
                *("dagster.CodeReferencesMetadataSet", "dagster.TableMetadataSet"),
                *("dagster.UriMetadataSet", "dagster.build_kind_tag"),
            ),
        },
        _finished,
    ),
}
"""By packages, and by names in packages: the table, and what integrations make of names in other
packages."""

_FORMER_PACKAGES = {
    "dagster_embedded_elt.dlt.": "dagster_dlt.",
    "dagster_embedded_elt.sling.": "dagster_sling.",
}


def integration_name(qualname: str) -> str:
    """The public name, as the tables have it, of a name in a module of an integration.

    `dagster_dbt.asset_decorator.dbt_assets` is `dagster_dbt.dbt_assets`, and likewise for classes.
    """
    for former, present in _FORMER_PACKAGES.items():
        if qualname.startswith(former):
            return integration_name(present + qualname[len(former) :])
    package, _, rest = qualname.partition(".")
    of_dagster = package.startswith("dagster_")
    is_known = package in PACKAGES and package != "dlt"
    if not (of_dagster or is_known):
        return qualname
    rows = _whole().calls if is_known else {}
    if qualname in rows:
        return qualname
    parts = rest.split(".")
    for index in range(1, len(parts)):
        name = f"{package}.{'.'.join(parts[index:])}"
        if name in rows:
            return name
        if of_dagster and parts[index][:1].isupper() and not parts[index - 1][:1].isupper():
            return name
    return qualname
