"""Checks that have other partitions than the asset that they are on, which Dagster refuses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assetgen.analyzer.intrinsics.dagster.declared.checks import CheckSpecValue
from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.partitions import Partitions


def misplaced_partitions(
    checks: Iterable[CheckSpecValue], assets: Iterable[Asset]
) -> Iterator[Diagnostic]:
    """A check has the partitions of its asset, or none."""
    known = {asset.key: asset for asset in assets if "partitions" not in asset.unknown}
    for check in checks:
        asset = known.get(check.asset)
        if check.partitions is None or asset is None:
            continue
        if asset.partitions is None:
            problem = f"the check `{check.name}` has partitions, and `{asset.key}` has none"
        elif _differ(check.partitions, asset.partitions):
            problem = f"the check `{check.name}` has other partitions than `{asset.key}`"
        else:
            continue
        yield diagnostic("bad-partitions", problem, check.site.span)


def _differ(one: Partitions, other: Partitions) -> bool:
    """Whether two are certainly not equal. Those by time may be, of whatever class they are."""
    if one.unknown or other.unknown or _sort(one) is None or _sort(other) is None:
        return False
    if _sort(one) != _sort(other):
        return True
    name = _TOLD_APART_BY.get(one.kind)
    if name is None or one.kind != other.kind:
        return False
    return dict(one.parameters).get(name) != dict(other.parameters).get(name)


def _sort(partitions: Partitions) -> str | None:
    return _SORTS.get(partitions.kind)


_TOLD_APART_BY = {
    "StaticPartitionsDefinition": "partition_keys",
    "DynamicPartitionsDefinition": "name",
    "DailyPartitionsDefinition": "start_date",
}
_SORTS = {
    "StaticPartitionsDefinition": "static",
    "DynamicPartitionsDefinition": "dynamic",
    "MultiPartitionsDefinition": "multi",
    **{
        f"{name}PartitionsDefinition": "time"
        for name in ("TimeWindow", "Hourly", "Daily", "Weekly", "Monthly")
    },
}
