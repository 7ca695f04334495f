"""What rules ask about a code location: which keys exist, and how certain that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import attrgetter

from assetgen.analyzer.evaluate.memory import Memory
from assetgen.analyzer.lint.nearness import NearKeys
from assetgen.analyzer.model.assets import Asset, Dependency
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.pipeline import CodeLocation


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The `assets` of a location by key, those that it defines, and what is outside of it.

    `everywhere` counts the locations that define a key. `is_complete` tells whether everything that
    may define an asset in the location could be read: if not, a key that is missing here may be
    defined all the same. `is_complete_everywhere` is the same for all locations. `near` finds the
    defined keys that are similar to another one. `unmatched` are the dependencies on what nothing
    defines; one that several assets of a step share appears once. `unknown` are the names of
    attributes that are not known of some asset, `conditional` the assets that may not exist.
    """

    location: CodeLocation
    assets: Mapping[AssetKey, Asset]
    defined: Mapping[AssetKey, Asset]
    everywhere: Mapping[AssetKey, int]
    is_complete: bool
    is_complete_everywhere: bool
    near: NearKeys
    resources_known: bool
    unmatched: tuple[tuple[Asset, Dependency], ...]
    unknown: frozenset[str]
    conditional: frozenset[AssetKey]

    def is_elsewhere(self, key: AssetKey) -> bool:
        """Whether another location defines a key: Dagster joins the graphs of locations at run
        time."""
        return self.everywhere.get(key, 0) > (key in self.defined)


def knowledge_of(
    location: CodeLocation,
    assets: Mapping[AssetKey, Asset],
    defined: Mapping[AssetKey, Asset],
    everywhere: Mapping[AssetKey, int],
    is_complete_everywhere: bool,
    memory: Memory,
    number: int,
) -> Knowledge:
    """What is known about a location, from its assets and those that are defined; `number` is its
    position among all."""
    doubted = memory.sparse(attrgetter("unknown"), "unknown", location.assets).values()
    unknown = frozenset(name for _, names in doubted for name in names)
    is_complete = "assets" not in location.unknown and "key" not in unknown
    conditional = memory.sparse(attrgetter("conditional"), "conditional", location.assets).values()
    new, gone = memory.differing("near", location.assets)
    near: NearKeys | None = memory.last(("near", number))
    touched = {asset.key for asset in (*new, *gone)}
    near = NearKeys(defined) if near is None else near.changed_to(defined, touched)
    memory.put(("near", number), near)
    return Knowledge(
        location=location,
        assets=assets,
        defined=defined,
        everywhere=everywhere,
        is_complete=is_complete,
        is_complete_everywhere=is_complete and is_complete_everywhere,
        near=near,
        resources_known="resources" not in location.unknown,
        unmatched=tuple(_unmatched(location, memory)),
        unknown=unknown,
        conditional=frozenset(asset.key for asset, _ in conditional),
    )


def assets_by_key(location: CodeLocation, memory: Memory) -> Mapping[AssetKey, Asset]:
    """All the assets of a location."""
    return memory.indexed("assets", location.assets, attrgetter("key"))


def defined_in(
    location: CodeLocation, assets: Mapping[AssetKey, Asset], memory: Memory
) -> dict[AssetKey, Asset]:
    """Those of the assets that the code defines, under keys that are known."""
    defined = dict(assets)
    for asset, _ in memory.sparse(_is_undefined, "undefined", location.assets).values():
        del defined[asset.key]
    return defined


def _is_undefined(asset: Asset) -> bool:
    return asset.kind == "stub" or "key" in asset.unknown


def _unmatched(location: CodeLocation, memory: Memory) -> Iterator[tuple[Asset, Dependency]]:
    stubs = memory.sparse(_on_stubs, "on stubs", location.assets, where=attrgetter("deps")).values()
    seen = set()
    for asset, dependencies in sorted(stubs, key=lambda each: each[0].key):
        for dependency in dependencies:
            written = (asset.step, dependency.declared, dependency.span, dependency.loads_value)
            if asset.step is None or written not in seen:
                seen.add(written)
                yield asset, dependency


def _on_stubs(asset: Asset) -> tuple[Dependency, ...]:
    return tuple([each for each in asset.deps if each.resolution == "stub"])
