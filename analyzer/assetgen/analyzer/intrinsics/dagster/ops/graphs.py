"""`@graph`."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import NONE, Mapping, Value
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import OutValue
from assetgen.analyzer.intrinsics.dagster.functions.decorated_functions import Decorated, decorated
from assetgen.analyzer.intrinsics.dagster.functions.decorating import decorator
from assetgen.analyzer.intrinsics.dagster.functions.docstrings import described
from assetgen.analyzer.intrinsics.dagster.ops.composition import compose
from assetgen.analyzer.intrinsics.dagster.ops.inputs import read_ins
from assetgen.analyzer.intrinsics.dagster.ops.ops import (
    inferred_outputs,
    op_inputs,
    op_name,
)
from assetgen.analyzer.intrinsics.dagster.ops.outputs import read_outs
from assetgen.analyzer.intrinsics.dagster.places import argument_place
from assetgen.analyzer.intrinsics.dagster.plain import Doubts
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.steps import Output

_GRAPH = Parameters(
    "compose_fn=None, *, name=None, description=None, input_defs=None, output_defs=None, "
    "ins=None, out=None, tags=None, config=None"
)


def _graph(call: Call, bound: Bound, function: Value) -> Value:
    target = decorated(call, function)
    name = op_name(call, bound, target)
    ins, _ = read_ins(call, bound, name)
    inputs = op_inputs(call, name, for_graph(target), {key: one for key, (one, _) in ins.items()})
    outputs, explicit = _graph_outputs(call, bound["out"], name, target)
    graph = compose(call, name, "graph", function, inputs, outputs, target.site, explicit)
    return described_graph(graph, bound, target)


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


def described_graph(graph: GraphValue, bound: Bound, target: Decorated) -> GraphValue:
    """A graph with what the decorator and the docstring say of it."""
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


def for_graph(target: Decorated) -> Decorated:
    """Graphs take no context: a parameter with that name is an input."""
    context = target.roles.context
    if context is None:
        return target
    roles = replace(target.roles, context=None, inputs=(context, *target.roles.inputs))
    return replace(target, roles=roles)


TABLE: dict[str, Intrinsic] = {
    **decorator("dagster.graph", _GRAPH, "compose_fn", _graph),
}
"""The intrinsics of graphs."""
