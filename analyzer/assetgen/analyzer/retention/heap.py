"""What the values of a module looked like when it had been evaluated, to tell who changes them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.values import (
    Constant,
    External,
    Iterator_,
    Module,
    Unknown,
    Value,
)

_Picture = tuple[Any, tuple[list[Any], ...]]


class Heap:
    """Pictures of the lists, dictionaries and sets that belong to modules.

    A container belongs to the module whose evaluation was the first to end with it in reach. If
    it looks otherwise later, another module has changed it: a registry, say. Then neither can be
    evaluated again by itself. An iterator may be used up by anybody at any time.
    """

    def __init__(self) -> None:
        self._pictures: dict[str, list[_Picture]] = {}
        # Everything that was walked is held, so that no other object gets its identity.
        self._walked: dict[str, list[object]] = {}
        self._known: set[int] = set()
        self._fleeting: set[str] = set()
        self._is_walked: dict[type, bool] = {}

    def keep(self, module: Module) -> None:
        """Take the pictures of a module that has just been evaluated."""
        pictures: list[_Picture] = []
        walked: list[object] = []
        for thing in self._reachable(module):
            walked.append(thing)
            if type(thing) in _CONTAINERS:
                pictures.append((thing, _picture(thing)))
            elif type(thing) is Iterator_:
                self._fleeting.add(module.name)
        self._pictures[module.name] = pictures
        self._walked[module.name] = walked

    def forget(self, name: str) -> None:
        """A module is gone, or to be evaluated anew."""
        self._pictures.pop(name, None)
        self._fleeting.discard(name)
        for thing in self._walked.pop(name, ()):
            self._known.discard(id(thing))

    def changed(self) -> set[str]:
        """The modules whose values look otherwise than in the pictures."""
        return self._fleeting.union(
            name
            for name, pictures in self._pictures.items()
            if any(_picture(thing) != before for thing, before in pictures)
        )

    def _reachable(self, module: Module) -> Iterator[object]:
        known, walks = self._known, self._is_walked
        waiting: list[Any] = [module.scope.names, module.stars]
        known.update(map(id, waiting))
        while waiting:
            thing = waiting.pop()
            yield thing
            for part in gc.get_referents(thing):
                kind = type(part)
                is_walked = walks.get(kind)
                if is_walked is None:
                    is_walked = walks[kind] = _leads_on(kind)
                if not is_walked or id(part) in known:
                    continue
                if kind is Scope and part.kind == "module":
                    continue
                known.add(id(part))
                waiting.append(part)


_CONTAINERS = (list, dict, set)
_LEADING = (list, dict, set, tuple, frozenset, Scope)
_ENDING = (Module, Constant, Unknown, External)
_HOLDERS = ("assetgen.analyzer.intrinsics.dagster.", "assetgen.analyzer.intrinsics.python.")
"""Where classes are defined that hold values and are none themselves."""


def _picture(container: Any) -> tuple[list[Any], ...]:
    if type(container) is dict:
        return list(container), list(container.values())
    return (list(container),)


def _leads_on(kind: type) -> bool:
    """Whether something mutable can be behind an object of a type."""
    if issubclass(kind, Value):
        return kind not in _ENDING
    return kind in _LEADING or kind.__module__.startswith(_HOLDERS)
