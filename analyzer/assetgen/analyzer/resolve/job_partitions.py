"""The partitions of a job over assets: those that its assets have in common."""

from __future__ import annotations

from collections.abc import Iterable

from assetgen.analyzer.intrinsics.dagster.selecting import Selector
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.partitions import Partitions


def common_partitions(keys: Iterable[AssetKey], selector: Selector) -> Partitions | None:
    """The partitions that all assets of a job have that have any; None if there are none."""
    assets = (selector.assets[key] for key in keys if key in selector.materializable)
    found = [asset.partitions for asset in assets if asset.partitions is not None]
    return found[0] if len({partitions.kind for partitions in found}) == 1 else None
