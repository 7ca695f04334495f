"""What the values of a module looked like when it had been evaluated, to find out whether others
change them."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import chain
from typing import Any, Final

from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.values import (
    Constant,
    External,
    Iterator_,
    Module,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue, SourceAssetValue
from assetgen.analyzer.intrinsics.dagster.declared.attributes import Attributes
from assetgen.analyzer.intrinsics.dagster.declared.checks import ChecksValue


class Heap:
    """Snapshots of the lists, dictionaries and sets that belong to modules.

    A container belongs to the first module whose evaluation ended with it in reach. If it looks
    different later, another module has changed it: a registry, say. Then neither can be evaluated
    again on its own. An iterator may be used up by anyone at any time.
    """

    def __init__(self) -> None:
        self._pictures: dict[str, _Picture] = {}
        # Objects that were visited are kept alive, so that no other object gets their `id`.
        self._walked: dict[str, list[object]] = {}
        self._known: set[int] = set()
        self._fleeting: set[str] = set()
        self._walks: dict[type, _Walk] = {}

    def keep(self, module: Module) -> None:
        """Take the snapshot of a module that has just been evaluated."""
        walked = list(self._reachable(module))
        self._pictures[module.name] = _Picture(walked)
        self._walked[module.name] = walked
        if any(type(thing) is Iterator_ for thing in walked):
            self._fleeting.add(module.name)

    def close(self) -> None:
        """No more modules will follow."""
        self._walked, self._known = {}, set()

    def watched(self, name: str) -> Iterator[object]:
        """The containers of a module that could be changed in place."""
        picture = self._pictures.get(name)
        return chain.from_iterable(picture.containers) if picture is not None else iter(())

    def watch(self, module: Module, containers: Iterable[object]) -> None:
        """Take the snapshot of a module that was restored from another process, with
        `containers`."""
        own = [*containers, module.scope.names, module.stars]
        self._pictures[module.name] = _Picture(own)
        self._walked[module.name] = own

    def pass_by(self, things: Iterable[object]) -> None:
        """Objects that stay in memory belong to modules that were restored from another process."""
        self._known.update(map(id, things))

    def forget(self, name: str) -> None:
        """A module is gone, or about to be evaluated again."""
        self._pictures.pop(name, None)
        self._fleeting.discard(name)
        for thing in self._walked.pop(name, ()):
            self._known.discard(id(thing))

    def changed(self) -> set[str]:
        """The modules whose values look different from their snapshots."""
        pictures = self._pictures
        # Mostly none has changed, which is cheaper to find out for all of them together.
        rows = ((*each.containers, *each.look) for each in (*pictures.values(), _NOTHING))
        columns = zip(*rows, strict=True)
        empty, dicts, others, *looks = (list(chain.from_iterable(column)) for column in columns)
        if not any(empty) and _look(dicts, others) == tuple(looks):
            return set(self._fleeting)
        return self._fleeting.union(
            name for name, picture in pictures.items() if picture.is_other_now
        )

    def _reachable(self, module: Module) -> Iterator[object]:
        """Everything in reach that others may change or hold as well, and that belongs to no other
        module."""
        known, walks = self._known, self._walks
        waiting: list[Any] = [module.scope.names, module.stars]
        known.update(map(id, waiting))
        passed: set[int] = set()
        while waiting:
            thing = waiting.pop()
            if id(thing) not in passed:
                yield thing
            for part in gc.get_referents(thing):
                kind = type(part)
                walk = walks.get(kind)
                if walk is None:
                    walk = walks[kind] = _walk_of(kind)
                identity = id(part)
                if walk is _Walk.NOT or identity in known or identity in passed:
                    continue
                if kind is Scope and part.kind == "module":
                    continue
                is_fixed = kind is dict and type(thing) in _UNCHANGING
                (passed if is_fixed or walk is _Walk.THROUGH else known).add(identity)
                waiting.append(part)


class _Walk(Enum):
    """What to do with an object on the way."""

    NOT = "nothing that can be changed is behind it"
    THROUGH = "it is told from others by what is in it alone"
    OWN = "it is no other one that looks the same"


_Containers = list[Any]
_Look = tuple[list[Any], ...]


class _Picture:
    """Containers and what they looked like: empty ones, dictionaries, and lists and sets
    separately."""

    __slots__ = ("containers", "look")

    def __init__(self, things: list[object]) -> None:
        containers: _Containers = [thing for thing in things if type(thing) in _CONTAINERS]
        full = list(filter(None, containers))
        dicts: _Containers = [each for each in full if type(each) is dict]
        others: _Containers = [each for each in full if type(each) is not dict]
        empty: _Containers = [each for each in containers if not each]
        self.containers = empty, dicts, others
        self.look = _look(dicts, others)

    @property
    def is_other_now(self) -> bool:
        """Whether the containers look different by now."""
        empty, dicts, others = self.containers
        return any(empty) or _look(dicts, others) != self.look


_CONTAINERS = (list, dict, set)


def _look(dicts: _Containers, others: _Containers) -> _Look:
    """The keys and values of dictionaries, the items of lists and sets, and how many each has."""
    return (
        list(map(len, dicts)),
        list(chain.from_iterable(dicts)),
        list(chain.from_iterable(map(dict.values, dicts))),
        list(map(len, others)),
        list(chain.from_iterable(others)),
    )


_NOTHING = _Picture([])
_LEADING = (list, dict, set, tuple, frozenset, Scope)
_UNCHANGING = (Attributes, AssetsValue, ChecksValue, SourceAssetValue)
"""The dictionaries that these hold themselves are only read, never written to."""
_ENDING = (Module, Constant, Unknown, External)
_HOLDERS = ("assetgen.analyzer.intrinsics.dagster.", "assetgen.analyzer.intrinsics.python.")
"""Where classes are defined that hold values but are not values themselves."""


def _walk_of(kind: type) -> _Walk:
    """What to do with objects of a type."""
    is_value = issubclass(kind, Value)
    if kind in _ENDING or not (
        is_value or kind in _LEADING or kind.__module__.startswith(_HOLDERS)
    ):
        return _Walk.NOT
    is_own = kind in _CONTAINERS or compares_by_identity(kind)
    return _Walk.OWN if is_own else _Walk.THROUGH


def compares_by_identity(kind: type) -> bool:
    """Whether objects of a type are equal only if they are the same object."""
    return kind.__eq__ is _IDENTITY


_IDENTITY: Final[Any] = object.__eq__
