"""Changes made while the arms of an unknown condition are evaluated, so that they can be joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from typing import Any

from assetgen.analyzer.evaluate.values import Sequence, Unknown, Value
from assetgen.analyzer.model.dataclass import dataclass, field

MISSING: Any = object()


Content = tuple[list[Value], list[Unknown], int]
"""The items and losses of a sequence, and how many of the items may not be there."""


def changing(journals: list[Journal], sequence: Sequence) -> None:
    """To be called before a sequence is changed in place: what it held is remembered."""
    if journals:
        journals[-1].note_sequence(sequence)


@dataclass(slots=True, eq=False)
class Journal:
    """The slots (an entry of a dictionary) that one arm has written and the sequences that it has
    changed, and what they held before."""

    before: dict[tuple[int, Hashable], tuple[dict[Any, Any], Hashable, Any]] = field(
        default_factory=dict
    )
    sequences: dict[int, tuple[Sequence, Content]] = field(default_factory=dict)
    age: int = field(default_factory=lambda: Sequence("list", []).age)

    def note(self, target: dict[Any, Any], key: Hashable) -> None:
        """Remember what `target[key]` holds, if it is written here for the first time."""
        slot = (id(target), key)
        if slot not in self.before:
            self.before[slot] = (target, key, target.get(key, MISSING))

    def note_sequence(self, sequence: Sequence) -> None:
        """Remember the content of a sequence, if it is changed here for the first time.

        One that the arm has made itself is nobody else's.
        """
        if sequence.age < self.age and id(sequence) not in self.sequences:
            self.sequences[id(sequence)] = (sequence, _content(sequence))

    def end(self) -> Ended:
        """Restore what was there before, and give what the arm had made of it."""
        return Ended(self, self.roll_back(), self.roll_back_sequences())

    def roll_back_sequences(self) -> dict[int, Content]:
        """Restore what sequences held before, and give what the arm had made of each."""
        after = {}
        for key, (sequence, (items, losses, maybe)) in self.sequences.items():
            after[key] = _content(sequence)
            sequence.items[:], sequence.losses[:], sequence.maybe = items, losses, maybe
        return after

    def roll_back(self) -> dict[tuple[int, Hashable], Any]:
        """Restore what was there before, and give what the arm had made of each slot."""
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
    """What an arm has made of the slots and sequences that its journal tells of."""

    journal: Journal
    slots: dict[tuple[int, Hashable], Any]
    sequences: dict[int, Content]


def joined(
    arms: list[Ended],
    gone: list[Ended],
    names: dict[str, Value],
    join: Callable[[list[Any]], Any],
) -> list[tuple[dict[Any, Any], Hashable, Any]]:
    """What each written slot is to hold after the arms: `join` of what they left in it.

    A slot that an arm did not write keeps its old value there; where it had none, what the others
    wrote stands alone. The `names` of a function are no longer seen in arms that are `gone`.
    """
    slots: dict[tuple[int, Hashable], tuple[dict[Any, Any], Hashable, Any]] = {}
    everywhere = [*arms, *gone]
    for arm in everywhere:
        for slot, entry in arm.journal.before.items():
            slots.setdefault(slot, entry)
    result = []
    for slot, (target, key, old) in slots.items():
        seen = arms if target is names else everywhere
        left = [arm.slots.get(slot, old) for arm in seen]
        present = [value for value in left if value is not MISSING]
        result.append((target, key, join(present) if present else MISSING))
    return result


def joined_sequences(arms: list[Ended], condition: Unknown) -> list[tuple[Sequence, Content]]:
    """What each changed sequence is to hold after the arms.

    The items that any of them has left in it, in order; where an arm has taken out what was there
    before, that stays and `condition` is a loss.
    """
    changed: dict[int, tuple[Sequence, Content]] = {}
    for arm in arms:
        for key, entry in arm.journal.sequences.items():
            changed.setdefault(key, entry)
    result = []
    for key, (sequence, before) in changed.items():
        contents = [arm.sequences.get(key, before) for arm in arms]
        contents.sort(key=lambda content: -len(content[0]))  # the order of the fullest counts
        items: list[Value] = []
        losses: list[Unknown] = []
        for left, lost, _ in contents:
            items.extend(_without(left, items))
            losses.extend(loss for loss in lost[:_LOSSES] if loss not in losses)
        if any(_without(before[0], left) for left, _, _ in contents):
            losses.append(condition)
        sure = min(len(left) - min(maybe, len(left)) for left, _, maybe in contents)
        result.append((sequence, (items, losses, len(items) - sure)))
    return result


_LOSSES = 8  # of a sequence that are kept when arms are joined: one is enough to doubt it


def _content(sequence: Sequence) -> Content:
    return list(sequence.items), list(sequence.losses), sequence.maybe


def _without(items: list[Value], others: list[Value]) -> list[Value]:
    """The items that are not among the others, each of which accounts for one."""
    if items[: len(others)] == others:
        return items[len(others) :]
    if others[: len(items)] == items:
        return []
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
