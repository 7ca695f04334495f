"""What happens during a run, one class per kind of event, in the order of happening.

Nobody changes an event. They are not frozen because that would make them several times as slow to
make.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assetgen.runtime.model.asset_keys import AssetKey
from assetgen.runtime.model.metadata_values import MetadataFact


@dataclass(slots=True)
class StepStarted:
    """A try of a step began; `retry_number` is 0 for the first."""

    step: str
    retry_number: int


@dataclass(slots=True)
class StepSucceeded:
    """A step has done its work, after `seconds` of its last try.

    If it `is_followed` the next step starts at once.
    """

    step: str
    seconds: float
    is_followed: bool = field(default=False, repr=False, compare=False)


@dataclass(slots=True)
class StepFailed:
    """A step failed for good. `error` is the exception, whose traceback says where."""

    step: str
    error: BaseException
    seconds: float


@dataclass(slots=True)
class StepUpForRetry:
    """A try of a step failed, and another will start after `seconds_to_wait`."""

    step: str
    error: BaseException
    seconds_to_wait: float


@dataclass(slots=True)
class StepSkipped:
    """A step will not run since optional outputs that it needs, `missing`, were not made."""

    step: str
    missing: tuple[str, ...]


@dataclass(slots=True)
class StepNotRun:
    """A step will not run since the steps `because` failed or did not run themselves."""

    step: str
    because: tuple[str, ...]


@dataclass(slots=True)
class Materialized:
    """A step made an asset, or one of its partitions."""

    step: str
    key: tuple[str, ...]
    partition: str | None
    metadata: Mapping[str, MetadataFact]
    tags: Mapping[str, str]

    @property
    def asset_key(self) -> AssetKey:
        """The asset's key."""
        return AssetKey(self.key)

    @property
    def is_all_of_its_step(self) -> bool:
        """Whether the step is named for the asset, and so most likely ends with it."""
        return self.step == self.key[-1]


@dataclass(slots=True)
class Observed:
    """A step looked at an asset."""

    step: str
    key: tuple[str, ...]
    partition: str | None
    metadata: Mapping[str, MetadataFact]
    tags: Mapping[str, str]


@dataclass(slots=True)
class CheckEvaluated:
    """A check reached its verdict, an `AssetCheckEvaluation`."""

    step: str
    evaluation: Any
