"""Which cron strings and time zones Dagster accepts for a schedule, and reporting others."""

from __future__ import annotations

from datetime import timedelta

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.intrinsics.dagster.places import argument_place
from assetgen.analyzer.model.articles import article
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.model.patterns import late

_DIGITS = 9
"""No number of a cron string has more digits."""


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    least: int
    most: int
    names: dict[str, int] = field(default_factory=dict)

    def number(self, text: str) -> int | None:
        """The number that a text stands for; None if it is none of this field."""
        if text in self.names:
            return self.names[text]
        if not text.isascii() or not text.isdecimal() or len(text) > _DIGITS:
            return None
        return int(text) if self.least <= int(text) <= self.most else None


_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
_FIELDS = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day of the month", 1, 31, {"l": 31}),
    _Field("month", 1, 12, {name: number for number, name in enumerate(_MONTHS, 1)}),
    _Field("day of the week", 0, 7, {name: number for number, name in enumerate(_DAYS)}),
)
_WORDS = frozenset(
    f"@{name}"
    for name in ("midnight", "hourly", "daily", "weekly", "monthly", "yearly", "annually")
)
_ITEM = late(r"(?P<low>\*|\w+)(?:-(?P<high>\w+))?(?:/(?P<step>\d+))?")
_NTH_DAY = late(r"(?P<day>\w+)#[1-5]|l(?P<last>[0-7])")
_RANDOM = late(r"r(?:\(\d+-\d+\))?(?:/\d+)?")


def check_schedule(call: Call, crons: tuple[str, ...]) -> None:
    """Report the cron strings of a schedule that Dagster refuses."""
    for text in crons:
        problem = cron_problem(text)
        if problem is not None:
            call.report("bad-cron", f'"{text}": {problem}', argument_place(call, "cron_schedule"))


def interval_of(text: str) -> timedelta | None:
    """The time between two ticks of a simple cron string; None for any other."""
    parts = text.split()
    if len(parts) != len(_FIELDS) or parts[2] != "*" or parts[3] != "*":
        return None
    minute, hour, day = (part.isdecimal() for part in (parts[0], parts[1], parts[4]))
    if minute and parts[4] == "*" and parts[1] == "*":
        return timedelta(hours=1)
    if minute and hour and parts[4] == "*":
        return timedelta(days=1)
    return timedelta(days=7) if minute and hour and day else None


def cron_problem(text: str) -> str | None:
    """Why Dagster refuses a cron string; None if it accepts it."""
    lowered = text.lower()
    if lowered in _WORDS:
        return None
    parts = lowered.split()
    if len(parts) != len(_FIELDS):
        return f"a cron string has 5 fields, and this has {len(parts)}"
    for expected, part in zip(_FIELDS, parts, strict=True):
        if _RANDOM.fullmatch(part):
            continue
        for item in part.split(","):
            if (part != item and item == "?") or not _is_item(expected, item):
                return f'"{item}" is not {article(expected.name)} {expected.name}'
    if _mixes_days(parts[4].split(",")):
        return "days of the week and nth days of the week cannot be mixed"
    if parts[3] in ("2", "feb") and parts[2] in ("30", "31"):
        return "February has no such day"
    return None


def _is_item(expected: _Field, item: str) -> bool:
    if item == "?":
        return expected.name.startswith("day")
    if expected.name == "day of the week":
        nth = _NTH_DAY.fullmatch(item)
        if nth is not None:
            return nth["last"] is not None or expected.number(nth["day"]) is not None
    match = _ITEM.fullmatch(item)
    if match is None or (match["step"] is not None and not match["step"].strip("0")):
        return False
    if match["low"] == "*":
        return match["high"] is None
    high = match["high"]
    if expected.number(match["low"]) is None:
        return False
    # a range may end below the least number, which is its end backwards
    return high in (None, "0") or expected.number(high) is not None


def _mixes_days(items: list[str]) -> bool:
    """Whether single days of the week are combined with nth days of other weekdays."""
    week = _FIELDS[4]
    nth = {
        week.number(match["day"] or match["last"])
        for item in items
        if (match := _NTH_DAY.fullmatch(item))
    }
    single = {week.number(item) for item in items}
    return bool(nth) and bool(_sevens(single) - _sevens(nth))


def _sevens(days: set[int | None]) -> set[int]:
    """Days of the week with Sunday as 7."""
    return {day or 7 for day in days if day is not None}


_AREAS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


_MANY = 400  # fewer zones are no whole database


def is_no_timezone(name: str) -> bool:
    """Whether a name is certainly not that of a time zone.

    Which zones are known depends on the machine: a name is judged only if others of its area are
    known.
    """
    from zoneinfo import ZoneInfo, available_timezones  # few schedules name a zone

    area, slash, _ = name.partition("/")
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        known = available_timezones()
        if not slash or area not in _AREAS:
            return len(known) > _MANY and name.lower() not in map(str.lower, known)
        return any(zone.startswith(f"{area}/") for zone in known)
    return False
