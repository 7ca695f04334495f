"""Composing graphs: the body of a graph runs with handles instead of values.

Each call of an op or graph in it is recorded in the `Composition` found through the chain of calls,
which corresponds to Dagster's stack of contexts.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Function,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.dagster.declared.graphs import (
    GraphValue,
    HandleValue,
    Invoked,
    OpValue,
    OutputsValue,
    PendingValue,
)
from assetgen.analyzer.intrinsics.dagster.ops.dynamic_outputs import DynamicOutputs, note_dynamic
from assetgen.analyzer.intrinsics.dagster.ops.graph_outputs import output_sources
from assetgen.analyzer.intrinsics.dagster.ops.possible_nodes import may_be_node, tell_lost
from assetgen.analyzer.intrinsics.dagster.plain import shown, why
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.model.partitions import RetryPolicy
from assetgen.analyzer.model.steps import (
    FanInSource,
    GraphInputSource,
    Input,
    Output,
    OutputSource,
    Source,
)


@dataclass(slots=True, eq=False)
class Composition:
    """A graph while its body runs.

    `kind` is how it was declared: "graph", "job", "graph_asset". `named` holds the definitions in
    it by their names, `nodes` the names of its nodes. `dynamic` holds the dynamic
    outputs for each of whose values a node runs. `is_wrong` if a node in it was used in a way that
    Dagster refuses. `lost` are calls of what may be nodes, with the places.
    """

    name: str
    kind: str
    invoked: list[Invoked] = field(default_factory=list)
    named: dict[str, list[OpValue | GraphValue]] = field(default_factory=dict)
    nodes: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)
    used_inputs: set[str] = field(default_factory=set)
    dynamic: DynamicOutputs = field(default_factory=dict)
    lost: list[tuple[Value, Site]] = field(default_factory=list)
    is_partial: bool = False
    is_wrong: bool = False


class CompositionSite(Site):
    """The call of a graph's body: code that has it in its chain composes that graph."""

    __slots__ = ("composition",)

    def __init__(self, site: Site, composition: Composition) -> None:
        site._copied_to(self, site.chain, site.condition)
        self.composition = composition

    def leads_to(self, function: Value, arguments: Iterable[Value], site: Site) -> None:
        if composition_at(site) is self.composition and may_be_node(function, arguments):
            self.composition.lost.append((function, site))


def composition_at(site: Site) -> Composition | None:
    """The innermost graph whose body leads to `site`."""
    for caller in reversed(site.chain):
        if isinstance(caller, CompositionSite):
            return caller.composition
    return None


def compose(
    call: Call,
    name: str,
    kind: str,
    function: Value,
    inputs: tuple[Input, ...],
    outputs: tuple[Output, ...],
    site: Site,
    explicit_outputs: bool,
) -> GraphValue:
    """Run the body of a graph and return what it composes."""
    composition = Composition(name, kind)
    handles: dict[str, Value] = {
        one.name: HandleValue(GraphInputSource(one.name), "input", f"input {one.name}")
        for one in inputs
    }
    entered = CompositionSite(call.site, composition)
    returned = call.machine.call(function, (), handles, entered)
    composition.is_partial = composition.is_partial or bool(composition.lost)
    tell_lost(call, name, kind, composition.lost)
    sources: tuple[tuple[str, Source], ...] = ()
    if isinstance(function, Function) and isinstance(function.node, ast.AsyncFunctionDef):
        composition.is_wrong = True
        message = f"`{name}` is async: what its body returns is a coroutine, no output of a node"
        call.report("graph-return", message, site)
    else:
        sources = output_sources(call, composition, returned, outputs, site, explicit_outputs)
    is_followed = not (composition.is_partial or composition.is_wrong)
    for one in inputs:
        if one.name not in composition.used_inputs and is_followed:
            call.report(
                "invalid-definition", f"the input `{one.name}` of `{name}` is given to no op", site
            )
    found = dict(sources)
    return GraphValue(
        name=name,
        site=site,
        function=function,
        inputs=inputs,
        outputs=tuple(
            replace(one, is_dynamic=_is_dynamic(composition, found.get(one.name)))
            for one in outputs
            if one.name in found or explicit_outputs
        ),
        invocations=tuple(composition.invoked),
        output_sources=sources,
        is_partial=composition.is_partial,
        is_wrong=composition.is_wrong or (explicit_outputs and len(sources) < len(outputs)),
    )


def _is_dynamic(composition: Composition, source: Source | None) -> bool:
    """Whether a source is a dynamic output of a node of the graph, as the node outputs it."""
    return isinstance(source, OutputSource) and any(
        output.is_dynamic and output.name == source.output and source.mode == "direct"
        for invoked in composition.invoked
        if invoked.name == source.node
        for output in invoked.definition.outputs
    )


# -- invocations


