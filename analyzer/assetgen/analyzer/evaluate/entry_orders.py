"""The order of the entries of dictionaries, which the arms of an unknown condition may change."""

from __future__ import annotations

from collections.abc import Hashable

from assetgen.analyzer.evaluate.values import Mapping
from assetgen.analyzer.model.dataclass import dataclass, field

Orders = dict[int, tuple[Mapping, list[Hashable]]]
"""Dictionaries with keys of theirs in order, by the `id` of their entries."""


@dataclass(slots=True, eq=False)
class EntryOrders:
    """Which entries an arm has `added` to dictionaries; and of those from which it has taken some,
    the order of all entries `before`."""

    added: Orders = field(default_factory=dict)
    before: Orders = field(default_factory=dict)

    def note_added(self, mapping: Mapping, key: Hashable) -> None:
        """To be called before an entry is added."""
        self.added.setdefault(id(mapping.entries), (mapping, []))[1].append(key)

    def note_taken(self, mapping: Mapping) -> None:
        """To be called before an entry is taken."""
        if id(mapping.entries) not in self.before:
            new = set(self.added.get(id(mapping.entries), (mapping, ()))[1])
            old = [key for key in mapping.entries if key not in new]
            self.before[id(mapping.entries)] = (mapping, old)

    def now(self) -> Orders:
        """The order in which the arm leaves the entries, as far as it may have changed it."""
        moved = {key: (mapping, list(mapping.entries)) for key, (mapping, _) in self.before.items()}
        return {**self.added, **moved}

    def restore(self) -> None:
        """To be called when the entries themselves are restored."""
        for mapping, order in self.before.values():
            entries = mapping.entries
            restored = {key: entries[key] for key in order if key in entries}
            entries.clear()
            entries.update(restored)


def disordered(left: list[Orders]) -> list[Mapping]:
    """The dictionaries whose entries the arms have left in other orders than they are in now."""
    return [
        mapping
        for mapping, order in (each for orders in left for each in orders.values())
        if order != _order_of(mapping, order)
    ]


def _order_of(mapping: Mapping, keys: list[Hashable]) -> list[Hashable]:
    """Some of the keys of a mapping as they are ordered there; most of them are at its end."""
    left = {key for key in keys if key in mapping.entries}
    found: list[Hashable] = []
    for key in reversed(mapping.entries):
        if not left:
            break
        if key in left:
            left.remove(key)
            found.append(key)
    return found[::-1]
