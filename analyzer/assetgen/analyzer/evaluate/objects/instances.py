"""Whether a value is an instance of a class, and whether a class is derived from another."""

from __future__ import annotations

import ast
import builtins
import collections.abc
import numbers
import typing
from collections.abc import Mapping as ReadOnlyMapping
from types import BuiltinFunctionType, FunctionType
from typing import TYPE_CHECKING, Any, Final

from assetgen.analyzer.evaluate.bound_values import BoundMethod, Descriptor, KnownMethod, Partial
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.objects.classes import (
    BASES_OUTSIDE,
    CONTENTS,
    annotations_of,
    known_bases,
    looks_like_a_class,
    lookup,
    own_types,
)
from assetgen.analyzer.evaluate.objects.outside import class_of_python
from assetgen.analyzer.evaluate.objects.ternary import any_of
from assetgen.analyzer.evaluate.objects.virtual_classes import (
    has_instance,
    has_subclass,
    is_virtual,
)
from assetgen.analyzer.evaluate.objects.weight import is_heavy
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Class,
    Constant,
    Declared,
    External,
    Function,
    Instance,
    Iterator_,
    Mapping,
    Parameterised,
    Record,
    Sequence,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine


def is_instance(machine: Machine, value: Value, cls: Value) -> bool | None:
    """`isinstance(value, cls)`."""
    if isinstance(cls, Sequence):
        if is_heavy(cls):
            return None
        return any_of(is_instance(machine, value, item) for item in cls.items)
    if isinstance(cls, Parameterised) and cls.qualname in UNIONS:
        return any_of(is_instance(machine, value, each) for each in union_members(machine, cls))
    if isinstance(value, Choice):
        answers = {is_instance(machine, option, cls) for option in value.options}
        return answers.pop() if len(answers) == 1 else None
    if isinstance(value, External):
        return _is_outside_instance(machine, value, cls)
    if isinstance(value, Unknown):
        return _is_unknown_instance(machine, value, cls)
    if isinstance(cls, Class) and is_virtual(cls):
        return has_instance(machine, value, cls)
    if isinstance(value, Instance):
        if isinstance(cls, Class) and External("typing.Protocol") in cls.bases:
            return _has_all(machine, value, cls)
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
    if wanted in own_types(value) or (wanted == "builtins.tuple" and _is_tuple(value)):
        return True
    bases = bases_of_record(machine, value)
    if bases:
        return _is_derived(bases, wanted)
    if wanted in _GENERATORS and isinstance(value, Iterator_):
        return _is_generator(value)
    real = _abstract_class(wanted)
    if real is not None:
        return _is_abstractly(machine, value, real)
    if wanted in ("collections.abc.Callable", "typing.Callable"):
        return _is_callable(machine, value)
    if isinstance(value, Record) and _builtin_subclass(value.qualname, wanted):
        return True
    return None if any(_may_derive(name, wanted) for name in own_types(value)) else False


BASES_OF_RECORD = "<bases>"
"""After the name of a record: the classes that it is an instance of, its own first."""


def bases_of_record(machine: Machine, value: Value) -> tuple[Value, ...]:
    """The classes of a record, if they are known."""
    known = None
    if isinstance(value, Record):
        known = machine.intrinsics.value(f"{value.qualname}.{BASES_OF_RECORD}")
    return tuple(known.items) if isinstance(known, Sequence) else ()


def type_of(machine: Machine, value: Value) -> Value:
    """The class of a value."""
    bases = bases_of_record(machine, value)
    return bases[0] if bases else classes.type_of(value)


def _is_derived(bases: tuple[Value, ...], wanted: str) -> bool | None:
    names = [base.qualname for base in bases if isinstance(base, External)]
    if wanted in names:
        return True
    real = _abstract_class(wanted)
    if real is collections.abc.Hashable:
        return None
    found = [class_of_python(name) for name in names]
    own = [cls for cls in found if isinstance(cls, type)]
    return isinstance(real, type) and any(issubclass(cls, real) for cls in own)


def _is_tuple(value: Value) -> bool:
    return isinstance(value, Declared) and value.is_also_tuple()


_GENERATORS = ("types.GeneratorType", "collections.abc.Generator", "typing.Generator")


