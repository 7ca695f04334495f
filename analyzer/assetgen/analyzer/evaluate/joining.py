"""What the arms of an unknown condition have changed, joined into one state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from operator import is_
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.entry_orders import disordered
from assetgen.analyzer.evaluate.journal import (
    MISSING,
    Content,
    Ended,
    changing,
    changing_mapping,
    is_older,
)
from assetgen.analyzer.evaluate.objects.doubted_names import BESIDE, doubts_in, with_doubts
from assetgen.analyzer.evaluate.objects.doubts import (
    Doubt,
    absent,
    disorder,
    doubt,
    make_doubt,
    united,
)
from assetgen.analyzer.evaluate.objects.iteration import ITEMS_PER_STEP
from assetgen.analyzer.evaluate.values import Instance, Mapping, Sequence, Unknown, Value

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.frame import Frame
    from assetgen.analyzer.evaluate.machine import Machine

Slot = tuple[dict[Any, Any], Hashable, Any]
"""A dictionary, a key of it, and what is to be there."""

_SLOTS_PER_STEP = 2
"""How many slots that are joined after the arms cost as much as one statement."""


def join(
    machine: Machine, arms: list[Ended], before: list[Ended], frame: Frame, condition: Unknown
) -> None:
    """Make the state that of any one of several arms; in the arms of `before`, the function had
    returned earlier."""
    since = min((arm.journal.age for arm in (*arms, *before)), default=0)
    slots, lost = _joined(
        arms,
        before,
        frame.scope.names,
        lambda found: _join(machine, found, condition, since),
        condition,
    )
    machine.step(len(slots) // _SLOTS_PER_STEP)
    owners = _owners([*arms, *before])
    named = frozenset[int]().union(*(arm.journal.named for arm in (*arms, *before)))
    for mapping, losses in lost:
        changing_mapping(machine.journals, mapping)
        mapping.losses[:] = losses
    for slot in slots:
        _put(machine, slot, owners.get(id(slot[0])), id(slot[0]) in named)
    for mapping in disordered([arm.orders for arm in (*arms, *before)]):
        changing_mapping(machine.journals, mapping)
        mapping.losses.append(disorder(condition))
    for sequence, (items, losses) in _joined_sequences([*arms, *before], condition):
        machine.step(1 + len(items) // ITEMS_PER_STEP)
        changing(machine.journals, sequence)
        sequence.items[:], sequence.losses[:] = items, losses


def _put(machine: Machine, slot: Slot, owner: Mapping | Instance | None, is_named: bool) -> None:
    """Write a slot, or erase it, and note that for the arms around these; `is_named` if it is a
    name of a scope, class or function."""
    target, key, value = slot
    if owner is not None and not is_older(machine.journals, owner):
        if value is MISSING:
            target.pop(key, None)
        else:
            target[key] = value
        return
    if isinstance(owner, Instance):
        machine.journals[-1].note_object(owner)
    if is_named and machine.journals:
        machine.journals[-1].note_name(target, key)
    if isinstance(owner, Mapping) and (value is MISSING or key not in target):
        machine.journals[-1].note_order(owner, None if value is MISSING else key)
    if value is MISSING:
        machine.erase(target, key)
    else:
        machine.write(target, key, value)


def _owners(arms: list[Ended]) -> dict[int, Mapping | Instance]:
    """The mappings and instances whose entries and attributes the arms have written, by the `id` of
    the dictionary that holds these."""
    found: dict[int, Mapping | Instance] = {}
    for arm in arms:
        found.update(arm.journal.objects)
        found.update((key, mapping) for key, (mapping, _) in arm.journal.mappings.items())
    return found


def _join(machine: Machine, found: list[Any], condition: Unknown, since: int) -> Any:
    """Join one slot: a value, or an entry of a mapping (its key and value)."""
    if isinstance(found[0], tuple):
        return found[0][0], machine.join([entry[1] for entry in found], condition, since)
    return machine.join(found, condition, since)


def _joined(
    arms: list[Ended],
    gone: list[Ended],
    names: dict[str, Value],
    either: Callable[[list[Any]], Any],
    condition: Unknown,
) -> tuple[list[Slot], list[tuple[Mapping, list[Unknown]]]]:
    """What each written slot is to hold after the arms: `either` of what they left in it; and what
    each mapping is to have lost.

    A slot that an arm did not write keeps its old value there; where it had none, what the others
    wrote stands alone: of an entry of a mapping it is doubted that it is there. The `names` of a
    function are no longer seen in arms that are `gone`.
    """
    everywhere = [*arms, *gone]
    joining = _Joining(everywhere, either, condition)
    slots: dict[tuple[int, Hashable], Slot] = {}
    for arm in everywhere:
        for slot, entry in arm.journal.before.items():
            slots.setdefault(slot, entry)
    for slot, (target, key, old) in slots.items():
        if key != BESIDE:
            joining.add(slot, target, old, arms if target is names else everywhere)
    return [*joining.slots, *joining.doubts_of_names()], joining.losses()


class _Joining:
    """The slots that several arms have written, one after the other.

    `_lacks` has for each mapping which entries each arm has left out, and `_held` their keys;
    `_doubted` for each dictionary of names which of them are bound under a condition.
    """

    def __init__(
        self, arms: list[Ended], either: Callable[[list[Any]], Any], condition: Unknown
    ) -> None:
        self._arms = arms
        self._either = either
        self._condition = condition
        self._objects = {key for arm in arms for key in arm.journal.objects}
        self._named = {key: each for arm in arms for key, each in arm.journal.named.items()}
        self._lacks: dict[int, list[set[Hashable]]] = {}
        self._held: list[Value] = []
        self._doubted: dict[int, dict[Any, tuple[Value, Unknown] | None]] = {}
        self.slots: list[Slot] = []

    def add(
        self, slot: tuple[int, Hashable], target: dict[Any, Any], old: Any, seen: list[Ended]
    ) -> None:
        """A slot that held `old` before, with what the arms by which it is `seen` have left in
        it."""
        identity, key = slot
        left = [arm.slots.get(slot, old) for arm in seen]
        present = [value for value in left if value is not MISSING]
        may_lack = 0 < len(present) < len(left)
        if may_lack and identity in self._objects:
            present.append(absent(self._condition))
        value = self._either(present) if present else MISSING
        self.slots.append((target, key, value))
        if identity in self._named:
            cause = self._condition if may_lack else _doubted(seen, slot, left, target)
            said = (value, cause) if present and cause is not None else None
            self._doubted.setdefault(identity, {})[key] = said
        if may_lack and isinstance(present[0], tuple):
            self._note_lacking(identity, key, present[0][0], left)

    def _note_lacking(self, identity: int, key: Hashable, name: Value, left: list[Any]) -> None:
        lacking = self._lacks.setdefault(identity, [set() for _ in left])
        self._held.append(name)
        for state, value in zip(lacking, left, strict=True):
            if value is MISSING:
                state.update((key, id(name)))

    def doubts_of_names(self) -> Iterator[Slot]:
        """What stands beside names of which it is doubted that they are bound."""
        for identity, changed in self._doubted.items():
            doubts = with_doubts(self._named[identity], changed)
            if doubts is not None:
                yield self._named[identity], BESIDE, doubts

    def losses(self) -> list[tuple[Mapping, list[Unknown]]]:
        """What each mapping has lost in any of the arms, and the entries that it may lack."""
        result = []
        changed = {key: entry for arm in self._arms for key, entry in arm.journal.mappings.items()}
        for key, (mapping, before) in changed.items():
            lost = [loss for arm in self._arms for loss in arm.mappings.get(key, before)]
            losses = _kept(list({id(loss): loss for loss in lost}.values()), [])
            if key in self._lacks:
                losses.append(make_doubt(self._condition, self._lacks[key], tuple(self._held)))
            result.append((mapping, losses))
        return result


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


def _joined_sequences(arms: list[Ended], condition: Unknown) -> list[tuple[Sequence, Content]]:
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
