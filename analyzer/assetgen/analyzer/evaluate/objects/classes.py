"""Classes of the project: linearisation, lookup, making instances, and types of values."""

from __future__ import annotations

import ast
import builtins
from collections import Counter, deque
from collections.abc import Iterator
from collections.abc import Mapping as ReadOnlyMapping
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.bound_values import BoundMethod, Descriptor, KnownMethod, Partial
from assetgen.analyzer.evaluate.objects.doubted_names import BESIDE, doubt_of_name
from assetgen.analyzer.evaluate.objects.truth import truth_of
from assetgen.analyzer.evaluate.values import (
    Choice,
    Class,
    Constant,
    Declared,
    External,
    Function,
    Instance,
    Iterator_,
    Mapping,
    Module,
    Record,
    Sequence,
    Unknown,
    Value,
    options_of,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


def linearise(cls: Class) -> tuple[Value, ...]:
    """The method resolution order by the C3 algorithm; depth first if that has no answer."""
    bases = tuple(base for base in cls.bases if not isinstance(base, Constant))
    orders = [base.mro if isinstance(base, Class) else (base,) for base in bases]
    if len(orders) == 1:
        return (cls, *orders[0])
    named = {base for order in orders for base in order}
    orders = [_with_exceptions(order) for order in orders]
    return (cls, *(base for base in _merged([*orders, bases]) if base in named))


def _with_exceptions(order: tuple[Value, ...]) -> tuple[Value, ...]:
    """An order with the bases of Python's own exceptions in it, which say which goes first."""
    last = order[-1] if order else None
    name = last.qualname if isinstance(last, External) else ""
    found = getattr(builtins, name.removeprefix("builtins."), None) if name else None
    if not isinstance(found, type) or not issubclass(found, BaseException):
        return order
    above = [External(f"builtins.{base.__name__}") for base in found.__mro__[1:-1]]
    return (*order, *above)


def _merged(orders: list[tuple[Value, ...]]) -> Iterator[Value]:
    """The classes of several orders in one order that agrees with all of them."""
    left = [deque(order) for order in orders if order]
    later = Counter(base for order in left for base in islice(order, 1, None))
    while left:
        head = next((order[0] for order in left if not later[order[0]]), left[0][0])
        yield head
        if later[head]:
            rest = [tuple(base for base in order if base != head) for order in left]
            yield from _merged(rest)
            return
        for order in left:
            if order[0] == head:
                order.popleft()
                if order:
                    later[order[0]] -= 1
        left = [order for order in left if order]


def lookup(cls: Class, name: str) -> tuple[Class, Value] | None:
    """The attribute `name` in the class's linearisation, and the class that has it.

    If that may not have it, the attribute is a choice between it and that of the next class.
    """
    for number, base in enumerate(cls.mro):
        if isinstance(base, Class):
            found = base.namespace.get(name)
            if found is not None:
                if BESIDE in base.namespace:
                    condition = doubt_of_name(base.namespace, name)
                    if condition is not None:
                        return base, _or_next(found, condition, cls.mro[number + 1 :], name)
                return base, found
    return None


def _or_next(found: Value, condition: Unknown, others: tuple[Value, ...], name: str) -> Value:
    for base in others:
        if isinstance(base, Class) and name in base.namespace:
            options = (*options_of(found), *options_of(base.namespace[name]))
            different = tuple({id(each): each for each in options}.values())
            return Choice(different, condition) if len(different) > 1 else found
    return found


def doubt_of_member(cls: Class, name: str) -> Unknown | None:
    """What decides whether a class has an attribute that only some of its arms have bound."""
    condition: Unknown | None = None
    for base in cls.mro:
        if isinstance(base, Class) and name in base.namespace:
            condition = doubt_of_name(base.namespace, name)
            if condition is None:
                return None
    return condition


def known_bases(cls: Class) -> Iterator[str]:
    """Qualified names of base classes and class decorators from outside, in order of resolution."""
    for base in cls.mro:
        if isinstance(base, Class):
            yield from base.decorations
        elif isinstance(base, External):
            yield base.qualname
            yield from BASES_OUTSIDE.get(base.qualname, ())


BASES_OUTSIDE: ReadOnlyMapping[str, tuple[str, ...]] = {
    "enum.Flag": ("enum.Enum",),
    "enum.IntEnum": ("builtins.int", "enum.Enum"),
    "enum.IntFlag": ("builtins.int", "enum.Flag", "enum.Enum"),
    "enum.StrEnum": ("builtins.str", "enum.Enum"),
    "strenum.StrEnum": ("builtins.str", "enum.Enum"),
    "typing.NamedTuple": ("builtins.tuple",),
    "pydantic_settings.BaseSettings": ("pydantic.BaseModel",),
}
"""Bases of classes outside of the project, which matter to classes derived from these."""


def annotations_of(machine: Machine, cls: Class) -> dict[str, Value]:
    """The annotations in the class's own body, evaluated, in order."""
    from assetgen.analyzer.evaluate.frame import Frame
    from assetgen.analyzer.evaluate.scope import Scope

    frame = Frame(cls.module, Scope("class", cls.namespace, cls.scope))
    return {
        statement.target.id: machine.evaluate(statement.annotation, frame)
        for statement in cls.node.body
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
    }


def instantiate(
    machine: Machine,
    cls: Class,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    site: Site,
    losses: tuple[Unknown, ...],
) -> Value:
    """The result of calling the class."""
    if machine.catchers and is_abstract(cls):
        names = ", ".join(sorted(abstract_names(cls)))
        plural = "s" if "," in names else ""
        message = (
            f"Can't instantiate abstract class {cls.name} with abstract method{plural} {names}"
        )
        machine.failed("TypeError", message, site)
    for base in cls.mro:
        if isinstance(base, External) and machine.knows(f"{base.qualname}.__called__"):
            row = f"{base.qualname}.__called__"  # whatever the class has as its initialiser
            return machine.call(KnownMethod(row, cls), args, kwargs, site, losses)
    maker = lookup(cls, "__new__")
    if maker is not None:
        made = machine.call(maker[1], [cls, *args], kwargs, site, losses)
        if not (isinstance(made, Instance) and made.cls is cls):
            return made
        instance = made
    else:
        instance = _made(machine, cls, args, kwargs, site)
    for base in cls.mro:
        if isinstance(base, Class) and "__init__" in base.namespace:
            initialiser = base.namespace["__init__"]
            machine.call(initialiser, [instance, *args], kwargs, site, losses)
            return instance
        sources = tuple(base.decorations) if isinstance(base, Class) else ()
        if isinstance(base, External):
            sources = (base.qualname,)
        for qualname in sources:
            row = f"{qualname}.__construct__"
            if machine.knows(row):
                if maker is not None and machine.knows(f"{qualname}.__new__"):
                    return instance  # complete when it is created
                return machine.call(KnownMethod(row, cls), args, kwargs, site, losses)
        if instance.content is not None and sources:
            row = f"{sources[0]}.__init__"
            if machine.knows(row):
                machine.call(KnownMethod(row, instance), args, kwargs, site, losses)
                return instance
    _forget_defaults(machine, instance, kwargs, site)
    return instance


def is_abstract(cls: Class) -> bool:
    """Whether it cannot be instantiated, since abstract methods are left."""
    return may_be_abstract(cls) and bool(abstract_names(cls))


def may_be_abstract(cls: Class) -> bool:
    """Whether it is derived from `ABC`, or its metaclass is `ABCMeta` or derived from that."""
    return _ABSTRACT_BASE in cls.mro or any(
        isinstance(base, Class) and _is_of_abstract(base.keywords.get("metaclass"))
        for base in cls.mro
    )


def _is_of_abstract(metaclass: Value | None) -> bool:
    if isinstance(metaclass, Class):
        return _ABSTRACT_METACLASS in metaclass.mro
    return metaclass == _ABSTRACT_METACLASS


_ABSTRACT_BASE = External("abc.ABC")
_ABSTRACT_METACLASS = External("abc.ABCMeta")


def abstract_names(cls: Class) -> frozenset[str]:
    """The methods and properties with `abstractmethod` that no later class has defined."""
    found: dict[str, Value] = {}
    for base in reversed(cls.mro):
        if isinstance(base, Class):
            found.update(base.namespace)
    return frozenset(name for name, member in found.items() if _is_abstract_member(member))


def _is_abstract_member(member: Value) -> bool:
    function = member.function if isinstance(member, Descriptor) else member
    return isinstance(function, Function) and "__isabstractmethod__" in function.attributes


def _made(
    machine: Machine, cls: Class, args: tuple[Value, ...], kwargs: dict[str, Value], site: Site
) -> Instance:
    """An instance as `__new__` of a base class of Python's own makes it."""
    for base in cls.mro:
        if isinstance(base, External) and base.qualname in CONTENTS:
            row = External(f"{base.qualname}.__new__")
            made = machine.call(row, [cls, *args], kwargs, site)
            if isinstance(made, Instance):
                made.args, made.kwargs = args, kwargs
                return made
    return Instance(cls, {}, args, kwargs, site)


CONTENTS = frozenset(
    (
        *(f"builtins.{name}" for name in ("bytes", "dict", "float", "frozenset", "int", "list")),
        *(f"builtins.{name}" for name in ("set", "str", "tuple")),
        *(f"collections.{name}" for name in ("Counter", "OrderedDict", "defaultdict", "deque")),
    )
)
"""Python's own classes of data: an object of a class derived from one holds such data."""


def _forget_defaults(
    machine: Machine, instance: Instance, kwargs: dict[str, Value], site: Site
) -> None:
    """If an initialiser from outside takes an argument, the instance may have another value for it
    than the default in the class."""
    for base in instance.cls.mro if kwargs else ():
        if isinstance(base, Unknown) or (
            isinstance(base, External) and base.qualname.partition(".")[0] not in _OF_PYTHON
        ):
            for name in kwargs.keys() & _names_in_classes(instance.cls):
                message = f"what the initialiser makes of {name!r}"
                instance.attributes[name] = machine.unknown("external", message, site, base)
            return


_OF_PYTHON = ("builtins", "typing", "abc", "enum", "collections", "dagster")


def _names_in_classes(cls: Class) -> set[str]:
    return {name for base in cls.mro if isinstance(base, Class) for name in base.namespace}


def truth(machine: Machine, value: Value, site: Site | None) -> bool | None:
    """Whether `value` is true, by the user's `__bool__` and `__len__` if there are any."""
    if isinstance(value, Instance) and site is not None:
        for method in ("__bool__", "__len__"):
            found = lookup(value.cls, method)
            if found is not None:
                return truth_of(machine.call(found[1], [value], {}, site))
    return truth_of(value)


_SEQUENCE_TYPES = {"deque": "collections.deque", "dict_keys": "builtins.dict_keys"}
_MAPPING_TYPES = {
    "dict": "builtins.dict",
    "defaultdict": "collections.defaultdict",
    "OrderedDict": "collections.OrderedDict",
    "Counter": "collections.Counter",
    "mappingproxy": "types.MappingProxyType",
}


def type_names(value: Value) -> tuple[str, ...]:
    """Qualified names of the class of a value of a known type, and of its bases."""
    if isinstance(value, Constant):
        return _constant_types(value.value)
    if isinstance(value, Sequence):
        return (_SEQUENCE_TYPES.get(value.kind, f"builtins.{value.kind}"),)
    if isinstance(value, Mapping):
        own = _MAPPING_TYPES.get(value.kind, f"builtins.{value.kind}")
        return (own,) if own == "builtins.dict" else (own, "builtins.dict")
    if isinstance(value, Record):
        return (value.qualname, *value.type_bases)
    if isinstance(value, Declared):
        return (value.type_name, *value.type_bases)
    if isinstance(value, Descriptor):
        return (_DESCRIPTOR_TYPES.get(value.kind, f"builtins.{value.kind}"),)
    named = _TYPE_NAMES.get(type(value))
    return (named,) if named is not None else ()


def own_types(value: Value) -> tuple[str, ...]:
    """The same, where the class of an object is not the one that its rows are of."""
    names = type_names(value)
    if isinstance(value, Declared) and value.own_type() != value.type_name and names:
        return (value.own_type(), *value.type_bases)
    return names


_DESCRIPTOR_TYPES: ReadOnlyMapping[str, str] = {"cached_property": "functools.cached_property"}
_TYPE_NAMES: ReadOnlyMapping[type, str] = {
    Iterator_: "builtins.generator",
    Function: "types.FunctionType",
    BoundMethod: "types.MethodType",
    KnownMethod: "types.BuiltinMethodType",
    Partial: "functools.partial",
    Module: "types.ModuleType",
    Class: "builtins.type",
}


def _constant_types(data: object) -> tuple[str, ...]:
    if data is None:
        return ("types.NoneType",)
    if isinstance(data, PurePath):
        return ("pathlib.Path", "pathlib.PurePath", "os.PathLike")
    return tuple(
        f"{cls.__module__}.{cls.__qualname__}" for cls in type(data).__mro__ if cls is not object
    )


def type_name(value: Value) -> str:
    """The qualified name of the class of `value`."""
    if isinstance(value, Instance):
        return f"{value.cls.module.name}.{value.cls.qualname}"
    if isinstance(value, Module):
        return f"the module {value.name}"
    if isinstance(value, Class):
        return f"the class {value.qualname}"
    names = type_names(value)
    return names[0] if names else "an unknown object"


def type_of(value: Value) -> Value:
    """The class of `value`."""
    if isinstance(value, Instance):
        return value.cls
    if isinstance(value, Class):
        return value.metaclass or External("builtins.type")
    if value == Constant(None):
        return External("types.NoneType")
    names = own_types(value)
    if names:
        return External(names[0])
    if isinstance(value, External) and "." not in value.qualname:
        return External("types.ModuleType")
    return Unknown("unsupported", "the class of an unknown object")


_GENERIC = frozenset(("list", "dict", "tuple", "set", "frozenset", "type", "deque", "defaultdict"))


def looks_like_a_class(qualname: str) -> bool:
    """Whether an outside name is that of a class, by the usual naming conventions."""
    name = qualname.rpartition(".")[2]
    return name in _GENERIC or (name[:1].isupper() and not name.isupper())
