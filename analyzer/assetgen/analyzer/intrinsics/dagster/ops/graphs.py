"""`@graph`, `@graph_asset`, `@graph_multi_asset` and `@job`."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import NONE, Mapping, Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.assets.asset_inputs import AssetInputs, asset_inputs
from assetgen.analyzer.intrinsics.dagster.assets.assets import (
    decorated_key,
    given_attributes,
    key_site,
    own_resources,
)
from assetgen.analyzer.intrinsics.dagster.assets.attributes import read_attributes
from assetgen.analyzer.intrinsics.dagster.assets.keys import is_given
from assetgen.analyzer.intrinsics.dagster.assets.multi_assets import op_name
from assetgen.analyzer.intrinsics.dagster.assets.origins import with_origin
from assetgen.analyzer.intrinsics.dagster.automation.jobs import name_of
from assetgen.analyzer.intrinsics.dagster.checks.check_specs import check_op_name, read_check_specs
from assetgen.analyzer.intrinsics.dagster.configs.job_configs import config_of_job
from assetgen.analyzer.intrinsics.dagster.configs.partitioned_configs import (
    partitions_of_job,
    unknown_of_job,
)
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetOutput, AssetsValue
from assetgen.analyzer.intrinsics.dagster.declared.checks import CheckSpecValue
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue, PendingValue
from assetgen.analyzer.intrinsics.dagster.declared.jobs import JobValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import OutValue, SpecValue
from assetgen.analyzer.intrinsics.dagster.names import (
    check_key_name,
    name_problem,
)
from assetgen.analyzer.intrinsics.dagster.ops.composition import compose
from assetgen.analyzer.intrinsics.dagster.ops.decorated_functions import Decorated, decorated
from assetgen.analyzer.intrinsics.dagster.ops.decorating import decorator
from assetgen.analyzer.intrinsics.dagster.ops.docstrings import described
from assetgen.analyzer.intrinsics.dagster.ops.graph_leaves import check_leaves
from assetgen.analyzer.intrinsics.dagster.ops.hooks import hooks_of
from assetgen.analyzer.intrinsics.dagster.ops.inputs import read_ins
from assetgen.analyzer.intrinsics.dagster.ops.loadable_types import check_given
from assetgen.analyzer.intrinsics.dagster.ops.ops import (
    inferred_outputs,
    op_inputs,
)
from assetgen.analyzer.intrinsics.dagster.ops.outputs import output_key, read_outs
from assetgen.analyzer.intrinsics.dagster.places import argument_place
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, why
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.keys import AssetKey, op_name_of
from assetgen.analyzer.model.steps import Input, Output

_GRAPH = Parameters(
    "compose_fn=None, *, name=None, description=None, input_defs=None, output_defs=None, "
    "ins=None, out=None, tags=None, config=None"
)


def _graph(call: Call, bound: Bound, function: Value) -> Value:
    target = decorated(call, function)
    name = op_name(call, bound, target)
    ins, _ = read_ins(call, bound, name)
    inputs = op_inputs(call, name, _for_graph(target), {key: one for key, (one, _) in ins.items()})
    outputs, explicit = _graph_outputs(call, bound["out"], name, target)
    graph = compose(call, name, "graph", function, inputs, outputs, target.site, explicit)
    return _described(graph, bound, target)


def _graph_outputs(
    call: Call, value: Value, name: str, target: Decorated
) -> tuple[tuple[Output, ...], bool]:
    """The outputs that `out=` declares, or the one that may be returned; whether declared."""
    value = Doubts().first_option(value)
    if isinstance(value, Mapping):
        outs, _ = read_outs(call, value, name, argument_place(call, "out"))
        return tuple(Output(key) for key in outs), True
    if isinstance(value, OutValue):
        return (Output("result"),), True
    return inferred_outputs(call, target, {}), False


def _described(graph: GraphValue, bound: Bound, target: Decorated) -> GraphValue:
    doubts = Doubts()
    tags = bound.get("tags")
    takes_config = "config" in bound and bound["config"] != NONE
    return replace(
        graph,
        description=doubts.text(bound["description"]) or described(target.signature.doc),
        tags=doubts.entries(tags) if tags is not None else (),
        takes_config=takes_config,
        fixed_config=doubts.literal(bound["config"]) if takes_config else None,
    )


def _for_graph(target: Decorated) -> Decorated:
    """Graphs take no context: a parameter with that name is an input."""
    context = target.roles.context
    if context is None:
        return target
    roles = replace(target.roles, context=None, inputs=(context, *target.roles.inputs))
    return replace(target, roles=roles)


# -- graph-backed assets

_GRAPH_ASSET = Parameters(
    "compose_fn=None, *, name=None, description=None, ins=None, config=None, key_prefix=None, "
    "group_name=None, partitions_def=None, hooks=None, metadata=None, tags=None, owners=None, "
    "automation_condition=None, backfill_policy=None, resource_defs=None, check_specs=None, "
    "code_version=None, key=None, kinds=None, legacy_freshness_policy=None, "
    "auto_materialize_policy=None, freshness_policy=None"
)


def _graph_asset(call: Call, bound: Bound, function: Value) -> Value:
    target = _for_graph(decorated(call, function))
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
    graph = _described(graph, bound, target)
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
    target = _for_graph(decorated(call, function))
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


# -- @job

_JOB = Parameters(
    "compose_fn=None, *, name=None, description=None, resource_defs=None, config=None, tags=None, "
    "run_tags=None, metadata=None, logger_defs=None, executor_def=None, hooks=None, "
    "op_retry_policy=None, partitions_def=None, input_values=None, owners=None"
)


def _job(call: Call, bound: Bound, function: Value) -> Value:
    target = _for_graph(decorated(call, function))
    given = bound["name"]
    if isinstance(given, Unknown):
        call.report("unresolved-job", f"the name of a job is not known: {why(given)}", target.site)
        return call.unknown("unsupported", "the name of the job is not known", given)
    name = op_name(call, bound, target)
    inputs: tuple[Input, ...] = op_inputs(call, name, target, {})
    _check_input_values(call, bound, inputs)
    graph = compose(call, name, "job", function, inputs, (), target.site, False)
    check_given(call, graph, f"the job `{name}`")
    return call.declared(
        JobValue(
            name,
            target.site.where_chosen(given),
            graph=replace(_described(graph, bound, target), takes_config=False),
            partitions=partitions_of_job(call, bound),
            resources=_resources(bound),
            description=Doubts().text(bound["description"]) or described(target.signature.doc),
            config=config_of_job(call, bound),
            hooks=hooks_of(bound["hooks"]),
            unknown=unknown_of_job(call, bound),
        )
    )


def _check_input_values(call: Call, bound: Bound, inputs: tuple[Input, ...]) -> None:
    given = bound["input_values"]
    known = [one.name for one in inputs]
    for name, _, site, _ in Doubts().placed(given, argument_place(call, "input_values")):
        if name not in known:
            call.report("unknown-op-input", f"the job has no input `{name}` to be given", site)


def _resources(bound: Bound) -> dict[str, Value] | None:
    given = bound["resource_defs"]
    if given == NONE:
        return {}
    if not isinstance(given, Mapping) or given.losses:
        return None
    return dict(given.text_entries())


_TO_JOB = Parameters(
    "name=None, description=None, resource_defs=None, config=None, tags=None, metadata=None, "
    "logger_defs=None, executor_def=None, hooks=None, op_retry_policy=None, op_selection=None, "
    "partitions_def=None, asset_layer=None, input_values=None, run_tags=None, owners=None, "
    "automation_condition=None, _asset_selection_data=None"
)


def _to_job(call: Call) -> Value:
    bound = _TO_JOB.bind(call)
    return job_of_graph(call, bound, call.receiver or NONE)


def job_of_graph(call: Call, bound: Bound, given: Value) -> Value:
    """The job of a graph, or of one under an alias, as described by the arguments of a call."""
    pending = given if isinstance(given, PendingValue) else None
    graph = pending.definition if pending is not None else given
    if not isinstance(graph, GraphValue):
        return call.unknown("unsupported", "the graph of the job is not known", graph)
    own = (pending.alias if pending is not None else None) or graph.name
    name = name_of(call, bound, "a job") if bound["name"] != NONE else own
    if isinstance(name, Unknown):
        return name
    problem = name_problem(name)
    if problem and is_given(bound["name"]):
        call.report("bad-name", problem, argument_place(call, "name", 0))
    if not is_given(bound.get("op_selection")):
        check_given(call, graph, f"the job `{name}`")
    return call.declared(
        JobValue(
            name,
            call.site.where_chosen(bound["name"]),
            graph=graph,
            partitions=partitions_of_job(call, bound),
            resources=_resources(bound),
            description=Doubts().text(bound["description"]) or graph.description,
            config=config_of_job(call, bound),
            hooks=hooks_of(bound.get("hooks") or bound.get("hook_defs") or NONE),
            unknown=unknown_of_job(call, bound),
            changed=pending.changed if pending is not None else (),
        )
    )


TABLE: dict[str, Intrinsic] = {
    **decorator("dagster.graph", _GRAPH, "compose_fn", _graph),
    **decorator("dagster.graph_asset", _GRAPH_ASSET, "compose_fn", _graph_asset),
    **decorator("dagster.graph_multi_asset", _GRAPH_MULTI_ASSET, None, _graph_multi_asset),
    **decorator("dagster.job", _JOB, "compose_fn", _job),
    "dagster.GraphDefinition.to_job": _to_job,
    "dagster.PendingNodeInvocation.to_job": _to_job,
}
"""The intrinsics of graphs and of what is made from them."""
