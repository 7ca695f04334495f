"""Whether the partitions of an asset fit those of an upstream asset, given the mapping between
them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assetgen.analyzer.model.articles import article
from assetgen.analyzer.model.literals import Literal, Table
from assetgen.analyzer.model.partitions import PartitionMapping, Partitions


def misfit(
    upstream: Partitions, downstream: Partitions | None, mapping: PartitionMapping | None
) -> str | None:
    """Why Dagster refuses the mapping; None if it does not, or is not known to.

    The reason completes a sentence about the two assets, and names neither.
    """
    if mapping is None:
        return _by_default(upstream, downstream) if downstream is not None else None
    judge = _BY_MAPPING.get(mapping.kind)
    return judge(upstream, downstream, mapping) if judge is not None else None


def is_documented(
    upstream: Partitions, downstream: Partitions | None, mapping: PartitionMapping | None
) -> bool:
    """Whether Dagster's documentation recommends what its validation refuses: an identity mapping
    between time-based partitions of different kinds with the same keys."""
    kinds = {sort_of(upstream), sort_of(downstream)}
    return mapping is not None and mapping.kind == "IdentityPartitionMapping" and kinds == {"time"}


def sort_of(partitions: Partitions | None) -> str | None:
    """ "time", "static", "dynamic" or "multi"; None without partitions, and for a class of the
    project's own."""
    return _SORTS.get(partitions.kind) if partitions is not None else None


_SORTS: Mapping[str, str] = {
    "TimeWindowPartitionsDefinition": "time",
    "HourlyPartitionsDefinition": "time",
    "DailyPartitionsDefinition": "time",
    "WeeklyPartitionsDefinition": "time",
    "MonthlyPartitionsDefinition": "time",
    "StaticPartitionsDefinition": "static",
    "DynamicPartitionsDefinition": "dynamic",
    "MultiPartitionsDefinition": "multi",
}


def _by_default(upstream: Partitions, downstream: Partitions) -> str | None:
    """Time maps to time, one dimension to several that include it, and each other sort to its
    own."""
    one, other = sort_of(upstream), sort_of(downstream)
    if one is None or other is None:
        return None
    if one == other == "time":
        return _time_zones(upstream, downstream)
    if "multi" in (one, other) and one != other:
        several, single = (upstream, downstream) if one == "multi" else (downstream, upstream)
        return None if _may_be_a_dimension(single, several) else _NO_DIMENSION
    if one != other:
        return f"{other} partitions cannot be mapped to {one} ones without a partition mapping"
    return None


_NO_DIMENSION = (
    "partitions of one dimension cannot be mapped to those of several that do not include it"
)


def _may_be_a_dimension(single: Partitions, several: Partitions) -> bool:
    """Whether Dagster may find the one dimension that is meant."""
    if several.unknown or single.unknown or len(several.dimensions) != 2:
        return True
    if any(_is_unsure(dimension) for _, dimension in several.dimensions):
        return True
    equal = [dimension for _, dimension in several.dimensions if dimension == single]
    times = [dimension for _, dimension in several.dimensions if sort_of(dimension) == "time"]
    if len(equal) == 1:
        return True
    return not equal and len(times) == 1 and sort_of(single) == "time"


def _is_unsure(partitions: Partitions) -> bool:
    return bool(partitions.unknown) or sort_of(partitions) is None


def _time_zones(upstream: Partitions, downstream: Partitions) -> str | None:
    zones = [_time_zone(upstream), _time_zone(downstream)]
    if None in zones or zones[0] == zones[1]:
        return None
    return f"partitions in the time zone {zones[1]} cannot be mapped to those in {zones[0]}"


def _time_zone(partitions: Partitions) -> str | None:
    if {"timezone", "*"} & set(partitions.unknown):
        return None
    zone = dict(partitions.parameters).get("timezone") or "UTC"
    return zone if isinstance(zone, str) else None


# -- mappings that are given


