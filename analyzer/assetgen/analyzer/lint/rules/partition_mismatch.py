"""partition-mismatch: partitions that cannot be mapped to those of an upstream asset."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.partition_fit import is_documented, misfit
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Related, Severity


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    for location in evidence.pipeline.locations:
        assets = {asset.key: asset for asset in location.assets if _is_judged(asset)}
        for asset in assets.values():
            for dependency in asset.deps:
                upstream = assets.get(dependency.key)
                if upstream is None or upstream.partitions is None or upstream.key == asset.key:
                    continue
                problem = misfit(
                    upstream.partitions, asset.partitions, dependency.partition_mapping
                )
                if problem:
                    tolerated = is_documented(
                        upstream.partitions, asset.partitions, dependency.partition_mapping
                    )
                    yield diagnostic(
                        "partition-mismatch",
                        f"`{asset.key}` on `{upstream.key}`: {problem}",
                        dependency.span,
                        severity=Severity.INFO if tolerated else None,
                        related=(Related(f"`{upstream.key}` is here", upstream.origin.span),),
                    )


RULE = Rule("partition-mismatch", check)


def _is_judged(asset: Asset) -> bool:
    """Dagster looks at what it materializes; we at that of which enough is known."""
    return asset.kind == "materializable" and not (
        {"partitions", "deps", "key"} & set(asset.unknown)
    )
