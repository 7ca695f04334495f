"""The functions that pydantic's decorators mark as checks of a class, heeded without its models."""

from collections.abc import Callable, Iterator, Mapping
from inspect import signature
from types import SimpleNamespace
from typing import Any


class OutsideLimits(ValueError):
    """A value of the right type that its field does not allow."""


def checked_field(cls: type, name: str, value: Any, mode: str, others: Mapping[str, Any]) -> Any:
    """A field's value after the checks of one mode, ``before`` or ``after`` it is made to fit.

    `others` are the fields that have been read. OutsideLimits tells what a check refuses.
    """
    for info, check in marked(cls):
        fields = getattr(info, "fields", ())
        if info.mode == mode and (name in fields or "*" in fields):
            about = SimpleNamespace(data=dict(others), field_name=name, mode="python", context=None)
            value = asked(f'field "{name}" is {value!r}', check, value, about)
    return value


def checked_values(cls: type, values: dict[str, Any]) -> dict[str, Any]:
    """All values given for a class, after the checks that want them before anything else."""
    for info, check in marked(cls):
        if info.mode == "before" and not hasattr(info, "fields"):
            about = SimpleNamespace(data=None, field_name=None, mode="python", context=None)
            values = asked(f"{cls.__name__} of {values!r}", check, values, about)
    return values


def check_whole(made: Any) -> None:
    """Ask the checks that want the instance when it is made."""
    for info, check in marked(type(made)):
        if info.mode == "after" and not hasattr(info, "fields"):
            asked(repr(made), check, made, None)


def marked(cls: type) -> Iterator[tuple[Any, Callable[..., Any]]]:
    """The marked functions of a class and its bases, with what their marks say."""
    names = dict.fromkeys(name for base in cls.__mro__[::-1] for name in vars(base))
    for name in names:
        holder = next(vars(base)[name] for base in cls.__mro__ if name in vars(base))
        info = getattr(holder, "decorator_info", None)
        if info is not None and hasattr(info, "mode"):
            yield info, getattr(cls, name)


def asked(what: str, check: Callable[..., Any], value: Any, about: Any) -> Any:
    """What a check makes of a value; one that takes a second argument is told `about` it."""
    try:
        if about is not None and len(signature(check).parameters) > 1:
            return check(value, about)
        return check(value)
    except (ValueError, AssertionError) as error:
        raise OutsideLimits(f"{what}: {error}") from error
