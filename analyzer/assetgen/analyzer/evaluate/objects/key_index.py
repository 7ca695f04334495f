"""Which keys the items of a collection have, so that many membership tests cost as much as one."""

from __future__ import annotations

from collections.abc import Hashable

from assetgen.analyzer.evaluate.objects.hashing import hash_key
from assetgen.analyzer.evaluate.values import Constant, Sequence, Value
from assetgen.analyzer.model.dataclass import dataclass, field

_HELD = 8  # collections that are asked about in turn
FEW = 8  # items that are iterated over faster than they are indexed


@dataclass(slots=True, eq=False)
class Index:
    """The keys of `items` as they were; `is_plain` if all of these are constants that have one.

    It holds on to the collection, whose `id` it is found by.
    """

    sequence: Sequence
    items: list[Value] = field(default_factory=list)
    keys: set[Hashable] = field(default_factory=set)
    is_plain: bool = True


class KeyIndex:
    """Indices of the collections that were asked about last."""

    def __init__(self) -> None:
        self._indices: dict[int, Index] = {}

    def of(self, sequence: Sequence) -> Index:
        """The index of a collection as it is now; made again if it has changed other than at its
        end."""
        index = self._indices.pop(id(sequence), None)
        if index is None or sequence.items[: len(index.items)] != index.items:
            index = Index(sequence)
        for item in sequence.items[len(index.items) :]:
            key = hash_key(item)
            if key is not None:
                index.keys.add(key)
            index.items.append(item)
            index.is_plain = index.is_plain and key is not None and type(item) is Constant
        if len(self._indices) >= _HELD:
            del self._indices[next(iter(self._indices))]
        self._indices[id(sequence)] = index
        return index
