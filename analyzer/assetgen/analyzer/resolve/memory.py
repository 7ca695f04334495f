"""What was resolved before, of the same values in the same surroundings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Memory:
    """Remembers results from one analysis of a code location to the next.

    Values that were not evaluated again are the same objects as before; what is made of them
    alone, and of `surroundings` that are equal, need not be made again.
    """

    def __init__(self) -> None:
        self._before: dict[tuple[object, ...], tuple[tuple[object, ...], object, Any]] = {}
        self._now: dict[tuple[object, ...], tuple[tuple[object, ...], object, Any]] = {}
        self._frame: object = None

    def begin(self, frame: object) -> None:
        """A new analysis; nothing is remembered from one whose `frame` was another."""
        self._before = self._now if frame == self._frame else {}
        self._now = {}
        self._frame = frame

    def recall(
        self, make: Callable[[], T], kind: str, values: tuple[object, ...], surroundings: object
    ) -> T:
        """The result of `make`, which depends on `values` and `surroundings` alone."""
        key = (kind, *map(id, values))
        entry = self._before.get(key)
        if entry is None or entry[1] != surroundings:
            # The values are held: no other object can get their identity.
            entry = (values, surroundings, make())
        self._now[key] = entry
        result: T = entry[2]
        return result
