"""Values of one module as bytes, and back in another process.

What other modules own is not written but referred to, and so are the constants of our own code: an
object stays the same one to all who hold it. Nothing but our own classes, those of syntax and a few
of the standard library can come back, whatever the bytes say.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Hashable, Iterable, Mapping
from copyreg import __newobj__ as new_object  # type: ignore[attr-defined]
from enum import Enum
from operator import attrgetter
from pickle import Pickler, PicklingError, Unpickler
from types import FunctionType, ModuleType
from typing import Any, Final, NamedTuple

from assetgen.analyzer.evaluate.objects.comparison import hash_key
from assetgen.analyzer.evaluate.objects.doubts import Doubt
from assetgen.analyzer.evaluate.objects.keys import Hash
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Instance, Iterator_, Module
from assetgen.analyzer.evaluate.values import Mapping as MappingValue
from assetgen.analyzer.intrinsics.dagster.ops.composition import CompositionSite
from assetgen.analyzer.syntax.bodies import DeferredBody
from assetgen.analyzer.syntax.module import ParsedModule


class Written(NamedTuple):
    """A thing as bytes, and the modules that own some of it."""

    content: bytes
    others: tuple[str, ...]


class Writer:
    """Writes modules, those first that others took values from.

    `modules` are all that there are, `owned` the objects that have been written already.
    """

    def __init__(self, modules: Iterable[Module], owned: Owned) -> None:
        self._scopes = {id(module.scope): module.name for module in modules}
        self._owned = dict(owned)
        self._constants = _constants()
        self._reducers: dict[type, _Reducer] = {}

    def written(self, name: str, thing: object, watched: Iterable[object]) -> Written:
        """What a module holds, and which of that is `watched`, as bytes.

        Raises `PicklingError` or `TypeError` for what only lives in this process.
        """
        buffer = io.BytesIO()
        pickler = _Pickler(buffer, self._owned, self._scopes, self._constants, self._reducers)
        # What is its own is only complete when the thing has been written.
        pickler.dump((thing, pickler.own, list(watched)))
        self._owned.update(owned_by(name, pickler.own))
        return Written(buffer.getvalue(), tuple(sorted(pickler.others - {name})))


Owned = Mapping[int, tuple[str, int, object]]
"""Objects by their identity: the module that owns each, and its number there. They are held, so
that no others get their identities."""


def owned_by(name: str, own: Iterable[object]) -> Owned:
    """The objects of a module that others may refer to."""
    return {id(thing): (name, number, thing) for number, thing in enumerate(own)}


class Read(NamedTuple):
    """What was written, those objects in it that others may refer to, and those watched."""

    thing: Any
    own: list[object]
    watched: list[object]


class Reader:
    """Reads what a `Writer` wrote. `module` gives a module by its name, `thing` an object by its
    place, `scope` the globals of a module."""

    def __init__(
        self,
        module: Callable[[str], Module],
        scope: Callable[[str], Scope],
        thing: Callable[[str, int], object],
    ) -> None:
        standing_in = (
            (_module, module),
            (_scope, scope),
            (_owned, thing),
            (_constant, _constant),
            (_fill_mapping, self._fill_mapping),
        )
        self._known: dict[tuple[str, str], Any] = {
            (__name__, function.__name__): given for function, given in standing_in
        }
        self._filled: list[MappingValue] = []

    def read(self, content: bytes) -> Read:
        """What was written.

        Raises `ValueError` and whatever else comes of bytes that nobody wrote.
        """
        before, self._filled = self._filled, []
        try:
            read = Read(*_Unpickler(io.BytesIO(content), self._known).load())
            for mapping in self._filled:
                _hash_anew(mapping)
        finally:
            self._filled = before
        return read

    def _fill_mapping(self, mapping: MappingValue, state: dict[str, Any]) -> None:
        _fill_mapping(mapping, state)
        self._filled.append(mapping)


_OWN: Final = "assetgen."


class _Pickler(Pickler):
    def __init__(
        self,
        buffer: io.BytesIO,
        owned: Owned,
        scopes: Mapping[int, str],
        constants: Mapping[int, tuple[str, str]],
        reducers: dict[type, _Reducer],
    ) -> None:
        super().__init__(buffer, _PROTOCOL)
        self._elsewhere = owned
        self._scopes = scopes
        self._constants = constants
        self._reducers = reducers
        self.others: set[str] = set()
        self.own: list[object] = []

    def reducer_override(self, thing: Any) -> Any:
        identity = id(thing)
        owned = self._elsewhere.get(identity)
        if owned is not None:
            self.others.add(owned[0])
            return _owned, owned[:2]
        if identity in self._constants:
            return _constant, self._constants[identity]
        kind = type(thing)
        if kind is Module:
            self.others.add(thing.name)
            return _module, (thing.name,)
        if kind is Scope and identity in self._scopes:
            self.others.add(self._scopes[identity])
            return _scope, (self._scopes[identity],)
        reducer = self._reducers.get(kind)
        if reducer is None:
            reducer = self._reducers[kind] = _reducer_of(kind)
        if reducer.is_itself:
            self.own.append(thing)
        return reducer.reduced(thing)


_PROTOCOL: Final = 5
_Reduced = Callable[[Any], Any]


class _Reducer(NamedTuple):
    """How objects of a class become bytes; `is_itself` if such an object is no other one that
    looks the same."""

    reduced: _Reduced
    is_itself: bool


class _Unpickler(Unpickler):
    def __init__(self, buffer: io.BytesIO, known: dict[tuple[str, str], Any]) -> None:
        super().__init__(buffer)
        self._known = known

    def find_class(self, module: str, name: str) -> Any:
        known = self._known.get((module, name))
        if known is None:
            known = self._known[module, name] = self._found(module, name)
        return known

    def _found(self, module: str, name: str) -> Any:
        if f"{module}.{name}" in _OUTSIDE or module in _SYNTAX:
            return super().find_class(module, name)
        found = super().find_class(module, name) if module.startswith(_OWN) else None
        if not isinstance(found, type):
            raise ValueError(f"{module}.{name} cannot be read")
        return found


_OUTSIDE: Final = frozenset(
    (
        *(f"builtins.{name}" for name in ("Ellipsis", "complex", "frozenset", "range", "set")),
        *("builtins.slice", "decimal.Decimal", "fractions.Fraction", "re._compile", "uuid.UUID"),
        *(f"datetime.{name}" for name in ("date", "datetime", "time", "timedelta", "timezone")),
        *(f"pathlib.{name}" for name in ("PosixPath", "PurePosixPath", "PureWindowsPath")),
    )
)
"""What may come back of the standard library."""
_SYNTAX: Final = ("ast", "_ast")


# What stands in the bytes for something that is there already.


def _module(name: str) -> Module:
    raise LookupError(name)


def _scope(name: str) -> Scope:
    raise LookupError(name)


def _owned(name: str, number: int) -> object:
    raise LookupError(name, number)


def _constant(module: str, name: str) -> object:
    if not module.startswith(_OWN):
        raise ValueError(f"{module}.{name} cannot be read")
    __import__(module)
    return vars(sys.modules[module])[name]


def _constants() -> dict[int, tuple[str, str]]:
    """The objects that have a name in our own code, by their identity."""
    return {
        id(thing): (module, name)
        for module, loaded in tuple(sys.modules.items())
        if module.startswith(_OWN) and isinstance(loaded, ModuleType)
        for name, thing in vars(loaded).items()
        if type(thing).__module__.startswith(_OWN)
    }


# How objects become bytes.


def _reducer_of(kind: type) -> _Reducer:
    is_itself = kind.__module__.startswith(_OWN) and kind.__eq__ is _IDENTITY and kind is not Site
    return _Reducer(_REDUCED.get(kind) or _reduced_of(kind), is_itself)


_IDENTITY: Final[Any] = object.__eq__


def _reduced_of(kind: type) -> _Reduced:
    if kind.__module__.startswith(_OWN):
        return _as_usual if issubclass(kind, (tuple, Enum, type)) else _plain(kind)
    return _as_usual if kind.__module__ in _SYNTAX or _name(kind) in _WRITTEN else _refused


def _name(kind: type | FunctionType) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


_WRITTEN: Final = _OUTSIDE | {"builtins.ellipsis", "re.Pattern"}
"""The classes of which objects are written."""


def _as_usual(_: object) -> Any:
    return NotImplemented


def _reduced_class(cls: type) -> Any:
    known = cls.__module__.startswith(_OWN) or cls.__module__ in _SYNTAX or _name(cls) in _OUTSIDE
    return NotImplemented if known else _refused(cls)


def _reduced_function(function: FunctionType) -> Any:
    known = function in _STANDING_IN or _name(function) in _OUTSIDE
    return NotImplemented if known else _refused(function)


def _plain(kind: type) -> _Reduced:
    """Of a class whose objects are what is in their slots."""
    arguments = (kind,)
    names = [name for base in kind.__mro__ for name in _slots(base) if name != "__weakref__"]
    if not names:
        return lambda _: (new_object, arguments)
    get = attrgetter(*names) if len(names) > 1 else _single(names[0])
    return lambda thing: (new_object, arguments, (None, dict(zip(names, get(thing), strict=True))))


def _slots(kind: type) -> tuple[str, ...]:
    slots = kind.__dict__.get("__slots__", ())
    return (slots,) if isinstance(slots, str) else tuple(slots)


def _single(name: str) -> Callable[[object], tuple[object]]:
    get = attrgetter(name)
    return lambda thing: (get(thing),)


def _site(kind: type[Site]) -> _Reduced:
    """The node is found again by its place; one that stands nowhere is not."""
    names = [name for base in kind.__mro__ for name in _slots(base) if name != "_node"]
    get = attrgetter(*names)

    def reduced(site: Site) -> Any:
        if site.holds_node:
            return _refused(site)
        state = dict(zip(names, get(site), strict=True))
        state["_node"] = None
        return new_object, (kind,), (None, state)

    return reduced


def _reduced_mapping(mapping: MappingValue) -> Any:
    """What keys are hashed by may hold identities, which are others in another process."""
    reduced = _mapping(mapping)
    if all(map(_stays, mapping.entries)):
        return reduced
    return (*reduced[:2], reduced[2][1], None, None, _fill_mapping)


_mapping = _plain(MappingValue)


def _stays(key: Hashable) -> bool:
    return type(key) is tuple and key[0] in ("constant", "external")


def _fill_mapping(mapping: MappingValue, state: dict[str, Any]) -> None:
    for name, value in state.items():
        setattr(mapping, name, value)


def _hash_anew(mapping: MappingValue) -> None:
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
    """The statements are parsed again by who asks for them."""
    reduced = _body(body)
    return (*reduced, iter(list(body))) if body.is_parsed else reduced


_body = _plain(DeferredBody)


def _refused(thing: object) -> Any:
    """Of what holds identities, or a running function."""
    raise PicklingError(f"a {type(thing).__qualname__} lives in its process only")


_REDUCED: Final[Mapping[type, _Reduced]] = {
    Site: _site(Site),
    CompositionSite: _site(CompositionSite),
    MappingValue: _reduced_mapping,
    Instance: _reduced_instance,
    DeferredBody: _reduced_body,
    Doubt: _refused,
    Hash: _refused,
    Iterator_: _refused,
    ParsedModule: _refused,
    type: _reduced_class,
    FunctionType: _reduced_function,
}
_STANDING_IN: Final = (_constant, _fill_mapping, _module, _owned, _scope)
