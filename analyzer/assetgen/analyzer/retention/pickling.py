"""Values of one module as bytes, and back in another process.

What other modules own, and the constants of our own code, is not written but referred to: so an
object stays the same one for all who hold it. Whatever the bytes say, only our own classes, those
of syntax and a few of the standard library can be restored.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from importlib import import_module
from operator import attrgetter
from pickle import Pickler, Unpickler
from types import ModuleType
from typing import Any, Final, NamedTuple

from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.site import site_at
from assetgen.analyzer.evaluate.values import Mapping as MappingValue
from assetgen.analyzer.evaluate.values import Module
from assetgen.analyzer.retention.buffers import Buffer
from assetgen.analyzer.retention.numbers import COMMON
from assetgen.analyzer.retention.reducing import (
    OWN,
    Reducer,
    constant,
    fill_mapping,
    hash_anew,
    may_come,
    module_named,
    named_tuple,
    owned_thing,
    reducer_of,
    scope_of,
    thing_numbered,
)

Constants = Mapping[int, tuple[str, str]]
"""For each object, by its `id`: the module and the name."""


def constants() -> Constants:
    """The objects that have a name in our own code, as far as that has been imported."""
    return {
        id(thing): (module, name)
        for module, loaded in tuple(sys.modules.items())
        if module.startswith(OWN) and isinstance(loaded, ModuleType)
        for name, thing in vars(loaded).items()
        if type(thing).__module__.startswith(OWN)
    }


class Written(NamedTuple):
    """An object as bytes, and the modules that own parts of it."""

    content: bytes
    others: tuple[str, ...]


class Writer:
    """Writes modules, beginning with those that others took values from.

    `modules` are all that exist, `owned` the objects that have been written already, `constants` is
    what `constants` finds.
    """

    def __init__(self, modules: Iterable[Module], owned: Owned, constants: Constants) -> None:
        self._scopes = {id(module.scope): module.name for module in modules}
        self._owned = dict(owned)
        self._constants = constants
        self._reducers: dict[type, Reducer] = {}

    def written(self, name: str, thing: object, watched: Iterable[object]) -> Written:
        """What a module holds, and which of that is `watched`, as bytes.

        Raises `PicklingError` or `TypeError` for what can only live in this process.
        """
        reducers = self._reducers
        while True:
            buffer = io.BytesIO()
            pickler = _Pickler(buffer, self._owned, self._scopes, self._constants, reducers)
            # What it owns is only complete once all of it has been written.
            try:
                pickler.dump((thing, pickler.own, list(watched)))
            except _CircleError as error:
                reducers = {**reducers, error.kind: reducer_of(error.kind, in_circles=True)}
            else:
                self._owned.update(owned_by(name, pickler.own))
                return Written(buffer.getvalue(), tuple(sorted(pickler.others - {name})))


Owned = Mapping[int, tuple[str, int, object]]
"""Objects by their identity: the module that owns each, and its number there. They are held, so
that no others get their identities."""


def owned_by(name: str, own: Iterable[object]) -> Owned:
    """The objects of a module that others may refer to."""
    return {id(thing): (name, number, thing) for number, thing in enumerate(own)}


class Read(NamedTuple):
    """What was written, the objects in it that others may refer to, and those that are watched."""

    thing: Any
    own: list[object]
    watched: list[object]


class Reader:
    """Reads what a `Writer` wrote.

    `module` gives a module by its name, `thing` an object by its place, `scope` the globals of a
    module.
    """

    def __init__(
        self,
        module: Callable[[str], Module],
        scope: Callable[[str], Scope],
        thing: Callable[[str, int], object],
    ) -> None:
        def numbered(number: int) -> object:
            return self._find(*COMMON[number])

        standing_in: tuple[tuple[_Function, _Function], ...] = (
            (module_named, module),
            (scope_of, scope),
            (owned_thing, thing),
            (constant, constant),
            (named_tuple, tuple.__new__),
            (thing_numbered, lru_cache(maxsize=None)(numbered)),
            (site_at, site_at),
            (fill_mapping, self._fill),
        )
        given = {(function.__module__, function.__name__): each for function, each in standing_in}
        self._find = _finding(given)
        self._filled: list[MappingValue] = []

    def read(self, content: Buffer) -> Read:
        """What was written. Raises `ValueError`, or anything else, for bytes that no `Writer`
        wrote."""
        before, self._filled = self._filled, []
        try:
            read = Read(*_Unpickler(content, self._find).load())
            for mapping in self._filled:
                hash_anew(mapping)
        finally:
            self._filled = before
        return read

    def _fill(self, mapping: MappingValue, state: dict[str, Any]) -> None:
        fill_mapping(mapping, state)
        self._filled.append(mapping)


class _CircleError(Exception):
    """An object of a class is called for with itself."""

    def __init__(self, kind: type) -> None:
        self.kind = kind


class _Pickler(Pickler):
    def __init__(
        self,
        buffer: io.BytesIO,
        owned: Owned,
        scopes: Mapping[int, str],
        constants: Constants,
        reducers: dict[type, Reducer],
    ) -> None:
        super().__init__(buffer, _PROTOCOL)
        self._elsewhere = owned
        self._scopes = scopes
        self._constants = constants
        self._reducers = reducers
        self.others: set[str] = set()
        self.own: list[object] = []
        self._called: set[int] = set()

    def reducer_override(self, thing: Any) -> Any:
        identity = id(thing)
        owned = self._elsewhere.get(identity)
        if owned is not None:
            self.others.add(owned[0])
            return owned_thing, owned[:2]
        if identity in self._constants:
            return constant, self._constants[identity]
        kind = type(thing)
        if kind is Module:
            self.others.add(thing.name)
            return module_named, (thing.name,)
        if kind is Scope and identity in self._scopes:
            self.others.add(self._scopes[identity])
            return scope_of, (self._scopes[identity],)
        reducer = self._reducers.get(kind)
        if reducer is None:
            reducer = self._reducers[kind] = reducer_of(kind, in_circles=False)
        if reducer.is_called:
            if identity in self._called:  # not remembered yet: what it holds is being written
                raise _CircleError(kind)
            self._called.add(identity)
        if reducer.is_itself:
            self.own.append(thing)
        return reducer.reduced(thing)


_PROTOCOL: Final = 5


_Function = Callable[..., Any]
_Find = Callable[[str, str], Any]


def _finding(given: Mapping[tuple[str, str], object]) -> _Find:
    """What finds whatever bytes refer to by module and name; some of it is `given`.

    It is asked dozens of times for each module, and answers without calling any Python.
    """

    def found(module: str, name: str) -> Any:
        if (module, name) in given:
            return given[module, name]
        if not may_come(module, name):
            raise ValueError(f"{module}.{name} cannot be read")
        thing = attrgetter(name)(import_module(module))
        if module.startswith(OWN) and not isinstance(thing, type):
            raise ValueError(f"{module}.{name} cannot be read")
        return thing

    return lru_cache(maxsize=None)(found)


class _Unpickler(Unpickler):
    def __init__(self, content: Buffer, find: _Find) -> None:
        super().__init__(io.BytesIO(content))
        self.find_class = find  # type: ignore[method-assign]
