"""Which asset a dependency means.

The algorithm is Dagster's: an exact key; else, for a key of one part, the only asset of the same
group whose name it is; else the asset whose `dagster/table_name` is the dependency's; else a stub.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from assetgen.analyzer.intrinsics.dagster.declared.specs import Dep
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.literals import Literal
from assetgen.analyzer.resolve.holding import Held

DEFAULT_GROUP = "default"
_TABLE_NAME = "dagster/table_name"


@dataclass(frozen=True, slots=True)
class Resolution:
    """The asset meant, and how it was found, in the words of `model.assets.Dependency`."""

    key: AssetKey
    how: str


class Resolver:
    """Resolves the dependencies of one code location's assets."""

    def __init__(self, assets: Iterable[Held]) -> None:
        self.keys: set[AssetKey] = set()
        self.by_group: dict[tuple[str, str], list[AssetKey]] = defaultdict(list)
        self.by_table: dict[str, list[AssetKey]] = defaultdict(list)
        for held in assets:
            self.keys.add(held.key)
            group = held.spec.attributes.group_name or DEFAULT_GROUP
            self.by_group[group, held.key.name].append(held.key)
            table = _table_name(held.spec.attributes.metadata)
            if table is not None:
                self.by_table[table].append(held.key)

    def replacements(
        self, outputs: Iterable[Held], siblings: frozenset[AssetKey]
    ) -> dict[AssetKey, Resolution]:
        """What the undefined dependencies of one definition's assets mean.

        One answer for the whole definition, as Dagster rewrites it: what one of its assets finds
        in its group holds for all of them. `siblings` are the definition's own keys.
        """
        found: dict[AssetKey, Resolution] = {}
        for held in outputs:
            group = held.spec.attributes.group_name or DEFAULT_GROUP
            for dep in held.spec.deps:
                if dep.key not in self.keys:
                    resolution = self._by_name(dep, group, siblings) or self._by_table(dep)
                    if resolution is not None:
                        found[dep.key] = resolution
        return found

    def _by_name(self, dep: Dep, group: str, siblings: frozenset[AssetKey]) -> Resolution | None:
        if len(dep.key.parts) != 1:
            return None
        matches = self.by_group.get((group, dep.key.parts[0]), ())
        if len(matches) == 1 and matches[0] not in siblings:
            return Resolution(matches[0], "group")
        return None

    def _by_table(self, dep: Dep) -> Resolution | None:
        table = _table_name(dep.metadata)
        matches = self.by_table.get(table, ()) if table is not None else ()
        return Resolution(matches[0], "table") if matches else None


def resolve(
    key: AssetKey, defined: set[AssetKey], replaced: dict[AssetKey, Resolution]
) -> Resolution:
    """What a dependency on `key` means."""
    if key in defined:
        return Resolution(key, "exact")
    return replaced.get(key) or Resolution(key, "stub")


def _table_name(metadata: tuple[tuple[str, Literal], ...]) -> str | None:
    value = dict(metadata).get(_TABLE_NAME)
    return value if isinstance(value, str) else None
