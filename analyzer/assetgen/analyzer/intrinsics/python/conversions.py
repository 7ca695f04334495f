"""Conversions, which refuse what they cannot read: where code waits for that, it may happen to a
value that is not known."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.attempts import may_raise
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.statements.failures import is_caught
from assetgen.analyzer.evaluate.values import Unknown, Value


def refusing(rows: ReadOnlyMapping[str, Intrinsic]) -> dict[str, Intrinsic]:
    """The rows; those for conversions may raise for what is unknown."""
    known = _REFUSING.keys() & rows.keys()
    return {**rows, **{name: _refusing(rows[name], _REFUSING[name]) for name in known}}


def _refusing(row: Intrinsic, exceptions: tuple[str, ...]) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        value = row(call)
        if not call.machine.attempts or not isinstance(value, Unknown):
            return value
        written = call.machine.text_at(call.site) or call.name
        condition = call.unknown("condition", written, value)
        for exception in exceptions:
            raised = Raised(exception, "it cannot be read")
            if is_caught(call.machine, raised):
                may_raise(call.machine, condition, raised)
        return value

    return intrinsic


_NUMBER: Final = ("builtins.ValueError", "builtins.TypeError")
_JSON: Final = ("json.decoder.JSONDecodeError", "builtins.TypeError")
_REFUSING: Final[ReadOnlyMapping[str, tuple[str, ...]]] = {
    "ast.literal_eval": _NUMBER,
    "builtins.float": _NUMBER,
    "builtins.int": _NUMBER,
    "datetime.date.fromisoformat": _NUMBER,
    "datetime.datetime.fromisoformat": _NUMBER,
    "datetime.datetime.strptime": _NUMBER,
    "decimal.Decimal": ("decimal.InvalidOperation", "builtins.TypeError"),
    "dateutil.parser.parse": _NUMBER,
    "json.loads": _JSON,
    "uuid.UUID": _NUMBER,
}
