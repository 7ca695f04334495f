"""What rules ask about a code location: which keys exist, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assetgen.analyzer.evaluate.memory import Memory
from assetgen.analyzer.lint.nearness import NearKeys
from assetgen.analyzer.model.assets import Asset, Dependency
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.pipeline import CodeLocation


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The assets that a location defines, by key, and what lies outside of it.

    `everywhere` counts the locations that define a key. `is_complete` tells whether all that may
    define an asset in it could be read: otherwise, that a key is missing here does not prove that
    nothing defines it. `is_complete_everywhere` is the same of all locations. `near` holds the keys
    that are defined, to be asked which are near to another one. `unmatched` are the dependencies on
    what nothing defines; one that several assets of a step share, once.
    """

    location: CodeLocation
    defined: Mapping[AssetKey, Asset]
    everywhere: Mapping[AssetKey, int]
    is_complete: bool
    is_complete_everywhere: bool
    near: NearKeys
    resources_known: bool
    unmatched: tuple[tuple[Asset, Dependency], ...]

    def is_elsewhere(self, key: AssetKey) -> bool:
        """Whether another location defines a key: Dagster joins them when it runs."""
        return self.everywhere.get(key, 0) > (key in self.defined)


def knowledge_of(
    location: CodeLocation,
    defined: Mapping[AssetKey, Asset],
    everywhere: Mapping[AssetKey, int],
    is_complete_everywhere: bool,
    memory: Memory,
    number: int,
) -> Knowledge:
    """What is known around a location, the assets of which are `defined`; `number` is its place
    among all."""
    has_nameless = any("key" in asset.unknown for asset in location.assets if asset.unknown)
    is_complete = "assets" not in location.unknown and not has_nameless
    near: NearKeys | None = memory.last(("near", number))
    near = NearKeys(defined) if near is None else near.changed_to(defined)
    memory.put(("near", number), near)
    return Knowledge(
        location=location,
        defined=defined,
        everywhere=everywhere,
        is_complete=is_complete,
        is_complete_everywhere=is_complete and is_complete_everywhere,
        near=near,
        resources_known="resources" not in location.unknown,
        unmatched=tuple(_unmatched(location, memory)),
    )


def defined_in(location: CodeLocation) -> dict[AssetKey, Asset]:
    """The assets that code defines, under keys that are known."""
    return {
        asset.key: asset
        for asset in location.assets
        if asset.kind != "stub" and (not asset.unknown or "key" not in asset.unknown)
    }


def _unmatched(location: CodeLocation, memory: Memory) -> Iterator[tuple[Asset, Dependency]]:
    stubs = memory.each(_on_stubs, "on stubs", location.assets)
    seen = set()
    for asset, dependencies in zip(location.assets, stubs, strict=True):
        for dependency in dependencies:
            written = (asset.step, dependency.declared, dependency.span, dependency.loads_value)
            if asset.step is None or written not in seen:
                seen.add(written)
                yield asset, dependency


def _on_stubs(asset: Asset) -> tuple[Dependency, ...]:
    return tuple(each for each in asset.deps if each.resolution == "stub")
