"""Names that only some arms of an unknown condition have bound: they may not exist."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.values import Unknown, Value
from assetgen.analyzer.model.dataclass import dataclass

BESIDE: Final = "_<doubts>_"
"""Where the doubts about names lie, beside these."""


@dataclass(frozen=True, slots=True, eq=False)
class NameDoubts(Value):
    """For each name that may not be bound, what it stands for if it is, and what decides.

    It is true of a name for as long as it stands for that very value: what is bound later for
    certain is another one.
    """

    by_name: ReadOnlyMapping[str, tuple[Value, Unknown]]

    def of(self, name: str, value: object) -> Unknown | None:
        """What decides whether a name that stands for `value` is bound; None if it is for
        certain."""
        said = self.by_name.get(name)
        return said[1] if said is not None and said[0] is value else None


NO_DOUBTS: Final = NameDoubts({})


def doubts_in(names: ReadOnlyMapping[str, Value]) -> NameDoubts:
    """The doubts about names that lie beside these."""
    found = names.get(BESIDE)
    return found if isinstance(found, NameDoubts) else NO_DOUBTS


def doubt_of_name(names: ReadOnlyMapping[str, Value], name: str) -> Unknown | None:
    """What decides whether a name is bound that may not be; None for any other."""
    return doubts_in(names).of(name, names.get(name)) if BESIDE in names else None


def written(names: ReadOnlyMapping[str, Value]) -> Iterable[tuple[str, Value]]:
    """The names and what they stand for, without the doubts about them."""
    if BESIDE not in names:
        return names.items()
    return [(name, value) for name, value in names.items() if name != BESIDE]


def with_doubts(
    names: ReadOnlyMapping[str, Value],
    changed: ReadOnlyMapping[str, tuple[Value, Unknown] | None],
) -> NameDoubts | None:
    """The doubts about names after what is said of some of them has changed; None if that changes
    nothing."""
    before = doubts_in(names).by_name
    kept = {name: said for name, said in before.items() if name not in changed}
    new = {name: said for name, said in changed.items() if said is not None}
    return NameDoubts({**kept, **new}) if new or len(kept) < len(before) else None
