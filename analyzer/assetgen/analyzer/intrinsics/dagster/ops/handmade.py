"""Graphs and ops that are made by calling their classes."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import NONE, Mapping, Record, Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue, Invoked, OpValue
from assetgen.analyzer.intrinsics.dagster.keys import is_given
from assetgen.analyzer.intrinsics.dagster.ops.inputs import read_ins
from assetgen.analyzer.intrinsics.dagster.ops.outputs import read_outs
from assetgen.analyzer.intrinsics.dagster.partitions.partitions import retry_policy_of
from assetgen.analyzer.intrinsics.dagster.places import argument_place
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, shown, why
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.steps import (
    FanInSource,
    GraphInputSource,
    Input,
    Output,
    OutputSource,
    Source,
)

# -- ops

_OP = Parameters(
    "compute_fn, name, ins=None, outs=None, description=None, config_schema=None, "
    "required_resource_keys=None, tags=None, version=None, retry_policy=None, code_version=None, "
    "pool=None"
)


def _op(call: Call) -> Value:
    """An op whose function takes a context and all inputs in one dictionary, which no other op
    does: what it computes is not followed."""
    bound = _OP.bind(call)
    doubts = Doubts()
    name = doubts.text(bound["name"])
    if name is None:
        return call.unknown("unsupported", "the name of the op is not known", bound["name"])
    version = doubts.text(bound["code_version"])
    ins, _ = read_ins(call, bound, name)
    outs, _ = read_outs(call, bound["outs"], name, argument_place(call, "outs"))
    return OpValue(
        name=name,
        site=call.site,
        inputs=tuple(
            Input(key, is_nothing=given.is_nothing, has_default=given.has_default)
            for key, (given, _) in ins.items()
        ),
        outputs=tuple(
            Output(
                key,
                is_required=out.is_required,
                is_dynamic=out.is_dynamic,
                is_nothing=out.is_nothing,
                io_manager_key=out.io_manager_key,
            )
            for key, (out, _) in outs.items()
        )
        or (() if isinstance(bound["outs"], Mapping) else (Output("result"),)),
        takes_context=True,
        config_schema=bound["config_schema"] if is_given(bound["config_schema"]) else None,
        required_resource_keys=tuple(
            sorted(set(doubts.texts(call, bound["required_resource_keys"])))
        ),
        retry_policy=retry_policy_of(doubts.first_option(bound["retry_policy"])),
        tags=doubts.entries(bound["tags"]) if is_given(bound["tags"]) else (),
        description=doubts.text(bound["description"]),
        code_version=version,
        pool=doubts.text(bound["pool"]),
        output_attributes=tuple(
            (key, replace(out.attributes, code_version=out.attributes.code_version or version))
            for key, (out, _) in outs.items()
        ),
    )


# -- graphs

_GRAPH = Parameters(
    "name, *, description=None, node_defs=None, dependencies=None, input_mappings=None, "
    "output_mappings=None, config=None, tags=None, node_input_source_assets=None, "
    "input_assets=None, composition_fn=None"
)


def _graph(call: Call) -> Value:
    bound = _GRAPH.bind(call)
    doubts = Doubts()
    name = doubts.text(bound["name"])
    if name is None:
        return call.unknown("unsupported", "the name of the graph is not known", bound["name"])
    making = _Making(call, name)
    definitions = list(making.items(bound["node_defs"], "a node"))
    entries = list(_dependencies(making, bound["dependencies"]))
    inputs, mapped = _inputs(making, bound["input_mappings"])
    invoked = list(_invoked(making, definitions, entries, mapped))
    _check_sources(making, invoked)
    outputs, sources = _outputs(making, bound["output_mappings"], invoked)
    return GraphValue(
        name=name,
        site=call.site,
        inputs=inputs,
        outputs=outputs,
        invocations=tuple(_in_order(invoked)),
        output_sources=sources,
        description=doubts.text(bound["description"]),
        tags=doubts.entries(bound["tags"]) if is_given(bound["tags"]) else (),
        is_partial=making.is_partial,
        is_wrong=making.is_wrong,
        takes_config=is_given(bound["config"]),
    )


@dataclass(slots=True, eq=False)
class _Making:
    """A graph while it is put together."""

    call: Call
    name: str
    is_partial: bool = False
    is_wrong: bool = False

    def items(self, value: Value, what: str) -> Iterator[Value]:
        """The items of a collection; what is lost of it is reported."""
        if value == NONE:
            return
        items = self.call.items(value)
        for loss in items.losses:
            self.lost(what, loss)
        for item in items.values:
            if isinstance(item, Unknown):
                self.lost(what, item)
            else:
                yield item

    def lost(self, what: str, cause: Unknown) -> None:
        self.is_partial = True
        message = f"{what} of graph `{self.name}` is not known: {why(cause)}"
        self.call.report("unresolved-attribute", message)

    def wrong(self, message: str) -> None:
        self.is_wrong = True
        self.call.report("invalid-definition", message)

    def record(self, value: Value, kind: str, parameters: Parameters) -> Bound | None:
        """The arguments of an object of the class `kind`, None for anything else."""
        if not isinstance(value, Record) or value.qualname != f"dagster.{kind}":
            return None
        call = self.call
        at = value.site or call.site
        made = Call(call.machine, value.qualname, value.args, value.fields, at, None, value.losses)
        return parameters.bind(made)

    def text(self, bound: Bound, name: str) -> str:
        doubts = Doubts()
        text = doubts.text(bound[name])
        for loss in doubts.found:
            self.lost(f"a `{name}`", loss)
        return text or ""


@dataclass(frozen=True, slots=True)
class _Entry:
    """The dependencies of one node: the name of its definition, its own name, and where its inputs
    come from."""

    definition: str
    name: str
    sources: tuple[tuple[str, Source], ...]
    record: Bound | None


_INVOCATION = Parameters("name, alias=None, tags=None, hook_defs=None, retry_policy=None")
_DEPENDENCY = Parameters("node, output='result', description=None")
_MANY = Parameters("dependencies")
_COLLECTED = Parameters("node_name, output_name")


def _dependencies(making: _Making, value: Value) -> Iterator[_Entry]:
    value = Doubts().first_option(value)
    if value == NONE:
        return
    if not isinstance(value, Mapping):
        making.lost("a dependency", making.call.unknown("unsupported", "it is not a dict", value))
        return
    for loss in value.losses:
        making.lost("a dependency", loss)
    for key, given in value.entries.values():
        bound = making.record(key, "NodeInvocation", _INVOCATION)
        name = making.text(bound, "name") if bound else Doubts().text(key)
        if not name:
            continue
        own = (making.text(bound, "alias") if bound and is_given(bound["alias"]) else "") or name
        yield _Entry(name, own, tuple(_sources(making, given)), bound)


def _sources(making: _Making, given: Value) -> Iterator[tuple[str, Source]]:
    given = Doubts().first_option(given)
    if not isinstance(given, Mapping):
        return
    for loss in given.losses:
        making.lost("a dependency", loss)
    for name, value in given.text_entries():
        source = _source(making, value)
        if source is not None:
            yield name, source


def _source(making: _Making, value: Value) -> Source | None:
    bound = making.record(value, "DependencyDefinition", _DEPENDENCY)
    if bound is not None:
        return OutputSource(making.text(bound, "node"), making.text(bound, "output"))
    bound = making.record(value, "DynamicCollectDependencyDefinition", _COLLECTED)
    if bound is not None:
        names = making.text(bound, "node_name"), making.text(bound, "output_name")
        return OutputSource(*names, mode="collected")
    bound = making.record(value, "MultiDependencyDefinition", _MANY)
    if bound is not None:
        parts = (_source(making, item) for item in making.items(bound["dependencies"], "a source"))
        return FanInSource(tuple(part for part in parts if part is not None))
    if isinstance(value, Unknown):
        making.lost("a dependency", value)
    elif not isinstance(value, Record):
        making.wrong(f"a dependency of graph `{making.name}` is {shown(value)}")
    return None


_INPUT_MAPPING = Parameters(
    "graph_input_name, mapped_node_name, mapped_node_input_name, fan_in_index=None, "
    "graph_input_description=None, dagster_type=None"
)
_Mapped = dict[tuple[str, str], Source]


def _inputs(making: _Making, value: Value) -> tuple[tuple[Input, ...], _Mapped]:
    """The inputs of the graph, and the inputs of nodes that each is mapped to."""
    names: dict[str, None] = {}
    mapped: _Mapped = {}
    for item in making.items(value, "an input"):
        bound = making.record(item, "InputMapping", _INPUT_MAPPING)
        if bound is None:
            making.wrong(f"an input of graph `{making.name}` is {shown(item)}")
            continue
        name = making.text(bound, "graph_input_name")
        names[name] = None
        place = (
            making.text(bound, "mapped_node_name"),
            making.text(bound, "mapped_node_input_name"),
        )
        mapped[place] = GraphInputSource(name)
    return tuple(Input(name) for name in names), mapped


def _invoked(
    making: _Making, definitions: list[Value], entries: list[_Entry], mapped: _Mapped
) -> Iterator[Invoked]:
    """The nodes: each definition once, or under each of the names that the dependencies give."""
    known: dict[str, OpValue | GraphValue] = {}
    for definition in definitions:
        if isinstance(definition, (OpValue, GraphValue)):
            known[definition.name] = definition
        else:
            making.wrong(f"a node of graph `{making.name}` is {shown(definition)}: no op, no graph")
    for entry in entries:
        if entry.definition not in known and not making.is_partial:
            making.wrong(f"graph `{making.name}` has no node `{entry.definition}`")
    for name, definition in known.items():
        uses = [entry for entry in entries if entry.definition == name]
        for entry in uses or [_Entry(name, name, (), None)]:
            sources = dict(entry.sources)
            for (node, taken), source in mapped.items():
                if node == entry.name:
                    sources[taken] = source
            _check_inputs(making, entry.name, definition, sources)
            yield _node(making, entry, definition, sources)


def _check_inputs(
    making: _Making, name: str, definition: OpValue | GraphValue, sources: dict[str, Source]
) -> None:
    known = [one.name for one in definition.inputs]
    for unknown in sorted(set(sources) - set(known)):
        listed = ", ".join(known) or "none"
        making.wrong(f"`{name}` has no input `{unknown}` (it has {listed})")


def _check_sources(making: _Making, invoked: list[Invoked]) -> None:
    outputs = {one.name: [each.name for each in one.definition.outputs] for one in invoked}
    for one in invoked:
        for name, source in one.inputs:
            for part in _parts(source):
                if making.is_partial or part.output in outputs.get(part.node, ()):
                    continue
                what = f"the input `{name}` of `{one.name}`"
                making.wrong(
                    f"{what} takes `{part.output}` of `{part.node}`, which is not an output"
                )


def _node(
    making: _Making, entry: _Entry, definition: OpValue | GraphValue, sources: dict[str, Source]
) -> Invoked:
    bound, doubts = entry.record, Doubts()
    tags = doubts.entries(bound["tags"]) if bound and is_given(bound["tags"]) else ()
    policy = retry_policy_of(bound["retry_policy"]) if bound else None
    inputs = tuple(
        (one.name, sources[one.name]) for one in definition.inputs if one.name in sources
    )
    return Invoked(entry.name, definition, inputs, making.call.site, policy, tags)


_OUTPUT_MAPPING = Parameters(
    "graph_output_name, mapped_node_name, mapped_node_output_name, graph_output_description=None, "
    "dagster_type=None, from_dynamic_mapping=False"
)


def _outputs(
    making: _Making, value: Value, invoked: list[Invoked]
) -> tuple[tuple[Output, ...], tuple[tuple[str, Source], ...]]:
    sources: dict[str, Source] = {}
    outputs: dict[str, Output] = {}
    nodes = {one.name: one for one in invoked}
    for item in making.items(value, "an output"):
        bound = making.record(item, "OutputMapping", _OUTPUT_MAPPING)
        if bound is None:
            making.wrong(f"an output of graph `{making.name}` is {shown(item)}")
            continue
        name = making.text(bound, "graph_output_name")
        source = OutputSource(
            making.text(bound, "mapped_node_name"), making.text(bound, "mapped_node_output_name")
        )
        node = nodes.get(source.node)
        found = next(
            (one for one in (node.definition.outputs if node else ()) if one.name == source.output),
            None,
        )
        if found is None and not making.is_partial:
            making.wrong(
                f"graph `{making.name}` has no output `{source.output}` of `{source.node}`"
            )
        outputs[name] = replace(found, name=name) if found else Output(name)
        sources[name] = source
    return tuple(outputs.values()), tuple(sources.items())


def _in_order(invoked: list[Invoked]) -> Iterator[Invoked]:
    """Each node after those that it takes inputs from; nodes in a circle in their given order."""
    left = list(invoked)
    while left:
        names = {one.name for one in left}
        ready = [one for one in left if not names & set(_taken_from(one))] or left
        yield from ready
        left = [one for one in left if one not in ready]


def _taken_from(invoked: Invoked) -> Iterator[str]:
    for _, source in invoked.inputs:
        for part in _parts(source):
            yield part.node


def _parts(source: Source) -> Iterator[OutputSource]:
    """The outputs that a source consists of."""
    for part in source.sources if isinstance(source, FanInSource) else (source,):
        if isinstance(part, OutputSource):
            yield part


TABLE: dict[str, Intrinsic] = {
    "dagster.OpDefinition": _op,
    "dagster.GraphDefinition": _graph,
}
"""The intrinsics of the classes of ops and graphs."""
