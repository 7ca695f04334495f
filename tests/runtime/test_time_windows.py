"""Partitions of time have the keys and windows that Dagster gives them."""

from datetime import datetime
from typing import Any

import dagster
import pytest

import assetgen.runtime

NOW = datetime(2024, 11, 20, 13, 30)
DEFINITIONS: list[tuple[str, dict[str, Any]]] = [
    ("Daily", {"start_date": "2024-03-01"}),
    ("Daily", {"start_date": "2024-11-01", "end_offset": 1}),
    ("Daily", {"start_date": "2024-11-01", "end_offset": 3}),
    ("Daily", {"start_date": "2024-11-01", "end_offset": -2}),
    ("Daily", {"start_date": "2024-11-01", "end_date": "2024-11-10"}),
    ("Daily", {"start_date": "2024-12-01"}),
    ("Daily", {"start_date": "2024-11-01", "hour_offset": 2, "minute_offset": 30}),
    ("Daily", {"start_date": datetime(2024, 11, 1, 5), "hour_offset": 2}),
    ("Daily", {"start_date": "20241101", "fmt": "%Y%m%d"}),
    ("Daily", {"start_date": "2024-03-01", "timezone": "America/New_York"}),
    ("Daily", {"start_date": "2024-03-20", "timezone": "Europe/Berlin", "hour_offset": 2}),
    (
        "Daily",
        {
            "start_date": "2024-03-01",
            "timezone": "America/Los_Angeles",
            "hour_offset": 2,
            "minute_offset": 30,
        },
    ),
    ("Hourly", {"start_date": "2024-11-19-00:00"}),
    ("Hourly", {"start_date": "2024-11-19-00:00", "minute_offset": 15}),
    (
        "Hourly",
        {
            "start_date": "2024-03-10-00:00",
            "end_date": "2024-03-11-00:00",
            "timezone": "America/New_York",
        },
    ),
    (
        "Hourly",
        {
            "start_date": "2024-11-02-22:00",
            "end_date": "2024-11-03-12:00",
            "timezone": "US/Central",
        },
    ),
    (
        "Hourly",
        {
            "start_date": "2024-11-03-01:00-0600",
            "end_date": "2024-11-03-12:00-0600",
            "timezone": "US/Central",
        },
    ),
    ("Hourly", {"start_date": "2024-11-19-00:00+0000"}),
    ("Daily", {"start_date": "2024-11-01+0200", "timezone": "Europe/Paris"}),
    ("Daily", {"start_date": "2024-11-01-00:00+0000", "fmt": "%Y-%m-%d-%H:%M%z"}),
    (
        "Daily",
        {
            "start_date": "2024-11-01",
            "timezone": "US/Central",
            "hour_offset": 1,
            "minute_offset": 30,
        },
    ),
    (
        "TimeWindow",
        {
            "start": "2024-11-02-22:00",
            "end": "2024-11-03-12:00",
            "fmt": "%Y-%m-%d-%H:%M",
            "cron_schedule": "*/20 * * * *",
            "timezone": "US/Central",
        },
    ),
    ("Weekly", {"start_date": "2024-01-01"}),
    ("Weekly", {"start_date": "2024-01-01", "day_offset": 3, "hour_offset": 4}),
    ("Weekly", {"start_date": "2024-01-07", "end_date": "2024-02-04"}),
    ("Monthly", {"start_date": "2023-01-15"}),
    ("Monthly", {"start_date": "2023-01-15", "day_offset": 10}),
    ("Monthly", {"start_date": "2023-01-01", "end_date": "2023-04-01"}),
    ("TimeWindow", {"start": "2024-10-01", "fmt": "%Y-%m-%d", "cron_schedule": "0 0 * * 1,3"}),
    ("TimeWindow", {"start": "2024-10-01", "fmt": "%Y-%m-%d", "cron_schedule": "0 0 * * MON-FRI"}),
    ("TimeWindow", {"start": "2024-10-01", "fmt": "%Y-%m-%d", "cron_schedule": "0 0 1,15 * *"}),
    ("TimeWindow", {"start": "2024-10-01", "fmt": "%Y-%m-%d", "cron_schedule": "0 0 13 * 5"}),
    ("TimeWindow", {"start": "2022-10-01", "fmt": "%Y-%m-%d", "cron_schedule": "0 0 1 */3 *"}),
    ("TimeWindow", {"start": "2020-10-01", "fmt": "%Y-%m-%d", "cron_schedule": "@yearly"}),
    (
        "TimeWindow",
        {"start": "2024-11-01 00:00", "fmt": "%Y-%m-%d %H:%M", "cron_schedule": "*/30 8-9 * * *"},
    ),
]


@pytest.mark.parametrize(("kind", "arguments"), DEFINITIONS)
def test_keys_and_windows_are_those_of_dagster(kind: str, arguments: dict[str, Any]) -> None:
    name = f"{kind}PartitionsDefinition"
    theirs = getattr(dagster, name)(**arguments)
    ours = getattr(assetgen.runtime, name)(**arguments)
    keys = theirs.get_partition_keys(current_time=NOW)
    assert ours.get_partition_keys(current_time=NOW) == keys
    for key in [*keys[:40], *keys[-3:]]:
        expected = theirs.time_window_for_partition_key(key)
        window = ours.time_window_for_partition_key(key)
        assert (window.start.isoformat(), window.end.isoformat()) == (
            expected.start.isoformat(),
            expected.end.isoformat(),
        )
    assert ours.get_first_partition_key(NOW) == next(iter(keys), None)
    assert ours.get_last_partition_key(NOW) == next(reversed(keys), None)


def test_definitions_are_equal_if_they_mean_the_same() -> None:
    daily = assetgen.runtime.DailyPartitionsDefinition
    assert daily("2024-01-01") == daily("2024-01-01")
    assert daily("2024-01-01") != daily("2024-01-02")
    assert daily("2024-01-01") != assetgen.runtime.WeeklyPartitionsDefinition("2024-01-01")


def test_a_schedule_has_five_fields() -> None:
    with pytest.raises(ValueError, match="five fields"):
        assetgen.runtime.TimeWindowPartitionsDefinition("2024-01-01", cron_schedule="* * *")
