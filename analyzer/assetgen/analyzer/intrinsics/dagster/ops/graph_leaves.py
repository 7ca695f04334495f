"""Ops at the end of a graph of assets that lead to none of its outputs, which Dagster refuses."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue
from assetgen.analyzer.model.steps import FanInSource, OutputSource, Source


def check_leaves(call: Call, graph: GraphValue) -> None:
    """Report every node of the graph, or of a graph within it, whose outputs nothing uses."""
    if graph.is_partial or graph.is_wrong:
        return
    taken = {
        name
        for invoked in graph.invocations
        for _, source in invoked.inputs
        for name in _nodes(source)
    }
    taken.update(name for _, source in graph.output_sources for name in _nodes(source))
    for invoked in graph.invocations:
        if isinstance(invoked.definition, GraphValue):
            check_leaves(call, invoked.definition)
        if invoked.name not in taken:
            message = f"`{invoked.name}` leads to no output of `{graph.name}`, which makes assets"
            call.report("graph-return", message, invoked.site)


def _nodes(source: Source) -> Iterator[str]:
    if isinstance(source, OutputSource):
        yield source.node
    elif isinstance(source, FanInSource):
        for part in source.sources:
            yield from _nodes(part)
