"""Changes made while the arms of an unknown condition are evaluated."""

from __future__ import annotations

from collections.abc import Hashable
from collections.abc import Sequence as ReadOnlySequence
from typing import Any

from assetgen.analyzer.evaluate.bound_values import BoundMethod, KnownMethod, Partial
from assetgen.analyzer.evaluate.budget import Budget
from assetgen.analyzer.evaluate.entry_orders import EntryOrders, Orders
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


def _content(sequence: Sequence) -> Content:
    return list(sequence.items), list(sequence.losses)


def is_beyond(options: ReadOnlySequence[Value], since: int, budget: Budget) -> bool:
    """Whether these are more options than are told apart."""
    if len(options) <= budget.options:
        return False
    return len(options) > budget.changed or not all(
        isinstance(each, Unknown) or changes_others(each, since) for each in options
    )
