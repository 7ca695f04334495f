"""Classes of the project: linearisation, lookup, making instances, and types of values."""

from __future__ import annotations

import ast
import collections.abc
import numbers
from collections.abc import Iterator
from collections.abc import Mapping as ReadOnlyMapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.comparison import truth_of
from assetgen.analyzer.evaluate.outside import class_of_python
from assetgen.analyzer.evaluate.ternary import any_of
from assetgen.analyzer.evaluate.values import (
    BoundMethod,
    Choice,
    Class,
    Constant,
    Declared,
    External,
    Function,
    Instance,
    Iterator_,
    KnownMethod,
    Mapping,
    Module,
    Parameterised,
    Partial,
    Record,
    Sequence,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


def linearise(cls: Class) -> tuple[Value, ...]:
    """The method resolution order by the C3 algorithm; depth first where it has no answer."""
    sequences = [list(base.mro) if isinstance(base, Class) else [base] for base in cls.bases]
    sequences.append(list(cls.bases))
    result: list[Value] = [cls]
    while any(sequences):
        sequences = [sequence for sequence in sequences if sequence]
        for sequence in sequences:
            head = sequence[0]
            if not any(head in other[1:] for other in sequences):
                break
        else:
            head = sequences[0][0]
        result.append(head)
        for sequence in sequences:
            while head in sequence:
                sequence.remove(head)
    return tuple(result)


def lookup(cls: Class, name: str) -> tuple[Class, Value] | None:
    """The attribute `name` in the class's linearisation, and the class that has it."""
    for base in cls.mro:
        if isinstance(base, Class):
            found = base.namespace.get(name)
            if found is not None:
                return base, found
    return None


def known_bases(cls: Class) -> Iterator[str]:
    """Qualified names of classes and class decorators from outside, in order of resolution."""
    for base in cls.mro:
        if isinstance(base, Class):
            yield from base.decorations
        elif isinstance(base, External):
            yield base.qualname
            yield from _BASES_OUTSIDE.get(base.qualname, ())


_BASES_OUTSIDE: ReadOnlyMapping[str, tuple[str, ...]] = {
    "enum.Flag": ("enum.Enum",),
    "enum.IntEnum": ("builtins.int", "enum.Enum"),
    "enum.IntFlag": ("builtins.int", "enum.Flag", "enum.Enum"),
    "enum.StrEnum": ("builtins.str", "enum.Enum"),
    "strenum.StrEnum": ("builtins.str", "enum.Enum"),
    "typing.NamedTuple": ("builtins.tuple",),
    "pydantic_settings.BaseSettings": ("pydantic.BaseModel",),
}
"""Bases of classes outside the project that count where a project's class derives from them."""


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
    """What calling the class gives."""
    maker = lookup(cls, "__new__")
    if maker is not None:
        made = machine.call(maker[1], [cls, *args], kwargs, site, losses)
        if not (isinstance(made, Instance) and made.cls is cls):
            return made
        instance = made
    else:
        instance = Instance(cls, {}, args, kwargs, site)
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
                return machine.call(KnownMethod(row, cls), args, kwargs, site, losses)
    _forget_defaults(machine, instance, kwargs, site)
    return instance


def _forget_defaults(
    machine: Machine, instance: Instance, kwargs: dict[str, Value], site: Site
) -> None:
    """What the class has by the name of an argument may be another in the instance, when an
    initialiser from outside takes it."""
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
    """Whether `value` is true, by `__bool__` and `__len__` of the user's where they stand."""
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
    named = _TYPE_NAMES.get(type(value))
    return (named,) if named is not None else ()


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
    names = type_names(value)
    if names:
        return External(names[0])
    return Unknown("unsupported", "the class of an unknown object")


def is_instance(machine: Machine, value: Value, cls: Value) -> bool | None:
    """`isinstance(value, cls)`."""
    if isinstance(cls, Sequence):
        return any_of(is_instance(machine, value, item) for item in cls.items)
    if isinstance(cls, Parameterised) and cls.qualname in _UNIONS:
        return any_of(is_instance(machine, value, each) for each in union_members(machine, cls))
    if isinstance(value, Choice):
        answers = {is_instance(machine, option, cls) for option in value.options}
        return answers.pop() if len(answers) == 1 else None
    if isinstance(value, External):
        return _is_outside_instance(machine, value, cls)
    if isinstance(value, Unknown):
        return _is_unknown_instance(machine, value, cls)
    if isinstance(value, Instance):
        return is_subclass(machine, value.cls, cls)
    if isinstance(value, Class) and value.metaclass is not None:
        return is_subclass(machine, value.metaclass, cls)
    if isinstance(cls, Class):
        return False
    if not isinstance(cls, External):
        return None
    if cls.qualname == "builtins.object":
        return True
    wanted = machine.intrinsics.canonical(cls.qualname)
    if wanted in type_names(value):
        return True
    real = _abstract_class(wanted)
    if real is not None:
        return _is_abstractly(value, real)
    if wanted in ("collections.abc.Callable", "typing.Callable"):
        return isinstance(value, (Function, BoundMethod, Partial, Class, KnownMethod))
    if isinstance(value, Record) and _builtin_subclass(value.qualname, wanted):
        return True
    return None if any(_may_derive(name, wanted) for name in type_names(value)) else False


_UNIONS = ("types.UnionType", "typing.Union", "typing.Optional")


def union_members(machine: Machine, union: Parameterised) -> list[Value]:
    """The classes of `A | B`, `Union[A, B]` and `Optional[A]`."""
    node = union.arguments
    if isinstance(node, ast.BinOp):
        nodes = [node.left, node.right]
    else:
        nodes = list(node.elts) if isinstance(node, ast.Tuple) else [node]
    found = [machine.evaluate(each, union.frame) for each in nodes]
    found = [External("types.NoneType") if each == Constant(None) else each for each in found]
    return [*found, External("types.NoneType")] if union.qualname == _UNIONS[2] else found


_OF_CLASSES = ("builtins.type", "builtins.object", "collections.abc.Callable", "typing.Callable")


def _is_outside_instance(machine: Machine, value: External, cls: Value) -> bool | None:
    """Of a name outside the project: packages are modules, and what is called like a class or
    known as a function is one; whatever else may be anything."""
    may_declare = machine.intrinsics.may_declare
    if isinstance(cls, External) and may_declare(cls.qualname) and not may_declare(value.qualname):
        return False  # as the loaders of definitions take it
    is_package = "." not in value.qualname
    if not (is_package or looks_like_a_class(value.qualname) or machine.knows(value.qualname)):
        return None
    if not isinstance(cls, External):
        return False if isinstance(cls, Class) else None
    wanted = machine.intrinsics.canonical(cls.qualname)
    return wanted == "types.ModuleType" if is_package else wanted in _OF_CLASSES


def _is_unknown_instance(machine: Machine, value: Unknown, cls: Value) -> bool | None:
    """Of what is not known: a variable of the environment is a text or None, and what a package
    gives that makes no definitions is none."""
    if value.reason == "environment":
        answers = {is_instance(machine, each, cls) for each in (Constant(""), Constant(None))}
        return answers.pop() if len(answers) == 1 else None
    may_declare = machine.intrinsics.may_declare
    if value.maker and isinstance(cls, External) and may_declare(cls.qualname):
        return None if may_declare(value.maker) else False
    return None


_GENERIC = frozenset(("list", "dict", "tuple", "set", "frozenset", "type", "deque", "defaultdict"))


def looks_like_a_class(qualname: str) -> bool:
    """Whether a name outside is that of a class, by the custom of naming them."""
    name = qualname.rpartition(".")[2]
    return name in _GENERIC or (name[:1].isupper() and not name.isupper())


def is_subclass(machine: Machine, cls: Value, other: Value) -> bool | None:
    """`issubclass(cls, other)`."""
    if isinstance(other, Sequence):
        return any_of(is_subclass(machine, cls, item) for item in other.items)
    if isinstance(other, Parameterised) and other.qualname in _UNIONS:
        return any_of(is_subclass(machine, cls, each) for each in union_members(machine, other))
    if isinstance(other, External):
        other = External(machine.intrinsics.canonical(other.qualname))
        if other.qualname == "builtins.object":
            return True
    if isinstance(cls, Class):
        if other in cls.mro:
            return True
        outside = [base for base in cls.mro if isinstance(base, (External, Unknown))]
        if isinstance(other, Class):
            return None if any(isinstance(base, Unknown) for base in outside) else False
        return any_of([False, *(is_subclass(machine, base, other) for base in outside)])
    if isinstance(cls, External) and isinstance(other, External):
        if cls == other or other.qualname in _BASES_OUTSIDE.get(cls.qualname, ()):
            return True
        return _builtin_subclass(cls.qualname, other.qualname)
    if isinstance(cls, External) and isinstance(other, Class):
        return False
    return None


def _builtin_subclass(name: str, other: str) -> bool | None:
    classes = [class_of_python(qualname) for qualname in (name, other)]
    if all(isinstance(cls, type) for cls in classes):
        return issubclass(*classes)  # type: ignore[arg-type]
    return None


def _may_derive(name: str, other: str) -> bool:
    """Whether a class of one package may be derived from one of another: integrations' classes
    from those of Dagster."""
    package, base = name.partition(".")[0], other.partition(".")[0]
    return package != base and package.startswith(f"{base}_")


def _abstract_class(qualname: str) -> Any:
    module, _, name = qualname.rpartition(".")
    if module in ("collections.abc", "typing"):
        return getattr(collections.abc, name, None)
    return getattr(numbers, name, None) if module == "numbers" else None


_REAL_TYPES: ReadOnlyMapping[str, type] = {
    "list": list,
    "tuple": tuple,
    "set": set,
    "frozenset": frozenset,
    "deque": collections.deque,
}


def _is_abstractly(value: Value, real: Any) -> bool | None:
    if isinstance(value, Constant):
        return isinstance(value.value, real)
    if isinstance(value, Sequence):
        cls = _REAL_TYPES.get(value.kind)
        return issubclass(cls, real) if cls is not None else None
    if isinstance(value, Mapping):
        return issubclass(dict, real)
    if isinstance(value, Iterator_):
        return real in (collections.abc.Iterator, collections.abc.Iterable)
    return real is collections.abc.Callable and isinstance(
        value, (Function, BoundMethod, Partial, Class, KnownMethod)
    )
