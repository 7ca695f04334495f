"""Entries of a dictionary that are made of pairs, some of which may not be there."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.objects.doubts import Doubt, make_doubt
from assetgen.analyzer.evaluate.values import Mapping, Unknown, Value
from assetgen.analyzer.model.dataclass import dataclass, field

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine


@dataclass(slots=True, eq=False)
class DoubtedPairs:
    """What makes the entries of `mapping`. `made` are the keys of those that are there only if one
    of several items is: a pair, or whatever stands for it."""

    mapping: Mapping
    made: dict[Hashable, list[Value]] = field(default_factory=dict)

    def put(
        self,
        machine: Machine,
        hashed: Hashable,
        entry: tuple[Value, Value],
        item: Value,
        condition: Unknown | None,
    ) -> None:
        """Put an entry, which `item` makes; by an unknown `condition`, or else for certain. The
        last of several with the same key counts."""
        known = self.mapping.entries.get(hashed)
        if condition is None or known is None:
            self.made.pop(hashed, None)
            if condition is not None:
                self.made[hashed] = [item]
            machine.put(self.mapping, hashed, entry)
            return
        if hashed in self.made:
            self.made[hashed].append(item)
        either = machine.join([known[1], entry[1]], condition)
        machine.write(self.mapping.entries, hashed, (known[0], either))

    def losses(self, losses: Iterable[Unknown]) -> list[Unknown]:
        """The losses of the items, as those of the entries."""
        found: list[Unknown] = []
        every = frozenset(id(item) for items in self.made.values() for item in items)
        for loss in losses:
            if not isinstance(loss, Doubt):
                found.append(loss)
                continue
            states = [
                {key for key, items in self.made.items() if lacking.issuperset(map(id, items))}
                for lacking in loss.lacking or (every,)
            ]
            if any(states):
                found.append(self._doubt(loss.condition, states))
        return found

    def _doubt(self, condition: Unknown, states: list[set[Hashable]]) -> Doubt:
        names = {key: self.mapping.entries[key][0] for state in states for key in state}
        lacking = [{each for key in state for each in (key, id(names[key]))} for state in states]
        return make_doubt(condition, lacking, tuple(names.values()))
