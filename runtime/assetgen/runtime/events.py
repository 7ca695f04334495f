"""What happens during a run, one class per kind of event, in the order of happening."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assetgen.runtime.asset_keys import AssetKey
from assetgen.runtime.metadata_values import MetadataValue


@dataclass(frozen=True, slots=True)
class StepStarted:
    """A try of a step began; `retry_number` is 0 for the first."""

    step: str
    retry_number: int


@dataclass(frozen=True, slots=True)
class StepSucceeded:
    """A step has done its work, after `seconds` of its last try."""

    step: str
    seconds: float


@dataclass(frozen=True, slots=True)
class StepFailed:
    """A step failed for good. `error` is the exception, whose traceback says where."""

    step: str
    error: BaseException
    seconds: float


@dataclass(frozen=True, slots=True)
class StepUpForRetry:
    """A try of a step failed, and another will start after `seconds_to_wait`."""

    step: str
    error: BaseException
    seconds_to_wait: float


@dataclass(frozen=True, slots=True)
class StepSkipped:
    """A step will not run since optional outputs that it needs, `missing`, were not made."""

    step: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepNotRun:
    """A step will not run since the steps `because` failed or did not run themselves."""

    step: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Materialized:
    """A step made an asset, or one of its partitions."""

    step: str
    key: tuple[str, ...]
    partition: str | None
    metadata: Mapping[str, MetadataValue]
    tags: Mapping[str, str]

    @property
    def asset_key(self) -> AssetKey:
        """The asset's key."""
        return AssetKey(self.key)


@dataclass(frozen=True, slots=True)
class Observed:
    """A step looked at an asset."""

    step: str
    key: tuple[str, ...]
    partition: str | None
    metadata: Mapping[str, MetadataValue]
    tags: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CheckEvaluated:
    """A check reached its verdict, an `AssetCheckEvaluation`."""

    step: str
    evaluation: Any
