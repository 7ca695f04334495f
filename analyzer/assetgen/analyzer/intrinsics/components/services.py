"""Components that ask a service which assets exist: what YAML has to give them."""

from __future__ import annotations

import ast
from collections.abc import Mapping as ReadOnlyMapping

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.intrinsics.components.resolving import Resolution
from assetgen.analyzer.intrinsics.components.yaml_trees import entries, entry
from assetgen.analyzer.model.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Service:
    """The fields of a component: the one that says where the service is, what that one needs (in
    each of its forms), and the others."""

    access: str
    needs: tuple[tuple[str, ...], ...]
    others: tuple[str, ...]


def check_service(resolution: Resolution, qualname: str, given: ast.expr) -> None:
    """Report misspelt fields; raises `Raised` without those that are needed."""
    service = SERVICES.get(qualname)
    if service is None:
        return
    kind = qualname.rpartition(".")[2]
    names = dict(entries(given))
    known = (service.access, *service.others, "defs_state")
    for name, value in names.items():
        meant = _meant_by(name, known)
        if meant is not None:
            message = f"`{name}` is not a field of {kind}; did you mean `{meant}`?"
            resolution.call.report("invalid-definition", message, resolution.site.at(value))
    if service.access not in names:
        message = f"{kind}() needs a value for the field `{service.access}`"
        raise Raised("pydantic_core.ValidationError", message)
    access = entry(given, service.access)
    if not isinstance(access, ast.Dict) or not service.needs:
        return
    lacking = [_lacking(access, needed) for needed in service.needs]
    if all(lacking):
        message = f"`{service.access}` of {kind} needs `{min(lacking, key=len)[0]}`"
        raise Raised("pydantic_core.ValidationError", message)


def _meant_by(name: str, known: tuple[str, ...]) -> str | None:
    """A field that a name is similar to; others may be those of a later version."""
    if name in known:
        return None
    # Imported here since only mistakes need this library.
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, known, n=1, cutoff=0.8)), None)


def _lacking(node: ast.Dict, needed: tuple[str, ...]) -> list[str]:
    given = {name for name, _ in entries(node)}
    return [name for name in needed if name not in given]


_AIRBYTE = Service(
    "workspace",
    (
        ("workspace_id", "client_id", "client_secret"),
        ("workspace_id", "rest_api_base_url", "configuration_api_base_url"),
    ),
    ("connection_selector", "translation"),
)
_TABLEAU = ("connected_app_client_id", "connected_app_secret_id", "connected_app_secret_value")
SERVICES: ReadOnlyMapping[str, Service] = {
    "dagster_airbyte.AirbyteCloudWorkspaceComponent": _AIRBYTE,
    "dagster_airbyte.AirbyteWorkspaceComponent": _AIRBYTE,
    "dagster_census.CensusComponent": Service("workspace", (("api_key",),), ("sync_selector",)),
    "dagster_fivetran.FivetranAccountComponent": Service(
        "workspace",
        (("account_id", "api_key", "api_secret"),),
        ("connector_selector", "translation", "polling_sensor", "include_metadata"),
    ),
    "dagster_looker.LookerComponent": Service(
        "looker_resource", (), ("looker_filter", "translation", "pdt_builds")
    ),
    "dagster_omni.OmniComponent": Service(
        "workspace", (("base_url", "api_key"),), ("translation",)
    ),
    "dagster_powerbi.PowerBIWorkspaceComponent": Service(
        "workspace",
        (("credentials", "workspace_id"),),
        ("use_workspace_scan", "enable_semantic_model_refresh", "translation"),
    ),
    "dagster_sigma.SigmaComponent": Service(
        "organization",
        (),
        ("sigma_filter", "fetch_column_data", "fetch_lineage_data", "translation"),
    ),
    "dagster_tableau.TableauComponent": Service(
        "workspace",
        ((*_TABLEAU, "username", "site_name"),),
        (
            *("tableau_selector", "enable_embedded_datasource_refresh", "translation"),
            "enable_published_datasource_refresh",
        ),
    ),
}
"""By the qualified names of the components."""
