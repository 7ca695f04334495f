"""self-dependency: an asset that depends on itself, with no earlier partition to depend on."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.lint.options import LintOptions
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.model.assets import Asset, Dependency
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.pipeline import Pipeline


def check(pipeline: Pipeline, _options: LintOptions) -> Iterator[Diagnostic]:
    for location in pipeline.locations:
        for asset in location.assets:
            for dependency in asset.deps:
                if dependency.key == asset.key and not _may_be_earlier(asset, dependency):
                    yield diagnostic(
                        "self-dependency",
                        f"`{asset.key}` depends on itself; that takes time partitions, and a "
                        "partition mapping to earlier ones",
                        dependency.span,
                    )


RULE = Rule("self-dependency", check)


def _may_be_earlier(asset: Asset, dependency: Dependency) -> bool:
    """Whether a partition may depend on an earlier one, as far as it is known."""
    if {"key", "deps", "partitions"} & set(asset.unknown):
        return True
    if asset.partitions is None or asset.partitions.kind == "StaticPartitionsDefinition":
        return False
    return dependency.partition_mapping is not None
