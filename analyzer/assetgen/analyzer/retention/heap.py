"""What the values of a module looked like when it had been evaluated, to find out whether others
change them."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from enum import Enum
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
from assetgen.analyzer.retention.pictures import CONTAINERS, Gallery, Picture


class Heap:
    """Snapshots of the lists, dictionaries and sets that belong to modules.

    A container belongs to the first module whose evaluation ended with it in reach. If it looks
    different later, another module has changed it: a registry, say. Then neither can be evaluated
    again on its own. An iterator may be used up by anyone at any time.
    """

    def __init__(self) -> None:
        self._pictures = Gallery()
        # Objects that were visited are kept alive, so that no other object gets their `id`.
        self._walked: dict[str, list[object]] = {}
        self._known: set[int] = set()
        self._fleeting: set[str] = set()
        self._walks: dict[type, _Walk] = {}

    def keep(self, module: Module) -> None:
        """Take the snapshot of a module that has just been evaluated."""
        walked = list(self._reachable(module))
        self._pictures.hang(module.name, Picture.of(walked))
        self._walked[module.name] = walked
        if any(type(thing) is Iterator_ for thing in walked):
            self._fleeting.add(module.name)

    def close(self) -> None:
        """No more modules will follow."""
        self._walked, self._known = {}, set()

    def watched(self, name: str) -> Iterator[object]:
        """The containers of a module that could be changed in place."""
        return self._pictures.containers(name)

    def watch(self, module: Module, containers: Iterable[object]) -> None:
        """Take the snapshot of a module that was restored from another process, with
        `containers`."""
        own = [*containers, module.scope.names, module.stars]
        self._pictures.hang(module.name, Picture.of(own))
        self._walked[module.name] = own

    def pass_by(self, things: Iterable[object]) -> None:
        """Objects that stay in memory belong to modules that were restored from another process."""
        self._known.update(map(id, things))

    def forget(self, name: str) -> None:
        """A module is gone, or about to be evaluated again."""
        self._pictures.remove(name)
        self._fleeting.discard(name)
        for thing in self._walked.pop(name, ()):
            self._known.discard(id(thing))

    def changed(self) -> set[str]:
        """The modules whose values look different from their snapshots."""
        return self._fleeting.union(self._pictures.changed())

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
    is_own = kind in CONTAINERS or compares_by_identity(kind)
    return _Walk.OWN if is_own else _Walk.THROUGH


def compares_by_identity(kind: type) -> bool:
    """Whether objects of a type are equal only if they are the same object."""
    return kind.__eq__ is _IDENTITY


_IDENTITY: Final[Any] = object.__eq__
