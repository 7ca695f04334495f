"""What Python certainly raises if the operands are known.

Inside of a `try` that would catch it, it is raised, since the code counts on it. Otherwise it is
reported where it is certain, the value is unknown, and the evaluation goes on: there may be more to
tell.
"""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from assetgen.analyzer.evaluate.bound_values import BoundMethod, KnownMethod
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.values import (
    Class,
    Constant,
    Declared,
    External,
    Function,
    Instance,
    Mapping,
    Module,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.model.closeness import did_you_mean

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


def failed(
    machine: Machine,
    exception: str,
    message: str,
    site: Site,
    *causes: Value,
    told: str = "",
    shown: str = "",
    is_told: bool = True,
) -> Unknown:
    """The value of an expression that raises `exception`, the name of a builtin, with `message`.

    Raises `Raised` if the surrounding code catches that; otherwise it is reported, unless it hangs
    on an unknown condition: then `told`, if given, is the reason. `shown` is what is reported, if
    that is not the message; nothing is if it is not to be told.
    """
    if machine.catchers:
        raised = Raised(f"builtins.{exception}", message)
        if is_caught(machine, raised):
            raise raised
    if not is_told or site.condition is not None or not machine.is_certain:
        return machine.unknown("error", told or message, site, *causes)
    said = f"this raises {exception}: {shown or message}"
    machine.report("python-error", said, site.span)
    return machine.unknown("error", said, site, *causes)


def is_caught(machine: Machine, raised: Raised) -> bool:
    """Whether a surrounding `try` catches an exception."""
    catchers, machine.catchers = machine.catchers, []
    try:
        return any(catches(raised) for catches in reversed(catchers))
    finally:
        machine.catchers = catchers


def missing_attribute(machine: Machine, value: Value, name: str, site: Site) -> Unknown:
    """The value of `value.name` if there is no such attribute."""
    if isinstance(value, Module):
        return _missing_global(machine, value, name, site)
    may_have = hasattr(object, name) or (name in _OF_NUMBERS and _may_be_of_numpy(value))
    if not is_closed(value) or may_have:
        told = f"{machine.type_name(value)} has no attribute {name!r}"
        return machine.unknown("error", told, site, value)
    if isinstance(value, Class):
        message = f"type object {value.name!r} has no attribute {name!r}"
    else:
        message = f"{kind_of(value)!r} object has no attribute {name!r}"
    return failed(machine, "AttributeError", message, site, value)


def _may_be_of_numpy(value: Value) -> bool:
    """What is computed from a table is a number of numpy, which is taken for one of Python."""
    return isinstance(value, Constant) and isinstance(value.value, (int, float))


_OF_NUMBERS: Final = frozenset(
    (
        *("all", "any", "astype", "clip", "copy", "dtype", "item", "itemsize", "max", "mean"),
        *("min", "nbytes", "ndim", "ravel", "reshape", "round", "shape", "size", "squeeze"),
        *("std", "sum", "tobytes", "tolist", "var", "view"),
    )
)
"""Attributes of numpy's numbers that Python's do not have."""


def _missing_global(machine: Machine, module: Module, name: str, site: Site) -> Unknown:
    message = f"module {module.name!r} has no attribute {name!r}"
    if module.state != "done" or module.stars or not machine.defines_nowhere(module, name):
        return machine.unknown("error", message, site)
    shown = f"{message}{meant_of(module, name)}"
    return failed(machine, "AttributeError", message, site, shown=shown)


def meant_of(module: Module, name: str) -> str:
    """The end of a message about a name that a module does not have."""
    return did_you_mean(name, [each for each in module.scope.names if not each.startswith("__")])


def is_closed(value: Value) -> bool:
    """Whether everything is known about the attributes and methods of a value."""
    if isinstance(value, Instance):
        return value.content is None and is_closed(value.cls)
    if isinstance(value, Class):
        return all(_is_closed_base(base) for base in value.mro)
    if isinstance(value, Function):
        return OPEN not in value.attributes
    return isinstance(value, (Constant, Sequence, Mapping))


def is_plain(value: Value) -> bool:
    """Whether a value certainly is neither iterable nor has operators: a definition, or a function
    that nothing decorates."""
    if isinstance(value, Function):
        return not value.decorated and OPEN not in value.attributes
    return isinstance(value, Declared) and value.is_plain


OPEN = "<open>"
"""Among the attributes of a function, says that it stands for an object which has others."""


def _is_closed_base(base: Value) -> bool:
    if not isinstance(base, Class):
        return base in _PLAIN
    metaclass = base.keywords.get("metaclass")
    is_plain = metaclass is None or isinstance(metaclass, Class) or metaclass == _ABSTRACT
    return is_plain and not base.decorations


_ABSTRACT = External("abc.ABCMeta")
_PLAIN = frozenset(
    External(name) for name in ("builtins.object", "abc.ABC", "typing.Generic", "typing.Protocol")
)


def kind_of(value: Value) -> str:
    """The name of the class of a value, as in Python's messages."""
    if isinstance(value, Constant):
        is_path = isinstance(value.value, PurePath)
        return "PosixPath" if is_path else type(value.value).__name__
    if isinstance(value, (Sequence, Mapping)):
        return value.kind
    if isinstance(value, Instance):
        return value.cls.name
    if isinstance(value, Declared):
        return value.own_type().rpartition(".")[2]
    return _KINDS.get(type(value), "object")


_KINDS: ReadOnlyMapping[type[Value], str] = {
    BoundMethod: "method",
    Class: "type",
    Function: "function",
    KnownMethod: "builtin_function_or_method",
    Module: "module",
}
