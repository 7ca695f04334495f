"""Assets with the same key of which only one exists, depending on an unknown condition."""

from __future__ import annotations

from typing import Final

from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.copies import replace


def or_the_other(asset: Asset, other: Asset) -> Asset:
    """What is known of an asset that may also be another one with the same key: nothing about the
    attributes in which they differ, and that it may depend on what either depends on.

    If both exist, which Dagster refuses, it is the first.
    """
    if asset.conditional is None or other.conditional is None:
        return asset
    differing = {name for name in _ATTRIBUTES if getattr(asset, name) != getattr(other, name)}
    keys = {dependency.key for dependency in asset.deps}
    more = tuple(dependency for dependency in other.deps if dependency.key not in keys)
    if more or len(keys) > len({dependency.key for dependency in other.deps}):
        differing.add("deps")
    unknown = tuple(sorted({*asset.unknown, *other.unknown, *differing}))
    return replace(asset, deps=(*asset.deps, *more), unknown=unknown)


_ATTRIBUTES: Final = (
    *("automation_condition", "code_version", "description", "group_name", "io_manager_key"),
    *("is_graph_backed", "is_multi_asset", "kind", "kinds", "metadata", "owners", "partitions"),
    *("step", "tags"),
)
