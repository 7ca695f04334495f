"""partition-mismatch: partitions that cannot be mapped to those of an upstream asset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assetgen.analyzer.lint.options import LintOptions
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Related
from assetgen.analyzer.model.pipeline import Pipeline


def check(pipeline: Pipeline, _options: LintOptions) -> Iterator[Diagnostic]:
    for location in pipeline.locations:
        assets = {asset.key: asset for asset in location.assets}
        for asset in location.assets:
            for dependency in asset.deps:
                upstream = assets.get(dependency.key)
                if upstream is None or dependency.partition_mapping is not None:
                    continue
                kind, other = _sort_of(asset), _sort_of(upstream)
                if kind and other and kind != other:
                    yield diagnostic(
                        "partition-mismatch",
                        f"the {kind} partitions of `{asset.key}` cannot be mapped to the {other} "
                        f"ones of `{upstream.key}` without a partition mapping",
                        dependency.span,
                        related=(Related(f"`{upstream.key}` is here", upstream.origin.span),),
                    )


RULE = Rule("partition-mismatch", check)


def _sort_of(asset: Asset) -> str | None:
    """ "time", "static" or "dynamic"; None for no partitions, several dimensions, or unknown."""
    if asset.partitions is None or {"partitions", "deps", "key"} & set(asset.unknown):
        return None
    return _SORTS.get(asset.partitions.kind)


_SORTS: Mapping[str, str] = {
    "TimeWindowPartitionsDefinition": "time",
    "HourlyPartitionsDefinition": "time",
    "DailyPartitionsDefinition": "time",
    "WeeklyPartitionsDefinition": "time",
    "MonthlyPartitionsDefinition": "time",
    "StaticPartitionsDefinition": "static",
    "DynamicPartitionsDefinition": "dynamic",
}
