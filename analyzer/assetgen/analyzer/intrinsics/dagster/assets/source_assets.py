"""`SourceAsset`, and the decorators of observable source assets."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import NONE, Constant, Mapping, Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.assets.asset_inputs import asset_inputs
from assetgen.analyzer.intrinsics.dagster.assets.assets import (
    decorated_key,
    key_place,
    key_site,
    own_io_manager_key,
    own_resources,
    with_docstring,
)
from assetgen.analyzer.intrinsics.dagster.assets.check_specs import read_check_specs
from assetgen.analyzer.intrinsics.dagster.assets.multi_assets import specs_by_key
from assetgen.analyzer.intrinsics.dagster.attributes.attributes import read_attributes
from assetgen.analyzer.intrinsics.dagster.collecting import under
from assetgen.analyzer.intrinsics.dagster.declared.assets import (
    AssetOutput,
    AssetsValue,
    SourceAssetValue,
)
from assetgen.analyzer.intrinsics.dagster.declared.graphs import OpValue
from assetgen.analyzer.intrinsics.dagster.functions.decorated_functions import decorated
from assetgen.analyzer.intrinsics.dagster.functions.decorating import decorator
from assetgen.analyzer.intrinsics.dagster.keys import read_key
from assetgen.analyzer.intrinsics.dagster.names import check_key_name
from assetgen.analyzer.intrinsics.dagster.ops.ops import make_op, op_name, options_of
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, why
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.keys import AssetKey, op_name_of
from assetgen.analyzer.model.steps import Output

_SHARED = (
    "metadata=None, io_manager_key=None, io_manager_def=None, description=None, "
    "partitions_def=None, group_name=None, resource_defs=None, op_tags=None, "
    "auto_observe_interval_minutes=None, automation_condition=None, freshness_policy=None, "
    "tags=None, legacy_freshness_policy=None"
)
_ATTRIBUTES = (
    *("metadata", "io_manager_key", "description", "partitions_def", "group_name"),
    *("auto_observe_interval_minutes", "automation_condition", "freshness_policy", "tags"),
)
_SOURCE = Parameters(f"key, {_SHARED}, observe_fn=None, required_resource_keys=None")


def _source_asset(call: Call) -> Value:
    bound = _SOURCE.bind(call)
    key = read_key(call, bound["key"])
    if not isinstance(key, AssetKey):
        reason = why(key) if isinstance(key, Unknown) else "it is not a string"
        call.report("unresolved-asset", f"the key of a SourceAsset is not known: {reason}")
        return call.unknown("told", "the key of the SourceAsset is not known", bound["key"])
    subject = str(key)
    return call.declared(
        SourceAssetValue(
            key,
            call.site.where_chosen(bound["key"]),
            read_attributes(call, _given(call, bound, key) | _with_interval(call, bound), subject),
            _observing(call, bound, key, subject) if bound["observe_fn"] != NONE else None,
            own_resources(bound, key),
        )
    )


def _with_interval(call: Call, bound: Bound) -> dict[str, Value]:
    """The interval of observations, which Dagster keeps in the metadata."""
    interval, metadata = bound["auto_observe_interval_minutes"], bound["metadata"]
    if interval == NONE or not (metadata == NONE or isinstance(metadata, Mapping)):
        return {}
    given = metadata.entries if isinstance(metadata, Mapping) else {}
    losses = list(metadata.losses) if isinstance(metadata, Mapping) else []
    key = Constant("dagster/auto_observe_interval_minutes")
    entries = {**given, call.machine.hash_key(key): (key, interval)}
    return {"metadata": Mapping("dict", entries, losses)}


def _observing(call: Call, bound: Bound, key: AssetKey, subject: str) -> OpValue:
    """The op that observes a source asset by its `observe_fn`."""
    target = decorated(call, bound["observe_fn"])
    options = options_of(call, bound, subject)
    return make_op(call, op_name_of(key), target, (), (Output("result"),), options)


def _given(call: Call, bound: Bound, key: AssetKey) -> dict[str, Value]:
    return own_io_manager_key(bound, key) | bound.given(_ATTRIBUTES)


_OBSERVABLE = Parameters(
    f"observe_fn=None, *, key=None, name=None, key_prefix=None, {_SHARED}, "
    "required_resource_keys=None, **ignored"
)


def _observable(call: Call, bound: Bound, function: Value) -> Value:
    target = decorated(call, function)
    key = decorated_key(call, bound, target)
    if not isinstance(key, AssetKey):
        return key
    check_key_name(call, key.parts, key_place(call, bound, target))
    subject = str(key)
    given = _given(call, bound, key)
    given.pop("auto_observe_interval_minutes", None)  # Dagster drops what its decorator is given
    attributes = read_attributes(call, given, subject)
    read = asset_inputs(call, target, {}, (), subject)
    options = options_of(call, bound, subject)
    op = make_op(call, op_name_of(key), target, read.inputs, (Output("result"),), options)
    site = key_site(bound, target)
    return call.declared(SourceAssetValue(key, site, attributes, op, own_resources(bound, key)))


_MULTI_OBSERVABLE = Parameters(
    "*, specs, name=None, description=None, partitions_def=None, can_subset=False, "
    "required_resource_keys=None, resource_defs=None, group_name=None, check_specs=None"
)


def _multi_observable(call: Call, bound: Bound, function: Value) -> Value:
    """Several observable assets, one for each spec."""
    target = decorated(call, function)
    name = op_name(call, bound, target)
    specs, _ = specs_by_key(call, bound["specs"], f"an asset of `{name}`")
    outputs = []
    shared = bound.given(("partitions_def", "group_name"))
    for each in specs:
        attributes = read_attributes(call, shared, str(each.key), each.attributes)
        described = with_docstring(attributes, target, len(specs))
        spec = replace(each, attributes=described, site=target.site)
        if each.site.condition is not None:
            spec = under(each.site.condition, spec)
        outputs.append(AssetOutput(op_name_of(each.key), spec))
    shapes = tuple(Output(output.name) for output in outputs)
    op = make_op(call, name, target, (), shapes, options_of(call, bound, name))
    return call.declared(
        AssetsValue(
            name,
            "observable",
            target.site,
            outputs=tuple(outputs),
            node=op,
            checks=read_check_specs(call, bound),
            can_subset=Doubts().flag(bound["can_subset"]),
            uses_specs=True,
        )
    )


TABLE: dict[str, Intrinsic] = {
    "dagster.SourceAsset": _source_asset,
    **decorator("dagster.observable_source_asset", _OBSERVABLE, "observe_fn", _observable),
    **decorator(
        "dagster.multi_observable_source_asset", _MULTI_OBSERVABLE, None, _multi_observable
    ),
}
"""The intrinsics of source assets."""