def _identity(
    upstream: Partitions, downstream: Partitions | None, _mapping: PartitionMapping
) -> str | None:
    other = downstream.kind if downstream is not None else "no partitions"
    if upstream.kind == other or sort_of(upstream) is None:
        return None
    if downstream is not None and sort_of(downstream) is None:
        return None
    return f"an IdentityPartitionMapping cannot map {other} to {upstream.kind}"


def _time_window(
    upstream: Partitions, downstream: Partitions | None, _mapping: PartitionMapping
) -> str | None:
    problem = _both("time", "TimeWindowPartitionMapping", upstream, downstream)
    if problem or downstream is None:
        return problem
    return _time_zones(upstream, downstream) if sort_of(upstream) == "time" else None


def _static(
    upstream: Partitions, downstream: Partitions | None, mapping: PartitionMapping
) -> str | None:
    problem = _both("static", "StaticPartitionMapping", upstream, downstream)
    table = dict(mapping.parameters).get(_STATIC_TABLE)
    if problem or downstream is None or not isinstance(table, Table):
        return problem
    sources = [key for key, _ in table.entries]
    targets = [key for _, given in table.entries for key in _texts(given)]
    for keys, partitions, where in (
        (sources, upstream, "upstream"),
        (targets, downstream, "downstream"),
    ):
        known = dict(partitions.parameters).get("partition_keys")
        if partitions.unknown or not isinstance(known, tuple):
            continue
        strange = sorted(set(keys) - set(_texts(known)))
        if strange:
            named = f'the StaticPartitionMapping names "{strange[0]}"'
            return f"{named}, which is not {article(where)} {where} partition"
    return None


_STATIC_TABLE = "downstream_partition_keys_by_upstream_partition_key"


def _texts(given: Literal) -> list[str]:
    if isinstance(given, str):
        return [given]
    return [item for item in given if isinstance(item, str)] if isinstance(given, tuple) else []


def _multi(
    upstream: Partitions, downstream: Partitions | None, mapping: PartitionMapping
) -> str | None:
    problem = _both("multi", "MultiPartitionMapping", upstream, downstream)
    table = dict(mapping.parameters).get("downstream_mappings_by_upstream_dimension")
    if problem or upstream.unknown or not isinstance(table, Table):
        return problem
    names = {name for name, _ in upstream.dimensions}
    strange = sorted({key for key, _ in table.entries} - names)
    if strange and sort_of(upstream) == "multi":
        return f"the MultiPartitionMapping names `{strange[0]}`, which is not an upstream dimension"
    return None


def _one_of_several(
    upstream: Partitions, downstream: Partitions | None, _mapping: PartitionMapping
) -> str | None:
    """Dagster checks it as if no dimension were named."""
    if downstream is None:
        return "a MultiToSingleDimensionPartitionMapping cannot map to an asset without partitions"
    one, other = sort_of(upstream), sort_of(downstream)
    if one is None or other is None:
        return None
    if (one == "multi") == (other == "multi"):
        sides = "one" if one != "multi" else "several"
        return f"a MultiToSingleDimensionPartitionMapping cannot map where both sides have {sides}"
    return _by_default(upstream, downstream)


def _both(sort: str, mapping: str, upstream: Partitions, downstream: Partitions | None) -> str:
    """Why a mapping between partitions of one sort does not have them on both sides."""
    if downstream is None:
        return f"a {mapping} cannot map to an asset without partitions"
    for partitions, where in ((upstream, "upstream"), (downstream, "downstream")):
        found = sort_of(partitions)
        if found is not None and found != sort:
            return f"a {mapping} needs {_NEEDED[sort]}, and the {where} ones are {found}"
    return ""


_NEEDED = {
    "time": "partitions by time on both sides",
    "static": "static partitions on both sides",
    "multi": "partitions of several dimensions on both sides",
}
_Judge = Callable[[Partitions, "Partitions | None", PartitionMapping], "str | None"]
_BY_MAPPING: Mapping[str, _Judge] = {
    "IdentityPartitionMapping": _identity,
    "TimeWindowPartitionMapping": _time_window,
    "StaticPartitionMapping": _static,
    "MultiPartitionMapping": _multi,
    "MultiToSingleDimensionPartitionMapping": _one_of_several,
}
