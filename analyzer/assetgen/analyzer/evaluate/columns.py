"""What is remembered about many values at once."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import compress, count
from operator import is_not
from typing import Any

from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass, field


@dataclass(slots=True, eq=False)
class Column:
    """What is remembered about many values: results by the identity of the values that they were
    made from, which are kept alive; the values `given`, and the tuple that was `told` of them. Of
    items in order also whether any are equal in that order."""

    surroundings: object = None
    results: dict[Any, Any] = field(default_factory=dict)
    values: dict[int, object] = field(default_factory=dict)
    given: tuple[Any, ...] = ()
    told: tuple[Any, ...] = ()
    is_tied: bool = False

    def copy(self) -> Column:
        """A copy for another analysis to continue with."""
        return replace(self, results=dict(self.results), values=dict(self.values))

    def keep(self, identities: Iterable[int]) -> None:
        """Forget the results of all other values."""
        for identity in self.results.keys() - set(identities):
            del self.results[identity]
            self.values.pop(identity, None)


class Differences:
    """Finds out which values of a tuple are not in an earlier one, once for all who ask."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, int], _Difference] = {}

    def begin(self) -> None:
        """Forget what was asked before the last time."""
        self._found = {}

    def between(self, before: _Values, now: _Values) -> tuple[list[Any], list[Any]]:
        """The values that are new now, and those that are gone."""
        if before is now:
            return [], []
        key = id(before), id(now)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = *_difference(before, now), (before, now)
        return found[:2]

    def tell(self, before: _Values, now: _Values, new: list[Any], gone: list[Any]) -> None:
        """The difference between two tuples, as computed by whoever made the later one."""
        self._found[id(before), id(now)] = new, gone, (before, now)


def _difference(before: _Values, now: _Values) -> tuple[list[Any], list[Any]]:
    """What is only in the second tuple, and what is only in the first.

    Mostly a few values in a few places are others, so what is the same between these is passed by
    before anything is looked up.
    """
    new: list[Any] = []
    old: list[Any] = []
    begin, here, left_places = 0, 0, _PLACES
    while left_places:
        these, those = before[begin : begin + _AT_ONCE], now[here : here + _AT_ONCE]
        length = min(len(these), len(those))
        same = next(compress(count(), map(is_not, these, those)), length)
        begin, here = begin + same, here + same
        if same == length:
            if not length:
                break
            continue
        found = (_same_again(before[begin : begin + few], now[here : here + few]) for few in _FEW)
        ends = next(filter(None, found), None)
        if ends is None:
            break
        old += before[begin : begin + ends[0]]
        new += now[here : here + ends[1]]
        begin, here, left_places = begin + ends[0], here + ends[1], left_places - 1
    old += before[begin:]
    new += now[here:]
    added = set(map(id, new)).difference(map(id, old))
    left = set(map(id, old)).difference(map(id, new))
    return (
        [value for value in new if id(value) in added] if added else [],
        [value for value in old if id(value) in left] if left else [],
    )


def _same_again(before: _Values, now: _Values) -> tuple[int, int] | None:
    """Where two tuples go on with the same value; None if they do not."""
    places = {id(value): number for number, value in enumerate(before)}
    for number, value in enumerate(now):
        place = places.get(id(value))
        if place is not None:
            return place, number
    return None


_AT_ONCE = 256
"""So many values are compared before the next ones are looked at."""
_PLACES = 64
"""At so many places a few values may differ."""
_FEW = (4, 64)
"""So many values are a few; at most places one is new or gone."""


_Values = tuple[Any, ...]
# The tuples are held, so that no others get their identities.
_Difference = tuple[list[Any], list[Any], tuple[_Values, _Values]]
