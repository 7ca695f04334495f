"""Whether partitions are certainly others than those of something else."""

from __future__ import annotations

from assetgen.analyzer.model.partitions import Partitions


def differ(one: Partitions, other: Partitions) -> bool:
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
