"""External assets without a key.

Dagster takes an `AssetSpec` whose key has no parts, to stand for one that gets its key later, and
fails when it is loaded as an asset.
"""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic


def keyless(assets: tuple[Asset, ...]) -> Iterator[Diagnostic]:
    """A finding for the asset without a key: there can be only one, and it sorts first."""
    for asset in assets[:1]:
        if not asset.key.parts and asset.kind == "external":
            yield diagnostic("bad-key", "an asset key needs at least one part", asset.origin.span)
