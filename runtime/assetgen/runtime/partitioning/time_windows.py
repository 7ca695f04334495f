"""Partitions of time: windows between the ticks of a cron schedule."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone, tzinfo
from itertools import islice
from typing import Any, NamedTuple

from assetgen.runtime.model.failures import PipelineError
from assetgen.runtime.partitioning.partitions import PartitionsDefinition


class TimeWindow(NamedTuple):
    """From `start` on, up to but not including `end`."""

    start: datetime
    end: datetime


class TimeWindowPartitionsDefinition(PartitionsDefinition):
    """One partition per pair of neighbouring ticks; its key is the time of the first."""

    def __init__(
        self,
        start: datetime | str,
        fmt: str = "%Y-%m-%d",
        end: datetime | str | None = None,
        schedule_type: Any = None,
        timezone: str | None = None,
        end_offset: int = 0,
        minute_offset: int = 0,
        hour_offset: int = 0,
        day_offset: int | None = None,
        cron_schedule: str | None = None,
        **_: Any,
    ) -> None:
        """The first window starts at the first tick from `start` on.

        The last ends by now, or by `end`; `end_offset` adds windows after it or takes some away.
        """
        self.fmt = fmt
        self.timezone = timezone or "UTC"
        self.zone = zone_named(self.timezone)
        self.start = self.moment(start)
        self.end = None if end is None else self.moment(end)
        self.end_offset = end_offset
        self.cron = cron_schedule or cron_of(schedule_type, minute_offset, hour_offset, day_offset)
        self.schedule = CronSchedule(self.cron)

    def moment(self, when: datetime | str) -> datetime:
        """A moment in the partitions' time zone, given as one or as a key, which may end with an
        offset from UTC."""
        if isinstance(when, str):
            text = when
            try:
                when = datetime.strptime(text, self.fmt)
            except ValueError:
                when = datetime.strptime(text, self.with_offset())
        return when.replace(tzinfo=self.zone) if when.tzinfo is None else when.astimezone(self.zone)

    def with_offset(self) -> str:
        """The format with an offset from UTC."""
        return self.fmt if "%z" in self.fmt else f"{self.fmt}%z"

    def key_of(self, window: TimeWindow) -> str:
        """The name of a window; the second of two that begin at the same hour by the clock has
        an offset from UTC."""
        second = window.start.fold and self.schedule.every_hour
        return window.start.strftime(self.with_offset() if second else self.fmt)

    def windows(self, current_time: datetime | None = None) -> list[TimeWindow]:
        """All windows, in order."""
        now = self.moment(current_time or datetime.now(timezone.utc))
        # Of one time zone Python compares what the clock says, which may be the same twice.
        limit = min(each.timestamp() for each in (now, self.end) if each is not None)
        found: list[TimeWindow] = []
        ticks = self.schedule.ticks(self.start)
        start = next(ticks)
        extra = self.end_offset
        for end in ticks:
            if end.timestamp() > limit:
                if extra <= 0:
                    break
                extra -= 1
            found.append(TimeWindow(start, end))
            start = end
        return found if extra >= 0 else found[:extra]

    def get_partition_keys(
        self, current_time: Any = None, dynamic_partitions_store: Any = None
    ) -> list[Any]:
        """The keys of all windows."""
        return [self.key_of(window) for window in self.windows(current_time)]

    def get_first_partition_key(self, current_time: Any = None, **_: Any) -> str | None:
        """The key of the first window, None if there is none yet."""
        return next(iter(self.get_partition_keys(current_time)), None)

    def get_last_partition_key(self, current_time: Any = None, **_: Any) -> str | None:
        """The key of the last window, None if there is none yet."""
        return next(reversed(self.get_partition_keys(current_time)), None)

    def time_window_for_partition_key(self, partition_key: str) -> TimeWindow:
        """The window of a key."""
        ticks = self.schedule.ticks(self.moment(partition_key))
        return TimeWindow(*islice(ticks, 2))

    def keys_beside(self, run: Any, downstream: PartitionsDefinition) -> list[Any]:
        """The windows that overlap that of the reader."""
        if isinstance(downstream, TimeWindowPartitionsDefinition):
            return self.overlapping(downstream.time_window_for_partition_key(run.partition_key))
        return super().keys_beside(run, downstream)

    def overlapping(
        self, window: TimeWindow, start_offset: int = 0, end_offset: int = 0
    ) -> list[str]:
        """The keys of the windows that share time with a window.

        The offsets, in windows, move the first and the last of them. Only windows that exist by
        now are given.
        """
        known: list[TimeWindow] = []
        ticks = self.schedule.ticks(self.start)
        start = next(ticks)
        further = max(0, start_offset, end_offset)
        for end in ticks:
            if start.timestamp() >= window.end.timestamp():
                if further <= 0:
                    break
                further -= 1
            known.append(TimeWindow(start, end))
            start = end
        first = bisect_right([each.end.timestamp() for each in known], window.start.timestamp())
        last = bisect_left([each.start.timestamp() for each in known], window.end.timestamp())
        chosen = known[max(0, first + start_offset) : max(0, last + end_offset)]
        existing = set(self.windows())
        return [self.key_of(each) for each in chosen if each in existing]

    def __eq__(self, other: object) -> bool:
        """Equal if schedule, bounds and format are."""
        return isinstance(other, TimeWindowPartitionsDefinition) and self.facts() == other.facts()

    def __hash__(self) -> int:
        """Equal definitions have one hash."""
        return hash(self.cron)

    def facts(self) -> tuple[Any, ...]:
        """All that tells two definitions apart."""
        return (self.cron, self.start, self.end, self.end_offset, self.fmt, self.timezone)


class DailyPartitionsDefinition(TimeWindowPartitionsDefinition):
    """One partition per day, named ``2024-01-31``."""

    def __init__(
        self,
        start_date: datetime | str,
        end_date: datetime | str | None = None,
        minute_offset: int = 0,
        hour_offset: int = 0,
        timezone: str | None = None,
        fmt: str | None = None,
        end_offset: int = 0,
        **_: Any,
    ) -> None:
        """The offsets say when a day begins."""
        super().__init__(
            start=start_date,
            fmt=fmt or "%Y-%m-%d",
            end=end_date,
            timezone=timezone,
            end_offset=end_offset,
            cron_schedule=f"{minute_offset} {hour_offset} * * *",
        )


class HourlyPartitionsDefinition(TimeWindowPartitionsDefinition):
    """One partition per hour, named ``2024-01-31-23:00``."""

    def __init__(
        self,
        start_date: datetime | str,
        end_date: datetime | str | None = None,
        minute_offset: int = 0,
        timezone: str | None = None,
        fmt: str | None = None,
        end_offset: int = 0,
        **_: Any,
    ) -> None:
        """The offset says when an hour begins."""
        super().__init__(
            start=start_date,
            fmt=fmt or "%Y-%m-%d-%H:%M",
            end=end_date,
            timezone=timezone,
            end_offset=end_offset,
            cron_schedule=f"{minute_offset} * * * *",
        )


class WeeklyPartitionsDefinition(TimeWindowPartitionsDefinition):
    """One partition per week, named by its first day."""

    def __init__(
        self,
        start_date: datetime | str,
        minute_offset: int = 0,
        hour_offset: int = 0,
        day_offset: int = 0,
        timezone: str | None = None,
        fmt: str | None = None,
        end_offset: int = 0,
        end_date: datetime | str | None = None,
        **_: Any,
    ) -> None:
        """`day_offset` is the first day of a week, 0 for Sunday."""
        super().__init__(
            start=start_date,
            fmt=fmt or "%Y-%m-%d",
            end=end_date,
            timezone=timezone,
            end_offset=end_offset,
            cron_schedule=f"{minute_offset} {hour_offset} * * {day_offset}",
        )


class MonthlyPartitionsDefinition(TimeWindowPartitionsDefinition):
    """One partition per month, named by its first day."""

    def __init__(
        self,
        start_date: datetime | str,
        end_date: datetime | str | None = None,
        minute_offset: int = 0,
        hour_offset: int = 0,
        day_offset: int = 1,
        timezone: str | None = None,
        fmt: str | None = None,
        end_offset: int = 0,
        **_: Any,
    ) -> None:
        """`day_offset` is the day of the month on which a month begins."""
        super().__init__(
            start=start_date,
            fmt=fmt or "%Y-%m-%d",
            end=end_date,
            timezone=timezone,
            end_offset=end_offset,
            cron_schedule=f"{minute_offset} {hour_offset} {day_offset} * *",
        )


class CronSchedule:
    """The moments that a cron expression means: minute, hour, day, month, day of the week."""

    def __init__(self, expression: str) -> None:
        """ValueError if the expression does not have five fields."""
        fields = CRON_NAMES.get(expression, expression).split()
        if len(fields) != 5:
            raise ValueError(f"{expression!r} is not a cron schedule of five fields")
        self.minutes = sorted(cron_field(fields[0], 0, 59))
        self.hours = sorted(cron_field(fields[1], 0, 23))
        self.days = cron_field(fields[2], 1, 31)
        self.months = cron_field(fields[3], 1, 12)
        self.weekdays = {day % 7 for day in cron_field(fields[4], 0, 7)}
        self.every_hour = fields[1] == "*"
        self.any_day = fields[2] == "*"
        self.any_weekday = fields[4] == "*"

    def ticks(self, start: datetime) -> Iterator[datetime]:
        """The moments from `start` on, in its time zone."""
        day = start.date()
        first = start.timestamp()
        while True:
            if self.has_day(day):
                for moment in self.moments_of(day, start.tzinfo):
                    if moment.timestamp() >= first:
                        yield moment
            day += timedelta(days=1)

    def has_day(self, day: date) -> bool:
        """Whether there are ticks on a day; one matching field suffices if both are restricted."""
        if day.month not in self.months:
            return False
        in_month = day.day in self.days
        in_week = day.isoweekday() % 7 in self.weekdays
        if self.any_day or self.any_weekday:
            return in_month and in_week
        return in_month or in_week

    def moments_of(self, day: date, zone: tzinfo | None) -> Iterator[datetime]:
        """The ticks of a day. An hour that the clock skips has none, or a later one if it is the
        only hour of the day; one that it repeats has its ticks twice, or then if it is not one
        of all."""
        for hour in self.hours:
            again: list[datetime] = []
            for minute in self.minutes:
                local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
                if zone is timezone.utc:
                    yield local
                    continue
                real = local.astimezone(timezone.utc).astimezone(zone)
                if real.hour != hour:
                    if not self.every_hour:
                        # The moment at which the clock goes on.
                        yield local.replace(minute=0).astimezone(timezone.utc).astimezone(zone)
                    continue
                second = local.replace(fold=1)
                is_repeated = second.utcoffset() != local.utcoffset()
                if self.every_hour or not is_repeated:
                    yield real
                if is_repeated:
                    again.append(second)
            yield from again


def cron_field(text: str, low: int, high: int) -> set[int]:
    """The numbers that a field of a cron expression allows."""
    allowed: set[int] = set()
    for part in text.split(","):
        span, _, step = part.partition("/")
        if span == "*":
            first, last = low, high
        elif "-" in span:
            first, last = map(cron_number, span.split("-"))
        else:
            first = cron_number(span)
            last = high if step else first
        allowed.update(range(first, last + 1, int(step or 1)))
    return allowed


def cron_number(text: str) -> int:
    """A number, or the number of a month or weekday given by name."""
    if text.isdigit():
        return int(text)
    name = text.upper()
    return (MONTHS.index(name) + 1) if name in MONTHS else WEEKDAYS.index(name)


def cron_of(schedule_type: Any, minute: int, hour: int, day: int | None) -> str:
    """The cron expression of a schedule given by its kind and offsets."""
    kind = str(getattr(schedule_type, "value", schedule_type)).upper()
    if kind not in CRON_OF_KIND:
        raise PipelineError("time windows need a cron_schedule")
    default_day = 1 if kind == "MONTHLY" else 0
    return CRON_OF_KIND[kind].format(
        minute=minute, hour=hour, day=default_day if day is None else day
    )


def zone_named(name: str) -> tzinfo:
    """A time zone by its name."""
    if name == "UTC":
        return timezone.utc
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
WEEKDAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
CRON_NAMES = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
}
CRON_OF_KIND = {
    "HOURLY": "{minute} * * * *",
    "DAILY": "{minute} {hour} * * *",
    "WEEKLY": "{minute} {hour} * * {day}",
    "MONTHLY": "{minute} {hour} {day} * *",
}
