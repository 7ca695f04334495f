"""The accessors `series.str` and `series.dt`: methods of each string or date."""

from __future__ import annotations

import re
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import NONE, Constant, External, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.tabular.columns import Accessor, is_missing

_CONTAINS: Final = Parameters("pat, case=True, flags=0, na=None, regex=True")
_REPLACE: Final = Parameters("pat, repl, n=-1, case=None, flags=0, regex=False")


def _of_text(call: Call) -> Value:
    """`series.str.upper()` and similar ones: the method of each string."""
    accessor = call.receiver
    if not isinstance(accessor, Accessor):
        return lost(call)
    name = call.last_name
    values: list[Value] = []
    for value in accessor.series.values:
        if is_missing(value):
            values.append(value)
            continue
        bound = call.get_attribute(value, name)
        values.append(call.invoke(bound, *call.args, **call.kwargs))
    return accessor.series.like(values)


def _text_contains(call: Call) -> Value:
    bound = _CONTAINS.bind(call)
    pattern, is_regex = bound.plain("pat"), bound.plain("regex")
    cased = bound.plain("case")
    if not isinstance(call.receiver, Accessor) or not isinstance(pattern, str):
        return lost(call, bound["pat"])
    try:
        flags = 0 if cased else re.IGNORECASE
        found = re.compile(pattern if is_regex else re.escape(pattern), flags)
    except re.error:
        return lost(call, bound["pat"])
    missing = Constant(False) if bound["na"] == NONE else bound["na"]
    return call.receiver.series.like(
        Constant(found.search(value.value) is not None)
        if isinstance(value, Constant) and isinstance(value.value, str)
        else (missing if is_missing(value) else lost(call, value))
        for value in call.receiver.series.values
    )


def _text_replace(call: Call) -> Value:
    bound = _REPLACE.bind(call)
    pattern, new = bound.plain("pat"), bound.plain("repl")
    if not (
        isinstance(call.receiver, Accessor) and isinstance(pattern, str) and isinstance(new, str)
    ):
        return lost(call, bound["pat"], bound["repl"])
    if bound["regex"] != Constant(True):
        pattern, new = re.escape(pattern), new.replace("\\", "\\\\")
    try:
        found = re.compile(pattern)
    except re.error:
        return lost(call, bound["pat"])
    return call.receiver.series.like(
        Constant(found.sub(new, value.value))
        if isinstance(value, Constant) and isinstance(value.value, str)
        else value
        for value in call.receiver.series.values
    )


def _text_length(call: Call) -> Value:
    if not isinstance(call.receiver, Accessor):
        return lost(call)
    return call.receiver.series.like(
        value if is_missing(value) else call.invoke(External("builtins.len"), value)
        for value in call.receiver.series.values
    )


_TEXT_METHODS: Final = (
    *("capitalize", "casefold", "count", "endswith", "find", "isalpha", "isdigit", "isupper"),
    *("islower", "ljust", "lower", "lstrip", "removeprefix", "removesuffix", "rjust", "rsplit"),
    *("rstrip", "split", "startswith", "strip", "swapcase", "title", "upper", "zfill"),
    "strftime",
)

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    **{f"pandas.Accessor.{name}": _of_text for name in _TEXT_METHODS},
    "pandas.Accessor.contains": _text_contains,
    "pandas.Accessor.len": _text_length,
    "pandas.Accessor.replace": _text_replace,
}
