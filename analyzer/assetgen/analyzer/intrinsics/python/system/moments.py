"""Dates and times of third-party packages: `dateutil.relativedelta`, `dateutil.rrule`, pendulum,
arrow.

Moments of pendulum and arrow are represented by Python's dates and times, with additional methods.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import NONE, Constant, Declared, Iterator_, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import each_option, lost, raised, run, too_much
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.intrinsics.python.system.times import zone_named
from assetgen.analyzer.model.dataclass import dataclass, field

_DELTA: Final = Parameters("dt1=None, dt2=None, **parts")
_ONE: Final = Parameters("value, /")
_STEPS: Final = Parameters("**parts")
_RULE: Final = Parameters("freq, dtstart=None, interval=1, count=None, until=None, **options")
_PARSED: Final = Parameters("text, **options")
_DAY: Final = Parameters("year, month, day")
_RELATIVE: Final = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")
_ABSOLUTE: Final = ("year", "month", "day", "hour", "minute", "second", "microsecond")


@dataclass(slots=True, eq=False)
class RelativeDelta(Declared):
    """`relativedelta(...)`: offsets by their names, and fields that are replaced."""

    type_name: ClassVar[str] = "dateutil.relativedelta.relativedelta"
    steps: dict[str, int] = field(default_factory=dict)
    parts: dict[str, int] = field(default_factory=dict)

    def attribute(self, name: str) -> Value | None:
        if name in _RELATIVE:
            days = self.steps.get("days", 0) + 7 * self.steps.get("weeks", 0)
            by_name = {**self.steps, "days": days, "weeks": int(days / 7)}
            return Constant(by_name.get(name, 0))
        return Constant(self.parts.get(name)) if name in _ABSOLUTE else None


def _delta(call: Call) -> Value:
    bound = _DELTA.bind(call)
    if bound["dt1"] != NONE:
        return _between(call, bound["dt1"], bound["dt2"])
    made = RelativeDelta()
    for name, value in bound.rest.items():
        number = value.value if isinstance(value, Constant) else None
        if type(number) is not int or name not in (*_RELATIVE, *_ABSOLUTE):
            return lost(call, value)
        (made.steps if name in _RELATIVE else made.parts)[name] = number
    return made


def _between(call: Call, later: Value, earlier: Value) -> Value:
    """The months and days from one date to another that is not earlier."""
    one, other = (_moment(value) for value in (later, earlier))
    if one is None or other is None or one < other:
        return lost(call, later, earlier)
    months = (one.year - other.year) * 12 + one.month - other.month
    moved = shifted(other, {"months": months})
    if moved > one:
        months -= 1
        moved = shifted(other, {"months": months})
    rest = one - moved
    steps = {"years": months // 12, "months": months % 12, "days": rest.days}
    minutes, seconds = divmod(rest.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return RelativeDelta({**steps, "hours": hours, "minutes": minutes, "seconds": seconds})


def _moment(value: Value) -> datetime.datetime | None:
    data = value.value if isinstance(value, Constant) else None
    if isinstance(data, datetime.datetime):
        return data
    if isinstance(data, datetime.date):
        return datetime.datetime(data.year, data.month, data.day)
    return None


def shifted(
    moment: datetime.datetime,
    steps: ReadOnlyMapping[str, int],
    parts: ReadOnlyMapping[str, int] | None = None,
) -> datetime.datetime:
    """A date with fields replaced first, then months added, clipped to the length of the month.

    Raises `ValueError` and `OverflowError`.
    """
    import calendar  # and with it the library for languages, for the lengths of months

    given = dict(parts or {})
    months = steps.get("years", 0) * 12 + steps.get("months", 0)
    year, month = given.pop("year", moment.year), given.pop("month", moment.month)
    total = year * 12 + month - 1 + months
    year, month = divmod(total, 12)
    day = min(calendar.monthrange(year, month + 1)[1], given.pop("day", moment.day))
    moved = moment.replace(year=year, month=month + 1, day=day, **given)  # type: ignore[arg-type]
    rest = {name: steps.get(name, 0) for name in ("weeks", "days", "hours", "minutes", "seconds")}
    return moved + datetime.timedelta(**rest)


def _applied(call: Call, delta: RelativeDelta, value: Value, sign: int) -> Value:
    moment = _moment(value)
    if moment is None:
        return lost(call, value)
    steps = {name: sign * number for name, number in delta.steps.items()}
    try:
        found = shifted(moment, steps, delta.parts)
    except (ValueError, OverflowError) as error:
        raise raised(error) from error
    is_day = isinstance(value, Constant) and not isinstance(value.value, datetime.datetime)
    has_time = any(steps.get(name) for name in ("hours", "minutes", "seconds"))
    return Constant(found.date() if is_day and not has_time else found)


def _add(call: Call, delta: RelativeDelta) -> Value:
    other = _ONE.bind(call)["value"]
    if isinstance(other, RelativeDelta):
        names = delta.steps.keys() | other.steps.keys()
        steps = {name: delta.steps.get(name, 0) + other.steps.get(name, 0) for name in names}
        return RelativeDelta(steps, {**delta.parts, **other.parts})
    return _applied(call, delta, other, 1)


def _subtract_from(call: Call, delta: RelativeDelta) -> Value:
    return _applied(call, delta, _ONE.bind(call)["value"], -1)


def _times(call: Call, delta: RelativeDelta) -> Value:
    factor = _ONE.bind(call).plain("value")
    if type(factor) is not int:
        return lost(call, *call.args)
    steps = {name: number * factor for name, number in delta.steps.items()}
    return RelativeDelta(steps, dict(delta.parts))


def _negated(call: Call, delta: RelativeDelta) -> Value:
    steps = {name: -number for name, number in delta.steps.items()}
    return RelativeDelta(steps, dict(delta.parts))


_FREQUENCIES: Final = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")


def _rule(call: Call) -> Value:
    """`rrule(MONTHLY, dtstart=..., until=...)`, without `by...`."""
    bound = _RULE.bind(call)
    start = _moment(bound["dtstart"])
    until = _moment(bound["until"])
    frequency, interval, count = (bound.plain(name) for name in ("freq", "interval", "count"))
    if start is None or bound.rest or type(frequency) is not int or type(interval) is not int:
        return lost(call, *call.values)
    if until is None and type(count) is not int:
        return lost(call, bound["until"], bound["count"])
    found: list[Value] = []
    for number in range(call.machine.budget.collection):
        moment = shifted(start, {_FREQUENCIES[frequency]: number * interval})
        over = until is not None and moment > until
        if over or (isinstance(count, int) and len(found) >= count):
            return Iterator_(iter(found))
        if moment.day == start.day or _FREQUENCIES[frequency] not in ("years", "months"):
            found.append(Constant(moment))
    return too_much(call)


def _parse(call: Call) -> Value:
    """A moment in ISO 8601 notation, in UTC if it has no zone."""
    bound = _PARSED.bind(call)
    text = bound.plain("text")
    zone = bound.rest.get("tz") or bound.rest.get("tzinfo") or Constant("UTC")
    if not isinstance(text, str) or not isinstance(zone, Constant):
        return lost(call, bound["text"], zone)
    found = zone_named(zone.value) if isinstance(zone.value, str) else None
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return lost(call, bound["text"])
    if found is None:
        return lost(call, zone)
    return Constant(moment if moment.tzinfo is not None else moment.replace(tzinfo=found))


def _naive(call: Call) -> Value:
    """`isoparse`, which adds no zone if none is written."""
    text = _PARSED.bind(call).plain("text")
    try:
        return Constant(datetime.datetime.fromisoformat(str(text)))
    except ValueError:
        return lost(call, *call.args)


def _parse_usual(call: Call) -> Value:
    """`dateutil.parser.parse`, for strings that can be read in only one way."""
    text = _PARSED.bind(call).plain("text")
    if len(call.args) == 1 and isinstance(text, str) and _USUAL.fullmatch(text):
        return _naive(call)
    return call.unknown("external", "dates are parsed by dateutil")


_USUAL: Final = re.compile(r"\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?)?")


def _get(call: Call) -> Value:
    """`arrow.get` of a string, of a moment, or of its fields."""
    if len(call.args) == 1 and isinstance(call.args[0], Constant):
        if isinstance(call.args[0].value, str):
            return _parse(call)
        moment = _moment(call.args[0])
        if moment is not None:
            zone = moment.tzinfo or zone_named("UTC")
            return Constant(moment.replace(tzinfo=zone))
    numbers = [value.value for value in call.args if isinstance(value, Constant)]
    if len(numbers) < 3 or call.kwargs or not all(type(number) is int for number in numbers):
        return lost(call, *call.args)
    try:
        return Constant(datetime.datetime(*numbers[:7], tzinfo=zone_named("UTC")))  # type: ignore[arg-type, misc]
    except (ValueError, TypeError) as error:
        raise raised(error) from error


def _date(call: Call) -> Value:
    bound = _DAY.bind(call)
    return run(call, datetime.date, [bound[part] for part in ("year", "month", "day")], {})


def _moved(sign: int) -> Intrinsic:
    """`moment.add(months=1)`, `subtract`, `shift`."""

    def intrinsic(call: Call) -> Value:
        moment = _moment(call.receiver or NONE)
        steps = _STEPS.bind(call).rest
        numbers = {name: value.value for name, value in steps.items() if _is_step(name, value)}  # type: ignore[attr-defined]
        if moment is None or len(numbers) != len(steps):
            return lost(call, *steps.values())
        try:
            return Constant(shifted(moment, {n: sign * count for n, count in numbers.items()}))
        except (ValueError, OverflowError) as error:
            raise raised(error) from error

    return each_option(intrinsic)


def _is_step(name: str, value: Value) -> bool:
    return name in _RELATIVE and isinstance(value, Constant) and type(value.value) is int


_TOKENS: Final[ReadOnlyMapping[str, str]] = {
    "YYYY": "%Y",
    "YY": "%y",
    "MMMM": "%B",
    "MMM": "%b",
    "MM": "%m",
    "DDDD": "%j",
    "DD": "%d",
    "dddd": "%A",
    "HH": "%H",
    "hh": "%I",
    "mm": "%M",
    "ss": "%S",
    "A": "%p",
}
_TOKEN: Final = re.compile(r"\[([^\]]*)\]|" + "|".join(sorted(_TOKENS, key=len, reverse=True)))


def _format(call: Call) -> Value:
    """`moment.format("YYYY-MM-DD")`."""
    moment, pattern = _moment(call.receiver or NONE), call.args[0] if call.args else None
    if moment is None or not isinstance(pattern, Constant) or not isinstance(pattern.value, str):
        return lost(call, *call.args)
    if re.search(r"[A-Za-z]", _TOKEN.sub("", pattern.value).replace("T", "").replace("Z", "")):
        return lost(call, pattern)
    return Constant(
        _TOKEN.sub(
            lambda match: match[1] if match[1] is not None else moment.strftime(_TOKENS[match[0]]),
            pattern.value,
        )
    )


_UNITS: Final[ReadOnlyMapping[str, dict[str, int]]] = {
    "year": {"month": 1, "day": 1, "hour": 0, "minute": 0, "second": 0, "microsecond": 0},
    "month": {"day": 1, "hour": 0, "minute": 0, "second": 0, "microsecond": 0},
    "day": {"hour": 0, "minute": 0, "second": 0, "microsecond": 0},
    "hour": {"minute": 0, "second": 0, "microsecond": 0},
}


def _start_of(call: Call) -> Value:
    moment, unit = _moment(call.receiver or NONE), call.args[0] if call.args else None
    parts = _UNITS.get(str(unit.value)) if isinstance(unit, Constant) else None
    if moment is None or parts is None:
        return lost(call, *call.args)
    return Constant(moment.replace(**parts))  # type: ignore[arg-type]


def _as_text(pattern: str) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        moment = _moment(call.receiver or NONE)
        return lost(call) if moment is None else Constant(moment.strftime(pattern))

    return each_option(intrinsic)


def _itself(call: Call) -> Value:
    return call.receiver or lost(call)


def _no_time_zone(call: Call) -> Value:
    moment = _moment(call.receiver or NONE)
    return lost(call) if moment is None else Constant(moment.replace(tzinfo=None))


def _duration(call: Call) -> Value:
    steps = _STEPS.bind(call).rest
    numbers = {name: value.value for name, value in steps.items() if isinstance(value, Constant)}
    if len(numbers) != len(steps) or numbers.keys() & {"years", "months"}:
        return lost(call, *steps.values())
    try:
        return Constant(datetime.timedelta(**numbers))  # type: ignore[arg-type]
    except (TypeError, OverflowError) as error:
        raise Raised("builtins.TypeError", str(error)) from None


_DELTAS: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "__add__": method(RelativeDelta, _add),
    "__mul__": method(RelativeDelta, _times),
    "__neg__": method(RelativeDelta, _negated),
    "__radd__": method(RelativeDelta, _add),
    "__rmul__": method(RelativeDelta, _times),
    "__rsub__": method(RelativeDelta, _subtract_from),
}

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "arrow.get": each_option(_get),
    "datetime.datetime.add": _moved(1),
    "datetime.datetime.datetime": _itself,
    "datetime.datetime.floor": each_option(_start_of),
    "datetime.datetime.format": each_option(_format),
    "datetime.datetime.naive": each_option(_no_time_zone),
    "datetime.datetime.shift": _moved(1),
    "datetime.datetime.start_of": each_option(_start_of),
    "datetime.datetime.subtract": _moved(-1),
    "datetime.datetime.to_date_string": _as_text("%Y-%m-%d"),
    "datetime.datetime.to_datetime_string": _as_text("%Y-%m-%d %H:%M:%S"),
    "dateutil.parser.isoparse": each_option(_naive),
    "dateutil.parser.parse": each_option(_parse_usual),
    "dateutil.relativedelta.relativedelta": each_option(_delta),
    **{f"dateutil.relativedelta.relativedelta.{name}": row for name, row in _DELTAS.items()},
    "dateutil.rrule.rrule": each_option(_rule),
    "pendulum.date": each_option(_date),
    "pendulum.duration": each_option(_duration),
    "pendulum.parse": each_option(_parse),
}
VALUES: Final[ReadOnlyMapping[str, Value]] = {
    f"dateutil.rrule.{name}": Constant(number)
    for number, name in enumerate(
        ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY")
    )
}
PROPERTIES: Final = frozenset({"datetime.datetime.datetime"})
