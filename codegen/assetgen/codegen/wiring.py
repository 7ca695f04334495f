"""How values flow through a graph of ops, with nested graphs flattened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assetgen.analyzer.model.steps import (
    FanInSource,
    GraphDefinition,
    GraphInputSource,
    OutputSource,
    Source,
)


@dataclass(frozen=True, slots=True)
class Wire:
    """A value's way from one op to another.

    An end is the path of an op's invocation (`("ga", "inner", "f2")`), or a string: as `source`
    the name of an input of the outermost graph, as `target` of one of its outputs. `mode` is
    "direct", "mapped" or "collected".
    """

    source: tuple[str, ...] | str
    target: tuple[str, ...] | str
    mode: str = "direct"


@dataclass(frozen=True, slots=True)
class _Frame:
    """A graph being walked, and the invocation of it in the graph around."""

    graph: GraphDefinition
    path: tuple[str, ...]
    outer: _Frame | None
    inputs: tuple[tuple[str, Source], ...]


def wires_of(graph: GraphDefinition, path: tuple[str, ...] = ()) -> Iterator[Wire]:
    """Every wire of a graph, in the order of its body; `path` stands before each op's path."""
    frame = _Frame(graph, path, None, ())
    yield from _inside(frame)
    for output, source in graph.output_sources:
        for end, mode in _ends(frame, source):
            yield Wire(end, output, mode)


def _inside(frame: _Frame) -> Iterator[Wire]:
    for use in frame.graph.invocations:
        path = (*frame.path, use.name)
        if isinstance(use.definition, GraphDefinition):
            yield from _inside(_Frame(use.definition, path, frame, use.inputs))
        else:
            for _, source in use.inputs:
                for end, mode in _ends(frame, source):
                    yield Wire(end, path, mode)


def _ends(frame: _Frame, source: Source) -> Iterator[tuple[tuple[str, ...] | str, str]]:
    """What a source is in the end: ops, or inputs of the outermost graph, with the wire's mode."""
    if isinstance(source, FanInSource):
        for part in source.sources:
            yield from _ends(frame, part)
    elif isinstance(source, GraphInputSource):
        if frame.outer is None:
            yield source.name, "direct"
        else:
            for name, outer in frame.inputs:
                if name == source.name:
                    yield from _ends(frame.outer, outer)
    else:
        for end, mode in _produced(frame, source):
            yield end, mode if source.mode == "direct" else source.mode


def _produced(frame: _Frame, source: OutputSource) -> Iterator[tuple[tuple[str, ...] | str, str]]:
    use = next((use for use in frame.graph.invocations if use.name == source.node), None)
    if use is None:
        return
    path = (*frame.path, use.name)
    if not isinstance(use.definition, GraphDefinition):
        yield path, "direct"
        return
    inner = _Frame(use.definition, path, frame, use.inputs)
    for output, inner_source in use.definition.output_sources:
        if output == source.output:
            yield from _ends(inner, inner_source)
