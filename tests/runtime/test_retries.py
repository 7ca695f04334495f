"""Pauses before retries are those of Dagster, chance included."""

import random

import dagster
import pytest

from assetgen.runtime.execution.retries import Backoff, Jitter, RetryPolicy


@pytest.mark.parametrize("jitter", [None, "FULL", "PLUS_MINUS"])
@pytest.mark.parametrize("backoff", [None, "LINEAR", "EXPONENTIAL"])
def test_pauses_between_retries_are_those_of_dagster(
    backoff: str | None, jitter: str | None
) -> None:
    ours = RetryPolicy(
        max_retries=9,
        delay=0.5,
        backoff=backoff and Backoff[backoff],
        jitter=jitter and Jitter[jitter],
    )
    theirs = dagster.RetryPolicy(
        max_retries=9,
        delay=0.5,
        backoff=backoff and dagster.Backoff[backoff],
        jitter=jitter and dagster.Jitter[jitter],
    )
    for attempt in range(1, 6):
        random.seed(attempt)
        expected = theirs.calculate_delay(attempt)
        random.seed(attempt)
        assert ours.calculate_delay(attempt) == expected


def test_exponential_pauses_double_and_add_one() -> None:
    policy = RetryPolicy(delay=1, backoff=Backoff.EXPONENTIAL)
    assert [policy.calculate_delay(n) for n in range(1, 5)] == [1, 3, 7, 15]


def test_a_backoff_needs_a_delay() -> None:
    with pytest.raises(ValueError, match="needs a delay"):
        RetryPolicy(backoff=Backoff.LINEAR)
    assert RetryPolicy().calculate_delay(3) == 0
