"""What rules ask about a code location: which keys exist, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping

from assetgen.analyzer.lint.nearness import NearKeys
from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.pipeline import CodeLocation


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The assets that a location defines, by key, and what lies outside of it.

    `everywhere` counts the locations that define a key. `is_complete` tells whether all that may
    define an asset in it could be read: otherwise, that a key is missing here does not prove that
    nothing defines it. `is_complete_everywhere` is the same of all locations. `near` holds the keys
    that are defined, to be asked which are near to another one.
    """

    location: CodeLocation
    defined: Mapping[AssetKey, Asset]
    everywhere: Mapping[AssetKey, int]
    is_complete: bool
    is_complete_everywhere: bool
    near: NearKeys
    resources_known: bool

    def is_elsewhere(self, key: AssetKey) -> bool:
        """Whether another location defines a key: Dagster joins them when it runs."""
        return self.everywhere.get(key, 0) > (key in self.defined)


def knowledge_of(
    location: CodeLocation, everywhere: Mapping[AssetKey, int], is_complete_everywhere: bool
) -> Knowledge:
    """What is known around a location."""
    has_nameless = any("key" in asset.unknown for asset in location.assets)
    is_complete = "assets" not in location.unknown and not has_nameless
    defined = {asset.key: asset for asset in location.assets if is_defined(asset)}
    return Knowledge(
        location=location,
        defined=defined,
        everywhere=everywhere,
        is_complete=is_complete,
        is_complete_everywhere=is_complete and is_complete_everywhere,
        near=NearKeys(defined),
        resources_known="resources" not in location.unknown,
    )


def is_defined(asset: Asset) -> bool:
    """Whether code defines the asset, under a key that is known."""
    return asset.kind != "stub" and "key" not in asset.unknown
