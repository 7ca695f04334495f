"""Members of time-based partitions: when they begin and end, and their cron strings."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import NONE, Constant, Record, Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.dagster.declared.partition_crons import (
    Moment,
    cron_of,
    timezone_of,
)
from assetgen.analyzer.intrinsics.dagster.partitions.partition_members import dimensions_of
from assetgen.analyzer.intrinsics.dagster.partitions.partitions import partitions_of
from assetgen.analyzer.intrinsics.dagster.plain import Doubts

_MOMENT: Final = Parameters(
    "minute_of_hour=None, hour_of_day=None, day_of_week=None, day_of_month=None"
)


def _cron(call: Call) -> Value:
    """`cron_schedule`, and `get_cron_schedule(...)` with parts of the time of day set."""
    bound = _MOMENT.bind(call)
    numbers = [bound.plain(name) for name in _PARTS]
    partitions = partitions_of(call, call.receiver or NONE)
    if partitions is None or not all(one is None or isinstance(one, int) for one in numbers):
        return call.unknown("unsupported", "when the partitions change is not known", *call.args)
    cron = cron_of(partitions, Moment(*numbers))  # type: ignore[arg-type]
    if cron is None:
        return call.unknown("unsupported", "when the partitions change is not known")
    return Constant(cron)


_PARTS: Final = ("minute_of_hour", "hour_of_day", "day_of_week", "day_of_month")


def _zone_name(call: Call) -> Value:
    partitions = partitions_of(call, call.receiver or NONE)
    zone = timezone_of(partitions) if partitions is not None else None
    if zone is None:
        return call.unknown("unsupported", "the time zone of the partitions is not known")
    return Constant(zone)


def _end_of(*names: str) -> Intrinsic:
    """`start` and `end`, as moments in the time zone of the partitions."""

    def end(call: Call) -> Value:
        moment = _moment(call, names)
        return moment if isinstance(moment, Unknown) else Constant(moment)

    return end


def _moment(call: Call, names: tuple[str, ...]) -> datetime | Unknown | None:
    fields = call.receiver.fields if isinstance(call.receiver, Record) else {}
    doubts = Doubts()
    given = doubts.first_option(next((fields[name] for name in names if name in fields), NONE))
    zone = _zone(call)
    fmt = _format(call)
    if doubts.found or zone is None or fmt is None or not isinstance(given, Constant):
        return call.unknown("unsupported", f"the {names[-1]} of the partitions", *doubts.found)
    value = given.value
    if isinstance(value, str):
        try:
            value = datetime.strptime(value, fmt)
        except (ValueError, re.error):
            return call.unknown("unsupported", f"the {names[-1]} of the partitions")
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if not isinstance(value, datetime):
        return None
    return value.replace(tzinfo=zone) if value.tzinfo is None else value.astimezone(zone)


def _zone(call: Call) -> tzinfo | None:
    name = _zone_name(call)
    if not isinstance(name, Constant):
        return None
    if name.value == "UTC":
        return timezone.utc
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # few partitions name a zone

    try:
        return ZoneInfo(str(name.value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _format(call: Call) -> str | None:
    fields = call.receiver.fields if isinstance(call.receiver, Record) else {}
    given = fields.get("fmt", NONE)
    if given == NONE:
        return _FORMATS.get(getattr(call.receiver, "qualname", ""), "%Y-%m-%d")
    return given.value if isinstance(given, Constant) and isinstance(given.value, str) else None


_FORMATS: Final = {"dagster.HourlyPartitionsDefinition": "%Y-%m-%d-%H:%M"}


def _format_text(call: Call) -> Value:
    fmt = _format(call)
    if fmt is None:
        return call.unknown("unsupported", "the format of the partitions is not known")
    return Constant(fmt)


def _first_key(call: Call) -> Value:
    """The first moment at or after their start at which partitions of this kind begin."""
    start, fmt = _moment(call, _START), _format(call)
    record = call.receiver
    lost = call.unknown("time", "the partition keys depend on when they are asked for")
    if isinstance(start, Unknown) or start is None or fmt is None or not isinstance(record, Record):
        return lost
    numbers = {name: record.fields.get(name, Constant(0)) for name in ("minute_offset",)}
    step = _STEPS.get(record.qualname)
    if step is None or "exclusions" in record.fields or "end_date" in record.fields:
        return lost
    numbers |= {name: record.fields.get(name, NONE) for name in ("hour_offset", "day_offset")}
    plain = {name: each.value for name, each in numbers.items() if isinstance(each, Constant)}
    if len(plain) != len(numbers):
        return lost
    moment = start.replace(second=0, microsecond=0)
    if moment < start:
        moment += timedelta(minutes=1)
    for _ in range(_MINUTES_OF_TWO_MONTHS):
        if _begins(moment, plain, *step):
            return Constant(moment.strftime(fmt))
        moment += timedelta(days=1) if _may_skip(moment, plain, *step) else timedelta(minutes=1)
    return lost


def _begins(moment: datetime, given: dict[str, object], has_hour: bool, day: str | None) -> bool:
    if moment.minute != given["minute_offset"]:
        return False
    if has_hour and moment.hour != (given["hour_offset"] or 0):
        return False
    return _is_day(moment, given, day)


def _may_skip(moment: datetime, given: dict[str, object], has_hour: bool, day: str | None) -> bool:
    """Whether no partition begins in the 24 hours from this moment."""
    return has_hour and moment.hour == 0 == moment.minute and not _is_day(moment, given, day)


def _is_day(moment: datetime, given: dict[str, object], day: str | None) -> bool:
    if day == "week":
        return moment.isoweekday() % 7 == (given["day_offset"] or 0)
    wanted = given["day_offset"]
    return day is None or moment.day == (1 if wanted is None else wanted)


_MINUTES_OF_TWO_MONTHS: Final = 4_000
_START: Final = ("start_date", "start")
_STEPS: Final[dict[str, tuple[bool, str | None]]] = {
    "dagster.HourlyPartitionsDefinition": (False, None),
    "dagster.DailyPartitionsDefinition": (True, None),
    "dagster.WeeklyPartitionsDefinition": (True, "week"),
    "dagster.MonthlyPartitionsDefinition": (True, "month"),
}


def _dimension_by_time(call: Call) -> Value:
    """The only time-based dimension."""
    dimensions, losses = dimensions_of(call.receiver)
    timed = [
        (name, one)
        for name, one in dimensions
        if isinstance(one, Record) and one.qualname in (*_STEPS, _WINDOWS)
    ]
    if losses or len(timed) != 1:
        return call.unknown("unsupported", "which dimension is by time is not known", *losses)
    name, one = timed[0]
    fields: dict[str, Value] = {"name": Constant(name), "partitions_def": one}
    return Record("dagster.PartitionDimensionDefinition", fields)


def _partitions_by_time(call: Call) -> Value:
    found = _dimension_by_time(call)
    return found.fields["partitions_def"] if isinstance(found, Record) else found


def _number(default: int) -> Intrinsic:
    """An offset that was not given."""
    return lambda call: Constant(default)


_WINDOWS: Final = "dagster.TimeWindowPartitionsDefinition"
_ATTRIBUTES: Final[dict[str, Intrinsic]] = {
    **{
        f"{kind}.{name}": row
        for kind in (*_STEPS, _WINDOWS)
        for name, row in {
            "cron_schedule": _cron,
            "start": _end_of(*_START),
            "end": _end_of("end_date", "end"),
            "timezone": _zone_name,
            "end_offset": _number(0),
        }.items()
    },
    **{f"{kind}.minute_offset": _number(0) for kind in _STEPS},
    **{f"{kind}.hour_offset": _number(0) for kind, (has_hour, _) in _STEPS.items() if has_hour},
    "dagster.WeeklyPartitionsDefinition.day_offset": _number(0),
    "dagster.MonthlyPartitionsDefinition.day_offset": _number(1),
    **{f"{kind}.fmt": _format_text for kind in _STEPS},
    "dagster.MultiPartitionsDefinition.time_window_dimension": _dimension_by_time,
    "dagster.MultiPartitionsDefinition.time_window_partitions_def": _partitions_by_time,
}
PROPERTIES: Final = frozenset(_ATTRIBUTES)
TABLE: Final[dict[str, Intrinsic]] = {
    **{f"{kind}.get_cron_schedule": _cron for kind in (*_STEPS, _WINDOWS)},
    **{f"{kind}.get_first_partition_key": _first_key for kind in _STEPS},
    **_ATTRIBUTES,
}
"""The intrinsics of time-based partitions."""
