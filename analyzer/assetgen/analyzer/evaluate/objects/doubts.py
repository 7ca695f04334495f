"""Items of collections that may not exist: added or removed under an unknown condition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from collections.abc import Mapping as ReadOnlyMapping
from collections.abc import Sequence as ReadOnlySequence
from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.values import (
    Choice,
    Constant,
    Iterator_,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.model.dataclass import dataclass

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine


@dataclass(frozen=True, slots=True, eq=False)
class Doubt(Unknown):
    """Why a collection may lack some of its items; for this reason it holds no others.

    Each set in `lacking` is what one of its possible states lacks: items by their `id`, entries of
    a dictionary by the `id` and by the hash key of their key. If there is only one set, each of its
    items may be lacking independently; if there is none, any item may. `held` keeps the items
    alive, `condition` decides.
    """

    lacking: tuple[frozenset[Hashable], ...] = ()
    held: tuple[Value, ...] = ()

    @property
    def condition(self) -> Unknown:
        """What decides whether they exist."""
        return self.causes[0]

    def names(self, item: Hashable) -> bool:
        """Whether it names an item as one that may be lacking."""
        return any(item in lacking for lacking in self.lacking)


class Disorder(Unknown):
    """Why the order of a list is not known, though its items are."""

    __slots__ = ()


class Absent(Unknown):
    """As one of the options of an argument or attribute: it may not exist at all."""

    __slots__ = ()


def doubt(
    condition: Unknown, lacking: ReadOnlySequence[Iterable[Value]], keys: Iterable[Hashable] = ()
) -> Doubt:
    """The doubt that, by `condition`, each possible state of a collection lacks some of its items.

    `keys` are hash keys that the first state lacks as well.
    """
    held = tuple({id(item): item for items in lacking for item in items}.values())
    identities: list[set[Hashable]] = [{id(item) for item in items} for items in lacking]
    identities[0].update(keys)
    return make_doubt(condition, identities, held)


def make_doubt(
    condition: Unknown, lacking: Iterable[Iterable[Hashable]], held: tuple[Value, ...]
) -> Doubt:
    """The doubt about items that only some arms of a condition have; see `Doubt`."""
    condition = condition.condition if isinstance(condition, Doubt) else condition
    return Doubt(
        condition.reason,
        condition.message,
        condition.span,
        (condition,),
        condition.maker,
        tuple(frozenset(each) for each in lacking),
        held,
    )


def as_one(value: Value) -> Value:
    """The items of a value; if it is one of several collections, as a single list."""
    return of_options(value) or value if isinstance(value, Choice) else value


def of_options(choice: Choice) -> Sequence | None:
    """The items of one of several collections, by a condition, as a single list; None if not all of
    these are known. An object or constant that several of them hold occurs once."""
    sources = [_gone_through(option) for option in choice.options]
    found: dict[Hashable, Value] = {}
    losses: list[Unknown] = []
    given: list[set[Hashable]] = []
    for source in sources:
        if source is None or beyond(source.losses):
            return None
        named = _named(source.items)
        given.append(set(named))
        for name, item in named.items():
            found.setdefault(name, item)
        losses += about_items(source, source.losses)
    lacking = [[item for name, item in found.items() if name not in held] for held in given]
    if any(lacking):
        losses.append(doubt(choice.condition, lacking))
    return Sequence("list", list(found.values()), losses)


def _gone_through(value: Value) -> Sequence | None:
    """The items of a collection as a list; None if it is not a collection, or is an iterator."""
    if isinstance(value, Mapping):
        keys = [key for key, _ in value.entries.values()]
        return Sequence("list", keys, list(of_pairs(value, keys)) if value.losses else [])
    if isinstance(value, Constant) and isinstance(value.value, (str, range)):
        return Sequence("list", [Constant(item) for item in value.value])
    return value if isinstance(value, Sequence) else None


def _named(items: Iterable[Value]) -> dict[Hashable, Value]:
    """The items by what identifies equal ones across collections, numbered among equal ones."""
    found: dict[Hashable, Value] = {}
    numbers: Counter[Hashable] = Counter()
    for item in items:
        same: Hashable = id(item)
        if isinstance(item, Constant) and isinstance(item.value, _COMPARED):
            same = (type(item.value), item.value)
        found[same, numbers[same]] = item
        numbers[same] += 1
    return found


_COMPARED = (str, bytes, int, float)


def absent(condition: Unknown) -> Absent:
    """The option that something does not exist."""
    condition = condition.condition if isinstance(condition, Doubt) else condition
    return Absent(
        condition.reason, condition.message, condition.span, (condition,), condition.maker
    )


def disorder(condition: Unknown) -> Disorder:
    """What an unknown condition leaves open about the order of items."""
    condition = condition.condition if isinstance(condition, Doubt) else condition
    return Disorder(
        condition.reason, condition.message, condition.span, (condition,), condition.maker
    )


def may_be_absent(value: Value) -> bool:
    """Whether one of the options is that there is nothing."""
    return isinstance(value, Choice) and any(isinstance(each, Absent) for each in value.options)


def or_instead(machine: Machine, value: Value, instead: Value | None) -> Value:
    """A value, or its options without `Absent`, for which `instead` stands, if given."""
    if not isinstance(value, Choice):
        return value
    options = [option for option in value.options if not isinstance(option, Absent)]
    if len(options) == len(value.options):
        return value
    if instead is not None:
        options.append(instead)
    return machine.join(options, value.condition)


def each_doubted(condition: Unknown, items: Iterable[Value]) -> Doubt:
    """The doubt that each of the items may exist or not, independently."""
    return doubt(condition, [list(items)])


def united(doubts: list[Doubt]) -> Doubt:
    """A single doubt that names what any of several does, each item independently."""
    lacking = frozenset[Hashable]().union(*(each for one in doubts for each in one.lacking))
    held = {id(item): item for one in doubts for item in one.held}
    is_of_all = any(not one.lacking for one in doubts)
    return make_doubt(doubts[0].condition, () if is_of_all else (lacking,), tuple(held.values()))


def of_made(
    losses: Iterable[Unknown], made: ReadOnlySequence[tuple[Value, ReadOnlySequence[Value]]]
) -> list[Doubt]:
    """The doubts about what was made from the items of a collection with losses; `made` holds the
    items, each with what was made from it."""
    found = []
    for loss in losses:
        if not isinstance(loss, Doubt):
            continue
        states = [
            [value for item, values in made if id(item) in lacking for value in values]
            for lacking in loss.lacking
        ]
        if any(states):
            found.append(doubt(loss.condition, states))
        elif not loss.lacking or not any(loss.names(id(item)) for item, _ in made):
            everything = [value for _, values in made for value in values]
            if everything:
                found.append(each_doubted(loss.condition, everything))
    return found


def surely_all(losses: Iterable[Unknown]) -> bool:
    """Whether a collection certainly holds no other items than those known."""
    return all(isinstance(loss, (Doubt, Disorder)) for loss in losses)


def is_in_order(losses: Iterable[Unknown]) -> bool:
    """The same, and its order is known."""
    return all(isinstance(loss, Doubt) for loss in losses)


def beyond(losses: Iterable[Unknown]) -> list[Unknown]:
    """The losses because of which a collection may hold more than the known items."""
    return [loss for loss in losses if not isinstance(loss, (Doubt, Disorder))]


def disorders(losses: Iterable[Unknown]) -> list[Unknown]:
    """The losses because of which the order of a list is not known."""
    return [loss for loss in losses if isinstance(loss, Disorder)]


def blanket(losses: Iterable[Unknown]) -> list[Unknown]:
    """The losses of what is made from items by position: if one may be lacking, nothing that is
    made is certain, and there may be more."""
    found: list[Unknown] = []
    for loss in losses:
        if isinstance(loss, Disorder):
            found.append(loss.causes[0])
        elif isinstance(loss, Doubt):
            found += (make_doubt(loss.condition, (), ()), loss.condition)
        else:
            found.append(loss)
    return found


def in_any_order(losses: Iterable[Unknown]) -> list[Unknown]:
    """The losses for a collection whose order does not matter."""
    return [loss for loss in losses if not isinstance(loss, Disorder)]


def about_items(value: Value, losses: Iterable[Unknown]) -> list[Unknown]:
    """The losses of a collection, for another one with the same items: a doubt that names none of
    them applies to all."""
    items = set(map(id, value.items)) if isinstance(value, Sequence) else None
    found: list[Unknown] = []
    for loss in losses:
        if items is not None and isinstance(loss, Doubt):
            named = frozenset[Hashable]().union(*loss.lacking)
            if named and items.isdisjoint(named):
                found.append(each_doubted(loss.condition, list(value.items)))  # type: ignore[attr-defined]
                continue
        found.append(loss)
    return found


def without_named(losses: Iterable[Unknown], items: Iterable[Value]) -> list[Unknown]:
    """The losses of a list after `items` have been taken out of it, without the doubts about these
    alone."""
    left = set(map(id, items))
    return [
        loss
        for loss in losses
        if not isinstance(loss, Doubt)
        or not loss.lacking
        or not left.isdisjoint(frozenset[Hashable]().union(*loss.lacking))
    ]


class Presence:
    """Which items of a collection may not exist, asked while it is iterated over."""

    __slots__ = ("_count", "_doubts", "_every", "_losses", "_value")

    def __init__(self, value: Value) -> None:
        self._value = value
        self._losses: list[Unknown] = (
            value.losses if isinstance(value, (Sequence, Mapping, Iterator_)) else []
        )
        if isinstance(value, Choice):
            self._losses = [make_doubt(value.condition, (), ())]
        self._count = 0
        self._doubts: dict[Hashable, Doubt] = {}
        self._every: Doubt | None = None

    def doubt(self, item: Value) -> Doubt | None:
        """Why the item may not exist, if that is so."""
        if not self._losses:
            return None
        if len(self._losses) != self._count:
            self._look()
        return self._doubts.get(id(item)) or self._every

    def _look(self) -> None:
        """Take note of new losses.

        A doubt that names no item of a list applies to all of them: they were made from doubted
        ones. A generator names its items before it yields them.
        """
        if len(self._losses) < self._count:
            self._count, self._every = 0, None
            self._doubts.clear()
        fresh, self._count = self._losses[self._count :], len(self._losses)
        value = self._value
        items = set(map(id, value.items)) if isinstance(value, Sequence) else None
        for loss in fresh:
            if not isinstance(loss, Doubt):
                continue
            named = {each for lacking in loss.lacking for each in lacking}
            self._doubts.update(dict.fromkeys(named, loss))
            if isinstance(value, Mapping):
                own = (value.entries[key][0] for key in named if key in value.entries)
                self._doubts.update((id(each), loss) for each in own)
            if not loss.lacking or (items is not None and named.isdisjoint(items)):
                self._every = loss


def doubt_of_key(mapping: Mapping, key: Hashable) -> Doubt | None:
    """Why an entry may not exist, if that is so."""
    for loss in mapping.losses:
        if isinstance(loss, Doubt) and (not loss.lacking or _lacks_key(mapping, loss, key)):
            return loss
    return None


def _lacks_key(mapping: Mapping, loss: Doubt, key: Hashable) -> bool:
    entry = mapping.entries.get(key)
    return loss.names(key) or (entry is not None and loss.names(id(entry[0])))


def settle_key(mapping: Mapping, key: Hashable) -> None:
    """From now on it is certain whether an entry exists."""
    if doubt_of_key(mapping, key) is None:
        return
    of_key = {key, id(mapping.entries[key][0])} if key in mapping.entries else {key}
    mapping.losses[:] = [
        loss for each in mapping.losses if (loss := _without(each, of_key)) is not None
    ]


def without_keys(
    mapping: Mapping, entries: ReadOnlyMapping[Hashable, tuple[Value, Value]]
) -> list[Unknown]:
    """The doubts of a mapping that is merged into one with `entries`, without those about keys that
    both have."""
    doubts = [loss for loss in mapping.losses if isinstance(loss, Doubt)]
    both = mapping.entries.keys() & entries.keys() if doubts else ()
    if not both:
        return list(doubts)
    keys = {each for key in both for each in (key, id(mapping.entries[key][0]))}
    return [loss for doubt in doubts if (loss := _without(doubt, keys)) is not None]


def _without(loss: Unknown, keys: set[Hashable]) -> Unknown | None:
    if not isinstance(loss, Doubt) or not loss.lacking:
        return loss
    left = [lacking - keys for lacking in loss.lacking]
    return make_doubt(loss.condition, left, loss.held) if any(left) else None


def of_pairs(mapping: Mapping, made: list[Value]) -> list[Unknown]:
    """The losses of a list with one item made from each entry of a mapping."""
    losses: list[Unknown] = []
    for loss in mapping.losses:
        if isinstance(loss, Doubt) and loss.lacking:
            entries = list(zip(mapping.entries.items(), made, strict=True))
            lacking = [
                [
                    item
                    for (key, entry), item in entries
                    if key in of_state or id(entry[0]) in of_state
                ]
                for of_state in loss.lacking
            ]
            if any(lacking):
                losses.append(doubt(loss.condition, lacking))
        else:
            losses.append(loss)
    return losses
