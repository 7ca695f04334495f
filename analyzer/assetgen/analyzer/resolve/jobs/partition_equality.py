"""Whether two partitions definitions certainly differ."""

from __future__ import annotations

from assetgen.analyzer.intrinsics.dagster.declared.partition_crons import (
    Moment,
    cron_of,
    timezone_of,
)
from assetgen.analyzer.model.partitions import Partitions


def differ(one: Partitions, other: Partitions) -> bool:
    """Whether two are certainly not equal. Time-based ones may be equal though their classes
    differ."""
    if one.unknown or other.unknown or _sort(one) is None or _sort(other) is None:
        return False
    if _sort(one) != _sort(other):
        return True
    if _sort(one) == "time" and _differ_in_time(one, other):
        return True
    name = _TOLD_APART_BY.get(one.kind)
    if name is None or one.kind != other.kind:
        return False
    return dict(one.parameters).get(name) != dict(other.parameters).get(name)


def _differ_in_time(one: Partitions, other: Partitions) -> bool:
    """Whether two have other windows, or a different number of them, wherever they start."""
    crons = [cron_of(partitions, Moment()) for partitions in (one, other)]
    if crons[0] != crons[1] and all(cron and not cron.startswith("@") for cron in crons):
        return True
    zones = [timezone_of(partitions) for partitions in (one, other)]
    offsets = [dict(partitions.parameters).get("end_offset") or 0 for partitions in (one, other)]
    return zones[0] != zones[1] or offsets[0] != offsets[1]


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
