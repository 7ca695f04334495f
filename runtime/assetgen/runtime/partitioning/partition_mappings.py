"""Which partitions of an asset an input reads."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from assetgen.runtime.partitioning.multi_partitions import (
    MultiPartitionKey,
    MultiPartitionsDefinition,
)
from assetgen.runtime.partitioning.time_windows import TimeWindowPartitionsDefinition


@dataclass(frozen=True)
class AllPartitionMapping:
    """All of them."""

    def upstream_keys(self, run: Any, upstream: Any, downstream: Any) -> list[Any]:
        """The keys read."""
        keys: list[Any] = upstream.keys(run)
        return keys


@dataclass(frozen=True)
class IdentityPartitionMapping:
    """The one of the reader's own key."""

    def upstream_keys(self, run: Any, upstream: Any, downstream: Any) -> list[Any]:
        """The keys read."""
        return [upstream.checked(run.partition_key, run)]


@dataclass(frozen=True)
class LastPartitionMapping:
    """The last one."""

    def upstream_keys(self, run: Any, upstream: Any, downstream: Any) -> list[Any]:
        """The keys read."""
        keys: list[Any] = upstream.keys(run)[-1:]
        return keys


@dataclass(frozen=True)
class SpecificPartitionsPartitionMapping:
    """Those that are named."""

    partition_keys: Collection[str]

    def upstream_keys(self, run: Any, upstream: Any, downstream: Any) -> list[Any]:
        """The keys read."""
        return [upstream.checked(key, run) for key in self.partition_keys]


@dataclass(frozen=True)
class StaticPartitionMapping:
    """Those that name the reader's key, or a collection that holds it, as their downstream."""

    downstream_partition_keys_by_upstream_partition_key: Mapping[str, Any]

    def upstream_keys(self, run: Any, upstream: Any, downstream: Any) -> list[Any]:
        """The keys read."""
        table = self.downstream_partition_keys_by_upstream_partition_key
        return [
            key
            for key, readers in table.items()
            if run.partition_key in ([readers] if isinstance(readers, str) else readers)
        ]


@dataclass(frozen=True)
class TimeWindowPartitionMapping:
    """Those that share time with the reader's; offsets move the first and the last."""

    start_offset: int = 0
    end_offset: int = 0
    allow_nonexistent_upstream_partitions: bool = False

    def upstream_keys(self, run: Any, upstream: Any, downstream: Any) -> list[Any]:
        """The keys read."""
        if downstream is None or not isinstance(upstream, TimeWindowPartitionsDefinition):
            keys: list[Any] = upstream.keys(run)
            return keys
        window = downstream.time_window_for_partition_key(run.partition_key)
        return list(upstream.overlapping(window, self.start_offset, self.end_offset))


@dataclass(frozen=True)
class MultiToSingleDimensionPartitionMapping:
    """Between partitions in two dimensions and those of one of the dimensions."""

    partition_dimension_name: str | None = None

    def upstream_keys(self, run: Any, upstream: Any, downstream: Any) -> list[Any]:
        """The keys read."""
        key = run.partition_key
        if isinstance(downstream, MultiPartitionsDefinition):
            name = self.partition_dimension_name or downstream.dimension_of(upstream)
            return [key.keys_by_dimension[name]]
        name = self.partition_dimension_name or upstream.dimension_of(downstream)
        return [each for each in upstream.keys(run) if each.keys_by_dimension[name] == key]


@dataclass(frozen=True)
class DimensionPartitionMapping:
    """How the partitions of one dimension belong to those of a dimension of the reader."""

    dimension_name: str
    partition_mapping: Any


@dataclass(frozen=True)
class MultiPartitionMapping:
    """Between partitions in two dimensions, dimension by dimension; all of those that are not
    named."""

    downstream_mappings_by_upstream_dimension: Mapping[str, DimensionPartitionMapping]

    def upstream_keys(self, run: Any, upstream: Any, downstream: Any) -> list[Any]:
        """The keys read."""
        lists = []
        for name, partitions in upstream.dimensions.items():
            mapped = self.downstream_mappings_by_upstream_dimension.get(name)
            if mapped is None or downstream is None:
                lists.append(partitions.keys(run))
                continue
            beside = downstream.dimensions[mapped.dimension_name]
            part = RunOfDimension(run, run.partition_key.keys_by_dimension[mapped.dimension_name])
            lists.append(mapped.partition_mapping.upstream_keys(part, partitions, beside))
        names = list(upstream.dimensions)
        return [MultiPartitionKey(dict(zip(names, keys, strict=True))) for keys in product(*lists)]


class RunOfDimension:
    """A run as the mapping of one dimension sees it."""

    def __init__(self, run: Any, partition_key: str) -> None:
        """`partition_key` is the key of the dimension."""
        self.run = run
        self.partition_key = partition_key

    def __getattr__(self, name: str) -> Any:
        """All else is as in the run."""
        return getattr(self.run, name)
