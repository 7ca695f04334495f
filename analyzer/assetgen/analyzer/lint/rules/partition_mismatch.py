"""partition-mismatch: partitions that cannot be mapped to those of an upstream asset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

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
    """What depends on partitioned assets is looked at again where one of those has changed."""
    partitioned = {
        asset.key: asset
        for asset in location.assets
        if asset.partitions is not None and _is_judged(asset)
    }
    deps = memory.each(_keys_of_deps, "keys of deps", location.assets)
    concerned = [
        (asset, keys)
        for asset, keys in zip(location.assets, deps, strict=True)
        if keys and not partitioned.keys().isdisjoint(keys)
    ]
    changed = memory.changed("partitioned", partitioned)
    anew = {id(asset) for asset, keys in concerned if not changed.isdisjoint(keys)}
    found = memory.each(
        lambda asset: _misfits(asset, partitioned),
        "partition-mismatch",
        [asset for asset, _ in concerned],
        None,
        anew,
    )
    yield from chain.from_iterable(found)


def _keys_of_deps(asset: Asset) -> frozenset[AssetKey]:
    return frozenset(dependency.key for dependency in asset.deps)


def _misfits(asset: Asset, partitioned: Mapping[AssetKey, Asset]) -> tuple[Diagnostic, ...]:
    found: list[Diagnostic] = []
    for dependency in asset.deps if _is_judged(asset) else ():
        upstream = partitioned.get(dependency.key)
        if upstream is None or upstream.partitions is None or upstream.key == asset.key:
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
    """Dagster looks at what it materializes; we at that of which enough is known."""
    return asset.kind == "materializable" and _ASKED.isdisjoint(asset.unknown)


_ASKED = frozenset({"partitions", "deps", "key"})
