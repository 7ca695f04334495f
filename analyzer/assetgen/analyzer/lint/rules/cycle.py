"""cycle: assets that depend on each other in a circle, told edge by edge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assetgen.analyzer.lint.circles import circles, is_acyclic
from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.model.assets import Asset, Dependency
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.diagnostics import Diagnostic, Related
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.pipeline import CodeLocation
from assetgen.analyzer.model.spans import Span


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    for location in evidence.pipeline.locations:
        if is_acyclic(_numbered(location)):
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


def _numbered(location: CodeLocation) -> list[list[int]]:
    """The same edges by the places of assets among all, to be asked first: there are mostly no
    circles. An asset of a step that runs as one goes by the place of the step's last asset."""
    whole = {step.name for step in location.steps if not step.can_subset}
    numbers: dict[AssetKey, int] = {}
    steps: dict[str | None, int] = {}
    for number, asset in enumerate(location.assets):
        numbers[asset.key] = number
        if asset.step in whole:
            steps[asset.step] = number
    nodes = {asset.key: steps.get(asset.step, numbers[asset.key]) for asset in location.assets}
    edges: list[list[int]] = [[] for _ in location.assets]
    for asset in location.assets:
        if _is_computed(asset):
            node = nodes[asset.key]
            upstream = [nodes.get(dependency.key, node) for dependency in asset.deps]
            edges[node] += [other for other in upstream if other != node]
    return edges


def _edges(location: CodeLocation) -> dict[str, dict[str, _Edge]]:
    """The edges between what Dagster runs as one: a step, or an asset of a step that can be
    split. Assets that nothing computes may form circles, and do no harm."""
    whole = {step.name for step in location.steps if not step.can_subset}
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
    # Within a step, and from an asset to itself, is another matter.
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
