"""Partitions in two dimensions."""

from collections.abc import Mapping
from itertools import product
from typing import Any

from assetgen.runtime.model.failures import PipelineError
from assetgen.runtime.partitioning.partitions import PartitionsDefinition


class MultiPartitionKey(str):
    """One key per dimension; as a string, the keys joined by ``|``, sorted by dimension."""

    keys_by_dimension: dict[str, str]

    def __new__(cls, keys_by_dimension: Mapping[str, str]) -> "MultiPartitionKey":
        """The key of these keys."""
        ordered = dict(sorted(keys_by_dimension.items()))
        made = super().__new__(cls, "|".join(ordered.values()))
        made.keys_by_dimension = ordered
        return made

    def __getnewargs__(self) -> tuple[Mapping[str, str]]:  # type: ignore[override]
        """What a copy is made of."""
        return (self.keys_by_dimension,)


class MultiPartitionsDefinition(PartitionsDefinition):
    """Every combination of the partitions of its dimensions."""

    def __init__(self, partitions_defs: Mapping[str, PartitionsDefinition]) -> None:
        """The partitions of each dimension by its name."""
        self.dimensions = dict(sorted(partitions_defs.items()))

    def get_partition_keys(
        self, current_time: Any = None, dynamic_partitions_store: Any = None
    ) -> list[Any]:
        """All combinations."""
        context = {
            "current_time": current_time,
            "dynamic_partitions_store": dynamic_partitions_store,
        }
        lists = [each.get_partition_keys(**context) for each in self.dimensions.values()]
        names = list(self.dimensions)
        return [MultiPartitionKey(dict(zip(names, c, strict=True))) for c in product(*lists)]

    def checked(self, key: Any, run: Any) -> Any:
        """The key with its dimensions, PipelineError if there is no such partition."""
        if isinstance(key, MultiPartitionKey):
            parts = key.keys_by_dimension
        else:
            values = str(key).split("|")
            if len(values) != len(self.dimensions):
                raise PipelineError(f'"{key}" is not of the form {"|".join(self.dimensions)}')
            parts = dict(zip(self.dimensions, values, strict=True))
        if parts.keys() != self.dimensions.keys():
            raise PipelineError(f'"{key}" has other dimensions than {"|".join(self.dimensions)}')
        for name, partitions in self.dimensions.items():
            partitions.checked(parts[name], run)
        return MultiPartitionKey(parts)

    def admit(self, key: str, instance: Any) -> None:
        """Make room in each dimension."""
        for partitions, part in zip(self.dimensions.values(), key.split("|"), strict=False):
            partitions.admit(part, instance)

    def place_of(self, key: Any) -> tuple[str, ...]:
        """The keys in the order of their dimensions' names."""
        if not isinstance(key, MultiPartitionKey):
            return tuple(str(key).split("|"))
        return tuple(key.keys_by_dimension.values())

    def tags_of(self, key: Any) -> dict[str, str]:
        """One tag per dimension."""
        return {f"dagster/partition/{name}": k for name, k in key.keys_by_dimension.items()}

    def keys_beside(self, run: Any, downstream: PartitionsDefinition) -> list[Any]:
        """The reader's own key; all with that key, if the reader has one of the dimensions."""
        dimension = self.dimension_of(downstream)
        if not dimension:
            return super().keys_beside(run, downstream)
        return [
            key for key in self.keys(run) if key.keys_by_dimension[dimension] == run.partition_key
        ]

    def dimension_of(self, other: PartitionsDefinition) -> str:
        """The name of the dimension that has these other partitions; empty if none has."""
        names = [name for name, partitions in self.dimensions.items() if partitions == other]
        return names[0] if len(names) == 1 else ""

    def time_window_for_partition_key(self, partition_key: Any) -> Any:
        """The window of the dimension that is of time."""
        for name, partitions in self.dimensions.items():
            if hasattr(partitions, "time_window_for_partition_key"):
                return partitions.time_window_for_partition_key(
                    partition_key.keys_by_dimension[name]
                )
        raise PipelineError("no dimension is of time")

    def __eq__(self, other: object) -> bool:
        """Equal if the dimensions are."""
        return isinstance(other, MultiPartitionsDefinition) and other.dimensions == self.dimensions

    def __hash__(self) -> int:
        """Equal definitions have one hash."""
        return hash(tuple(self.dimensions))
