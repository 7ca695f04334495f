"""Calls with plain arguments are run on the real objects.

Only functions that the tables name are run, and only those that compute and touch nothing. A result
that could grow without bound is refused by a `Cost` before it is computed.
"""

from __future__ import annotations

import importlib
import itertools
import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from assetgen.analyzer.evaluate.attempts import may_raise
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.conversion import NotPlain, from_python, to_python
from assetgen.analyzer.evaluate.objects.possible_states import states
from assetgen.analyzer.evaluate.objects.truth import without_mixin
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Constant,
    External,
    Instance,
    Iterator_,
    Mapping,
    Reason,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.patterns import late

Cost = Callable[..., int]
"""Maps the arguments of a function to a bound on the size of its result."""


def pure(function: Callable[..., object], cost: Cost | None = None) -> Intrinsic:
    """The row of a function that only computes, run on plain arguments."""

    def intrinsic(call: Call) -> Value:
        return run(call, function, call.args, call.kwargs, cost)

    return each_option(intrinsic)


def pure_function(module: str, name: str, cost: Cost | None = None) -> Intrinsic:
    """As `pure`, for a function of a module that is imported when it is first needed."""

    def intrinsic(call: Call) -> Value:
        function = importlib.import_module(module)
        for part in name.split("."):
            function = getattr(function, part)
        return run(call, function, call.args, call.kwargs, cost)  # type: ignore[arg-type]

    return each_option(intrinsic)


def pure_method(owner: type | str, cost: Cost | None = None) -> Intrinsic:
    """The row of a method of constants of type `owner` (`"module.Class"` is imported lazily).

    The method is the last part of the row's name. Called on the class, its first argument is the
    receiver.
    """

    def intrinsic(call: Call) -> Value:
        cls = owner if isinstance(owner, type) else load(owner)
        values = call.args if call.receiver is None else (call.receiver, *call.args)
        name = call.last_name

        def method(receiver: object, *args: object, **kwargs: object) -> object:
            if not isinstance(receiver, cls):
                raise TypeError(f"'{name}' does not apply to a '{type(receiver).__name__}' object")
            return getattr(receiver, name)(*args, **kwargs)

        return run(call, method, values, call.kwargs, cost)

    return each_option(intrinsic)


def pure_attribute(owner: type | str) -> Intrinsic:
    """The row of a data attribute of constants of type `owner`."""

    def intrinsic(call: Call) -> Value:
        cls = owner if isinstance(owner, type) else load(owner)
        name = call.last_name

        def attribute(receiver: object) -> object:
            if not isinstance(receiver, cls):
                raise AttributeError(f"'{type(receiver).__name__}' object has no '{name}'")
            return getattr(receiver, name)

        values = () if call.receiver is None else (call.receiver,)
        return run(call, attribute, values, {})

    return intrinsic


def load(qualified: str) -> type:
    """A class of the standard library by its qualified name, which a table holds."""
    module, _, name = qualified.rpartition(".")
    found: type = getattr(importlib.import_module(module), name)
    return found


def nothing(call: Call) -> Value:
    """The row of a call that has no effect on the analysis, and returns None."""
    return NONE


def same(call: Call) -> Value:
    """The row of a call that returns its last positional argument."""
    return call.args[-1] if call.args else lost(call, *call.losses)


def opaque(reason: Reason, message: str) -> Intrinsic:
    """The row of a call whose result cannot be known, for a reason that is clearer than its
    name."""

    def intrinsic(call: Call) -> Value:
        return call.unknown(reason, message)

    return intrinsic


def external(qualname: str) -> Intrinsic:
    """The row of a call that makes an object of which only the methods matter."""

    def intrinsic(call: Call) -> Value:
        return External(qualname)

    return intrinsic


def run(
    call: Call,
    function: Callable[..., object],
    args: Iterable[Value],
    kwargs: dict[str, Value],
    cost: Cost | None = None,
) -> Value:
    """The result of `function` on plain arguments, or what is unknown about them.

    What it raises, the user's code raises.
    """
    if call.losses:
        return lost(call, *call.losses)
    try:
        positional = [plain(call, value) for value in args]
        keywords = {name: plain(call, value) for name, value in kwargs.items()}
    except NotPlain as error:
        return lost(call, error.value)
    try:
        if cost is not None and cost(*positional, **keywords) > call.machine.budget.text:
            return too_much(call)
        result = function(*positional, **keywords)
    except RecursionError:
        return too_much(call)
    except Exception as error:
        raise raised(error) from error
    return give(call, result)


def raised(error: Exception) -> Raised:
    """The exception in the user's code for an `error` raised while running a function for it."""
    cls = type(error)
    message = repr(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)
    return Raised(f"{cls.__module__}.{cls.__qualname__}", _ADDRESS.sub("", message))


_ADDRESS: Final = late(r"(?<=object) at 0x[0-9a-fA-F]+(?=>)")
"""Where an object lies in memory, which is different in each run."""


