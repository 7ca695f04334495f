"""How values flow through a graph of ops, with nested graphs flattened."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.partitions import RetryPolicy
from assetgen.analyzer.model.steps import (
    FanInSource,
    GraphDefinition,
    Invocation,
    OpDefinition,
    OutputSource,
    Source,
)


@dataclass(frozen=True, slots=True)
class End:
    """Where a value comes from in the end.

    `path` is that of an op's invocation (`("ga", "inner", "f2")`) and `name` its output; an
    empty path means the input `name` of the outermost graph. `mode` is "direct", "mapped" or
    "collected". `is_dynamic`: the output is made any number of times.
    """

    path: tuple[str, ...]
    name: str
    mode: str = "direct"
    is_dynamic: bool = False


@dataclass(frozen=True, slots=True)
class Wired:
    """What an input of an op, or an output of the graph, is fed by; several ends make a list."""

    name: str
    ends: tuple[End, ...]
    is_fan_in: bool = False


@dataclass(frozen=True, slots=True)
class FlatOp:
    """One invocation of an op, somewhere in a graph."""

    path: tuple[str, ...]
    definition: OpDefinition
    inputs: tuple[Wired, ...]
    retry_policy: RetryPolicy | None


@dataclass(frozen=True, slots=True)
class FlatGraph:
    """All ops of a graph in the order of its body, and what each of its outputs is."""

    ops: tuple[FlatOp, ...]
    outputs: tuple[Wired, ...]


@dataclass(frozen=True, slots=True)
class _Frame:
    """A graph being walked, and the invocation of it in the graph around."""

    graph: GraphDefinition
    path: tuple[str, ...]
    outer: _Frame | None
    inputs: tuple[tuple[str, Source], ...]


def flatten(graph: GraphDefinition, path: tuple[str, ...]) -> FlatGraph:
    """The ops of a graph and its wiring; `path` stands before the path of each op."""
    frame = _Frame(graph, path, None, ())
    outputs = tuple(_wired(frame, name, source) for name, source in graph.output_sources)
    return FlatGraph(tuple(_ops(frame)), outputs)


def is_partial(graph: GraphDefinition) -> bool:
    """Whether something is not known of a graph, or of one in it."""
    inner = (use.definition for use in graph.invocations)
    return graph.is_partial or any(
        isinstance(each, GraphDefinition) and is_partial(each) for each in inner
    )


def _ops(frame: _Frame) -> Iterator[FlatOp]:
    for use in frame.graph.invocations:
        path = (*frame.path, use.name)
        if isinstance(use.definition, GraphDefinition):
            yield from _ops(_Frame(use.definition, path, frame, use.inputs))
        else:
            inputs = tuple(_wired(frame, name, source) for name, source in use.inputs)
            policy = use.retry_policy or use.definition.retry_policy
            yield FlatOp(path, use.definition, inputs, policy)


def _wired(frame: _Frame, name: str, source: Source) -> Wired:
    return Wired(name, tuple(_ends(frame, source)), isinstance(source, FanInSource))


def _ends(frame: _Frame, source: Source) -> Iterator[End]:
    if isinstance(source, FanInSource):
        for part in source.sources:
            yield from _ends(frame, part)
    elif isinstance(source, OutputSource):
        yield from _produced(frame, source)
    elif frame.outer is None:
        yield End((), source.name)
    else:
        for name, outer in frame.inputs:
            if name == source.name:
                yield from _ends(frame.outer, outer)


def _produced(frame: _Frame, source: OutputSource) -> Iterator[End]:
    use = _invocation(frame.graph, source.node)
    if use is None:
        return
    path = (*frame.path, use.name)
    if isinstance(use.definition, OpDefinition):
        outputs = {output.name: output for output in use.definition.outputs}
        dynamic = source.output in outputs and outputs[source.output].is_dynamic
        yield End(path, source.output, source.mode, dynamic)
        return
    inner = _Frame(use.definition, path, frame, use.inputs)
    for output, inner_source in use.definition.output_sources:
        if output == source.output:
            for end in _ends(inner, inner_source):
                mode = end.mode if source.mode == "direct" else source.mode
                yield End(end.path, end.name, mode, end.is_dynamic)


def _invocation(graph: GraphDefinition, name: str) -> Invocation | None:
    return next((use for use in graph.invocations if use.name == name), None)
