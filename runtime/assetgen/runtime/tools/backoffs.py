"""Calling what fails at times again after a while."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any


def backoff(
    fn: Callable[..., Any],
    retry_on: tuple[type[BaseException], ...],
    args: Sequence[Any] | None = None,
    kwargs: Mapping[str, Any] | None = None,
    max_retries: int = 4,
    delay_generator: Iterator[float] | None = None,
) -> Any:
    """What `fn` returns, called up to `max_retries` times more if it raises one of `retry_on`.

    `delay_generator` gives the seconds between the calls; 0.1, 0.2, 0.4 and so on if not given.
    The last exception is raised in the end.
    """
    delays = doubling_delays() if delay_generator is None else delay_generator
    for _ in range(max_retries):
        try:
            return fn(*(args or ()), **(kwargs or {}))
        except retry_on:
            time.sleep(next(delays))
    return fn(*(args or ()), **(kwargs or {}))


def doubling_delays(delay: float = 0.1) -> Iterator[float]:
    """A delay, twice as much, four times as much, and so on without end."""
    while True:
        yield delay
        delay *= 2
