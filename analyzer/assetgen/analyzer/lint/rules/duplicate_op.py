"""duplicate-op: different ops, graphs or jobs with the same name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

from assetgen.analyzer.evaluate.memory import Memory
from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.knowledge import Knowledge
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.model.automation import Job
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.diagnostics import Diagnostic, Related
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.spans import Origin, Span
from assetgen.analyzer.model.steps import AssetStep, GraphDefinition, OpDefinition


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    for knowledge in evidence.locations:
        if knowledge.location.of_repositories:
            continue  # which of them an op is of is not told
        nodes: dict[str, list[_Node]] = {}
        for node in _nodes(knowledge, evidence.memory):
            nodes.setdefault(node.name, []).append(node)
        for before, node in filter(None, map(_different, nodes.values())):
            yield diagnostic(
                "duplicate-op",
                f"{node.what} has the name of {before.what}: each op, graph and job needs a name "
                "of its own",
                node.span,
                related=(Related(f"{before.what} is here", before.span),),
            )


RULE = Rule("duplicate-op", check)


def _different(same: list[_Node]) -> tuple[_Node, _Node] | None:
    """The first of some nodes with the same name, and the first that differs; two jobs with the
    same name are reported by another rule."""
    before, *others = sorted(same, key=lambda node: (node.rank, node.span)) if same[1:] else same
    for node in others:
        if node.same_as != before.same_as and not before.rank == node.rank == 1:
            return before, node
    return None


@dataclass(frozen=True, slots=True)
class _Node:
    """Something that Dagster knows by a name that is unique among the ops, graphs and jobs of a
    location.

    Nodes that are the same to Dagster have the same `same_as`. `rank` is 1 for jobs, 0 for others.
    """

    name: str
    what: str
    span: Span
    same_as: OpDefinition | GraphDefinition | Origin
    rank: int = 0


def _nodes(knowledge: Knowledge, memory: Memory) -> list[_Node]:
    """Those that may share a name. Most steps are single ops with a name that nothing else has."""
    location = knowledge.location
    doubted = knowledge.conditional.union(asset.key for asset in location.duplicates)
    of_graph = partial(_of_graph, doubted=doubted)
    graphs = memory.sparse(of_graph, "nodes of graphs", location.steps, doubted).values()
    found = [node for _, nodes in graphs for node in nodes]
    found += [node for job in location.jobs for node in _of_job(job)]
    steps = memory.grouped("names of ops", location.steps, lambda step: (step.name,))
    names = Counter([node.name for node in found])
    repeated = {name for name, count in names.items() if count + len(steps.get(name, ())) > 1}
    if len(steps) < len(location.steps):
        repeated.update(name for name, members in steps.items() if len(members) > 1)
    for step in (step for name in repeated for step in steps.get(name, {}).values()):
        if type(step.definition) is OpDefinition:
            found += _of_step(step, doubted)
    return found


def _of_graph(step: AssetStep, doubted: frozenset[AssetKey]) -> tuple[_Node, ...]:
    return _of_step(step, doubted) if step.is_graph_backed else ()


def _of_step(step: AssetStep, doubted: frozenset[AssetKey]) -> tuple[_Node, ...]:
    if not step.assets:
        return ()  # two checks of one name are told by another rule
    if step.origin is None or not doubted.isdisjoint(key for _, key in step.assets):
        return ()
    own = _Node(step.name, _what(step), step.origin.span, step.definition)
    return (own, *_inner(step.definition))


def _what(step: AssetStep) -> str:
    if len(step.assets) == 1:
        return f"the op `{step.name}` of asset `{step.assets[0][1]}`"
    return f"the op `{step.name}`"


def _of_job(job: Job) -> Iterator[_Node]:
    if job.conditional is not None:
        return  # which other ops are there with it is not known
    if job.graph is None:
        if not job.name.startswith("__"):
            yield _Node(job.name, f"the job `{job.name}`", job.origin.span, job.origin, 1)
    else:
        if job.graph.name == job.name:
            yield _Node(job.name, f"the job `{job.name}`", job.origin.span, job.graph, 1)
        yield from _inner(job.graph)


def _inner(definition: OpDefinition | GraphDefinition) -> Iterator[_Node]:
    """The ops and graphs that a graph uses, by the names that they are defined with; of two with
    the same name only the first, since the second is reported where the graph is composed."""
    first: dict[str, _Node] = {}
    for node in _used(definition):
        first.setdefault(node.name, node)
    yield from first.values()


def _used(definition: OpDefinition | GraphDefinition) -> Iterator[_Node]:
    if isinstance(definition, GraphDefinition):
        for invocation in definition.invocations:
            inner = invocation.definition
            span = inner.function.span if inner.function is not None else invocation.span
            kind = "graph" if isinstance(inner, GraphDefinition) else "op"
            yield _Node(inner.name, f"the {kind} `{inner.name}`", span, inner)
            yield from _used(inner)
