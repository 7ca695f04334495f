"""When a schedule made from partitions fires: the cron string that Dagster derives from them."""

from __future__ import annotations

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.partitions import Partitions


@dataclass(frozen=True, slots=True)
class Moment:
    """The parts of the time of day that the schedule sets itself; the partitions give the rest."""

    minute: int | None = None
    hour: int | None = None
    day_of_week: int | None = None
    day_of_month: int | None = None


def cron_of(partitions: Partitions, moment: Moment) -> str | None:
    """The cron string; None for partitions that are not time-based, and for those that are not
    known."""
    if partitions.dimensions:
        crons = [cron_of(dimension, moment) for _, dimension in partitions.dimensions]
        return next((cron for cron in crons if cron is not None), None)
    if _PARTS & set(partitions.unknown):
        return None
    parameters = dict(partitions.parameters)

    def part(own: int | None, parameter: str, default: int = 0) -> object:
        return own if own is not None else parameters.get(parameter, default)

    minute = part(moment.minute, "minute_offset")
    hour = part(moment.hour, "hour_offset")
    by_kind = {
        "HourlyPartitionsDefinition": f"{minute} * * * *",
        "DailyPartitionsDefinition": f"{minute} {hour} * * *",
        "WeeklyPartitionsDefinition": (
            f"{minute} {hour} * * {part(moment.day_of_week, 'day_offset')}"
        ),
        "MonthlyPartitionsDefinition": (
            f"{minute} {hour} {part(moment.day_of_month, 'day_offset', 1)} * *"
        ),
    }
    cron = by_kind.get(partitions.kind)
    if cron is None and moment == Moment():
        given = parameters.get("cron_schedule")
        return given if isinstance(given, str) else None
    return cron


_PARTS = frozenset({"minute_offset", "hour_offset", "day_offset", "cron_schedule", "*"})


def timezone_of(partitions: Partitions) -> str | None:
    """The time zone of time-based partitions, which may be one of several dimensions."""
    zones = [timezone_of(dimension) for _, dimension in partitions.dimensions]
    if zones:
        return next((zone for zone in zones if zone is not None), None)
    if partitions.kind not in _BY_TIME or {"timezone", "*"} & set(partitions.unknown):
        return None
    given = dict(partitions.parameters).get("timezone")
    return given if isinstance(given, str) else "UTC"


_BY_TIME = frozenset(
    f"{name}PartitionsDefinition" for name in ("Hourly", "Daily", "Weekly", "Monthly", "TimeWindow")
)
