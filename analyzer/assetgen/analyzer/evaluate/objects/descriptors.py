"""Attributes that are computed, set or deleted by code: properties, descriptors, metaclasses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.bound_values import BoundMethod, Descriptor, KnownMethod
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.statements.failures import missing_attribute
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Class,
    Constant,
    Declared,
    External,
    Function,
    Instance,
    Mapping,
    Module,
    Value,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


def bind(
    machine: Machine, found: Value, receiver: Instance | None, cls: Class, site: Site
) -> Value:
    """A class's attribute as it is read from the class or (with `receiver`) from an instance."""
    if isinstance(found, Function):
        return BoundMethod(found, receiver) if receiver is not None else found
    if isinstance(found, Descriptor):
        if found.kind == "staticmethod":
            return found.function
        if found.kind == "classmethod":
            function = found.function
            return (
                bind(machine, function, None, cls, site)
                if _is_read(function)
                else (BoundMethod(function, cls))
            )
        if receiver is None:
            return found
        return machine.call(found.function, [receiver], {}, site)
    if isinstance(found, Declared) and receiver is not None:
        row = f"{found.type_name}.__call__"
        is_method = found.type_name in _BOUND_LIKE_FUNCTIONS and machine.knows(row)
        return BoundMethod(found, receiver) if is_method else found
    if isinstance(found, Instance):
        getter = classes.lookup(found.cls, "__get__")
        if getter is not None:
            return machine.call(getter[1], [found, receiver or NONE, cls], {}, site)
    return found


_BOUND_LIKE_FUNCTIONS = (
    "functools._lru_cache_wrapper",
    "functools.partialmethod",
    "functools.singledispatch",
)


def _is_read(function: Value) -> bool:
    return isinstance(function, Descriptor) and function.kind == "property"


def is_data_descriptor(found: Value) -> bool:
    """Whether a class's attribute takes precedence over the instance's."""
    if isinstance(found, Descriptor):
        return found.kind == "property"
    return isinstance(found, Instance) and classes.lookup(found.cls, "__set__") is not None


def of_metaclass(machine: Machine, cls: Class, name: str, site: Site) -> Value | None:
    """An attribute that a class has from its metaclass."""
    if cls.metaclass is None:
        return None
    found = classes.lookup(cls.metaclass, name)
    if found is None:
        return None
    if isinstance(found[1], Function):
        return BoundMethod(found[1], cls)
    if isinstance(found[1], Descriptor) and found[1].kind == "property":
        return machine.call(found[1].function, [cls], {}, site)
    return bind(machine, found[1], None, cls.metaclass, site)


def set_attribute(machine: Machine, value: Value, name: str, new: Value, site: Site) -> None:
    """`value.name = new`; an object that cannot have attributes is left as it is."""
    if isinstance(value, Instance):
        hook = classes.lookup(value.cls, "__setattr__")
        if hook is not None and isinstance(hook[1], (Function, External)):
            machine.call(hook[1], [value, Constant(name), new], {}, site)
        elif is_frozen(value.cls):
            message = f"cannot assign to field {name!r}"
            raise Raised("dataclasses.FrozenInstanceError", message)
        elif (row := _row_for_setting(machine, value.cls)) is not None:
            machine.call(KnownMethod(row, value), [Constant(name), new], {}, site)
        else:
            set_own(machine, value, name, new, site)
    elif isinstance(value, Choice):

        def set_on(option: Value) -> Value:
            set_attribute(machine, option, name, new, site)
            return NONE

        machine.each_of(value, set_on, site)
    elif isinstance(value, Declared):
        row = f"{value.type_name}.__setattr__"
        if machine.knows(row):
            machine.call(KnownMethod(row, value), [Constant(name), new], {}, site)
    else:
        names = names_of(value)
        if names is not None:
            machine.bind(names, name, new)


