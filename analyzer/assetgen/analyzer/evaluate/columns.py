"""What is remembered about many values at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from assetgen.analyzer.model.dataclass import dataclass, field


@dataclass(slots=True, eq=False)
class Column:
    """What is remembered about many values: results by the identity of the values that they were
    made from, which are kept alive; the values `given`, and the tuple that was `told` of them. For
    items in order also their identities, and whether any of them are equal in that order."""

    surroundings: object = None
    results: dict[Any, Any] = field(default_factory=dict)
    values: dict[int, object] = field(default_factory=dict)
    given: tuple[Any, ...] = ()
    told: tuple[Any, ...] = ()
    ordered: set[int] = field(default_factory=set)
    is_tied: bool = False

    def copy(self) -> Column:
        """A copy for another analysis to continue with."""
        return replace(self, results=dict(self.results), values=dict(self.values))

    def keep(self, identities: Iterable[int]) -> None:
        """Forget the results of all other values."""
        kept = set(identities)
        self.results = {key: each for key, each in self.results.items() if key in kept}
        self.values = {key: each for key, each in self.values.items() if key in kept}


class Differences:
    """Finds out which values of a tuple are not in an earlier one, once for all who ask."""

    def __init__(self) -> None:
        self._identities: dict[int, tuple[_Values, set[int]]] = {}
        self._before: dict[int, tuple[_Values, set[int]]] = {}
        self._found: dict[tuple[int, int], _Difference] = {}

    def begin(self) -> None:
        """Forget what was asked before the last time."""
        self._before, self._identities = self._identities, {}
        self._found = {}

    def between(self, before: _Values, now: _Values) -> tuple[list[Any], list[Any]]:
        """The values that are new now, and those that are gone."""
        if before is now:
            return [], []
        key = id(before), id(now)
        found = self._found.get(key)
        if found is None:
            old, new = self._identities_of(before), self._identities_of(now)
            added, left = new - old, old - new
            found = self._found[key] = (
                [value for value in now if id(value) in added] if added else [],
                [value for value in before if id(value) in left] if left else [],
                (before, now),
            )
        return found[:2]

    def tell(self, before: _Values, now: _Values, new: list[Any], gone: list[Any]) -> None:
        """The difference between two tuples, as computed by whoever made the later one."""
        self._found[id(before), id(now)] = new, gone, (before, now)

    def _identities_of(self, values: _Values) -> set[int]:
        known = self._identities.get(id(values)) or self._before.get(id(values))
        if known is None or known[0] is not values:
            known = values, set(map(id, values))
        self._identities[id(values)] = known
        return known[1]


_Values = tuple[Any, ...]
# The tuples are held, so that no others get their identities.
_Difference = tuple[list[Any], list[Any], tuple[_Values, _Values]]
