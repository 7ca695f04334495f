"""Dates and times: `datetime`, `zoneinfo`, `time`, `calendar`, and `pendulum` for fixed moments.

What depends on the time zone of the machine is unknown.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.conversion import NotPlain
from assetgen.analyzer.evaluate.values import Constant, Sequence, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import (
    each_option,
    lost,
    nothing,
    opaque,
    plain,
    pure,
    pure_attribute,
    pure_function,
    pure_method,
    run,
)
from assetgen.analyzer.intrinsics.python.system.clock import CLOCK

_PENDULUM: Final = Parameters(
    "year, month=1, day=1, hour=0, minute=0, second=0, microsecond=0, tz='UTC', fold=1"
)


def _zone(call: Call) -> Value:
    """A time zone by its name, from the database of the running Python."""
    try:
        names = [plain(call, value) for value in call.args]
    except NotPlain as error:
        return lost(call, error.value)
    if len(names) != 1 or not isinstance(names[0], str) or call.kwargs:
        return lost(call, *call.args)
    zone = zone_named(names[0])
    if zone is None:
        return call.unknown("time", f"there is no time zone {names[0]!r} here")
    return Constant(zone)


def zone_named(name: str) -> datetime.tzinfo | None:
    """The zone of the IANA database, UTC if no name is given; None if it does not exist."""
    if name.upper() in ("UTC", "Z"):
        import zoneinfo

        try:
            return zoneinfo.ZoneInfo("UTC")
        except zoneinfo.ZoneInfoNotFoundError:
            return datetime.timezone.utc
    import zoneinfo

    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _pytz_zone(call: Call) -> Value:
    zone = call.args[0] if call.args else None
    if isinstance(zone, Constant) and zone.value in ("UTC", "utc"):
        return Constant(datetime.timezone.utc)
    return call.unknown("external", "a time zone of pytz")


def _pendulum_datetime(call: Call) -> Value:
    bound = _PENDULUM.bind(call)
    zone = bound.plain("tz")
    if isinstance(zone, str):
        zone = zone_named(zone)
    if not isinstance(zone, datetime.tzinfo):
        return lost(call, bound["tz"])
    names = ("year", "month", "day", "hour", "minute", "second", "microsecond")
    kwargs = {"tzinfo": Constant(zone)}
    return run(call, datetime.datetime, [bound[name] for name in names], kwargs)  # type: ignore[arg-type]


def _of_aware(name: str) -> Intrinsic:
    """A method that uses the machine's time zone if the receiver has none."""

    known = pure_method(datetime.datetime)

    def intrinsic(call: Call) -> Value:
        moment = call.receiver or (call.args[0] if call.args else None)
        if isinstance(moment, Constant) and getattr(moment.value, "tzinfo", None) is None:
            return call.unknown("time", f"`{name}` depends on the time zone of the machine")
        return known(call)

    return each_option(intrinsic)


def _from_timestamp(call: Call) -> Value:
    if len(call.args) < 2 and "tz" not in call.kwargs:
        return call.unknown("time", "`fromtimestamp` depends on the time zone of the machine")
    return run(call, datetime.datetime.fromtimestamp, call.args, call.kwargs)