def _row_for_setting(machine: Machine, cls: Class) -> str | None:
    """The row of the first class outside the project that has one, `__set_on__`, for attributes
    that are set on objects of its subclasses."""
    for base in cls.mro:
        if isinstance(base, External) and base != _OBJECT:
            row = f"{machine.intrinsics.canonical(base.qualname)}.__set_on__"
            if machine.knows(row):
                return row
    return None


def is_frozen(cls: Class) -> bool:
    """Whether it is a dataclass whose fields cannot be set."""
    for base in cls.mro:
        for options in base.decorations.values() if isinstance(base, Class) else ():
            flag = options.get("frozen")
            if isinstance(flag, Constant):
                return flag.value is True
    return False


def set_own(machine: Machine, value: Instance, name: str, new: Value, site: Site) -> None:
    """As `object.__setattr__` does: by a setter of the class, or in the instance."""
    found = classes.lookup(value.cls, name)
    descriptor = found[1] if found is not None else None
    if isinstance(descriptor, Descriptor) and descriptor.kind == "property":
        if descriptor.setter is None:
            message = f"property {name!r} of {value.cls.name!r} object has no setter"
            raise Raised("builtins.AttributeError", message)
        machine.call(descriptor.setter, [value, new], {}, site)
        return
    if isinstance(descriptor, Instance):
        setter = classes.lookup(descriptor.cls, "__set__")
        if setter is not None:
            machine.call(setter[1], [descriptor, value, new], {}, site)
            return
    if descriptor is None and machine.catchers and _has_no_place(value.cls, name):
        missing_attribute(machine, value, name, site)
    if name == _NAMES:
        for other in [each for each in value.attributes if each != name]:
            machine.erase(value.attributes, other)
    elif _NAMES in value.attributes:
        held = entries_of(value)
        if held is not None:
            machine.put(held, ("constant", name), (Constant(name), new))
            return
    machine.put_attribute(value, name, new)


_NAMES = "__dict__"


def entries_of(value: Instance) -> Mapping | None:
    """The dictionary of the project's that holds the attributes of an object, if one does: what
    was set as its `__dict__`, which may be the object itself."""
    held = value.attributes.get(_NAMES)
    if isinstance(held, Instance):
        held = held.content
    return held if isinstance(held, Mapping) else None


def _has_no_place(cls: Class, name: str) -> bool:
    """Whether `__slots__` of all its classes list the attributes that an object may have."""
    for base in cls.mro:
        slots = base.namespace.get("__slots__") if isinstance(base, Class) else None
        names = [slots] if isinstance(slots, Constant) else getattr(slots, "items", None)
        if base != _OBJECT and (names is None or Constant(name) in names):
            return False
    return bool(cls.mro)


_OBJECT = External("builtins.object")


def delete_attribute(machine: Machine, value: Value, name: str, site: Site) -> None:
    """`del value.name`."""
    if isinstance(value, Instance):
        hook = classes.lookup(value.cls, "__delattr__")
        if hook is not None and isinstance(hook[1], (Function, External)):
            machine.call(hook[1], [value, Constant(name)], {}, site)
            return
        found = classes.lookup(value.cls, name)
        deleter = found[1].deleter if found and isinstance(found[1], Descriptor) else None
        if deleter is not None:
            machine.call(deleter, [value], {}, site)
            return
    names = names_of(value)
    if names is not None:
        if name not in names:
            missing_attribute(machine, value, name, site)
        erase_own(machine, value, names, name)


def erase_own(machine: Machine, value: Value, names: dict[str, Value], name: str) -> None:
    """Erase one of the names that are written in an object itself."""
    if isinstance(value, Instance):
        machine.take_attribute(value, name)
    else:
        machine.unbind(names, name)


def names_of(value: Value) -> dict[str, Value] | None:
    """The attributes that are written in an object itself."""
    if isinstance(value, (Instance, Function)):
        return value.attributes
    if isinstance(value, Class):
        return value.namespace
    if isinstance(value, Declared):
        return value.own_names()
    return value.scope.names if isinstance(value, Module) else None
