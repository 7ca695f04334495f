"""`functools.total_ordering`, `cmp_to_key` and `partialmethod`: derived comparisons and methods."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.bound_values import Partial
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.values import NONE, TRUE, Class, Constant, Declared, External, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.model.dataclass import dataclass, field

_FUNCTION: Final = Parameters("function, /")


def _partial_method(call: Call) -> Value:
    """Bound like a function: the object comes before the arguments given here."""
    if not call.args or call.losses:
        return lost(call, *call.losses)
    return PartialMethod(call.args[0], call.args[1:], dict(call.kwargs))


@dataclass(slots=True, eq=False)
class PartialMethod(Declared):
    """A method with some arguments given."""

    type_name: ClassVar[str] = "functools.partialmethod"
    function: Value = NONE
    given: tuple[Value, ...] = ()
    named: dict[str, Value] = field(default_factory=dict)


def _call_partial_method(call: Call) -> Value:
    made = call.receiver
    if not isinstance(made, PartialMethod) or not call.args:
        return lost(call, *call.args)
    arguments = [call.args[0], *made.given, *call.args[1:]]
    named = {**made.named, **call.kwargs}
    return call.machine.call(made.function, arguments, named, call.site, call.losses)


def _key_of_comparison(call: Call) -> Value:
    return Partial(
        External("functools.cmp_to_key.__call__"), (_FUNCTION.bind(call)["function"],), {}
    )


@dataclass(slots=True, eq=False)
class ComparedKey(Declared):
    """A key that is compared by a function of two arguments."""

    type_name: ClassVar[str] = "functools.cmp_to_key.key"
    compare: Value = NONE
    value: Value = NONE


def _compared_key(call: Call) -> Value:
    return ComparedKey(*call.args) if len(call.args) == 2 else lost(call, *call.args)


def _is_less(call: Call) -> Value:
    key, other = call.receiver, call.first
    if not isinstance(key, ComparedKey) or not isinstance(other, ComparedKey):
        return lost(call, other)
    answer = call.invoke(key.compare, key.value, other.value)
    if isinstance(answer, Constant) and isinstance(answer.value, (int, float)):
        return Constant(answer.value < 0)
    return lost(call, answer)


def _total_ordering(call: Call) -> Value:
    """The comparisons that the class lacks, derived from the one that it defines."""
    cls = _FUNCTION.bind(call)["function"]
    if not isinstance(cls, Class):
        return cls
    own = next((name for name in _BY if classes.lookup(cls, name) is not None), None)
    for name, negate, swap, or_equal in _BY.get(own or "", ()):
        if classes.lookup(cls, name) is None:
            plan = (Constant(own), Constant(negate), Constant(swap), Constant(or_equal))
            call.machine.write(
                cls.namespace, name, PartialMethod(External("functools._derived"), plan)
            )
    return cls


_BY: Final[ReadOnlyMapping[str, tuple[tuple[str, bool, bool, bool], ...]]] = {
    # name of what is made: by negating the known one, with sides swapped, or equality beside it
    "__lt__": (
        ("__gt__", False, True, False),
        ("__le__", False, False, True),
        ("__ge__", True, False, False),
    ),
    "__gt__": (
        ("__lt__", False, True, False),
        ("__ge__", False, False, True),
        ("__le__", True, False, False),
    ),
    "__le__": (
        ("__ge__", False, True, False),
        ("__lt__", True, True, False),
        ("__gt__", True, False, False),
    ),
    "__ge__": (
        ("__le__", False, True, False),
        ("__gt__", True, True, False),
        ("__lt__", True, False, False),
    ),
}


def _derived(call: Call) -> Value:
    """A comparison that `total_ordering` adds."""
    if len(call.args) != 6:
        return lost(call, *call.args)
    left, name, negate, swap, or_equal, right = call.args
    machine = call.machine
    one, other = (right, left) if swap == TRUE else (left, right)
    method = call.find_attribute(one, str(name.value))  # type: ignore[attr-defined]
    answer = machine.truth(call.invoke(method or NONE, other), call.site)
    if answer is False and or_equal == TRUE:
        answer = machine.equals(left, right, call.site)
    if answer is None:
        return lost(call, left, right)
    return Constant(answer is not (negate == TRUE))


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "functools._derived": _derived,
    "functools.cmp_to_key": _key_of_comparison,
    "functools.cmp_to_key.__call__": _compared_key,
    "functools.cmp_to_key.key.__lt__": _is_less,
    "functools.partialmethod": _partial_method,
    "functools.partialmethod.__call__": _call_partial_method,
    "functools.total_ordering": _total_ordering,
}
