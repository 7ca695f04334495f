"""partition-mismatch: partitions that cannot be mapped to those of an upstream asset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import attrgetter

from assetgen.analyzer.evaluate.memory import Memory
from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.partition_fit import is_documented, misfit
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Related, Severity
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.pipeline import CodeLocation


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    for location in evidence.pipeline.locations:
        yield from _findings(location, evidence.memory)


def _findings(location: CodeLocation, memory: Memory) -> Iterator[Diagnostic]:
    """What depends on partitioned assets is checked again if one of those has changed."""
    found = memory.sparse(
        _partitioned, "partitioned", location.assets, where=attrgetter("partitions")
    ).values()
    partitioned = {asset.key: asset for asset, _ in found}
    anew: set[int] = set()
    if not memory.is_last:
        dependents = memory.grouped("dependents", location.assets, _keys_of_deps)
        for key in memory.changed("partitioned", partitioned):
            anew.update(dependents.get(key, ()))
    misfits = memory.sparse(
        lambda asset: _misfits(asset, partitioned),
        "partition-mismatch",
        location.assets,
        None,
        anew,
        attrgetter("deps"),
    ).values()
    for _, told in misfits:
        yield from told


def _partitioned(asset: Asset) -> bool:
    return asset.partitions is not None and _is_judged(asset)


def _keys_of_deps(asset: Asset) -> tuple[AssetKey, ...]:
    return tuple(dependency.key for dependency in asset.deps)


def _misfits(asset: Asset, partitioned: Mapping[AssetKey, Asset]) -> tuple[Diagnostic, ...]:
    found: list[Diagnostic] = []
    for dependency in asset.deps:
        upstream = partitioned.get(dependency.key)
        if upstream is None or upstream.partitions is None or not _is_judged(asset):
            continue
        if upstream.key == asset.key:
            continue
        mapping = dependency.partition_mapping
        problem = misfit(upstream.partitions, asset.partitions, mapping)
        if problem:
            tolerated = is_documented(upstream.partitions, asset.partitions, mapping)
            told = diagnostic(
                "partition-mismatch",
                f"`{asset.key}` on `{upstream.key}`: {problem}",
                dependency.span,
                severity=Severity.INFO if tolerated else None,
                related=(Related(f"`{upstream.key}` is here", upstream.origin.span),),
            )
            found.append(told)
    return tuple(found)


RULE = Rule("partition-mismatch", check)


def _is_judged(asset: Asset) -> bool:
    """Dagster checks what it materializes; we check those of them about which enough is known."""
    return asset.kind == "materializable" and _ASKED.isdisjoint(asset.unknown)


_ASKED = frozenset({"partitions", "deps", "key"})
