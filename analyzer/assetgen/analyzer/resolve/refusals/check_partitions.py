"""Checks with other partitions than their asset, which Dagster refuses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assetgen.analyzer.intrinsics.dagster.declared.checks import CheckSpecValue
from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.resolve.jobs.partition_equality import differ


def misplaced_partitions(
    checks: Iterable[CheckSpecValue], assets: Iterable[Asset]
) -> Iterator[Diagnostic]:
    """A check must have the partitions of its asset, or none."""
    partitioned = [check for check in checks if check.partitions is not None]
    if not partitioned:
        return
    known = {asset.key: asset for asset in assets if "partitions" not in asset.unknown}
    for check in partitioned:
        asset = known.get(check.asset)
        if check.partitions is None or asset is None:
            continue
        if asset.partitions is None:
            problem = f"the check `{check.name}` has partitions, and `{asset.key}` has none"
        elif differ(check.partitions, asset.partitions):
            problem = f"the check `{check.name}` has other partitions than `{asset.key}`"
        else:
            continue
        yield diagnostic("bad-partitions", problem, check.site.span)
