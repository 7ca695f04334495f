"""How often, and after which pause, a failed step is run again."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from assetgen.runtime.model.failures import Failure, RetryRequested, StepError


class Backoff(Enum):
    """How the pause grows with the number of failures: in proportion, or doubling."""

    LINEAR = "LINEAR"
    EXPONENTIAL = "EXPONENTIAL"


class Jitter(Enum):
    """How chance changes the pause: any part of it, or up to one base delay more or less."""

    FULL = "FULL"
    PLUS_MINUS = "PLUS_MINUS"


@dataclass(frozen=True)
class RetryPolicy:
    """When a step is run again. `max_retries` does not count the first try; `delay` is in seconds.

    The pause after the n-th failure is ``delay`` without a backoff, ``delay * n`` if linear and
    ``delay * (2**n - 1)`` if exponential.
    """

    max_retries: int = 1
    delay: float | None = None
    backoff: Backoff | None = None
    jitter: Jitter | None = None

    def __post_init__(self) -> None:
        """A backoff or jitter without a delay has nothing to work on."""
        if self.delay is None and (self.backoff is not None or self.jitter is not None):
            raise ValueError("a retry policy with a backoff or a jitter needs a delay")

    def calculate_delay(self, attempt_num: int) -> float:
        """Seconds to wait after failure number `attempt_num`, counted from one."""
        base = float(self.delay or 0)
        delay = base * BACKOFF_FACTOR[self.backoff](attempt_num)
        if self.jitter is None:
            return delay
        from random import random

        if self.jitter is Jitter.FULL:
            return random() * delay
        return delay + (2 * random() - 1) * base


BACKOFF_FACTOR: dict[Backoff | None, Callable[[int], int]] = {
    None: lambda attempt: 1,
    Backoff.LINEAR: lambda attempt: attempt,
    Backoff.EXPONENTIAL: lambda attempt: 2**attempt - 1,
}


def pause_before_retry(error: BaseException, policy: Any, number: int) -> float | None:
    """Seconds to wait before the next try after a failure; None if there will be none.

    Broken rules of the pipeline are not retried, nor is what is no `Exception`.
    """
    if isinstance(error, RetryRequested):
        return (error.seconds_to_wait or 0) if number < error.max_retries else None
    if policy is None or not isinstance(error, Exception) or isinstance(error, StepError):
        return None
    if isinstance(error, Failure) and not error.allow_retries:
        return None
    if number >= policy.max_retries:
        return None
    pause: float = policy.calculate_delay(number + 1)
    return pause
