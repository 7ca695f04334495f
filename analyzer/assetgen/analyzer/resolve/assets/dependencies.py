"""Which asset a dependency means.

The algorithm is Dagster's: an exact key; else, for a key of one part, the only asset of the same
group that has this name; else the asset whose `dagster/table_name` is the dependency's; else a
stub.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from assetgen.analyzer.evaluate.memory import Memory
from assetgen.analyzer.intrinsics.dagster.declared.specs import Dep, SpecValue
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.literals import Literal
from assetgen.analyzer.resolve.loading.holding import Held, Holding

DEFAULT_GROUP = "default"
_TABLE_NAME = "dagster/table_name"


class Resolution(NamedTuple):
    """The upstream asset, and how it was found, in the words of `model.assets.Dependency`."""

    key: AssetKey
    how: str


Answers = dict[AssetKey, Resolution]
NO_ANSWERS: Answers = {}


class Resolver:
    """Resolves the dependencies of the assets of one code location.

    `keys` are those that have a definition; `open` are the assets with dependencies on other keys,
    and `answers` says what these mean, by the definition that has them.
    """

    def __init__(self, holding: Holding, memory: Memory) -> None:
        held = holding.held
        # A set made from a dictionary, or from another set, computes no hashes again.
        self.keys = set(holding.assets)
        self.keys.update(each.key for each in holding.shadowed)
        missing, asking = self._missing(held, memory)
        self.open = [each for each in held if id(each) in asking] if asking else []
        of_duplicates = chain.from_iterable(map(_keys_of_deps, holding.duplicates))
        undefined = missing.union(key for key in of_duplicates if key not in self.keys)
        self._by_group: dict[tuple[str, str], list[AssetKey]] = defaultdict(list)
        self._by_table: dict[str, list[AssetKey]] = defaultdict(list)
        if undefined:
            self._index(held, holding.shadowed, undefined, memory)
        self.answers = self._answers(held, holding.duplicates, memory)

    def of(self, owner: object) -> Answers:
        """What keys without a definition mean to a definition that depends on them."""
        answers = self.answers
        return answers.get(_definition(owner), NO_ANSWERS) if answers else NO_ANSWERS

    def known_of(self, held: Held) -> list[object]:
        """What is known about the keys that an asset depends on."""
        answers = self.of(held.owner)
        return [dep.key in self.keys or answers.get(dep.key) for dep in held.spec.deps]

    def _missing(self, held: tuple[Held, ...], memory: Memory) -> tuple[set[AssetKey], set[int]]:
        """The keys without a definition, and the assets that depend on them, by their identity."""
        if memory.is_last:
            keys = [(id(each), dep.key) for each in held for dep in each.spec.deps]
            asking = [pair for pair in keys if pair[1] not in self.keys]
            return {key for _, key in asking}, {identity for identity, _ in asking}
        mentions = memory.grouped("mentions", held, _keys_of_deps)
        missing = set(mentions) - self.keys
        return missing, set(chain.from_iterable(map(mentions.__getitem__, missing)))

    def _index(
        self,
        held: tuple[Held, ...],
        shadowed: list[Held],
        undefined: set[AssetKey],
        memory: Memory,
    ) -> None:
        """The keys that are looked up by group and name, and those that have a table."""
        wanted = {key.parts[0] for key in undefined if len(key.parts) == 1}
        for each in (
            *_named(held, wanted, memory),
            *(each for each in shadowed if each.key.name in wanted),
        ):
            group = each.spec.attributes.group_name or DEFAULT_GROUP
            self._by_group[group, each.key.name].append(each.key)
        with_tables = memory.sparse(
            _table, "tables", held, where=attrgetter("spec.attributes.metadata")
        )
        tables = [each for each in held if id(each) in with_tables] if with_tables else []
        for each in (*tables, *shadowed):
            table = _table(each)
            if table is not None:
                self._by_table[table].append(each.key)

    def _answers(
        self, held: tuple[Held, ...], duplicates: list[Held], memory: Memory
    ) -> dict[int, Answers]:
        """One answer for a whole definition, since Dagster rewrites it as a whole: what one of its
        assets finds in its group holds for all of them."""
        answers: dict[int, Answers] = {}
        wanted = {_definition(each.owner) for each in (*self.open, *duplicates)}
        definitions: Mapping[int, Mapping[int, Held]] = {}
        if wanted:
            asked = held
            if memory.is_last:
                asked = tuple([each for each in held if _definition(each.owner) in wanted])
            definitions = memory.grouped("definitions of", asked, _definition_of)
        for asking in wanted:
            members = definitions.get(asking, {})
            outputs = list(members.values())
            if asking == _EXTERNAL:
                outputs = [each for each in held if id(each) in members]
            outputs += [each for each in duplicates if _definition(each.owner) == asking]
            found = self._replacements(outputs)
            if found:
                answers[asking] = found
        return answers

    def _replacements(self, outputs: list[Held]) -> Answers:
        siblings = frozenset(held.key for held in outputs)
        found: Answers = {}
        for held in outputs:
            group = held.spec.attributes.group_name or DEFAULT_GROUP
            for dep in held.spec.deps:
                if dep.key not in self.keys:
                    resolution = self._in_group(dep, group, siblings) or self._at_table(dep)
                    if resolution is not None:
                        found[dep.key] = resolution
        return found

    def _in_group(self, dep: Dep, group: str, siblings: frozenset[AssetKey]) -> Resolution | None:
        if len(dep.key.parts) != 1:
            return None
        matches = self._by_group.get((group, dep.key.parts[0]), ())
        if len(matches) == 1 and matches[0] not in siblings:
            return Resolution(matches[0], "group")
        return None

    def _at_table(self, dep: Dep) -> Resolution | None:
        table = _table_name(dep.metadata)
        matches = self._by_table.get(table, ()) if table is not None else ()
        return Resolution(matches[0], "table") if matches else None


def _named(held: tuple[Held, ...], names: set[str], memory: Memory) -> list[Held]:
    """The assets with one of some names, in their order."""
    if memory.is_last:
        return [each for each in held if each.key.name in names]
    named = memory.grouped("names", held, _name)
    found = {identity for name in names for identity in named.get(name, ())}
    return [each for each in held if id(each) in found] if found else []


def _definition(owner: object) -> int:
    """The definition that an asset belongs to: all specs of external assets share one."""
    return _EXTERNAL if isinstance(owner, SpecValue) else id(owner)


def _definition_of(held: Held) -> tuple[int]:
    return (_definition(held.owner),)


_EXTERNAL = 0


def resolve(key: AssetKey, defined: set[AssetKey], answers: Answers) -> tuple[AssetKey, str]:
    """What a dependency on `key` means: a `Resolution`, or as much as one."""
    if key in defined:
        return key, "exact"
    return answers.get(key) or (key, "stub")


def _keys_of_deps(held: Held) -> tuple[AssetKey, ...]:
    return tuple(dep.key for dep in held.spec.deps)


def _name(held: Held) -> tuple[str]:
    return (held.key.name,)


def _table(held: Held) -> str | None:
    return _table_name(held.spec.attributes.metadata)


def _table_name(metadata: tuple[tuple[str, Literal], ...]) -> str | None:
    value = dict(metadata).get(_TABLE_NAME) if metadata else None
    return value if isinstance(value, str) else None
