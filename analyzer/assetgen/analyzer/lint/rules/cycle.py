"""cycle: assets that depend on each other in a circle, told edge by edge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

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
    for number, location in enumerate(evidence.pipeline.locations):
        kind = ("acyclic", number)
        before: _Acyclic | None = evidence.memory.last(kind)
        if _is_still_acyclic(location, before) or is_acyclic(_numbered(location)):
            evidence.memory.put(kind, _Acyclic.of(location))
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


@dataclass(frozen=True, slots=True, eq=False)
class _Acyclic:
    """The assets of a location without circles, and their identities; and the steps in it that run
    as one."""

    assets: tuple[Asset, ...]
    identities: set[int]
    whole: set[str]

    @classmethod
    def of(cls, location: CodeLocation) -> _Acyclic:
        return cls(location.assets, set(map(id, location.assets)), _whole(location))


def _is_still_acyclic(location: CodeLocation, before: _Acyclic | None) -> bool:
    """Whether a location has no circles since it had none before: a new one leads through an asset
    that is new or has changed. False if there are none before to go by."""
    if before is None:
        return False
    whole, known = _whole(location), before.identities
    together: dict[str, list[Asset]] = {}
    for asset in [asset for asset in location.assets if asset.is_multi_asset]:
        if asset.step is not None and asset.step in whole:
            together.setdefault(asset.step, []).append(asset)
    alone = [asset.step for asset in location.assets if not asset.is_multi_asset]
    named = [step for step in alone if step is not None]
    if len({*named, *together}) < len(named) + len(together):
        return False  # steps share a name
    new = [asset for asset in location.assets if id(asset) not in known]
    moved = (whole ^ before.whole) - {asset.step for asset in new}
    if moved and any(asset.step in moved for asset in location.assets):
        return False
    by_key = {asset.key: asset for asset in location.assets}

    def upstream(assets: Iterable[Asset]) -> Iterator[Asset]:
        for asset in assets:
            for dependency in asset.deps if _is_computed(asset) else ():
                other = by_key.get(dependency.key)
                if other is not None:
                    yield other

    return not any(_leads_back(asset, together, upstream) for asset in new)


def _leads_back(
    start: Asset,
    together: Mapping[str, list[Asset]],
    upstream: Callable[[Iterable[Asset]], Iterator[Asset]],
) -> bool:
    """Whether what an asset depends on depends on it, by other steps than its own."""
    own = together.get(start.step or "", [start])
    inside = {asset.key for asset in own}
    waiting = [other for other in upstream(own) if other.key not in inside]
    reached = {asset.key for asset in waiting}
    while waiting:
        asset = waiting.pop()
        for other in upstream(together.get(asset.step or "", (asset,))):
            if other.key in inside:
                return True
            if other.key not in reached:
                reached.add(other.key)
                waiting.append(other)
    return False


def _whole(location: CodeLocation) -> set[str]:
    return {step.name for step in location.steps if not step.can_subset}


def _numbered(location: CodeLocation) -> list[list[int]]:
    """The same edges by the places of assets among all, to be asked first: there are mostly no
    circles. An asset of a step that runs as one goes by the place of the step's last asset."""
    whole = _whole(location)
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
