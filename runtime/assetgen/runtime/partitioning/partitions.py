"""Assets in parts: partitions named by a fixed list, or by one that grows."""

from collections.abc import Callable, Sequence
from typing import Any

from assetgen.runtime.model.failures import PipelineError


class PartitionsDefinition:
    """The keys of an asset's partitions."""

    def get_partition_keys(
        self, current_time: Any = None, dynamic_partitions_store: Any = None
    ) -> list[Any]:
        """All keys, in order, as of a moment (now by default)."""
        return []

    def keys(self, run: Any) -> list[Any]:
        """All keys, as a run sees them."""
        return self.get_partition_keys(dynamic_partitions_store=run.instance)

    def has_partition_key(self, partition_key: Any, **context: Any) -> bool:
        """Whether there is such a partition."""
        return partition_key in self.get_partition_keys(**context)

    def checked(self, key: Any, run: Any) -> Any:
        """The key, PipelineError if there is no such partition."""
        if key not in self.keys(run):
            raise PipelineError(f'there is no partition "{key}"')
        return key

    def admit(self, key: str, instance: Any) -> None:
        """Make room for a key that is about to be run, where keys can be added."""

    def place_of(self, key: Any) -> tuple[str, ...]:
        """Where a partition's value is stored, below the asset's."""
        return (str(key),)

    def tags_of(self, key: Any) -> dict[str, str]:
        """The tags that say which partition was made."""
        return {}

    def keys_read(self, run: Any, source: Any, downstream: Any) -> list[Any]:
        """The partitions that an input reads in a run; `downstream` are those of the reader."""
        if run.partition_key is None:
            downstream = None
        if source.partition_mapping is not None:
            found: list[Any] = source.partition_mapping.upstream_keys(run, self, downstream)
            return found
        if downstream is None:
            return self.keys(run)
        return self.keys_beside(run, downstream)

    def keys_beside(self, run: Any, downstream: "PartitionsDefinition") -> list[Any]:
        """The partitions that belong to the reader's own, when nothing else is said."""
        dimension = downstream.dimension_of(self)
        if dimension:
            return [run.partition_key.keys_by_dimension[dimension]]
        return [self.checked(run.partition_key, run)]

    def dimension_of(self, other: "PartitionsDefinition") -> str:
        """The name of the dimension that has these other partitions; empty if none has."""
        return ""

    def load(self, run: Any, unit: Any, source: Any) -> Any:
        """What an input gets: a value if it reads one partition, else a dict by key.

        Partitions without a value are left out if the input allows it, as are those that hold
        None; reading no partition gives None.
        """
        keys = self.keys_read(run, source, run.partitions_of(unit.step))
        if not keys:
            return None
        if len(keys) == 1:
            return self.load_one(run, source, keys[0])
        values = {key: self.load_one(run, source, key) for key in keys}
        return {key: value for key, value in values.items() if value is not None}

    def load_one(self, run: Any, source: Any, key: Any) -> Any:
        """The value of one partition."""
        try:
            return run.storage.load((*source.key_parts, *self.place_of(key)))
        except FileNotFoundError:
            if source.allow_missing_partitions:
                return None
            raise


class StaticPartitionsDefinition(PartitionsDefinition):
    """Partitions named by a fixed list."""

    def __init__(self, partition_keys: Sequence[str]) -> None:
        """The keys, in order."""
        self.partition_keys = tuple(partition_keys)

    def get_partition_keys(
        self, current_time: Any = None, dynamic_partitions_store: Any = None
    ) -> list[Any]:
        """The keys."""
        return list(self.partition_keys)

    def __eq__(self, other: object) -> bool:
        """Equal if the keys are."""
        return (
            isinstance(other, StaticPartitionsDefinition)
            and other.partition_keys == self.partition_keys
        )

    def __hash__(self) -> int:
        """Equal definitions have one hash."""
        return hash(self.partition_keys)


class DynamicPartitionsDefinition(PartitionsDefinition):
    """Partitions that are added while the pipeline lives (``instance.add_dynamic_partitions``)."""

    def __init__(
        self, partition_fn: Callable[[Any], Sequence[str]] | None = None, name: str | None = None
    ) -> None:
        """`name` is that under which the keys are added."""
        self.partition_fn = partition_fn
        self.name = name

    def get_partition_keys(
        self, current_time: Any = None, dynamic_partitions_store: Any = None
    ) -> list[Any]:
        """The keys added so far."""
        if self.partition_fn is not None:
            return list(self.partition_fn(current_time))
        return list(dynamic_partitions_store.get_dynamic_partitions(self.name))

    def admit(self, key: str, instance: Any) -> None:
        """Add the key, unless a function says which there are."""
        if self.partition_fn is None:
            instance.add_dynamic_partitions(self.name, [key])

    def __eq__(self, other: object) -> bool:
        """Equal if the names are."""
        return (
            isinstance(other, DynamicPartitionsDefinition)
            and other.name == self.name
            and other.partition_fn == self.partition_fn
        )

    def __hash__(self) -> int:
        """Equal definitions have one hash."""
        return hash(self.name)
