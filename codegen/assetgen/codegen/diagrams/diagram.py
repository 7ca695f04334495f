"""A picture of the asset graph as data: what is drawn, before any format is chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.pipeline import CodeLocation, Pipeline
from assetgen.analyzer.model.steps import AssetStep, GraphDefinition
from assetgen.codegen.wiring import End, flatten

DETAILS = ("assets", "ops")

# An asset is drawn where it is made: of several locations that know a key, the first that makes it.
_RANK = {"materializable": 0, "observable": 1, "external": 2, "stub": 3}


@dataclass(frozen=True, slots=True)
class Node:
    """Something drawn. `id` is a tuple that names it uniquely; `shape` is "asset" or "op".

    `look` is "" or one of "external", "observable", "stub" and "conditional".
    """

    id: tuple[str, ...]
    label: str
    shape: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow between two nodes, by their ids; `label` may be empty."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A frame with a title around nodes and other frames."""

    id: tuple[str, ...]
    label: str
    nodes: tuple[Node, ...] = ()
    clusters: tuple[Cluster, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagram:
    """Frames, the nodes that stand in none, and the arrows; everything in the order to draw."""

    clusters: tuple[Cluster, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def diagram_of(pipeline: Pipeline, *, detail: str = "assets") -> Diagram:
    """Draw a pipeline: a frame per group, and around those one per code location if several.

    With `detail="ops"` a graph-backed asset is drawn together with the ops that it is made of.
    """
    if detail not in DETAILS:
        raise ValueError(f"detail is one of {', '.join(DETAILS)}, not {detail!r}")
    homes = home_locations(pipeline)
    drawings = [_Drawing(location, homes, detail) for location in _by_name(pipeline)]
    stubs = [
        _asset_node(home, asset)
        for location in _by_name(pipeline)
        for asset in location.assets
        if asset.kind == "stub" and (home := homes[asset.key]) == location.name
    ]
    edges = {edge for drawing in drawings for edge in drawing.edges()}
    clusters = [cluster for drawing in drawings for cluster in drawing.clusters()]
    if len(drawings) > 1:
        clusters = [
            Cluster(("location", drawing.location.name), drawing.location.name, (), inner)
            for drawing in drawings
            if (inner := tuple(drawing.clusters()))
        ]
    return Diagram(
        tuple(clusters),
        tuple(sorted(stubs, key=lambda node: node.id)),
        tuple(sorted(edges, key=lambda edge: (edge.source, edge.target, edge.label))),
    )


def _by_name(pipeline: Pipeline) -> list[CodeLocation]:
    return sorted(pipeline.locations, key=lambda location: location.name)


def home_locations(pipeline: Pipeline) -> dict[AssetKey, str]:
    """For each key the location in which arrows that come from elsewhere find it."""
    ranked: dict[AssetKey, tuple[int, str]] = {}
    for location in _by_name(pipeline):
        for asset in location.assets:
            rank = (_RANK[asset.kind], location.name)
            ranked[asset.key] = min(ranked.get(asset.key, rank), rank)
    return {key: name for key, (_, name) in ranked.items()}


class _Drawing:
    """What one code location contributes."""

    def __init__(self, location: CodeLocation, homes: dict[AssetKey, str], detail: str) -> None:
        self.location = location
        self._homes = homes
        self._assets = {asset.key: asset for asset in location.assets}
        # A stub or external asset that another location makes is drawn there only.
        self._drawn = {
            asset.key: asset
            for asset in location.assets
            if asset.kind in ("materializable", "observable") or homes[asset.key] == location.name
        }
        self._graphs = {
            step.name: step.definition
            for step in location.steps
            if detail == "ops" and isinstance(step.definition, GraphDefinition)
        }
        self._functions = {
            step.name: step
            for step in location.steps
            if step.name not in self._graphs and self._shows_function(step)
        }

    def clusters(self) -> Iterator[Cluster]:
        groups: dict[str, list[Node]] = {}
        inner: dict[str, list[Cluster]] = {}
        for key in sorted(self._drawn):
            asset = self._drawn[key]
            if asset.kind != "stub":
                groups.setdefault(asset.group_name, []).append(
                    _asset_node(self.location.name, asset)
                )
        for name, step in sorted(self._functions.items()):
            groups.setdefault(self._group_of(step), []).append(
                Node(self._function_id(name), _function_name(step), "op")
            )
        for step in sorted(self.location.steps, key=lambda step: step.name):
            graph = self._graphs.get(step.name)
            if graph is not None:
                group = self._group_of(step)
                groups.setdefault(group, [])
                inner.setdefault(group, []).append(self._graph(graph, (step.name,), step.name))
        for group in sorted(groups):
            yield Cluster(
                ("group", self.location.name, group),
                group,
                tuple(groups[group]),
                tuple(inner.get(group, ())),
            )

    def edges(self) -> Iterator[Edge]:
        wired: set[tuple[AssetKey, AssetKey]] = set()
        for step in self.location.steps:
            graph = self._graphs.get(step.name)
            if graph is not None:
                yield from self._wiring(step, graph)
                wired.update(_wired(step))
            elif step.name in self._functions:
                for _, key in step.assets:
                    if key in self._assets:
                        yield Edge(self._function_id(step.name), self._asset_id(key))
        for asset in self.location.assets:
            for dependency in asset.deps:
                if dependency.key in self._homes and (dependency.key, asset.key) not in wired:
                    yield Edge(self._asset_id(dependency.key), self._asset_id(asset.key))

    def _wiring(self, step: AssetStep, graph: GraphDefinition) -> Iterator[Edge]:
        keys = {name: key for name, key in step.assets if key in self._assets}
        feeds = {feed.input: feed.key for feed in step.inputs if feed.key in self._homes}
        flat = flatten(graph, (step.name,))
        for op in flat.ops:
            for wired in op.inputs:
                for end in wired.ends:
                    yield from self._wire(end, feeds, ("op", self.location.name, *op.path))
        for wired in flat.outputs:
            for end in wired.ends:
                if wired.name in keys:
                    yield from self._wire(end, feeds, self._asset_id(keys[wired.name]))

    def _wire(
        self, end: End, feeds: dict[str, AssetKey], target: tuple[str, ...]
    ) -> Iterator[Edge]:
        label = "" if end.mode == "direct" else end.mode
        if end.path:
            yield Edge(("op", self.location.name, *end.path), target, label)
        elif end.name in feeds:
            yield Edge(self._asset_id(feeds[end.name]), target, label)

    def _graph(self, graph: GraphDefinition, path: tuple[str, ...], label: str) -> Cluster:
        return Cluster(
            ("graph", self.location.name, *path),
            label,
            tuple(
                Node(("op", self.location.name, *path, use.name), use.name, "op")
                for use in graph.invocations
                if not isinstance(use.definition, GraphDefinition)
            ),
            tuple(
                self._graph(use.definition, (*path, use.name), use.name)
                for use in graph.invocations
                if isinstance(use.definition, GraphDefinition)
            ),
        )

    def _shows_function(self, step: AssetStep) -> bool:
        keys = [key for _, key in step.assets if key in self._drawn]
        return bool(keys) and any(
            self._assets[key].is_multi_asset or len(step.assets) > 1 for key in keys
        )

    def _group_of(self, step: AssetStep) -> str:
        """The group that most of the step's assets stand in; of equals the first."""
        groups = Counter(
            self._assets[key].group_name for _, key in step.assets if key in self._assets
        )
        return min(groups, key=lambda group: (-groups[group], group)) if groups else "default"

    def _function_id(self, name: str) -> tuple[str, ...]:
        return ("step", self.location.name, name)

    def _asset_id(self, key: AssetKey) -> tuple[str, ...]:
        home = self.location.name if key in self._drawn else self._homes[key]
        return ("asset", home, *key.parts)


def _wired(step: AssetStep) -> Iterable[tuple[AssetKey, AssetKey]]:
    return ((feed.key, key) for feed in step.inputs for _, key in step.assets)


def _function_name(step: AssetStep) -> str:
    function = step.definition.function
    name = function.qualname.rpartition(".")[2] if function else step.name
    return step.name if name.startswith("<") else name


def _asset_node(location: str, asset: Asset) -> Node:
    look = "" if asset.kind == "materializable" else asset.kind
    if not look and asset.conditional is not None:
        look = "conditional"
    return Node(("asset", location, *asset.key.parts), str(asset.key), "asset", look)
