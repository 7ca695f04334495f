"""What a collection may hold, if that depends on unknown conditions."""

from __future__ import annotations

import itertools
import math
from collections.abc import Hashable

from assetgen.analyzer.evaluate.objects.doubts import Doubt
from assetgen.analyzer.evaluate.values import Choice, Mapping, Sequence, Value


def states(value: Value, limit: int) -> Choice | None:
    """The possible states of a collection, if it is known what each lacks and there are at most
    `limit`.

    Doubts that the same condition decides are treated as independent.
    """
    if not isinstance(value, (Sequence, Mapping)) or not value.losses:
        return None
    ways: list[tuple[frozenset[Hashable], ...]] = []
    for loss in value.losses:
        if not isinstance(loss, Doubt) or len(loss.lacking) < 2:
            return None
        ways.append(loss.lacking)
    if math.prod(map(len, ways)) > limit:
        return None
    found = dict.fromkeys(frozenset[Hashable]().union(*way) for way in itertools.product(*ways))
    condition = value.losses[0].causes[0]
    return Choice(tuple(_state(value, lacking) for lacking in found), condition)


def _state(value: Sequence | Mapping, lacking: frozenset[Hashable]) -> Value:
    if isinstance(value, Sequence):
        return Sequence(value.kind, [item for item in value.items if id(item) not in lacking])
    entries = {
        key: entry
        for key, entry in value.entries.items()
        if key not in lacking and id(entry[0]) not in lacking
    }
    return Mapping(value.kind, entries, default_factory=value.default_factory)
