"""Validators and converters of attrs: `field(validator=in_([...]), converter=optional(int))`."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from typing import Any, Final

from assetgen.analyzer.evaluate.bound_values import Partial
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.display import display
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    External,
    Record,
    Sequence,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.pydantic.field_bounds import length_of

_DEFAULT: Final = Parameters("default=..., factory=None")


def validate(call: Call, name: str, value: Value, validator: Value) -> None:
    """Raise what attrs raises if a validator certainly refuses the value of a field."""
    if isinstance(validator, Sequence):
        for each in validator.items:
            validate(call, name, value, each)
    elif isinstance(validator, Record):
        check = _CHECKS.get(validator.qualname)
        if check is not None:
            check(call, name, value, validator.args)


def _check_type(call: Call, name: str, value: Value, args: tuple[Value, ...]) -> None:
    if args and call.machine.is_instance(value, args[0]) is False:
        raise Raised("builtins.TypeError", f"'{name}' must be {display(args[0])}")


def _check_options(call: Call, name: str, value: Value, args: tuple[Value, ...]) -> None:
    options = call.items(args[0]) if args else None
    if options is None or options.losses:
        return
    if all(call.machine.equals(each, value, call.site) is False for each in options.values):
        raise Raised("builtins.ValueError", f"'{name}' must be in {display(args[0])}")


def _check_optional(call: Call, name: str, value: Value, args: tuple[Value, ...]) -> None:
    if value != NONE and args:
        validate(call, name, value, args[0])


def _check_all(call: Call, name: str, value: Value, args: tuple[Value, ...]) -> None:
    for validator in args:
        validate(call, name, value, validator)


def _check_members(call: Call, name: str, value: Value, args: tuple[Value, ...]) -> None:
    for item in value.items if isinstance(value, Sequence) and args else ():
        validate(call, name, item, args[0])


def _compared(
    measured: Callable[[Value], object], fits: Callable[[Any, Any], bool]
) -> Callable[[Call, str, Value, tuple[Value, ...]], None]:
    def check(call: Call, name: str, value: Value, args: tuple[Value, ...]) -> None:
        subject = measured(value)
        bound = args[0] if args else None
        if subject is None or not isinstance(bound, Constant):
            return
        try:
            is_fit = fits(subject, bound.value)
        except (TypeError, re.error):
            return
        if not is_fit:
            raise Raised("builtins.ValueError", f"'{name}' does not fit {display(bound)}")

    return check


def _plain(value: Value) -> object:
    return value.value if isinstance(value, Constant) else None


def _matches(text: Any, pattern: Any) -> bool:
    return len(text) > _LONG or re.fullmatch(pattern, text) is not None


_LONG: Final = 200

_CHECKS: Final[ReadOnlyMapping[str, Callable[[Call, str, Value, tuple[Value, ...]], None]]] = {
    "attrs.validators.and_": _check_all,
    "attrs.validators.deep_iterable": _check_members,
    "attrs.validators.ge": _compared(_plain, operator.ge),
    "attrs.validators.gt": _compared(_plain, operator.gt),
    "attrs.validators.in_": _check_options,
    "attrs.validators.instance_of": _check_type,
    "attrs.validators.le": _compared(_plain, operator.le),
    "attrs.validators.lt": _compared(_plain, operator.lt),
    "attrs.validators.matches_re": _compared(_plain, lambda text, pattern: _matches(text, pattern)),
    "attrs.validators.max_len": _compared(length_of, operator.le),
    "attrs.validators.min_len": _compared(length_of, operator.ge),
    "attrs.validators.optional": _check_optional,
}


def _made(qualname: str) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        return Record(qualname, {}, call.values, call.site)

    return intrinsic


def _optional(call: Call) -> Value:
    return Partial(External("attrs.converters.optional.applied"), call.args, {})


def _apply_unless_none(call: Call) -> Value:
    converter, value = call.args
    return NONE if value == NONE else call.invoke(converter, value)


def _default_if_none(call: Call) -> Value:
    bound = _DEFAULT.bind(call)
    function = External("attrs.converters.default_if_none.applied")
    return Partial(function, (bound.get("default") or NONE, bound["factory"]), {})


def _apply_default(call: Call) -> Value:
    default, factory, value = call.args
    if value != NONE:
        return value
    return default if factory == NONE else call.invoke(factory)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    **{qualname: _made(qualname) for qualname in _CHECKS},
    **{name.replace("attrs.", "attr.", 1): _made(name) for name in _CHECKS},
    **{
        f"{package}.converters.{name}": row
        for package in ("attr", "attrs")
        for name, row in (("default_if_none", _default_if_none), ("optional", _optional))
    },
    "attrs.converters.default_if_none.applied": _apply_default,
    "attrs.converters.optional.applied": _apply_unless_none,
}
