"""What rules ask about a code location: which keys exist, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assetgen.analyzer.lint.nearness import NearKeys
from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.pipeline import CodeLocation, Pipeline


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The assets that a location defines, by key, and what lies outside of it.

    `elsewhere` are the keys that other locations define: Dagster joins them when it runs.
    `losses` counts what the analysis could not read and what may define any asset; while it is not
    0, that a key is missing here does not prove that nothing defines it. `near` holds the keys that
    are defined, to be asked which are near to another one.
    """

    defined: Mapping[AssetKey, Asset]
    elsewhere: frozenset[AssetKey]
    losses: int
    near: NearKeys
    resources_known: bool

    @property
    def is_complete(self) -> bool:
        return self.losses == 0


def knowledge_of(location: CodeLocation, pipeline: Pipeline) -> Knowledge:
    """What is known around one location of a pipeline."""
    nameless = sum("key" in asset.unknown for asset in location.assets)
    defined = {asset.key: asset for asset in location.assets if is_defined(asset)}
    return Knowledge(
        defined=defined,
        elsewhere=frozenset(
            asset.key
            for other in pipeline.locations
            if other is not location
            for asset in other.assets
            if is_defined(asset)
        ),
        losses=nameless + definitions_lost(pipeline),
        near=NearKeys(defined),
        resources_known="resources" not in location.unknown,
    )


def definitions_lost(pipeline: Pipeline) -> int:
    """In how many places definitions, or what collects them, could not be read."""
    return sum(finding.rule in _COSTS_DEFINITIONS for finding in pipeline.diagnostics)


def jobs_lost(pipeline: Pipeline) -> int:
    """In how many places jobs, or what they select, could not be read."""
    return sum(finding.rule == "unresolved-job" for finding in pipeline.diagnostics)


def is_defined(asset: Asset) -> bool:
    """Whether code defines the asset, under a key that is known."""
    return asset.kind != "stub" and "key" not in asset.unknown


_COSTS_DEFINITIONS = frozenset(
    (
        "budget-exceeded",
        "file-not-readable",
        "invalid-definition",
        "python-error",
        "syntax-error",
        "unresolved-asset",
        "unresolved-loop",
    )
)
