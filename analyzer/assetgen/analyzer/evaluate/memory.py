"""What was made before of the same values in the same surroundings."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Memory:
    """Remembers results from one analysis of a code location to the next.

    Values that were not evaluated again are the same objects as before; what is made of them
    alone, and of `surroundings` that are equal, need not be made again. What nobody asked for
    between two calls of `begin` is forgotten. Without a next analysis (`is_last`) nothing is kept.
    """

    def __init__(self, is_last: bool = False) -> None:
        self._is_last = is_last
        self._before: dict[tuple[object, ...], tuple[tuple[object, ...], object, Any]] = {}
        self._now: dict[tuple[object, ...], tuple[tuple[object, ...], object, Any]] = {}

    def begin(self) -> None:
        """A new analysis begins."""
        self._before, self._now = self._now, {}

    def branch(self) -> Memory:
        """A memory of the same, which others can go on with."""
        other = Memory()
        other._before = {**self._before, **self._now}
        return other

    def recall(
        self,
        make: Callable[[], T],
        kind: Hashable,
        values: tuple[object, ...],
        surroundings: object,
        is_kept: Callable[[], bool] = lambda: True,
    ) -> T:
        """The result of `make`, which depends on `values` and `surroundings` alone.

        Whoever asks the second time in one analysis gets a result of its own. `is_kept` is asked
        when one has been made.
        """
        if self._is_last:
            return make()
        key = (kind, *map(id, values))
        entry = self._before.pop(key, None)
        if entry is None or entry[1] != surroundings:
            # The values are held: no other object can get their identity.
            entry = (values, surroundings, make())
            if not is_kept():
                return entry[2]
        self._now[key] = entry
        result: T = entry[2]
        return result

    def last(self, kind: Hashable) -> Any:
        """What was put under `kind` before; None if nothing was."""
        entry = self._now.get((kind,)) or self._before.get((kind,))
        return None if entry is None else entry[2]

    def put(self, kind: Hashable, thing: object) -> None:
        """Keep a thing until the next analysis."""
        self._now[kind,] = ((), None, thing)
