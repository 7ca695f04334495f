"""cycle: assets that depend on each other in a circle, reported edge by edge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from assetgen.analyzer.evaluate.memory import Memory
from assetgen.analyzer.lint.circles import circles, is_acyclic
from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.knowledge import Knowledge
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.model.assets import Asset, Dependency
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.diagnostics import Diagnostic, Related
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.pipeline import CodeLocation
from assetgen.analyzer.model.spans import Span
from assetgen.analyzer.model.steps import AssetStep


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    for number, knowledge in enumerate(evidence.locations):
        if knowledge.location.of_repositories:
            continue  # each is a graph of its own
        kind = ("acyclic", number)
        was_acyclic = evidence.memory.last(kind) is True
        is_still = _has_no_new_circle(knowledge, evidence.memory, number) and was_acyclic
        location = knowledge.location
        if is_still or is_acyclic(_numbered(location)):
            evidence.memory.put(kind, True)
            continue
        edges = _edges(location)
        graph = {node: tuple(sorted(upstream)) for node, upstream in edges.items()}
        for circle in circles(graph):
            steps = zip(circle, (*circle[1:], circle[0]), strict=True)
            yield _finding([edges[node][upstream] for node, upstream in steps])


RULE = Rule("cycle", check)


@dataclass(frozen=True, slots=True)
class _Edge:
    asset: AssetKey
    upstream: AssetKey
    span: Span


def _has_no_new_circle(knowledge: Knowledge, memory: Memory, number: int) -> bool:
    """Whether no circle leads through an asset with other edges than in the last run, or through
    other assets that are computed together; False if that is not known."""
    if memory.is_last:
        return False
    location, by_key = knowledge.location, knowledge.assets
    whole = memory.sparse(_is_joint, "joint steps", location.steps).values()
    together = {step.name: step for step, _ in whole}
    kind = ("edges", number)
    last: tuple[Mapping[AssetKey, Asset], Mapping[str, AssetStep]] = memory.last(kind) or ({}, {})
    assets_before, together_before = last
    memory.put(kind, (by_key, together))
    new, _ = memory.differing("assets of circles", location.assets)
    new_steps, _ = memory.differing("steps of circles", location.steps)
    names = memory.grouped("names of steps", location.steps, lambda step: (step.name,))
    if len(new) == len(location.assets) or len(names) < len(location.steps):
        return False  # all are new, or steps share a name
    changed = [each for each in new if _edges_of(each) != _edges_of(assets_before.get(each.key))]
    for step in new_steps:
        before = together_before.get(step.name)
        if step.name in together and (before is None or before.assets != step.assets):
            changed += _computed_by(step, by_key)
    return is_acyclic(_upstream_of(changed, by_key, together))


def _edges_of(asset: Asset | None) -> tuple[object, ...]:
    """What decides which circles lead through an asset."""
    if asset is None:
        return ()
    upstream = [dependency.key for dependency in asset.deps]
    return asset.step, _is_computed(asset), upstream


def _upstream_of(
    assets: Iterable[Asset],
    by_key: Mapping[AssetKey, Asset],
    together: Mapping[str, AssetStep],
) -> list[list[int]]:
    """The edges from assets to all that they depend on, as numbers; `together` are the steps that
    are computed as a whole, by their names."""
    numbers: dict[str | AssetKey, int] = {}
    waiting: list[Sequence[Asset]] = []

    def number_of(asset: Asset) -> int:
        step = together.get(asset.step) if asset.step is not None else None
        node = asset.key if step is None else step.name
        if node not in numbers:
            numbers[node] = len(numbers)
            waiting.append([asset] if step is None else _computed_by(step, by_key))
        return numbers[node]

    for asset in assets:
        number_of(asset)
    edges: list[list[int]] = []
    for members in waiting:
        own = len(edges)
        found = (
            number_of(by_key[dependency.key])
            for asset in members
            if _is_computed(asset)
            for dependency in asset.deps
            if dependency.key in by_key
        )
        edges.append([number for number in found if number != own])
    return edges


def _computed_by(step: AssetStep, by_key: Mapping[AssetKey, Asset]) -> list[Asset]:
    return [by_key[key] for _, key in step.assets if key in by_key]


def _is_joint(step: AssetStep) -> bool:
    """Whether several assets are only computed together."""
    return len(step.assets) > 1 and not step.can_subset


def _whole(location: CodeLocation) -> set[str]:
    return {step.name for step in location.steps if not step.can_subset}


def _numbered(location: CodeLocation) -> list[list[int]]:
    """The same edges with numbers as nodes, to be checked first, since there are mostly no circles.
    An asset of a step that runs as a whole gets the number of the step's first asset."""
    assets = location.assets
    numbers = list(range(len(assets)))
    joint = {step.name for step in location.steps if len(step.assets) > 1 and _is_joint(step)}
    if joint:
        steps: dict[str | None, int] = {}
        numbers = [
            steps.setdefault(asset.step, number) if asset.step in joint else number
            for number, asset in enumerate(assets)
        ]
    nodes = dict(zip([asset.key for asset in assets], numbers, strict=True))
    edges: list[list[int]] = [[] for _ in assets]
    for node, asset in zip(numbers, assets, strict=True):
        if asset.deps and _is_computed(asset):
            own = edges[node]
            for dependency in asset.deps:
                other = nodes.get(dependency.key, node)
                if other != node:
                    own.append(other)
    return edges


def _edges(location: CodeLocation) -> dict[str, dict[str, _Edge]]:
    """The edges between what Dagster runs as one: a step, or an asset of a step that can be split.
    Assets that nothing computes may form circles, which does no harm."""
    whole = _whole(location)
    nodes = {asset.key: _node_of(asset, whole) for asset in location.assets}
    edges: dict[str, dict[str, _Edge]] = {}
    for asset in location.assets:
        if _is_computed(asset):
            upstream = edges.setdefault(nodes[asset.key], {})
            for dependency in asset.deps:
                _add(upstream, asset, dependency, nodes)
    return edges


def _is_computed(asset: Asset) -> bool:
    return asset.kind in ("materializable", "observable") and "key" not in asset.unknown


def _node_of(asset: Asset, whole: set[str]) -> str:
    return f"step {asset.step}" if asset.step in whole else f"asset {asset.key}"


def _add(
    upstream: dict[str, _Edge],
    asset: Asset,
    dependency: Dependency,
    nodes: Mapping[AssetKey, str],
) -> None:
    node = nodes.get(dependency.key)
    # Edges within a step, and from an asset to itself, are another matter.
    if node is not None and node != nodes[asset.key] and node not in upstream:
        upstream[node] = _Edge(asset.key, dependency.key, dependency.span)


def _finding(edges: list[_Edge]) -> Diagnostic:
    start = min(range(len(edges)), key=lambda index: edges[index].span)
    edges = edges[start:] + edges[:start]
    path = [f"`{edges[0].asset}`"]
    for edge, following in zip(edges, [*edges[1:], edges[0]], strict=True):
        path.append(f"`{edge.upstream}`")
        if edge.upstream != following.asset:
            path[-1] += f" (computed with `{following.asset}`)"
    return diagnostic(
        "cycle",
        f"circular dependency: {' -> '.join(path)}",
        edges[0].span,
        related=tuple(
            Related(f"`{edge.asset}` depends on `{edge.upstream}`", edge.span) for edge in edges
        ),
    )
