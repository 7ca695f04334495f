"""How pydantic converts numbers and strings to numbers, moments and paths."""

from __future__ import annotations

import datetime
import re
from typing import Final

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.values import Constant, External, Value

CONVERSIONS: Final = frozenset(
    {
        *("builtins.int", "builtins.float", "builtins.bool", "pathlib.Path", "decimal.Decimal"),
        *("datetime.date", "datetime.datetime", "datetime.time", "datetime.timedelta", "uuid.UUID"),
    }
)
"""The types that other values can be converted to."""


def converted(call: Call, wanted: str, value: Constant) -> Value:
    """`value` as pydantic converts it to the type of that qualified name, if it does."""
    if wanted in SECRETS and isinstance(value.value, (str, bytes)):
        return call.invoke(External(wanted), value)
    number = _number(wanted, value.value)
    if number is not None:
        return Constant(number)
    if wanted == "datetime.timedelta" and isinstance(value.value, (int, float)):
        return Constant(datetime.timedelta(seconds=value.value))
    if wanted not in CONVERSIONS or not isinstance(value.value, str):
        return value
    if wanted.startswith("datetime."):
        return _moment(call, wanted, value.value)
    if wanted == "builtins.bool":
        return Constant(value.value.lower() in ("1", "true", "yes", "on", "t", "y"))
    return call.invoke(External(wanted), value)


SECRETS: Final = ("pydantic.SecretBytes", "pydantic.SecretStr")
_USUAL_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d|\d\d:\d\d")


def _moment(call: Call, wanted: str, text: str) -> Value:
    """A date or time from a string; pydantic accepts more formats than Python."""
    cls = getattr(datetime, wanted.rpartition(".")[2])
    try:
        if wanted != "datetime.timedelta" and _USUAL_MOMENT.match(text):
            return Constant(cls.fromisoformat(text.replace("Z", "+00:00")))
    except ValueError:
        pass
    return call.unknown("unsupported", f"what pydantic makes of the text {text!r}")


def _number(wanted: str, value: object) -> float | None:
    """A number converted to another numeric type."""
    if wanted == "builtins.float" and type(value) is int:
        return float(value)
    if wanted == "builtins.int" and isinstance(value, float) and value.is_integer():
        return int(value)
    if wanted == "builtins.bool" and type(value) in (int, float) and value in (0, 1):
        return bool(value)
    return None
