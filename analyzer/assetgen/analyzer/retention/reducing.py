"""How the objects that modules hold become bytes, and which may be restored from bytes.

An object of ours is the contents of its slots. Some would mean something else in another process:
these are written differently, or not at all.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable, Mapping
from copyreg import __newobj__ as new_object  # type: ignore[attr-defined]
from enum import Enum
from operator import attrgetter
from pickle import PicklingError
from types import FunctionType
from typing import Any, Final, NamedTuple

from assetgen.analyzer.evaluate.objects.doubts import Doubt
from assetgen.analyzer.evaluate.objects.hashing import hash_key
from assetgen.analyzer.evaluate.objects.keys import Hash
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.site import Site, site_at
from assetgen.analyzer.evaluate.values import Class, Instance, Iterator_, Module
from assetgen.analyzer.evaluate.values import Mapping as MappingValue
from assetgen.analyzer.intrinsics.dagster.ops.composition import CompositionSite
from assetgen.analyzer.model.dataclass import fields_of, is_dataclass
from assetgen.analyzer.resolve.reached import Reached
from assetgen.analyzer.retention.heap import compares_by_identity
from assetgen.analyzer.retention.numbers import numbers
from assetgen.analyzer.syntax.bodies import DeferredBody
from assetgen.analyzer.syntax.module import ParsedModule


def may_come(module: str, name: str) -> bool:
    """Whether something by this name may be restored from bytes; of our own code, only classes."""
    return module.startswith(OWN) or module in _SYNTAX or f"{module}.{name}" in _OUTSIDE


OWN: Final = "assetgen."
_PATHS: Final = ("PosixPath", "PurePosixPath", "PureWindowsPath")
_OF_PATHS: Final = ("pathlib", "pathlib._local")  # as Python 3.13 has it
_OUTSIDE: Final = frozenset(
    (
        *(f"builtins.{name}" for name in ("Ellipsis", "complex", "frozenset", "range", "set")),
        *("builtins.slice", "decimal.Decimal", "fractions.Fraction", "re._compile", "uuid.UUID"),
        *(f"datetime.{name}" for name in ("date", "datetime", "time", "timedelta", "timezone")),
        *(f"{module}.{name}" for module in _OF_PATHS for name in _PATHS),
    )
)
"""What may be restored of the standard library."""
_SYNTAX: Final = ("ast", "_ast")


_Reduced = Callable[[Any], Any]


class Reducer(NamedTuple):
    """How objects of a class become bytes.

    `is_itself` if no other object equals such an object; `is_called` if the class is called with
    what the object holds, which must then be there before the object is.
    """

    reduced: _Reduced
    is_itself: bool
    is_called: bool = False


def reducer_of(kind: type, in_circles: bool) -> Reducer:
    """How the objects of a class are written; `in_circles` if one of them may hold itself.

    When used, it raises `PicklingError` for objects that can only live in their process.
    """
    if not kind.__module__.startswith(OWN):
        usual = kind.__module__ in _SYNTAX or _name(kind) in _WRITTEN
        return Reducer(_REDUCED.get(kind) or (_as_usual if usual else _refused), False)
    is_itself = compares_by_identity(kind) and kind is not Site
    if kind in _REDUCED:
        return Reducer(_REDUCED[kind], is_itself)
    if issubclass(kind, (tuple, Enum, type)):
        is_named = issubclass(kind, tuple) and hasattr(kind, "_fields")
        return Reducer(_reduced_named_tuple if is_named else _as_usual, is_itself)
    if in_circles or kind in _IN_CIRCLES or not _takes_all(kind):
        return Reducer(_plain(kind), is_itself)
    return Reducer(_called(kind), is_itself, is_called=True)


def _name(kind: type | FunctionType) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


_WRITTEN: Final = _OUTSIDE | {"builtins.ellipsis", "re.Pattern"}
"""The classes whose objects are written."""


def _as_usual(_: object) -> Any:
    return NotImplemented


def _reduced_class(cls: type) -> Any:
    number = numbers().get(cls)
    if number is not None:
        return thing_numbered, (number,)
    is_known = may_come(cls.__module__, cls.__qualname__)
    return NotImplemented if is_known else _refused(cls)


def _reduced_function(function: FunctionType) -> Any:
    number = numbers().get(function)
    if number is not None:
        return thing_numbered, (number,)
    known = function in _STANDING_IN or _name(function) in _OUTSIDE
    return NotImplemented if known else _refused(function)


def _reduced_named_tuple(thing: tuple[object, ...]) -> Any:
    """What makes it again is then not written in Python, as the `__new__` of its class is."""
    return named_tuple, (type(thing), tuple(thing))


def _takes_all(kind: type) -> bool:
    """Whether a class takes the contents of all of its slots when it is called."""
    return is_dataclass(kind) and all(one.init for one in fields_of(kind).values())


def _called(kind: type) -> _Reduced:
    """For a class that takes the contents of its slots, which is read faster."""
    names = tuple(fields_of(kind))
    if len(names) < 2:
        return lambda thing: (kind, tuple(getattr(thing, name) for name in names))
    get = attrgetter(*names)
    defaults = [one.default for one in fields_of(kind).values()]

    def reduced(thing: object) -> Any:
        values = get(thing)
        count = len(values)
        while count and values[count - 1] is defaults[count - 1]:
            count -= 1
        return kind, values[:count]

    return reduced


def _plain(kind: type, left_out: tuple[str, ...] = ()) -> _Reduced:
    """For a class whose objects are the contents of their slots, some of which may be left out."""
    arguments = (kind,)
    slots = [name for base in kind.__mro__ for name in _slots(base)]
    names = [name for name in slots if name != "__weakref__" and name not in left_out]
    if not names:
        return lambda _: (new_object, arguments)
    get = attrgetter(*names)
    if len(names) == 1:
        return lambda thing: (new_object, arguments, (None, {names[0]: get(thing)}))
    return lambda thing: (new_object, arguments, (None, dict(zip(names, get(thing), strict=True))))


def _slots(kind: type) -> tuple[str, ...]:
    slots = kind.__dict__.get("__slots__", ())
    return (slots,) if isinstance(slots, str) else tuple(slots)


def _reduced_site(site: Site) -> Any:
    """The node is found again by its position; a node without one is not."""
    if site.holds_node:
        return _refused(site)
    place = _place(site)
    if site.condition is not None:
        return site_at, (*place, site.chain, site.condition)
    return site_at, (*place, site.chain) if site.chain else place


_place = attrgetter("module", "kind", "line", "column", "end_line", "end_column")


def _reduced_composition_site(site: CompositionSite) -> Any:
    """As other sites, except that it may be part of what it holds."""
    if site.holds_node:
        return _refused(site)
    kind, arguments, (_, state) = _composition_site(site)
    return kind, arguments, (None, {**state, "_node": None})


_composition_site = _plain(CompositionSite, ("_node", "_origin"))


def _reduced_mapping(mapping: MappingValue) -> Any:
    """The hashes of keys may contain identities, which differ in another process."""
    reduced = _mapping(mapping)
    if all(map(_stays, mapping.entries)):
        return reduced
    return (*reduced[:2], reduced[2][1], None, None, fill_mapping)


_mapping = _plain(MappingValue)


def _stays(key: Hashable) -> bool:
    return type(key) is tuple and key[0] in ("constant", "external")


def fill_mapping(mapping: MappingValue, state: dict[str, Any]) -> None:
    """Fill a mapping; `hash_anew` must follow once its keys are complete."""
    for name, value in state.items():
        setattr(mapping, name, value)


def hash_anew(mapping: MappingValue) -> None:
    """Compute the hashes of keys again. Raises `ValueError` if one is no longer known."""
    entries = list(mapping.entries.values())
    keys = [hash_key(key) for key, _ in entries]
    if None in keys:
        raise ValueError("a key has lost what it is hashed by")
    mapping.entries = dict(zip(keys, entries, strict=True))


def _reduced_instance(instance: Instance) -> Any:
    if instance.key is not None:
        return _refused(instance)
    return _instance(instance)


_instance = _plain(Instance)


def _reduced_body(body: DeferredBody) -> Any:
    """The statements are parsed again when they are needed."""
    reduced = _body(body)
    return (*reduced, iter(list(body))) if body.is_parsed else reduced


_body = _plain(DeferredBody)


def _refused(thing: object) -> Any:
    """For what holds identities, or a running function."""
    raise PicklingError(f"a {type(thing).__qualname__} lives in its process only")


# What stands in the bytes for something that is there already: a reader has its own for these.


def module_named(name: str) -> Module:
    """A module."""
    raise LookupError(name)


def scope_of(name: str) -> Scope:
    """The globals of a module."""
    raise LookupError(name)


def owned_thing(name: str, number: int) -> object:
    """What another module owns, by its number there."""
    raise LookupError(name, number)


def thing_numbered(number: int) -> object:
    """A class or function of those that have numbers."""
    raise LookupError(number)


def named_tuple(kind: type, items: tuple[object, ...]) -> object:
    """A named tuple."""
    raise LookupError(kind)


def constant(module: str, name: str) -> object:
    """What has a name in our own code."""
    if not module.startswith(OWN):
        raise ValueError(f"{module}.{name} cannot be read")
    __import__(module)
    return vars(sys.modules[module])[name]


def _reduced_reached(reached: Reached) -> Any:
    return Reached, (reached.places(),)


_REDUCED: Final[Mapping[type, _Reduced]] = {
    Site: _reduced_site,
    CompositionSite: _reduced_composition_site,
    MappingValue: _reduced_mapping,
    Instance: _reduced_instance,
    DeferredBody: _reduced_body,
    Doubt: _refused,
    Hash: _refused,
    Iterator_: _refused,
    ParsedModule: _refused,
    Reached: _reduced_reached,
    type: _reduced_class,
    FunctionType: _reduced_function,
}
_IN_CIRCLES: Final = (Class, Scope)
"""Classes of objects that often hold what holds them."""
_STANDING_IN: Final = (
    *(constant, fill_mapping, module_named, named_tuple, owned_thing, scope_of, site_at),
    thing_numbered,
)