def invoke(
    call: Call,
    composition: Composition,
    definition: OpValue | GraphValue,
    pending: PendingValue | None = None,
) -> Value:
    """Record the use of `definition` in the graph, and return the handles of its outputs."""
    label = (pending.alias if pending else None) or definition.name
    inputs = _bound_inputs(call, composition, definition, label)
    name = _node_name(call, composition, definition, pending.alias if pending else None)
    if not note_dynamic(call, composition.dynamic, name, inputs.values()):
        composition.is_wrong = True
    policy: RetryPolicy | None = pending.retry_policy if pending else None
    composition.invoked.append(
        Invoked(
            name,
            definition,
            tuple(inputs.items()),
            call.site,
            policy,
            pending.tags if pending else (),
            tuple(name for name in _names_given(call, definition) if name not in inputs),
        )
    )
    handles = [
        (
            output.name,
            HandleValue(
                OutputSource(name, output.name),
                "dynamic" if output.is_dynamic else "output",
                f"the output {output.name} of {name}",
            ),
        )
        for output in definition.outputs
    ]
    if not handles:
        return NONE
    return handles[0][1] if len(handles) == 1 else OutputsValue(name, tuple(handles))


def _names_given(call: Call, definition: OpValue | GraphValue) -> list[str]:
    by_place = [one.name for one in definition.inputs[: len(call.args)]]
    return [*by_place, *call.kwargs]


def _node_name(
    call: Call, composition: Composition, definition: OpValue | GraphValue, alias: str | None
) -> str:
    """`f`, then `f_2`, `f_3`; an alias as it is, but only once."""
    if alias is None:
        count = composition.counts.get(definition.name, 0) + 1
        composition.counts[definition.name] = count
        name = definition.name if count == 1 else f"{definition.name}_{count}"
    else:
        name = alias
    if name in composition.nodes:
        message = f"`{composition.name}` uses the name `{name}` for two nodes"
        call.report("invalid-definition", message)
    composition.nodes.add(name)
    if _is_named(definition):
        same = composition.named.setdefault(definition.name, [])
        if any(one is not definition for one in same):
            message = f"`{composition.name}` holds two definitions named `{definition.name}`"
            call.report("invalid-definition", message)
        if all(one is not definition for one in same):
            same.append(definition)
    return name


def _is_named(definition: OpValue | GraphValue) -> bool:
    return not (isinstance(definition, OpValue) and "name" in definition.unknown)


def _bound_inputs(
    call: Call, composition: Composition, definition: OpValue | GraphValue, label: str
) -> dict[str, Source]:
    by_name = {one.name: one for one in definition.inputs}
    positional = [one.name for one in definition.inputs]
    given: dict[str, Value] = dict(zip(positional, call.args, strict=False))
    if len(call.args) > len(positional):
        message = f"`{label}` takes {len(positional)} inputs, and is given {len(call.args)}"
        call.report("op-arity", message)
        composition.is_wrong = True
    for name, value in call.kwargs.items():
        if name not in by_name:
            known = ", ".join(positional) or "none"
            composition.is_wrong = True
            call.report("unknown-op-input", f"`{label}` has no input `{name}` (it has {known})")
        elif name in given:
            composition.is_wrong = True
            call.report("op-arity", f"the input `{name}` of `{label}` is given twice")
        else:
            given[name] = value
    if call.losses:
        composition.is_partial = True
    sources: dict[str, Source] = {}
    for name, value in given.items():
        source = _source(call, composition, value, f"the input `{name}` of `{label}`")
        if source is not None:
            sources[name] = source
    return sources


def _source(call: Call, composition: Composition, value: Value, what: str) -> Source | None:
    if isinstance(value, HandleValue):
        if value.kind in ("dynamic", "mapped"):
            message = f"{what} is given a dynamic output: map over it, or collect it"
            call.report("dynamic-uncollected", message)
        _note_input(composition, value)
        return value.source
    if isinstance(value, Sequence) and value.kind == "list":
        parts = [_source(call, composition, item, what) for item in value.items]
        return FanInSource(tuple(part for part in parts if part is not None))
    if isinstance(value, Choice):
        composition.is_partial = True
        return _source(call, composition, value.options[0], what)
    if isinstance(value, Unknown):
        composition.is_partial = True
        if value.reason != "told":
            call.report("unresolved-attribute", f"{what} is not known: {why(value)}")
        return None
    if type(value).__name__ in _ASSETS:
        return None
    call.report(
        "op-output-logic",
        f"{what} is given {shown(value)}: only outputs of ops and inputs of the graph can be",
    )
    return None


_ASSETS = ("AssetsValue", "SpecValue", "SourceAssetValue")
"""Assets may be given to ops in a job: they are loaded, and are not edges of the graph."""


def _note_input(composition: Composition, handle: HandleValue) -> None:
    if isinstance(handle.source, GraphInputSource):
        composition.used_inputs.add(handle.source.name)
