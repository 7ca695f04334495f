"""Tables with other values in the same places: `astype`, `where` and `replace`."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Constant,
    External,
    Mapping,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.intrinsics.python.tabular.columns import (
    MISSING_AS_TEXT,
    Frame,
    Series,
    completed,
    is_missing,
    missing_in,
)
from assetgen.analyzer.intrinsics.python.tabular.frames import by_column, copied

_TYPE: Final = Parameters("dtype, **options")
_WHERE: Final = Parameters("cond, other=...")
_REPLACE: Final = Parameters("to_replace, value=...")


def _as_type(call: Call, series: Series) -> Value:
    wanted = _TYPE.bind(call)["dtype"]
    return series.like(_converted(call, series.values, wanted))


def _frame_as_type(call: Call, frame: Frame) -> Value:
    made = copied(frame)
    for key, wanted in by_column(frame, _TYPE.bind(call)["dtype"]):
        name, values = frame.columns[key]
        made.columns[key] = (name, _converted(call, values, wanted))
    return made


def _converted(call: Call, values: list[Value], wanted: Value) -> list[Value]:
    given = wanted.value if isinstance(wanted, Constant) else getattr(wanted, "qualname", "")
    name = str(given).removeprefix("builtins.")
    function = _TYPES.get(name)
    if name in ("object", "O"):
        return list(values)
    if function is None:
        return [lost(call, wanted) for _ in values]
    return [
        _missing_as(call, name)
        if function == "str" and is_missing(value)
        else call.invoke(External(f"builtins.{function}"), value)
        for value in values
    ]


def _missing_as(call: Call, name: str) -> Value:
    return MISSING_AS_TEXT if name == "str" else lost(call)


_TYPES: Final[ReadOnlyMapping[str, str]] = {
    **dict.fromkeys(("str", "string"), "str"),
    **dict.fromkeys(("int", "int64", "Int64", "int32"), "int"),
    **dict.fromkeys(("float", "float64"), "float"),
    **dict.fromkeys(("bool", "boolean"), "bool"),
}


def _where(call: Call, series: Series) -> Value:
    """The values for which a mask is true, `other` for the rest."""
    bound = _WHERE.bind(call)
    mask, other = bound["cond"], bound["other"]
    if not isinstance(mask, Series) or len(mask.values) != len(series.values):
        return lost(call, mask)
    return series.like(_masked(call, series.values, mask.values, other))


def _frame_where(call: Call, frame: Frame) -> Value:
    bound = _WHERE.bind(call)
    mask, other = bound["cond"], bound["other"]
    if not isinstance(mask, Frame) or mask.columns.keys() != frame.columns.keys():
        return lost(call, mask)
    made = copied(frame)
    for key, (name, values) in frame.columns.items():
        made.columns[key] = (name, _masked(call, values, mask.columns[key][1], other))
    return made


def _masked(call: Call, values: list[Value], mask: list[Value], other: Value) -> list[Value]:
    if isinstance(other, (Series, Frame, Choice)):
        return [lost(call, other) for _ in values]
    found: list[Value] = []
    for value, asked in zip(values, mask, strict=True):
        answer = call.machine.truth(asked, call.site)
        instead = NONE if other == Constant(...) else other
        found.append(lost(call, asked) if answer is None else value if answer else instead)
    return completed(found)


def _replace(call: Call, series: Series) -> Value:
    replaced = _replacing(call)
    return lost(call, *call.args) if replaced is None else series.like(replaced(series.values))


def _frame_replace(call: Call, frame: Frame) -> Value:
    replaced = _replacing(call)
    if replaced is None:
        return lost(call, *call.args)
    made = copied(frame)
    for key, (name, values) in frame.columns.items():
        made.columns[key] = (name, replaced(values))
    return made


def _replacing(call: Call) -> Callable[[list[Value]], list[Value]] | None:
    """What the call replaces in a list of values; None if it is not followed. What is missing is
    found by NaN in a dictionary."""
    bound = _REPLACE.bind(call)
    old, new = bound["to_replace"], bound["value"]
    pairs = [(old, new)]
    if isinstance(old, Mapping) and new == Constant(...) and not old.losses:
        pairs = list(old.entries.values())
    elif not isinstance(old, Constant) or is_missing(old) or new == Constant(...):
        return None
    if any(not isinstance(each, Constant) for pair in pairs for each in pair):
        return None
    by_key = {call.machine.hash_key(old): new for old, new in pairs if not is_missing(old)}
    instead = next((new for old, new in pairs if is_missing(old)), None)

    def replaced(values: list[Value]) -> list[Value]:
        return [
            (instead or value)
            if is_missing(value)
            else by_key.get(call.machine.hash_key(value), value)
            for value in values
        ]

    return replaced


def _frame_missing(wanted: bool) -> Intrinsic:
    """`isna` and `notna` of a frame."""

    def intrinsic(call: Call, frame: Frame) -> Value:
        return missing_in(frame, wanted)

    return method(Frame, intrinsic)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "pandas.DataFrame.astype": method(Frame, _frame_as_type),
    "pandas.DataFrame.isna": _frame_missing(True),
    "pandas.DataFrame.isnull": _frame_missing(True),
    "pandas.DataFrame.notna": _frame_missing(False),
    "pandas.DataFrame.notnull": _frame_missing(False),
    "pandas.DataFrame.replace": method(Frame, _frame_replace),
    "pandas.DataFrame.where": method(Frame, _frame_where),
    "pandas.Series.astype": method(Series, _as_type),
    "pandas.Series.replace": method(Series, _replace),
    "pandas.Series.where": method(Series, _where),
}