def _is_generator(value: Iterator_) -> bool:
    """Whether the values come from a function or expression of the project."""
    code = getattr(value.source, "gi_code", None)
    return code is not None and code.co_filename.rpartition("/")[2] in _OF_GENERATORS


_OF_GENERATORS = ("generators.py", "comprehensions.py")


def _has_all(machine: Machine, value: Instance, protocol: Class) -> bool | None:
    """Whether an object has everything that a protocol requires."""
    if protocol in value.cls.mro:
        return True
    names = [name for name in protocol.namespace if not name.startswith("__")]
    names += annotations_of(machine, protocol)
    site = Site(protocol.module, protocol.node)
    found = [machine.find_attribute(value, name, site) for name in names]
    if any(each is None for each in found):
        return False
    return None if any(isinstance(each, Unknown) for each in found) else True


UNIONS = ("types.UnionType", "typing.Union", "typing.Optional")


def union_members(machine: Machine, union: Parameterised) -> list[Value]:
    """The classes of `A | B`, `Union[A, B]` and `Optional[A]`."""
    node = union.arguments
    if isinstance(node, ast.BinOp):
        nodes = [node.left, node.right]
    else:
        nodes = list(node.elts) if isinstance(node, ast.Tuple) else [node]
    found = [machine.evaluate(each, union.frame) for each in nodes]
    found = [External("types.NoneType") if each == Constant(None) else each for each in found]
    return [*found, External("types.NoneType")] if union.qualname == UNIONS[2] else found


_OF_FUNCTIONS = ("types.BuiltinFunctionType", "types.BuiltinMethodType", "types.FunctionType")
_OF_CLASSES = ("builtins.type", "builtins.object", "collections.abc.Callable", "typing.Callable")


def _is_outside_instance(machine: Machine, value: External, cls: Value) -> bool | None:
    """The answer for a name outside of the project: packages are modules, and what is named like a
    class or known as a function is one; anything else may be anything."""
    may_declare = machine.intrinsics.may_declare
    if isinstance(cls, External) and may_declare(cls.qualname) and not may_declare(value.qualname):
        return False  # as the loaders of definitions take it
    is_package = "." not in value.qualname
    if not (is_package or looks_like_a_class(value.qualname) or machine.knows(value.qualname)):
        return None
    if not isinstance(cls, External):
        return False if isinstance(cls, Class) else None
    wanted = machine.intrinsics.canonical(cls.qualname)
    if is_package:
        return wanted == "types.ModuleType"
    if wanted in _OF_FUNCTIONS or wanted == "builtins.type":
        module, _, name = value.qualname.rpartition(".")
        known = getattr(_LOADED.get(module), name, None)
        if known is not None:
            return _is_known(known, wanted)
        if looks_like_a_class(value.qualname):
            return wanted == "builtins.type"
        if may_declare(value.qualname):  # Dagster's functions are written in Python
            return wanted == "types.FunctionType"
        return None
    return wanted in _OF_CLASSES


_LOADED: Final[ReadOnlyMapping[str, object]] = {"builtins": builtins, "typing": typing}


def _is_known(known: object, wanted: str) -> bool:
    if wanted == "builtins.type":
        return isinstance(known, type)
    kind = FunctionType if wanted == "types.FunctionType" else BuiltinFunctionType
    return isinstance(known, kind)


def _is_unknown_instance(machine: Machine, value: Unknown, cls: Value) -> bool | None:
    """The answer for an unknown: an environment variable is a string or None, and what comes from a
    package that makes no definitions is not a definition."""
    if value.reason == "environment":
        answers = {is_instance(machine, each, cls) for each in (Constant(""), Constant(None))}
        return answers.pop() if len(answers) == 1 else None
    may_declare = machine.intrinsics.may_declare
    if value.maker and isinstance(cls, External) and may_declare(cls.qualname):
        return None if may_declare(value.maker) else False
    return None


