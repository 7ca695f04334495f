"""Nodes of a graph that run once for each value of a dynamic output."""

from __future__ import annotations

from collections.abc import Iterable

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.model.steps import FanInSource, OutputSource, Source

DynamicOutputs = dict[str, frozenset[tuple[str, str]]]
"""For each node, by name: the dynamic outputs, with their nodes, for whose values it runs."""


def note_dynamic(call: Call, known: DynamicOutputs, name: str, sources: Iterable[Source]) -> bool:
    """Whether Dagster accepts a node with these inputs: it may run for each value of one dynamic
    output, but not of two."""
    found: frozenset[tuple[str, str]] = frozenset()
    found = found.union(*(_run_for_each_of(known, source) for source in sources))
    known[name] = found
    if len(found) < 2:
        return True
    nodes = " and ".join(f"`{node}`" for node, _ in sorted(found))
    message = f"`{name}` is to run for each output of {nodes}: collect those of one first"
    call.report("invalid-definition", message)
    return False


def _run_for_each_of(known: DynamicOutputs, source: Source) -> frozenset[tuple[str, str]]:
    none: frozenset[tuple[str, str]] = frozenset()
    if isinstance(source, FanInSource):
        return none.union(*(_run_for_each_of(known, one) for one in source.sources))
    if not isinstance(source, OutputSource) or source.mode == "collected":
        return none
    before = known.get(source.node, none)
    return before | {(source.node, source.output)} if source.mode == "mapped" else before
