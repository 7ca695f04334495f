"""The module `contextvars`; all code is evaluated in one context."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import NONE, Declared, External, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.model.dataclass import dataclass, field

_VARIABLE: Final = Parameters("name, *, default=...")
_GET: Final = Parameters("default=..., /")
_SET: Final = Parameters("value, /")
_RESET: Final = Parameters("token, /")


@dataclass(slots=True, eq=False)
class Variable(Declared):
    """A `ContextVar`; `held` has its current value under its only key."""

    type_name: ClassVar[str] = "contextvars.ContextVar"
    is_open: ClassVar[bool] = False
    name: Value = NONE
    default: Value | None = None
    held: dict[str, Value] = field(default_factory=dict)

    def attribute(self, name: str) -> Value | None:
        return self.name if name == "name" else None


@dataclass(slots=True, eq=False)
class Token(Declared):
    """What `set` returns: the variable, and its previous value."""

    type_name: ClassVar[str] = "contextvars.Token"
    is_open: ClassVar[bool] = False
    variable: Variable
    before: Value | None = None

    def attribute(self, name: str) -> Value | None:
        if name == "var":
            return self.variable
        if name == "old_value":
            return self.before or _MISSING
        return None


_MISSING: Final = External("contextvars.Token.MISSING")
_HELD: Final = "value"


def _variable(call: Call) -> Value:
    bound = _VARIABLE.bind(call)
    return Variable(bound["name"], bound.get("default"))


def _get(call: Call, receiver: Variable) -> Value:
    given = _GET.bind(call).get("default")
    for value in (receiver.held.get(_HELD), given, receiver.default):
        if value is not None:
            return value
    raise Raised("builtins.LookupError", "the context variable has no value")


def _set(call: Call, receiver: Variable) -> Value:
    value = _SET.bind(call)["value"]
    token = Token(receiver, receiver.held.get(_HELD))
    call.machine.write(receiver.held, _HELD, value)
    return token


def _reset(call: Call, receiver: Variable) -> Value:
    token = _RESET.bind(call)["token"]
    if not isinstance(token, Token):
        return lost(call, token)
    if token.before is None:
        call.machine.erase(receiver.held, _HELD)
    else:
        call.machine.write(receiver.held, _HELD, token.before)
    return NONE


def _leave(call: Call, receiver: Token) -> Value:
    """At the end of `with variable.set(...)`, the previous value is restored."""
    reset = call.get_attribute(receiver.variable, "reset")
    return call.invoke(reset, receiver)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "contextvars.ContextVar": _variable,
    "contextvars.ContextVar.get": method(Variable, _get),
    "contextvars.ContextVar.reset": method(Variable, _reset),
    "contextvars.ContextVar.set": method(Variable, _set),
    "contextvars.Token.__enter__": lambda call: call.receiver or NONE,
    "contextvars.Token.__exit__": method(Token, _leave),
}
