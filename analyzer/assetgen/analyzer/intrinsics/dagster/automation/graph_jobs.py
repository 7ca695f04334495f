"""Jobs of ops: `@job`, `graph.to_job()` and `JobDefinition`."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import NONE, Mapping, Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.automation.jobs import name_of
from assetgen.analyzer.intrinsics.dagster.configs.job_configs import config_of_job
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue, PendingValue
from assetgen.analyzer.intrinsics.dagster.declared.jobs import JobValue
from assetgen.analyzer.intrinsics.dagster.functions.decorated_functions import decorated
from assetgen.analyzer.intrinsics.dagster.functions.decorating import decorator
from assetgen.analyzer.intrinsics.dagster.functions.docstrings import described
from assetgen.analyzer.intrinsics.dagster.functions.loadable_types import check_given
from assetgen.analyzer.intrinsics.dagster.keys import is_given
from assetgen.analyzer.intrinsics.dagster.names import (
    name_problem,
)
from assetgen.analyzer.intrinsics.dagster.ops.composition import compose
from assetgen.analyzer.intrinsics.dagster.ops.graphs import described_graph, for_graph
from assetgen.analyzer.intrinsics.dagster.ops.hooks import hooks_of
from assetgen.analyzer.intrinsics.dagster.ops.ops import (
    op_inputs,
    op_name,
)
from assetgen.analyzer.intrinsics.dagster.partitions.partitioned_configs import (
    partitions_of_job,
    unknown_of_job,
)
from assetgen.analyzer.intrinsics.dagster.places import argument_place
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, why
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.steps import Input

_JOB = Parameters(
    "compose_fn=None, *, name=None, description=None, resource_defs=None, config=None, tags=None, "
    "run_tags=None, metadata=None, logger_defs=None, executor_def=None, hooks=None, "
    "op_retry_policy=None, partitions_def=None, input_values=None, owners=None"
)


def _job(call: Call, bound: Bound, function: Value) -> Value:
    target = for_graph(decorated(call, function))
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
            graph=replace(described_graph(graph, bound, target), takes_config=False),
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


_DEFINITION = Parameters(
    "*, graph_def, resource_defs=None, executor_def=None, logger_defs=None, name=None, "
    "config=None, description=None, partitions_def=None, tags=None, run_tags=None, metadata=None, "
    "hook_defs=None, op_retry_policy=None, asset_layer=None, input_values=None, owners=None"
)


def _job_definition(call: Call) -> Value:
    bound = _DEFINITION.bind(call)
    return job_of_graph(call, bound, bound["graph_def"])


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
    **decorator("dagster.job", _JOB, "compose_fn", _job),
    "dagster.GraphDefinition.to_job": _to_job,
    "dagster.JobDefinition": _job_definition,
    "dagster.PendingNodeInvocation.to_job": _to_job,
}
"""The intrinsics of jobs of ops."""
