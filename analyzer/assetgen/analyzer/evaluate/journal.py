"""Changes made while the arms of an unknown condition are evaluated, so that they can be joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from operator import is_
from typing import Any

from assetgen.analyzer.evaluate.bound_values import BoundMethod, KnownMethod, Partial
from assetgen.analyzer.evaluate.entry_orders import EntryOrders, Orders
from assetgen.analyzer.evaluate.objects.doubted_names import BESIDE, doubts_in, with_doubts
from assetgen.analyzer.evaluate.objects.doubts import (
    Doubt,
    absent,
    disorder,
    doubt,
    make_doubt,
    united,
)
from assetgen.analyzer.evaluate.values import (
    Function,
    Instance,
    Iterator_,
    Mapping,
    Sequence,
    Unknown,
    Value,
    made_next,
)
from assetgen.analyzer.model.dataclass import dataclass, field

MISSING: Any = object()


Content = tuple[list[Value], list[Unknown]]
"""The items and losses of a sequence."""


def changing(journals: list[Journal], sequence: Sequence) -> None:
    """To be called before a sequence is changed in place: its content is remembered."""
    if journals:
        journals[-1].note_sequence(sequence)


def is_older(journals: list[Journal], value: Mapping | Instance | Iterator_) -> bool:
    """Whether something existed before the arm that is being evaluated, which therefore changes
    it."""
    return bool(journals) and value.age < journals[-1].age


def is_shared(value: Value, since: int) -> bool:
    """Whether something can be changed, and existed before an age: others may have it, too."""
    if isinstance(value, Sequence) and value.kind in ("tuple", "frozenset"):
        return False
    return isinstance(value, (Sequence, Mapping, Instance)) and value.age < since


def changes_others(value: Value, since: int) -> bool:
    """Whether calling or changing a value may change what others hold that was there before an
    age."""
    if isinstance(value, (Function, Partial)):
        return True
    receiver = value.receiver if isinstance(value, (BoundMethod, KnownMethod)) else value
    return isinstance(value, BoundMethod) or is_shared(receiver, since)


def changing_mapping(journals: list[Journal], mapping: Mapping) -> None:
    """To be called before an entry of a mapping is written or erased: its losses are remembered,
    and that it is a mapping."""
    if journals:
        journals[-1].note_mapping(mapping)


@dataclass(slots=True, eq=False)
class Journal:
    """The slots (entries of dictionaries) that one arm has written and the collections that it has
    changed, with what they held before; for mappings, also their losses. `objects` are the
    attributes of those that it has changed, `named` the dictionaries of names.

    What an arm has made itself is not noted, since nothing else has it.
    """

    before: dict[tuple[int, Hashable], tuple[dict[Any, Any], Hashable, Any]] = field(
        default_factory=dict
    )
    sequences: dict[int, tuple[Sequence, Content]] = field(default_factory=dict)
    mappings: dict[int, tuple[Mapping, list[Unknown]]] = field(default_factory=dict)
    objects: dict[int, Instance] = field(default_factory=dict)
    named: dict[int, dict[str, Value]] = field(default_factory=dict)
    orders: EntryOrders = field(default_factory=EntryOrders)
    age: int = field(default_factory=made_next)

    def note(self, target: dict[Any, Any], key: Hashable) -> None:
        """Remember what `target[key]` holds, if it is written here for the first time."""
        slot = (id(target), key)
        if slot not in self.before:
            self.before[slot] = (target, key, target.get(key, MISSING))

    def note_name(self, names: dict[str, Value], name: Hashable) -> None:
        """The same for a name of a scope, class or function."""
        self.note(names, name)
        self.named[id(names)] = names

    def note_sequence(self, sequence: Sequence) -> None:
        """Remember the content of a sequence, if it is changed here for the first time."""
        if sequence.age < self.age and id(sequence) not in self.sequences:
            self.sequences[id(sequence)] = (sequence, _content(sequence))

    def note_mapping(self, mapping: Mapping) -> None:
        """Remember what a mapping has lost, if it is changed here for the first time."""
        if mapping.age < self.age and id(mapping.entries) not in self.mappings:
            self.mappings[id(mapping.entries)] = (mapping, list(mapping.losses))

    def note_order(self, mapping: Mapping, added: Hashable = None) -> None:
        """Remember that an entry of a mapping is added, or else that one is taken or moved."""
        if mapping.age < self.age:
            if added is None:
                self.orders.note_taken(mapping)
            else:
                self.orders.note_added(mapping, added)

    def note_object(self, instance: Instance) -> None:
        """Remember that what is written next is an attribute of an object."""
        if instance.age < self.age:
            self.objects[id(instance.attributes)] = instance

    def end(self) -> Ended:
        """Restore what was there before, and return what the arm had made of it."""
        orders = self.orders.now()
        slots, sequences = self.roll_back(), self.roll_back_sequences()
        self.orders.restore()
        return Ended(self, slots, sequences, self.roll_back_mappings(), orders)

    def roll_back_mappings(self) -> dict[int, list[Unknown]]:
        """Restore the losses that mappings had before, and return those at the end of the arm."""
        after = {}
        for key, (mapping, losses) in self.mappings.items():
            after[key] = list(mapping.losses)
            mapping.losses[:] = losses
        return after

    def roll_back_sequences(self) -> dict[int, Content]:
        """Restore what sequences held before, and return what the arm had made of each."""
        after = {}
        for key, (sequence, (items, losses)) in self.sequences.items():
            after[key] = _content(sequence)
            sequence.items[:], sequence.losses[:] = items, losses
        return after

    def roll_back(self) -> dict[tuple[int, Hashable], Any]:
        """Restore what was there before, and return what the arm had made of each slot."""
        after = {}
        for slot, (target, key, old) in self.before.items():
            after[slot] = target.get(key, MISSING)
            if old is MISSING:
                target.pop(key, None)
            else:
                target[key] = old
        return after


@dataclass(frozen=True, slots=True, eq=False)
class Ended:
    """What an arm has made of the slots, sequences, losses and orders in its journal."""

    journal: Journal
    slots: dict[tuple[int, Hashable], Any]
    sequences: dict[int, Content]
    mappings: dict[int, list[Unknown]]
    orders: Orders


Slot = tuple[dict[Any, Any], Hashable, Any]


def joined(
    arms: list[Ended],
    gone: list[Ended],
    names: dict[str, Value],
    join: Callable[[list[Any]], Any],
    condition: Unknown,
) -> tuple[list[Slot], list[tuple[Mapping, list[Unknown]]]]:
    """What each written slot is to hold after the arms: `join` of what they left in it; and what
    each mapping is to have lost.

    A slot that an arm did not write keeps its old value there; where it had none, what the others
    wrote stands alone: of an entry of a mapping it is doubted that it is there. The `names` of a
    function are no longer seen in arms that are `gone`.
    """
    slots: dict[tuple[int, Hashable], Slot] = {}
    everywhere = [*arms, *gone]
    for arm in everywhere:
        for slot, entry in arm.journal.before.items():
            slots.setdefault(slot, entry)
    result = []
    objects = frozenset[int]().union(*(arm.journal.objects.keys() for arm in everywhere))
    lacks: dict[int, list[set[Hashable]]] = {}
    held: list[Value] = []
    named = {key: each for arm in everywhere for key, each in arm.journal.named.items()}
    doubted: dict[int, dict[Any, tuple[Value, Unknown] | None]] = {}
    for slot, (target, key, old) in slots.items():
        if key == BESIDE:
            continue
        seen = arms if target is names else everywhere
        left = [arm.slots.get(slot, old) for arm in seen]
        present = [value for value in left if value is not MISSING]
        may_lack = 0 < len(present) < len(left)
        if may_lack and id(target) in objects:
            present.append(absent(condition))
        value = join(present) if present else MISSING
        result.append((target, key, value))
        if id(target) in named:
            cause = condition if may_lack else _doubted(seen, slot, left, target)
            said = (value, cause) if present and cause is not None else None
            doubted.setdefault(id(target), {})[key] = said
        if may_lack and isinstance(present[0], tuple):
            lacking = lacks.setdefault(id(target), [set() for _ in left])
            first = present[0][0]
            held.append(first)
            for state, value in zip(lacking, left, strict=True):
                if value is MISSING:
                    state.update((key, id(first)))
    for identity, changed in doubted.items():
        doubts = with_doubts(named[identity], changed)
        if doubts is not None:
            result.append((named[identity], BESIDE, doubts))
    return result, _joined_losses(everywhere, lacks, tuple(held), condition)


def _doubted(
    arms: list[Ended], slot: tuple[int, Any], left: list[Any], names: dict[str, Value]
) -> Unknown | None:
    """What decides whether a name is bound that one of the arms has left in doubt."""
    beside = (slot[0], BESIDE)
    before = doubts_in(names)
    for arm, value in zip(arms, left, strict=True):
        cause: Unknown | None = arm.slots.get(beside, before).of(slot[1], value)
        if cause is not None:
            return cause
    return None


def _joined_losses(
    arms: list[Ended],
    lacks: dict[int, list[set[Hashable]]],
    held: tuple[Value, ...],
    condition: Unknown,
) -> list[tuple[Mapping, list[Unknown]]]:
    result = []
    changed = {key: entry for arm in arms for key, entry in arm.journal.mappings.items()}
    for key, (mapping, before) in changed.items():
        lost = [loss for arm in arms for loss in arm.mappings.get(key, before)]
        losses = _kept(list({id(loss): loss for loss in lost}.values()), [])
        if key in lacks:
            losses.append(make_doubt(condition, lacks[key], held))
        result.append((mapping, losses))
    return result


def joined_sequences(arms: list[Ended], condition: Unknown) -> list[tuple[Sequence, Content]]:
    """What each changed sequence is to hold after the arms: the items that any of them has left in
    it, in order. Those that are not in all are doubted."""
    changed: dict[int, tuple[Sequence, Content]] = {}
    for arm in arms:
        for key, entry in arm.journal.sequences.items():
            changed.setdefault(key, entry)
    result = []
    for key, (sequence, before) in changed.items():
        contents = [arm.sequences.get(key, before) for arm in arms]
        losses: list[Unknown] = []
        # the order of the fullest counts
        # what is doubted is known by its identity, and is no other that is equal
        by_identity = any(isinstance(loss, Doubt) for _, lost in contents for loss in lost)
        items = _by_place([left for left, _ in contents], by_identity)
        for left, lost in sorted(contents, key=lambda content: -len(content[0])):
            items.extend(_without(left, items, by_identity))
            losses.extend(_kept(lost, losses))
        lacking = [_without(items, left, by_identity) for left, _ in contents]
        if any(lacking):
            losses.append(doubt(condition, lacking))
        if sequence.kind in _ORDERED and not _keep_order(items, contents, lacking):
            losses.append(disorder(condition))
        result.append((sequence, (items, losses)))
    return result


_ORDERED = ("list", "deque")


def _by_place(states: list[list[Value]], by_identity: bool) -> list[Value]:
    """The items of states that differ in what is at some places alone, place by place; none if
    they differ in other ways."""
    first = states[0]
    items = [[item] for item in first]
    for other in states[1:]:
        places = [n for n, (a, b) in enumerate(zip(first, other, strict=False)) if a is not b]
        replaced = len(_without(other, first, by_identity))
        if len(other) != len(first) or len(places) != replaced:
            return []
        for place in places:
            items[place].append(other[place])
    return [item for options in items for item in options]


def _keep_order(items: list[Value], contents: list[Content], lacking: list[list[Value]]) -> bool:
    """Whether each arm has left its items in the same order."""
    for (left, _), missing in zip(contents, lacking, strict=True):
        if items[: len(left)] != left and _without(items, missing) != left:
            return False
    return True


def _kept(lost: list[Unknown], known: list[Unknown]) -> list[Unknown]:
    """The losses that are not known yet; of those for which there may be more, one is enough, and
    of many doubts one that names all."""
    seen = set(map(id, known))
    fresh = [loss for loss in lost if id(loss) not in seen]
    if len(fresh) <= _LOSSES:
        return fresh
    doubts = [loss for loss in fresh if isinstance(loss, Doubt)]
    others = [loss for loss in fresh if not isinstance(loss, Doubt)]
    if len(doubts) > _DOUBTS:
        doubts = [united(doubts)]
    return [*others[:_LOSSES], *doubts]


_LOSSES = 8
_DOUBTS = 32


def _content(sequence: Sequence) -> Content:
    return list(sequence.items), list(sequence.losses)


def _without(items: list[Value], others: list[Value], by_identity: bool = False) -> list[Value]:
    """The items that are not among the others; each of the others accounts for one item: itself, or
    else an equal one."""
    if len(others) <= len(items) and all(map(is_, items, others)):
        return items[len(others) :]
    if len(items) <= len(others) and all(map(is_, items, others)):
        return []
    same = Counter(map(id, others))
    left: list[Value] = []
    for item in items:
        if same.get(id(item), 0):
            same[id(item)] -= 1
        else:
            left.append(item)
    if not left or by_identity:
        return left
    rest: list[Value] = []
    for other in others:
        if same.get(id(other), 0):
            same[id(other)] -= 1
            rest.append(other)
    return _without_equal(left, rest) if rest else left


def _without_equal(items: list[Value], others: list[Value]) -> list[Value]:
    try:
        remaining = Counter(others)
    except TypeError:  # a constant that cannot be hashed
        return _without_unhashable(items, others)
    left = []
    for item in items:
        if remaining.get(item, 0):
            remaining[item] -= 1
        else:
            left.append(item)
    return left


def _without_unhashable(items: list[Value], others: list[Value]) -> list[Value]:
    remaining = list(others)
    left = []
    for item in items:
        place = next((n for n, other in enumerate(remaining) if other == item), None)
        if place is None:
            left.append(item)
        else:
            del remaining[place]
    return left
