"""self-dependency: an asset that depends on itself, with no earlier partition to depend on."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.partition_fit import sort_of
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.model.assets import Asset, Dependency
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.literals import Table


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    return evidence.about_each_asset("self-dependency", _findings, attrgetter("deps"))


def _findings(asset: Asset) -> tuple[Diagnostic, ...]:
    key = asset.key
    own = [dependency for dependency in asset.deps if dependency.key == key]
    return tuple(
        diagnostic(
            "self-dependency",
            f"`{key}` depends on itself; that takes time partitions, and a partition mapping to "
            "earlier ones",
            dependency.span,
        )
        for dependency in own
        if not _may_be_earlier(asset, dependency)
    )


RULE = Rule("self-dependency", check)


def _may_be_earlier(asset: Asset, dependency: Dependency) -> bool:
    """Whether a partition may depend on an earlier one, as far as that is known.

    Dagster looks at the mapping: its windows have to begin and end earlier.
    """
    mapping, partitions = dependency.partition_mapping, asset.partitions
    if {"key", "deps", "partitions"} & set(asset.unknown):
        return True
    if mapping is None or partitions is None or partitions.kind == "StaticPartitionsDefinition":
        return False
    given = dict(mapping.parameters)
    if mapping.kind == "TimeWindowPartitionMapping":
        return all(_may_be_before(given.get(name, 0)) for name in ("start_offset", "end_offset"))
    if mapping.kind == "MultiPartitionMapping":
        table = given.get("downstream_mappings_by_upstream_dimension")
        mapped = {name for name, _ in table.entries} if isinstance(table, Table) else set()
        times = {name for name, one in partitions.dimensions if sort_of(one) == "time"}
        return not isinstance(table, Table) or bool(partitions.unknown) or bool(times & mapped)
    return mapping.kind not in _NEVER_EARLIER


def _may_be_before(offset: object) -> bool:
    return not isinstance(offset, int) or offset < 0


_NEVER_EARLIER = frozenset(
    (
        *("AllPartitionMapping", "IdentityPartitionMapping", "LastPartitionMapping"),
        *("SpecificPartitionsPartitionMapping", "StaticPartitionMapping"),
        *("MultiToSingleDimensionPartitionMapping",),
    )
)
"""Dagster's mappings that never lead to earlier partitions."""
