"""What happens during a run, one class per kind of event, in the order of happening."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from assetgen.runtime.asset_keys import AssetKey
from assetgen.runtime.metadata_values import MetadataFact


class StepStarted(NamedTuple):
    """A try of a step began; `retry_number` is 0 for the first."""

    step: str
    retry_number: int


class StepSucceeded(NamedTuple):
    """A step has done its work, after `seconds` of its last try."""

    step: str
    seconds: float


class StepFailed(NamedTuple):
    """A step failed for good. `error` is the exception, whose traceback says where."""

    step: str
    error: BaseException
    seconds: float


class StepUpForRetry(NamedTuple):
    """A try of a step failed, and another will start after `seconds_to_wait`."""

    step: str
    error: BaseException
    seconds_to_wait: float


class StepSkipped(NamedTuple):
    """A step will not run since optional outputs that it needs, `missing`, were not made."""

    step: str
    missing: tuple[str, ...]


class StepNotRun(NamedTuple):
    """A step will not run since the steps `because` failed or did not run themselves."""

    step: str
    because: tuple[str, ...]


class Materialized(NamedTuple):
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


class Observed(NamedTuple):
    """A step looked at an asset."""

    step: str
    key: tuple[str, ...]
    partition: str | None
    metadata: Mapping[str, MetadataFact]
    tags: Mapping[str, str]


class CheckEvaluated(NamedTuple):
    """A check reached its verdict, an `AssetCheckEvaluation`."""

    step: str
    evaluation: Any
