"""Generators as objects: `send`, `throw`, `close`, and entering them."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from types import GeneratorType
from typing import Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.statements.context_managers import enter, leave
from assetgen.analyzer.evaluate.statements.raising import raised_as
from assetgen.analyzer.evaluate.values import (
    FALSE,
    NONE,
    Iterator_,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.collections.stopping import ended, take_next
from assetgen.analyzer.intrinsics.python.plain import (
    lost,
    raised,
)

_OBJECT: Final = Parameters("object, /")


def _enter_generator(call: Call) -> Value:
    """`with` for the result of a function decorated with `contextlib.contextmanager`."""
    if isinstance(call.receiver, Iterator_):
        return enter(call.machine, call.receiver, call.site)
    return lost(call)


def _exit_generator(call: Call) -> Value:
    if isinstance(call.receiver, Iterator_):
        leave(call.machine, call.receiver, call.site, None)
    return FALSE


def _send(call: Call) -> Value:
    made, sent = call.receiver, _OBJECT.bind(call)["object"]
    if not isinstance(made, Iterator_) or not isinstance(made.source, GeneratorType):
        return lost(call, *call.args)
    try:
        given: Value = made.source.send(None if sent == NONE else sent)
        return given
    except StopIteration:
        raise ended(made) from None
    except TypeError as error:
        raise raised(error) from error


def _throw(call: Call) -> Value:
    """`generator.throw(error)`: the error is raised at the `yield` at which it is paused."""
    made, error = call.receiver, call.args[0] if len(call.args) == 1 else NONE
    if not isinstance(made, Iterator_) or not isinstance(made.source, GeneratorType):
        return lost(call, *call.args)
    try:
        given: Value = made.source.throw(raised_as(error))
        return given
    except StopIteration:
        raise ended(made) from None


def _is_waiting(source: GeneratorType[Value, Value | None, None]) -> bool:
    return source.gi_frame is not None and source.gi_frame.f_lasti >= 0 and not source.gi_running


def _close(call: Call) -> Value:
    """`generator.close()`: the generator ends at the `yield` at which it is paused, and runs its
    `finally`."""
    made = call.receiver
    if isinstance(made, Iterator_) and isinstance(made.source, GeneratorType):
        try:
            if _is_waiting(made.source):
                made.source.throw(Raised("builtins.GeneratorExit", ""))
        except StopIteration:
            return NONE
        except Raised as error:
            if error.exception != "builtins.GeneratorExit":
                raise
    return NONE


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "builtins.generator.__enter__": _enter_generator,
    "builtins.generator.__exit__": _exit_generator,
    "builtins.generator.__next__": lambda call: take_next(call.unbound()),
    "builtins.generator.close": _close,
    "builtins.generator.send": _send,
    "builtins.generator.throw": _throw,
}
