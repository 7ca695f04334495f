"""What is found to differ between two tuples."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assetgen.analyzer.evaluate.columns import Differences

VALUES = [object() for _ in range(400)]
edits = st.lists(
    st.tuples(st.integers(0, 399), st.integers(0, 399), st.integers(0, 90)), max_size=8
)


@given(st.integers(0, 300), edits)
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_the_difference_is_what_only_one_of_two_has(
    size: int, changes: list[tuple[int, int, int]]
) -> None:
    """Runs of values are left out, moved, or come anew, at few or many places."""
    before, now = VALUES[:size], VALUES[:size]
    for place, to, length in changes:
        run = now[place : place + length]
        del now[place : place + length]
        if to % 3:
            now[to:to] = run
        else:
            now[to:to] = [object() for _ in range(length)]
    new, gone = Differences().between(tuple(before), tuple(now))
    assert new == [value for value in now if value not in before]
    assert gone == [value for value in before if value not in now]


def test_many_single_values_at_many_places_differ() -> None:
    before = tuple(VALUES)
    now = tuple(object() if number % 2 else value for number, value in enumerate(VALUES))
    new, gone = Differences().between(before, now)
    assert new == list(now[1::2])
    assert gone == list(before[1::2])
