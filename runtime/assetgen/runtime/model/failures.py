"""The ways in which a step fails."""

from collections.abc import Mapping
from typing import Any

from assetgen.runtime.model.metadata_values import normalize_metadata


class DagsterError(Exception):
    """Base of what Dagster raises by itself."""


class DagsterInvalidDefinitionError(DagsterError):
    """A definition says what it cannot mean."""


class StepError(DagsterError):
    """A step broke a rule of the pipeline, such as yielding an output that it does not have."""


# As Dagster calls what its contexts raise.
DagsterInvariantViolationError = StepError
DagsterInvalidInvocationError = StepError
DagsterInvalidPropertyError = StepError


class TypeCheckFailed(StepError):
    """A value is not of the declared type of its input or output."""


class CheckFailed(StepError):
    """A blocking check of severity ERROR did not pass."""


class PipelineError(Exception):
    """The run cannot start: a bad selection, partition, configuration or set of resources."""


class RetryRequested(Exception):
    """Raised by a step's own code to be run again, whether or not it has a retry policy."""

    def __init__(self, max_retries: int = 1, seconds_to_wait: float | None = None) -> None:
        """`max_retries` does not count the first try."""
        super().__init__()
        self.max_retries = max_retries
        self.seconds_to_wait = seconds_to_wait


class Failure(Exception):
    """Raised by a step's own code to fail with a description, or not to be retried."""

    def __init__(
        self,
        description: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        allow_retries: bool | None = None,
    ) -> None:
        """With `allow_retries` false the step's retry policy is not heeded."""
        super().__init__(description)
        self.description = description
        self.metadata = normalize_metadata(metadata)
        self.allow_retries = True if allow_retries is None else allow_retries
