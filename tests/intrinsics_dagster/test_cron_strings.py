"""Cron strings are taken as Dagster takes them."""

import pytest
from dagster._utils.schedules import is_valid_cron_string
from hypothesis import assume, given
from hypothesis import strategies as st

from assetgen.analyzer.intrinsics.dagster.partitions.cron_strings import cron_problem

NUMBERS = st.integers(0, 70).map(str)
NAMES = st.sampled_from(["mon", "SUN", "jan", "Dec", "l", "L", "x", "*", "?", "", "-1", "1.5"])
ENDS = st.one_of(NUMBERS, NAMES)
ITEMS = st.one_of(
    ENDS,
    st.just("*"),
    st.builds("{}-{}".format, ENDS, ENDS),
    st.builds("{}/{}".format, ENDS, NUMBERS),
    st.builds("{}-{}/{}".format, NUMBERS, NUMBERS, NUMBERS),
    st.builds("{}#{}".format, ENDS, NUMBERS),
)
FIELDS = st.one_of(st.just("*"), NUMBERS, st.lists(ITEMS, min_size=1, max_size=3).map(",".join))
CRONS = st.lists(FIELDS, min_size=4, max_size=6).map(" ".join)


@pytest.mark.parametrize(
    "text",
    [
        *("0 0 * * *", "*/15 8-18 * * mon-fri", "@daily", "@DAILY", "0 0 L * *", "0 0 1-l * *"),
        *("0 0 * * 5#2", "0 0 * * fri#2", "0 0 * * l5", "0 22-5 * * *", "10/5 * * * *"),
        *("0 0 ? * 1", "0 0 1 ? *", "? * * * *", "0 25 * * *", "0 0 0 * *", "0 0 31 2 *"),
        *("0 0 30 feb *", "0 0 * * 8", "0 0 * 13 *", "every day", "0 0 * *", "0 0 0 * * *"),
        *("@weekday", "", "*/0 * * * *", "0 0 * jan-mar 1,3,5", "1,,2 * * * *", "-1 * * * *"),
    ],
)
def test_same_as_dagster(text: str) -> None:
    assert (cron_problem(text) is None) == is_valid_cron_string(text)


@given(CRONS)
def test_what_dagster_takes_is_taken(text: str) -> None:
    assume("0-0" not in text)  # which stands for every month, and nobody writes
    if is_valid_cron_string(text):
        assert cron_problem(text) is None
