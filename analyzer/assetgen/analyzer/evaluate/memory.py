"""What was made before from the same values in the same surroundings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from itertools import chain, compress
from operator import eq
from typing import Any, TypeVar

from assetgen.analyzer.evaluate.columns import Column, Differences

T = TypeVar("T")
V = TypeVar("V")
K = TypeVar("K", bound=Hashable)


class Memory:
    """Remembers results from one analysis of a code location to the next.

    Values that were not evaluated again are the same objects as before; what depends on them alone,
    and on equal `surroundings`, need not be computed again. What is not asked for between two calls
    of `begin` is forgotten. Without a next analysis (`is_last`) nothing is kept.
    """

    def __init__(self, is_last: bool = False) -> None:
        self.is_last = is_last
        self._before: dict[Hashable, Any] = {}
        self._now: dict[Hashable, Any] = {}
        self._columns: dict[tuple[Hashable, int], Column] = {}
        self._asked: dict[Hashable, int] = {}
        self._differing = Differences()

    def begin(self) -> None:
        """A new analysis begins."""
        self._before, self._now = self._now, {}
        self._differing.begin()
        asked, self._asked = self._asked, {}
        self._columns = {
            (kind, number): column
            for (kind, number), column in self._columns.items()
            if number < asked.get(kind, 0)
        }

    def branch(self) -> Memory:
        """A copy that another analysis can continue with."""
        other = Memory()
        other._before = {**self._before, **self._now}
        other._columns = {key: column.copy() for key, column in self._columns.items()}
        return other

    def each(
        self,
        make: Callable[[V], T],
        kind: Hashable,
        values: Sequence[V],
        surroundings: object = None,
        anew: Collection[int] = (),
        is_kept: Callable[[], bool] = lambda: True,
    ) -> list[T]:
        """The results of `make` for each of many values, in their order.

        A result depends on its value and on `surroundings` alone; those of the values whose
        identities are in `anew` are made again. If the values are mostly the same as the last time,
        thousands take no longer than a few. If the same kind is asked for twice in one analysis,
        each has results of its own. `is_kept` is called whenever a result was made.
        """
        if self.is_last:
            return list(map(make, values))
        column = self._column(kind)
        if column.surroundings != surroundings:
            column.surroundings = surroundings
            column.keep(())
        known, held = column.results, column.values
        for identity in anew:
            known.pop(identity, None)
            held.pop(identity, None)
        identities = list(map(id, values))
        try:
            return list(map(known.__getitem__, identities))
        except KeyError:
            pass
        results: list[T] = []
        for identity, value in zip(identities, values, strict=True):
            result = known.get(identity, _NOTHING)
            if result is _NOTHING:
                result = make(value)
                if is_kept():
                    # The values are kept alive, so that no other object gets their `id`.
                    known[identity], held[identity] = result, value
            results.append(result)
        if len(known) > len(identities) + _SPARE:
            column.keep(identities)
        return results

    def flat(
        self, make: Callable[[V], tuple[T, ...]], kind: Hashable, values: tuple[V, ...]
    ) -> tuple[T, ...]:
        """Everything that `make` makes of values, each of which occurs once, in their order."""
        if self.is_last:
            return tuple(chain.from_iterable(map(make, values)))
        column = self._column(kind)
        new, gone = self._differing.between(column.given, values)
        results = column.results
        left = [made for value in gone for made in results.pop(id(value))]
        results.update((id(value), make(value)) for value in new)
        added = [made for value in new for made in results[id(value)]]
        flat = tuple(chain.from_iterable(map(results.__getitem__, map(id, values))))
        self._differing.tell(column.told, flat, added, left)
        column.given, column.told = values, flat
        return flat

    def sparse(
        self,
        make: Callable[[V], T],
        kind: Hashable,
        values: tuple[V, ...],
        surroundings: object = None,
        anew: Collection[int] = (),
        where: Callable[[V], object] | None = None,
    ) -> Mapping[int, tuple[V, T]]:
        """As `each`, for those values for which `make` returns anything true: these and their
        results, by identity and in any order.

        It takes only as long as there are other values than the last time. For a value of which
        `where` gives nothing true, `make` must return nothing true, either, and need not be called.
        """
        if self.is_last:
            asked = values if where is None else compress(values, map(where, values))
            return {id(value): (value, made) for value in asked if (made := make(value))}
        column = self._column(kind)
        if column.surroundings != surroundings:
            column.surroundings, column.given, column.results = surroundings, (), {}
        new, gone = self._differing.between(column.given, values)
        for value in gone:
            column.results.pop(id(value), None)
        if anew:
            new = [*new, *(value for value in values if id(value) in anew)]
        for value in new:
            made = make(value)
            if made:
                column.results[id(value)] = value, made
            else:
                column.results.pop(id(value), None)
        column.given = values
        return column.results

    def indexed(
        self, kind: Hashable, values: tuple[V, ...], key: Callable[[V], K]
    ) -> Mapping[K, V]:
        """The values by their key, the last one if several have the same."""
        if self.is_last:
            return {key(value): value for value in values}
        column = self._column(kind)
        new, gone = self._differing.between(column.given, values)
        index = column.results = dict(column.results)
        for value in gone:
            del index[key(value)]
        index.update((key(value), value) for value in new)
        column.given = values
        if len(index) < len(values):
            index = {key(value): value for value in values}
            column.results, column.given = {}, ()
        return index

    def grouped(
        self, kind: Hashable, values: tuple[V, ...], keys: Callable[[V], Iterable[K]]
    ) -> Mapping[K, Mapping[int, V]]:
        """The values by each of their keys, and there by their identity, in any order."""
        if self.is_last:
            return _by_key(values, keys)
        column = self._column(kind)
        new, gone = self._differing.between(column.given, values)
        # A branch shares the groups, so they are replaced and never changed.
        groups = column.results
        for key, members in _by_key(gone, keys).items():
            left = {each: one for each, one in groups[key].items() if each not in members}
            if left:
                groups[key] = left
            else:
                del groups[key]
        for key, members in _by_key(new, keys).items():
            groups[key] = {**groups.get(key, {}), **members}
        column.given = values
        return groups

    def keys(
        self, kind: Hashable, values: tuple[V, ...], keys: Callable[[V], Iterable[K]]
    ) -> Collection[K]:
        """All keys of values."""
        if self.is_last:
            return set(chain.from_iterable(map(keys, values)))
        return self.grouped(kind, values, keys)  # a set made of it hashes nothing again

    def differing(self, kind: Hashable, values: tuple[V, ...]) -> tuple[list[V], list[V]]:
        """The values that were not among them the last time, and those that no longer are."""
        if self.is_last:
            return list(values), []
        column = self._column(kind)
        difference = self._differing.between(column.given, values)
        column.given = values
        return difference

    def in_order(
        self, kind: Hashable, items: tuple[V, ...], key: Callable[[V], Any]
    ) -> tuple[V, ...]:
        """The items as `sorted` gives them; those that it gave the last time are in order
        already."""
        if self.is_last:
            return tuple(sorted(items, key=key))
        column = self._column(kind)
        new, gone = self._differing.between(column.given, items)
        order = list(column.told)
        is_sure = not column.is_tied and len(new) + len(gone) <= _FEW
        for item in gone if is_sure else ():
            del order[bisect_left(order, key(item), key=key)]  # where nothing is tied, it is there
        for item in new if is_sure else ():
            place = bisect_left(order, key(item), key=key)
            order.insert(place, item)
            is_sure = is_sure and not _is_tied(order[max(place - 1, 0) : place + 2], key)
        if not is_sure:
            # What is equal stays in the order given, which may be another one than before.
            order = sorted(items, key=key)
            column.is_tied = _is_tied(order, key)
        told = tuple(order)
        self._differing.tell(column.told, told, new, gone)
        column.given, column.told = items, told
        return told

    def changed(self, kind: Hashable, mapping: Mapping[K, object]) -> set[K]:
        """The keys of `mapping` that it did not have the last time, or with another value."""
        if self.is_last:
            return set()
        column = self._column(kind)
        before: Mapping[K, object] = column.results
        column.results = dict(mapping)
        if before == mapping:
            return set()
        found = {key for key, each in mapping.items() if before.get(key, _NOTHING) != each}
        return found.union(key for key in before if key not in mapping)

    def _column(self, kind: Hashable) -> Column:
        """What is known of a kind; if it is asked for several times in one analysis, each has its
        own."""
        number = self._asked.get(kind, 0)
        self._asked[kind] = number + 1
        return self._columns.setdefault((kind, number), Column())

    def again(
        self,
        make: Callable[[], T],
        kind: Hashable,
        inputs: Hashable,
        is_kept: Callable[[], bool] = lambda: True,
    ) -> T:
        """What `make` makes, which depends on `inputs` alone: what it made the last time, if these
        are equal. What it asked for then counts as asked for again."""
        known: tuple[Hashable, T, dict[Hashable, int]] | None = self.last(kind)
        if known is None or known[0] != inputs:
            before = dict(self._asked)
            made = make()
            if self.is_last or not is_kept():
                return made
            asked = {each: n - before.get(each, 0) for each, n in self._asked.items()}
            known = inputs, made, {each: n for each, n in asked.items() if n}
        else:
            for each, number in known[2].items():
                self._asked[each] = self._asked.get(each, 0) + number
        self.put(kind, known)
        return known[1]

    def last(self, kind: Hashable) -> Any:
        """What was last put under `kind`; None if nothing was."""
        return self._now[kind] if kind in self._now else self._before.get(kind)

    def put(self, kind: Hashable, thing: object) -> None:
        """Keep an object until the next analysis."""
        self._now[kind] = thing


def _by_key(values: Iterable[V], keys: Callable[[V], Iterable[K]]) -> dict[K, dict[int, V]]:
    found: dict[K, dict[int, V]] = {}
    for value in values:
        for key in keys(value):
            found.setdefault(key, {})[id(value)] = value
    return found


def _is_tied(order: list[V], key: Callable[[V], Any]) -> bool:
    """Whether two neighbours in an order are equal in it."""
    keys = list(map(key, order))
    return any(map(eq, keys, keys[1:]))


_NOTHING: Any = object()
_FEW = 250
"""Up to so many items are inserted one by one."""
_SPARE = 32
"""Up to so many results are kept that nothing asks for any more: each may hold on to all that a
module was before."""