def give(call: Call, result: object) -> Value:
    """The value of a plain result, if it is not too large to be kept."""
    if isinstance(result, (str, bytes)) and len(result) > call.machine.budget.text:
        return too_much(call)
    if isinstance(result, (list, tuple, set, frozenset, dict)) and (
        len(result) > call.machine.budget.collection
    ):
        return too_much(call)
    if isinstance(result, tuple):
        result = tuple(result)  # the fields of a named tuple of the library count by position
    if isinstance(result, Iterator):
        return Iterator_(give(call, item) for item in result)
    kind = type(result)
    if kind not in _COLLECTIONS and kind.__module__ not in _CONSTANT_MODULES:
        return lost(call)
    return from_python(result)


_COLLECTIONS: Final = frozenset({list, tuple, set, frozenset, dict, deque})
_CONSTANT_MODULES: Final = frozenset(
    {
        "builtins",
        "datetime",
        "decimal",
        "fractions",
        "pathlib",
        "pathlib._local",
        "re",
        "uuid",
        "zoneinfo",
    }
)
"""The modules with the classes of the constants that functions in the tables return."""


def plain(call: Call, value: Value) -> object:
    """The Python object of a constant or a container of constants.

    Members of enumerations that are text or numbers too count as these. Raises `NotPlain`.
    """
    if isinstance(value, Constant):
        return value.value
    if isinstance(value, Instance):
        member = member_value(value)
        if member is None:
            raise NotPlain(value)
        return plain(call, member)
    if isinstance(value, Iterator_):
        items = call.items(value)
        if items.losses:
            raise NotPlain(items.losses[0])
        return [plain(call, item) for item in items.values]
    return to_python(value)


def member_value(value: Instance) -> Value | None:
    """The text, number or collection that an object is, if it is one."""
    member = without_mixin(value)
    return None if member is value else member


def lost(call: Call, *values: Value) -> Unknown:
    """The result of a call that cannot be known because of some of `values`."""
    name = call.name.removeprefix("builtins.")
    for value in values:
        cause = unknown_in(value)
        if cause is not None:
            return call.unknown(
                cause.reason, f"`{name}` depends on something that is not known", cause
            )
    return call.unknown("unsupported", f"`{name}` is not followed with these arguments")


def unknown_in(value: Value) -> Unknown | None:
    """What is not known about `value` itself, or about the items of a collection."""
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Choice):
        return value.condition
    if isinstance(value, (Sequence, Mapping, Iterator_)) and value.losses:
        return value.losses[0]
    if isinstance(value, Sequence):
        return next((item for item in value.items if isinstance(item, Unknown)), None)
    if isinstance(value, Mapping):
        items = (item for _, item in value.entries.values())
        return next((item for item in items if isinstance(item, Unknown)), None)
    return None


def too_much(call: Call, what: str = "") -> Unknown:
    """The result of a call that would be too large; `what` says of what, if that helps."""
    name = call.name.removeprefix("builtins.")
    message = f"the result of `{name}` is too large to be computed"
    return call.unknown("budget", f"{message}: {what}" if what else message)


def each_option(intrinsic: Intrinsic) -> Intrinsic:
    """The same row, called once for each option of arguments that are a `Choice`.

    For rows without effects. An option for which the call raises is left out.
    """

    def split(call: Call) -> Value:
        choices = {
            id(value): choice
            for value in (*call.values, call.receiver)
            if (choice := _choice_of(value, call.machine.budget.options)) is not None
        }
        if not choices:
            return intrinsic(call)
        return _split(intrinsic, call, choices)

    return split


def _choice_of(value: Value | None, limit: int) -> Choice | None:
    """What may stand for an argument: that of a choice, or the states of a collection of which it
    is not known if all is there."""
    if isinstance(value, Choice):
        return value
    if isinstance(value, (Sequence, Mapping)) and value.losses:
        return states(value, limit)
    return None


def _split(intrinsic: Intrinsic, call: Call, choices: dict[int, Choice]) -> Value:
    condition = next(iter(choices.values())).condition
    options = [choice.options for choice in choices.values()]
    if math.prod(map(len, options)) > call.machine.budget.options:
        return lost(call, condition)
    results: list[Value] = []
    raised: Raised | None = None
    for combination in itertools.product(*options):
        chosen = dict(zip(choices, combination, strict=True))
        option = replace(
            call,
            args=tuple(chosen.get(id(value), value) for value in call.args),
            kwargs={name: chosen.get(id(value), value) for name, value in call.kwargs.items()},
            receiver=None
            if call.receiver is None
            else chosen.get(id(call.receiver), call.receiver),
        )
        try:
            results.append(intrinsic(option))
        except Raised as error:
            raised = error
    if raised is not None:
        if not results:
            raise raised
        may_raise(call.machine, condition, raised)
    return call.machine.join(results, condition)
