"""What the clock shows, as far as that is given: a year, a day or more of a moment.

The rest is unknown. So is everything that is computed from a moment of which a part is missing,
except for the parts that are there: those are the rows of the function that asked the clock.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Constant, Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import opaque
from assetgen.analyzer.model.copies import replace

CLOCK: Final = opaque("time", "the clock")
"""The row of a function of which nothing is ever known."""

_DAY: Final = "datetime.date.today"
_LOCAL: Final = "datetime.datetime.now"
_AWARE: Final = "datetime.datetime.now.astimezone"
_ASKING: Final = {
    _DAY: _DAY,
    _LOCAL: _LOCAL,
    "datetime.datetime.today": _LOCAL,
    "datetime.datetime.utcnow": _LOCAL,
    "arrow.now": _AWARE,
    "arrow.utcnow": _AWARE,
    "pandas.Timestamp.now": _LOCAL,
    "pandas.Timestamp.today": _LOCAL,
    "pandas.Timestamp.utcnow": _AWARE,
    "pendulum.now": _AWARE,
    "pendulum.today": _AWARE,
    "time.gmtime": "time.localtime",
    "time.localtime": "time.localtime",
}
"""The functions that ask the clock, and the one under which the parts of their results have
rows."""
_PARTS: Final = ("year", "month", "day", "hour", "minute", "second")
_FIELDS: Final = ("tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec")
_REPLACED: Final = Parameters(
    "year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, "
    "tzinfo=None, fold=None"
)
_FORMAT: Final = Parameters("format, t=None, /")
_DIRECTIVES: Final = {
    **dict.fromkeys("Yy", 1),
    **dict.fromkeys("mBb", 2),
    **dict.fromkeys("dFjaAuwUWVG", 3),
    **dict.fromkeys("HIp", 4),
    "M": 5,
    **dict.fromkeys("ST", 6),
}
"""How many parts of a moment must be known to write each."""


def _asked(call: Call) -> Value:
    name = _ASKING[call.name]
    if name == _LOCAL and (call.args or call.kwargs):
        name = _AWARE
    return _moment(call, name)


def _moment(call: Call, name: str) -> Value:
    """What the clock shows, with the rows of `name`."""
    known = call.machine.now
    if name == _DAY and len(known) >= 3:
        return Constant(datetime.date(*known[:3]))
    if name == _LOCAL and len(known) == len(_PARTS):
        return Constant(datetime.datetime(*known))  # type: ignore[arg-type]
    unknown = call.unknown("time", "the clock")
    return replace(unknown, maker=name) if known else unknown


def _part(number: int) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        known = call.machine.now
        return Constant(known[number]) if number < len(known) else _unknown(call)

    return intrinsic


def _unknown(call: Call) -> Value:
    causes = (call.receiver,) if call.receiver is not None else ()
    return call.unknown("time", "the clock", *causes)


def _same_moment(call: Call) -> Value:
    return _moment(call, _AWARE)


def _date(call: Call) -> Value:
    return _moment(call, _DAY)


def _formatted(call: Call) -> Value:
    bound, known = _FORMAT.bind(call), call.machine.now
    pattern = bound.plain("format")
    if not isinstance(pattern, str) or "t" in bound:
        return _unknown(call)
    asked = re.findall("%(.)", pattern.replace("%%", ""), re.DOTALL)
    if any(_DIRECTIVES.get(each, len(_PARTS) + 1) > len(known) for each in asked):
        return _unknown(call)
    year, month, day = (*known[:3], 1, 1)[:3]
    moment = datetime.datetime(year, month, day, *known[3:])  # type: ignore[arg-type]
    return Constant(moment.strftime(pattern))


def _replaced(call: Call) -> Value:
    """A moment all of whose parts are given or known."""
    bound = _REPLACED.bind(call)
    is_day = isinstance(call.receiver, Unknown) and call.receiver.maker == _DAY
    names = _PARTS[:3] if is_day else (*_PARTS, "microsecond")
    known = dict(zip(_PARTS, call.machine.now, strict=False))
    if "tzinfo" in bound or "fold" in bound:
        return _unknown(call)
    parts: list[int] = []
    for name in names:
        part = bound.plain(name) if name in bound else known.get(name)
        if type(part) is not int:
            return _unknown(call)
        parts.append(part)
    try:
        return Constant(datetime.date(*parts) if is_day else datetime.datetime(*parts))  # type: ignore[arg-type]
    except ValueError:
        return _unknown(call)


def _rows() -> Iterator[tuple[str, Intrinsic]]:
    for name in _ASKING:
        yield name, _asked
    for owner in (_DAY, _LOCAL, _AWARE):
        for number, part in enumerate(_PARTS[:3] if owner == _DAY else _PARTS):
            yield f"{owner}.{part}", _part(number)
        yield f"{owner}.strftime", _formatted
    for owner in (_DAY, _LOCAL):
        yield f"{owner}.replace", _replaced
    for owner in (_LOCAL, _AWARE):
        yield f"{owner}.date", _date
        yield f"{owner}.astimezone", _same_moment
    for number, part in enumerate(_FIELDS):
        yield f"time.localtime.{part}", _part(number)
    yield "time.strftime", _formatted


TABLE: Final[Mapping[str, Intrinsic]] = dict(_rows())
PROPERTIES: Final = frozenset(
    name for name in TABLE if name.rpartition(".")[2] in (*_PARTS, *_FIELDS)
)
