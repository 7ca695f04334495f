"""Ranges of dates, and dates read from text."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import each_option, lost, too_much
from assetgen.analyzer.intrinsics.python.tabular.columns import (
    numbered,
)

_RANGE: Final = Parameters("start=None, end=None, periods=None, freq=None, tz=None, **options")
_ONE: Final = Parameters("value, /")


def _date_range(call: Call) -> Value:
    """The days, months, years, weeks or hours from one date to another, or a number of them."""
    bound = _RANGE.bind(call)
    start, end = (_moment(bound[name]) for name in ("start", "end"))
    periods, step = bound.plain("periods"), bound.plain("freq") or "D"
    known = start is not None and (end is not None or isinstance(periods, int))
    if not known or bound.rest or bound["tz"] != NONE or step not in _STEPS or start is None:
        return lost(call, *call.values)
    found: list[Value] = []
    for moment in _moments(start, str(step)):
        over = end is not None and moment > end
        if over or (isinstance(periods, int) and len(found) >= periods):
            break
        if len(found) >= call.machine.budget.collection:
            return too_much(call)
        found.append(Constant(moment))
    return numbered(found)


_STEPS: Final = ("D", "MS", "YS", "ME", "M", "h", "H", "W")


def _moment(value: Value) -> datetime.datetime | None:
    data = value.value if isinstance(value, Constant) else None
    if isinstance(data, str):
        try:
            return datetime.datetime.fromisoformat(data)
        except ValueError:
            return None
    if isinstance(data, datetime.datetime):
        return data if data.tzinfo is None else None
    if isinstance(data, datetime.date):
        return datetime.datetime(data.year, data.month, data.day)
    return None


def _moments(start: datetime.datetime, step: str) -> Iterator[datetime.datetime]:
    day = datetime.timedelta(days=1)
    moment = start
    try:
        while True:
            if _is_due(moment, step):
                yield moment
            moment += datetime.timedelta(hours=1) if step in "hH" else day
    except OverflowError:
        return


def _is_due(moment: datetime.datetime, step: str) -> bool:
    if step == "MS":
        return moment.day == 1
    if step == "YS":
        return (moment.month, moment.day) == (1, 1)
    if step in ("ME", "M"):
        return (moment + datetime.timedelta(days=1)).day == 1
    return step != "W" or moment.weekday() == 6


def _timestamp(call: Call) -> Value:
    moment = _moment(_ONE.bind(call)["value"]) if len(call.args) == 1 and not call.kwargs else None
    return lost(call, *call.args) if moment is None else Constant(moment)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "pandas.Timestamp": each_option(_timestamp),
    "pandas.date_range": _date_range,
    "pandas.to_datetime": each_option(_timestamp),
}
