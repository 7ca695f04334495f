"""Components of integrations that only bind a resource, and those that list their assets in
YAML."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    External,
    Mapping,
    Record,
    Sequence,
    Value,
)
from assetgen.analyzer.intrinsics.components.executables import KnownComponent, given_field
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.intrinsics.dagster.keys import is_given
from assetgen.analyzer.intrinsics.integrations.components.integration_steps import (
    definitions_of,
    multi_asset_of_specs,
)

_AWS = (
    *("AthenaClientResource", "ECRPublicResource", "ParameterStoreResource", "RDSResource"),
    *("S3FileManagerResource", "S3Resource", "SSMResource", "SecretsManagerResource"),
    "SecretsManagerSecretsResource",
)
_GCP = ("BigQueryResource", "DataprocResource", "GCSFileManagerResource", "GCSResource")
_CONNECTIONS = (
    *(f"dagster_aws.{name}CredentialsComponent" for name in ("Athena", "Boto3", "S3")),
    "dagster_snowflake.SnowflakeConnectionComponent",
)


def _bind(call: Call) -> Value:
    """The resource under its key; without a key none, since the component then serves others."""
    component = call.receiver or NONE
    key = given_field(component, "resource_key")
    given: dict[str, Value] = {}
    if is_given(key) and isinstance(component, KnownComponent):
        bound = Mapping()
        made = Record(component.qualname.removesuffix("Component"), {}, (), call.site)
        bound.entries[call.machine.hash_key(key)] = (key, made)
        given["resources"] = bound
    return call.invoke(External("dagster.Definitions"), **given)


def _nothing(call: Call) -> Value:
    return call.invoke(External("dagster.Definitions"))


def _hightouch(call: Call) -> Value:
    spec = given_field(call.receiver or NONE, "asset")
    if not isinstance(spec, SpecValue):
        return call.unknown("unsupported", "the asset of the sync is not known", spec)
    kwargs: dict[str, Value] = {
        "name": Constant("hightouch_sync_" + "_".join(spec.key.parts)),
        "specs": Sequence("list", [spec]),
        "required_resource_keys": Sequence("set", [Constant("hightouch")]),
    }
    return definitions_of(call, [multi_asset_of_specs(call, kwargs, "dagster_hightouch.sync")])


def _pods(call: Call) -> Value:
    """One step with the listed assets, run in a Kubernetes pod."""
    component = call.receiver or NONE
    kwargs = {"name": given_field(component, "name"), "specs": given_field(component, "assets")}
    return multi_asset_of_specs(call, kwargs, "dagster_k8s.PipesK8sClient.run")


def _run_in_pods(call: Call) -> Value:
    return definitions_of(call, [_pods(call)])


TABLE: dict[str, Intrinsic] = {
    **{f"dagster_aws.{name}Component.build_defs": _bind for name in _AWS},
    **{f"dagster_gcp.{name}Component.build_defs": _bind for name in _GCP},
    **{f"{name}.build_defs": _nothing for name in _CONNECTIONS},
    "dagster_hightouch.HightouchSyncComponent.build_defs": _hightouch,
    "dagster_k8s.PipesK8sComponent.build_asset": _pods,
    "dagster_k8s.PipesK8sComponent.build_defs": _run_in_pods,
}
"""The intrinsics of these components."""
