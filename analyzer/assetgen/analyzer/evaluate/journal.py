"""Changes made while the arms of an unknown condition are evaluated, so that they can be joined."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

MISSING: Any = object()


@dataclass(slots=True, eq=False)
class Journal:
    """The slots (an entry of a dictionary) that one arm has written, and what they held before."""

    before: dict[tuple[int, Hashable], tuple[dict[Any, Any], Hashable, Any]] = field(
        default_factory=dict
    )

    def note(self, target: dict[Any, Any], key: Hashable) -> None:
        """Remember what `target[key]` holds, if it is written here for the first time."""
        slot = (id(target), key)
        if slot not in self.before:
            self.before[slot] = (target, key, target.get(key, MISSING))

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


def joined(
    journals: list[tuple[Journal, dict[tuple[int, Hashable], Any]]],
    join: Callable[[list[Any]], Any],
) -> list[tuple[dict[Any, Any], Hashable, Any]]:
    """What each written slot is to hold after the arms: `join` of what they left in it.

    A slot that an arm did not write keeps its old value there; where it had none, what the others
    wrote stands alone.
    """
    slots: dict[tuple[int, Hashable], tuple[dict[Any, Any], Hashable, Any]] = {}
    for journal, _ in journals:
        for slot, entry in journal.before.items():
            slots.setdefault(slot, entry)
    result = []
    for slot, (target, key, old) in slots.items():
        left = [after.get(slot, old) for _, after in journals]
        present = [value for value in left if value is not MISSING]
        result.append((target, key, join(present) if present else MISSING))
    return result