def is_subclass(machine: Machine, cls: Value, other: Value) -> bool | None:
    """`issubclass(cls, other)`."""
    if isinstance(other, Sequence):
        if is_heavy(other):
            return None
        return any_of(is_subclass(machine, cls, item) for item in other.items)
    if isinstance(other, Parameterised) and other.qualname in UNIONS:
        return any_of(is_subclass(machine, cls, each) for each in union_members(machine, other))
    if isinstance(other, External):
        other = External(machine.intrinsics.canonical(other.qualname))
        if other.qualname == "builtins.object":
            return True
    if isinstance(other, Class) and is_virtual(other) and isinstance(cls, (Class, External)):
        is_open = isinstance(cls, Class) and any(isinstance(base, Unknown) for base in cls.mro)
        answer = has_subclass(machine, cls, other)
        return None if is_open and answer is False else answer
    if isinstance(cls, Class):
        if other in cls.mro or (isinstance(other, External) and _has_methods_of(cls, other)):
            return True
        outside = [base for base in cls.mro if isinstance(base, (External, Unknown))]
        if isinstance(other, Class):
            return None if any(isinstance(base, Unknown) for base in outside) else False
        return any_of([False, *(is_subclass(machine, base, other) for base in outside)])
    if isinstance(cls, External) and isinstance(other, External):
        if cls == other or other.qualname in BASES_OUTSIDE.get(cls.qualname, ()):
            return True
        return _builtin_subclass(cls.qualname, other.qualname)
    if isinstance(cls, External) and isinstance(other, Class):
        return False
    return None


def _has_methods_of(cls: Class, other: External) -> bool:
    """Whether a class counts as one of an abstract class merely because of its methods."""
    module, _, name = other.qualname.rpartition(".")
    methods = _METHODS_OF.get(name) if module in ("collections.abc", "typing") else None
    if methods is None:
        return False
    found = [lookup(cls, method) for method in methods]
    if name == "Hashable" and found == [None]:
        return lookup(cls, "__eq__") is None and all(isinstance(base, Class) for base in cls.mro)
    return all(each is not None and each[1] != NONE for each in found)


_METHODS_OF: ReadOnlyMapping[str, tuple[str, ...]] = {
    "AsyncIterable": ("__aiter__",),
    "AsyncIterator": ("__aiter__", "__anext__"),
    "Awaitable": ("__await__",),
    "Callable": ("__call__",),
    "Collection": ("__contains__", "__iter__", "__len__"),
    "Container": ("__contains__",),
    "Hashable": ("__hash__",),
    "Iterable": ("__iter__",),
    "Iterator": ("__iter__", "__next__"),
    "Reversible": ("__iter__", "__reversed__"),
    "Sized": ("__len__",),
}


def _builtin_subclass(name: str, other: str) -> bool | None:
    classes = [class_of_python(each) or _abstract_class(each) for each in (name, other)]
    if all(isinstance(cls, type) for cls in classes):
        return issubclass(*classes)
    return None


def _may_derive(name: str, other: str) -> bool:
    """Whether a class of one package may be derived from one of another: those of integrations from
    Dagster's."""
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


def _is_abstractly(machine: Machine, value: Value, real: Any) -> bool | None:
    if isinstance(value, Constant):
        return isinstance(value.value, real)
    if isinstance(value, Sequence):
        cls = _REAL_TYPES.get(value.kind)
        return issubclass(cls, real) if cls is not None else None
    if isinstance(value, Mapping):
        return issubclass(dict, real)
    if isinstance(value, Iterator_):
        return real in (collections.abc.Iterator, collections.abc.Iterable)
    if _is_tuple(value):
        return issubclass(tuple, real)
    return real is collections.abc.Callable and _is_callable(machine, value)


def _is_callable(machine: Machine, value: Value) -> bool:
    if isinstance(value, Declared):
        return machine.knows(f"{value.type_name}.__call__")
    if isinstance(value, Descriptor):
        return value.kind == "staticmethod"
    return isinstance(value, (Function, BoundMethod, Partial, Class, KnownMethod))


def is_subscriptable(machine: Machine, cls: Value) -> bool:
    """Whether `cls[...]` is more than a generic class with its parameters."""
    if isinstance(cls, Class):
        metaclass = cls.metaclass
        if metaclass is not None and lookup(metaclass, "__getitem__") is not None:
            return True
        return lookup(cls, "__class_getitem__") is not None or any(
            machine.knows(f"{base}.__class_getitem__") for base in known_bases(cls)
        )
    if not isinstance(cls, External):
        return False
    if looks_like_a_class(cls.qualname):
        return cls.qualname not in CONTENTS and machine.knows(f"{cls.qualname}.__getitem__")
    return True
