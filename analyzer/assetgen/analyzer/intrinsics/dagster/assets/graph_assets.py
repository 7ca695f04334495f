"""`@graph_asset` and `@graph_multi_asset`."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Value
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.assets.asset_inputs import AssetInputs, asset_inputs
from assetgen.analyzer.intrinsics.dagster.assets.assets import (
    decorated_key,
    given_attributes,
    key_site,
    own_resources,
)
from assetgen.analyzer.intrinsics.dagster.assets.check_specs import check_op_name, read_check_specs
from assetgen.analyzer.intrinsics.dagster.attributes.attributes import read_attributes
from assetgen.analyzer.intrinsics.dagster.attributes.origins import with_origin
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetOutput, AssetsValue
from assetgen.analyzer.intrinsics.dagster.declared.checks import CheckSpecValue
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import OutValue, SpecValue
from assetgen.analyzer.intrinsics.dagster.functions.decorated_functions import decorated
from assetgen.analyzer.intrinsics.dagster.functions.decorating import decorator
from assetgen.analyzer.intrinsics.dagster.functions.docstrings import described
from assetgen.analyzer.intrinsics.dagster.functions.loadable_types import check_given
from assetgen.analyzer.intrinsics.dagster.names import (
    check_key_name,
)
from assetgen.analyzer.intrinsics.dagster.ops.composition import compose
from assetgen.analyzer.intrinsics.dagster.ops.graph_leaves import check_leaves
from assetgen.analyzer.intrinsics.dagster.ops.graphs import described_graph, for_graph
from assetgen.analyzer.intrinsics.dagster.ops.inputs import read_ins
from assetgen.analyzer.intrinsics.dagster.ops.ops import (
    op_name,
)
from assetgen.analyzer.intrinsics.dagster.ops.outputs import output_key, read_outs
from assetgen.analyzer.intrinsics.dagster.places import argument_place
from assetgen.analyzer.intrinsics.dagster.plain import Doubts
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.keys import AssetKey, op_name_of
from assetgen.analyzer.model.steps import Output

_GRAPH_ASSET = Parameters(
    "compose_fn=None, *, name=None, description=None, ins=None, config=None, key_prefix=None, "
    "group_name=None, partitions_def=None, hooks=None, metadata=None, tags=None, owners=None, "
    "automation_condition=None, backfill_policy=None, resource_defs=None, check_specs=None, "
    "code_version=None, key=None, kinds=None, legacy_freshness_policy=None, "
    "auto_materialize_policy=None, freshness_policy=None"
)


def _graph_asset(call: Call, bound: Bound, function: Value) -> Value:
    target = for_graph(decorated(call, function))
    key = decorated_key(call, bound, target)
    if not isinstance(key, AssetKey):
        return key
    check_key_name(call, key.parts, target.site)
    subject = str(key)
    ins, losses = read_ins(call, bound, subject)
    read = asset_inputs(call, target, ins, (), subject)
    checks = read_check_specs(call, bound)
    outputs = (Output("result"), *_check_outputs(checks))
    graph = compose(
        call, op_name_of(key), "graph_asset", function, read.inputs, outputs, target.site, True
    )
    check_leaves(call, graph)
    check_given(call, graph, f"the asset `{subject}`")
    graph = described_graph(graph, bound, target)
    attributes = with_origin(given_attributes(call, bound, subject), graph, "result")
    site = key_site(bound, target)
    spec = SpecValue(key, site, read.edges, attributes, (*losses, *read.losses))
    return call.declared(
        AssetsValue(
            graph.name,
            "graph_asset",
            target.site,
            outputs=(AssetOutput("result", spec),),
            inputs=read.edges,
            node=graph,
            checks=checks,
            own_resources=own_resources(bound),
        )
    )


_GRAPH_MULTI_ASSET = Parameters(
    "*, outs, name=None, ins=None, partitions_def=None, hooks=None, backfill_policy=None, "
    "group_name=None, can_subset=False, resource_defs=None, check_specs=None, config=None"
)


def _graph_multi_asset(call: Call, bound: Bound, function: Value) -> Value:
    target = for_graph(decorated(call, function))
    name = op_name(call, bound, target)
    ins, _ = read_ins(call, bound, name)
    read = asset_inputs(call, target, ins, (), name)
    outs, _ = read_outs(call, bound["outs"], name, argument_place(call, "outs"))
    checks = read_check_specs(call, bound)
    outputs = tuple(Output(key.replace("-", "_")) for key in outs)
    graph = compose(
        call,
        name,
        "graph_multi_asset",
        function,
        read.inputs,
        (*outputs, *_check_outputs(checks)),
        target.site,
        True,
    )
    check_leaves(call, graph)
    graph = replace(graph, description=described(target.signature.doc))
    specs = []
    for output, (out, site) in outs.items():
        key = output_key(call, output, out, site)
        if key is not None:
            specs.append(_graph_output(call, bound, graph, key, output, out, read))
    return call.declared(
        AssetsValue(
            name,
            "graph_multi_asset",
            target.site,
            outputs=tuple(specs),
            inputs=read.edges,
            node=graph,
            checks=checks,
            can_subset=Doubts().flag(bound["can_subset"]),
            own_resources=own_resources(bound),
        )
    )


def _graph_output(
    call: Call,
    bound: Bound,
    graph: GraphValue,
    key: AssetKey,
    output: str,
    out: OutValue,
    read: AssetInputs,
) -> AssetOutput:
    """An asset of a graph: all the inputs of the graph feed it."""
    # the group of an AssetOut is not read here: the decorator's counts
    given = bound.given(("partitions_def", "backfill_policy")) | {"group_name": bound["group_name"]}
    attributes = read_attributes(call, given, str(key), out.attributes)
    name = output.replace("-", "_")
    attributes = with_origin(attributes, graph, name)
    spec = SpecValue(key, out.site, read.edges, attributes, read.losses)
    return AssetOutput(name, spec, not attributes.is_skippable)


def _check_outputs(checks: tuple[CheckSpecValue, ...]) -> tuple[Output, ...]:
    return tuple(Output(check_op_name(check)) for check in checks)


TABLE: dict[str, Intrinsic] = {
    **decorator("dagster.graph_asset", _GRAPH_ASSET, "compose_fn", _graph_asset),
    **decorator("dagster.graph_multi_asset", _GRAPH_MULTI_ASSET, None, _graph_multi_asset),
}
"""The intrinsics of assets that graphs compute."""
