"""Partitions definitions and mappings."""

from __future__ import annotations

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.literals import Literal


@dataclass(frozen=True, slots=True)
class Partitions:
    """A partitions definition: Dagster's class name and the arguments that are known.

    `parameters` are named as Dagster's constructors name them (`start_date`, `partition_keys`,
    `end_offset` ...); a name in `unknown` was given a value that could not be known.
    `dimensions` are those of a `MultiPartitionsDefinition`, sorted by name.
    """

    kind: str
    parameters: tuple[tuple[str, Literal], ...] = ()
    dimensions: tuple[tuple[str, Partitions], ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether nothing is unknown, in no dimension either."""
        return not self.unknown and all(each.is_known for _, each in self.dimensions)


@dataclass(frozen=True, slots=True)
class PartitionMapping:
    """How partitions of an upstream asset map to those of a downstream one."""

    kind: str
    parameters: tuple[tuple[str, Literal], ...] = ()


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How a failed step is retried; `delay` in seconds."""

    max_retries: int | None = 1
    delay: float | None = None
    backoff: str | None = None
    jitter: str | None = None