_DATE: Final = datetime.date
_DATETIME: Final = datetime.datetime
_DELTA: Final = datetime.timedelta

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    **{
        f"calendar.{name}": pure_function("calendar", name)
        for name in ("isleap", "leapdays", "monthcalendar", "monthrange", "timegm", "weekday")
    },
    "datetime.date": pure(_DATE),
    "datetime.date.ctime": pure_method(_DATE),
    "datetime.date.day": pure_attribute(_DATE),
    "datetime.date.fromisocalendar": pure(_DATE.fromisocalendar),
    "datetime.date.fromisoformat": pure(_DATE.fromisoformat),
    "datetime.date.fromordinal": pure(_DATE.fromordinal),
    "datetime.date.isocalendar": pure_method(_DATE),
    "datetime.date.isoformat": pure_method(_DATE),
    "datetime.date.isoweekday": pure_method(_DATE),
    "datetime.date.month": pure_attribute(_DATE),
    "datetime.date.replace": pure_method(_DATE),
    "datetime.date.strftime": pure_method(_DATE),
    "datetime.date.timetuple": opaque("unsupported", "`timetuple` is not followed"),
    "datetime.date.toordinal": pure_method(_DATE),
    "datetime.date.weekday": pure_method(_DATE),
    "datetime.date.year": pure_attribute(_DATE),
    "datetime.datetime": pure(_DATETIME),
    "datetime.datetime.astimezone": _of_aware("astimezone"),
    "datetime.datetime.combine": pure(_DATETIME.combine),
    "datetime.datetime.date": pure_method(_DATETIME),
    "datetime.datetime.day": pure_attribute(_DATETIME),
    "datetime.datetime.fromisoformat": pure(_DATETIME.fromisoformat),
    "datetime.datetime.fromtimestamp": each_option(_from_timestamp),
    "datetime.datetime.hour": pure_attribute(_DATETIME),
    "datetime.datetime.isoformat": pure_method(_DATETIME),
    "datetime.datetime.microsecond": pure_attribute(_DATETIME),
    "datetime.datetime.minute": pure_attribute(_DATETIME),
    "datetime.datetime.month": pure_attribute(_DATETIME),
    "datetime.datetime.replace": pure_method(_DATETIME),
    "datetime.datetime.second": pure_attribute(_DATETIME),
    "datetime.datetime.strftime": pure_method(_DATETIME),
    "datetime.datetime.strptime": pure(_DATETIME.strptime),
    "datetime.datetime.time": pure_method(_DATETIME),
    "datetime.datetime.timestamp": _of_aware("timestamp"),
    "datetime.datetime.tzinfo": pure_attribute(_DATETIME),
    "datetime.datetime.tzname": pure_method(_DATETIME),
    "datetime.datetime.utcoffset": pure_method(_DATETIME),
    "datetime.datetime.weekday": pure_method(_DATETIME),
    "datetime.datetime.year": pure_attribute(_DATETIME),
    "datetime.time": pure(datetime.time),
    "datetime.time.fromisoformat": pure(datetime.time.fromisoformat),
    "datetime.time.hour": pure_attribute(datetime.time),
    "datetime.time.isoformat": pure_method(datetime.time),
    "datetime.time.minute": pure_attribute(datetime.time),
    "datetime.time.replace": pure_method(datetime.time),
    "datetime.time.second": pure_attribute(datetime.time),
    "datetime.time.strftime": pure_method(datetime.time),
    "datetime.timedelta": pure(_DELTA),
    "datetime.timedelta.days": pure_attribute(_DELTA),
    "datetime.timedelta.microseconds": pure_attribute(_DELTA),
    "datetime.timedelta.seconds": pure_attribute(_DELTA),
    "datetime.timedelta.total_seconds": pure_method(_DELTA),
    "datetime.timezone": pure(datetime.timezone),
    "datetime.timezone.tzname": pure_method(datetime.timezone),
    "datetime.timezone.utcoffset": pure_method(datetime.timezone),
    "dateutil.tz.gettz": each_option(_zone),
    "pendulum.datetime": each_option(_pendulum_datetime),
    "pendulum.timezone": each_option(_zone),
    "pytz.timezone": each_option(_pytz_zone),
    "time.ctime": CLOCK,
    "time.monotonic": CLOCK,
    "time.perf_counter": CLOCK,
    "time.sleep": nothing,
    "time.time": CLOCK,
    "time.time_ns": CLOCK,
    "zoneinfo.ZoneInfo": each_option(_zone),
    "zoneinfo.ZoneInfo.key": pure_attribute("zoneinfo.ZoneInfo"),
}

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NAMES: Final[ReadOnlyMapping[str, tuple[str, ...]]] = {
    "day_abbr": tuple(name[:3] for name in _DAYS),
    "day_name": _DAYS,
    "month_abbr": ("", *(name[:3] for name in _MONTHS)),
    "month_name": ("", *_MONTHS),
}
"""As they are where nobody has set a language."""

VALUES: Final[ReadOnlyMapping[str, Value]] = {
    **{
        f"calendar.{name}": Sequence("tuple", [Constant(each) for each in names])
        for name, names in _NAMES.items()
    },
    **{f"calendar.{name.upper()}": Constant(place) for place, name in enumerate(_DAYS)},
    "datetime.MAXYEAR": Constant(datetime.MAXYEAR),
    "datetime.MINYEAR": Constant(datetime.MINYEAR),
    "datetime.UTC": Constant(datetime.timezone.utc),
    "datetime.date.max": Constant(_DATE.max),
    "datetime.date.min": Constant(_DATE.min),
    "datetime.datetime.max": Constant(_DATETIME.max),
    "datetime.datetime.min": Constant(_DATETIME.min),
    "datetime.time.max": Constant(datetime.time.max),
    "datetime.time.min": Constant(datetime.time.min),
    "datetime.timedelta.max": Constant(_DELTA.max),
    "datetime.timedelta.min": Constant(_DELTA.min),
    "datetime.timezone.utc": Constant(datetime.timezone.utc),
    "pytz.UTC": Constant(datetime.timezone.utc),
    "pytz.utc": Constant(datetime.timezone.utc),
}

PROPERTIES: Final = frozenset(
    {
        "datetime.date.day",
        "datetime.date.month",
        "datetime.date.year",
        "datetime.datetime.day",
        "datetime.datetime.hour",
        "datetime.datetime.microsecond",
        "datetime.datetime.minute",
        "datetime.datetime.month",
        "datetime.datetime.second",
        "datetime.datetime.tzinfo",
        "datetime.datetime.year",
        "datetime.time.hour",
        "datetime.time.minute",
        "datetime.time.second",
        "datetime.timedelta.days",
        "datetime.timedelta.microseconds",
        "datetime.timedelta.seconds",
        "zoneinfo.ZoneInfo.key",
    }
)
