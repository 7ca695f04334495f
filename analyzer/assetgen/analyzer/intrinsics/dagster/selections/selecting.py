"""Which assets a selection matches in the graph of a code location."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar

from assetgen.analyzer.evaluate.memory import Memory
from assetgen.analyzer.intrinsics.dagster.declared.selections import (
    AllAssets,
    ChecksSelected,
    Downstream,
    Ends,
    FieldSelected,
    KeyMatched,
    KeysSelected,
    PrefixesSelected,
    Selection,
    SetOperation,
    UnknownSelection,
    Upstream,
    WithoutChecks,
)
from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.reachability import reachable
from assetgen.analyzer.model.spans import NOWHERE, Origin

_MATERIALIZABLE = "materializable"
Member = TypeVar("Member")


def selector_over(assets: tuple[Asset, ...], memory: Memory) -> Selector:
    """A selector over assets; the last one, if these do not differ in anything that it uses."""
    last: Selector | None = memory.last("selector")
    others = memory.sparse(_is_other, "not materializable", assets)
    by_key = memory.indexed("selected from", assets, attrgetter("key"))
    if last is None or not _is_selected_alike(last.given, assets):
        last = Selector(assets, by_key, {asset.key for asset, _ in others.values()})
    memory.put("selector", last)
    return last


def _is_selected_alike(before: tuple[Asset, ...], now: tuple[Asset, ...]) -> bool:
    return len(before) == len(now) and all(
        one is other or _bare(one) == _bare(other) for one, other in zip(before, now, strict=True)
    )


def _bare(asset: Asset) -> tuple[object, ...]:
    """An asset without the attributes that only say where it is and how it is described."""
    deps = tuple((dep.key, dep.partition_mapping) for dep in asset.deps)
    return deps, replace(
        asset, deps=(), origin=_NO_ORIGIN, places=(), loaders=(), description=None, conditional=None
    )


_NO_ORIGIN = Origin(NOWHERE)


def _is_other(asset: Asset) -> bool:
    """Whether an asset cannot be materialized."""
    return asset.kind != _MATERIALIZABLE


class Selector:
    """Evaluates selections over assets, each once; `assets` are those given by key, and `others`
    the keys of those that cannot be materialized, if they are known already."""

    def __init__(
        self,
        given: Iterable[Asset],
        assets: Mapping[AssetKey, Asset] | None = None,
        others: set[AssetKey] | None = None,
    ) -> None:
        self.given = tuple(given)
        self._selected: dict[Selection, frozenset[AssetKey] | None] = {}
        self.assets = assets if assets is not None else {asset.key: asset for asset in self.given}
        if others is None:
            others = {asset.key for asset in self.given if _is_other(asset)}
        self.materializable = set(self.assets) - others

    @cached_property
    def upstream(self) -> dict[AssetKey, set[AssetKey]]:
        """The assets that each depends on; most selections do not need them."""
        return {
            key: {dep.key for dep in asset.deps if dep.key in self.assets}
            for key, asset in self.assets.items()
        }

    @cached_property
    def downstream(self) -> dict[AssetKey, set[AssetKey]]:
        """The assets that depend on each."""
        found: dict[AssetKey, set[AssetKey]] = defaultdict(set)
        for key, parents in self.upstream.items():
            for parent in parents:
                found[parent].add(key)
        return found

    @cached_property
    def by_text(self) -> dict[str, list[AssetKey]]:
        """The keys as patterns see them, parts joined by slashes."""
        found: dict[str, list[AssetKey]] = defaultdict(list)
        for key in self.assets:
            found["/".join(key.parts)].append(key)
        return found

    @cached_property
    def by_group(self) -> Mapping[str, list[AssetKey]]:
        """The keys of each group."""
        found: dict[str, list[AssetKey]] = defaultdict(list)
        for key, asset in self.assets.items():
            found[asset.group_name].append(key)
        return found

    @cached_property
    def by_tag(self) -> Mapping[tuple[str, str], list[AssetKey]]:
        """The keys of the assets that have each tag."""
        found: dict[tuple[str, str], list[AssetKey]] = defaultdict(list)
        for key, asset in self.assets.items():
            for tag in asset.tags:
                found[tag].append(key)
        return found

    def select(self, selection: Selection) -> frozenset[AssetKey] | None:
        """The keys that it matches; None if that cannot be known. Keys that are not in the graph
        are left out."""
        if selection not in self._selected:
            self._selected[selection] = _SELECTORS[type(selection)](self, selection)
        return self._selected[selection]

    def missing(self, selection: Selection) -> tuple[AssetKey, ...]:
        """The keys for which a job over it is refused, sorted.

        These are keys that it names but no asset has, and those of external assets that it matches.
        """
        selected = self.select(selection) or frozenset()
        external = {key for key in selected if self.assets[key].kind in ("stub", "external")}
        lost = {key for key in keys_named(selection) if key not in self.assets}
        return tuple(sorted(lost | external))

    def all_of(self, selections: Iterable[Selection]) -> list[frozenset[AssetKey]] | None:
        """What each of some selections selects; None if that is not known of one."""
        found = [self.select(selection) for selection in selections]
        known = [keys for keys in found if keys is not None]
        return known if len(known) == len(found) else None


def keys_named(selection: Selection) -> Iterator[AssetKey]:
    """All keys that a selection names, at any depth."""
    if isinstance(selection, KeysSelected):
        yield from selection.keys
    elif isinstance(selection, SetOperation):
        for operand in selection.operands:
            yield from keys_named(operand)
    elif isinstance(selection, (Upstream, Downstream, Ends, WithoutChecks)):
        yield from keys_named(selection.child)


def _all(selector: Selector, selection: AllAssets) -> frozenset[AssetKey]:
    return frozenset(selector.assets if selection.include_sources else selector.materializable)


def _keys(selector: Selector, selection: KeysSelected) -> frozenset[AssetKey]:
    return frozenset(key for key in selection.keys if key in selector.assets)


def _matched(selector: Selector, selection: KeyMatched) -> frozenset[AssetKey]:
    if "*" not in selection.pattern:
        return frozenset(selector.by_text.get(selection.pattern, ()))
    matches = _pattern(selection.pattern).fullmatch
    found = (keys for text, keys in selector.by_text.items() if matches(text) is not None)
    return frozenset(chain.from_iterable(found))


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, text.split("*"))))


def _prefixes(selector: Selector, selection: PrefixesSelected) -> frozenset[AssetKey]:
    pool = selector.assets if selection.include_sources else selector.materializable
    return frozenset(
        key
        for key in pool
        if any(key.parts[: len(prefix)] == prefix for prefix in selection.prefixes)
    )


def _field(selector: Selector, selection: FieldSelected) -> frozenset[AssetKey] | None:
    reader = _FIELDS.get(selection.field)
    if reader is None:
        return None
    pool = selector.assets if selection.include_sources else selector.materializable
    candidates = _candidates(selector, selection)
    if candidates is not None:
        return frozenset(key for key in candidates if key in pool)
    return frozenset(key for key in pool if reader(selector.assets[key], selection))


def _candidates(selector: Selector, selection: FieldSelected) -> list[AssetKey] | None:
    """What a group or a tag that is written out matches; None for other selections."""
    value = selection.value or ""
    if selection.field == "group" and "*" not in value:
        return selector.by_group.get(value or "default", [])
    if selection.field == "tag" and selection.key is not None:
        return selector.by_tag.get((selection.key, value), [])
    return None


def _has_group_like(asset: Asset, selection: FieldSelected) -> bool:
    return _pattern(selection.value or "").fullmatch(asset.group_name) is not None


def _has_tag_named(asset: Asset, selection: FieldSelected) -> bool:
    names = [name for name, _ in asset.tags]
    return not names if selection.value is None else selection.value in names


_FIELDS: Mapping[str, Callable[[Asset, FieldSelected], bool]] = {
    "group": _has_group_like,
    "owner": lambda asset, selection: (
        selection.value in asset.owners if selection.value else not asset.owners
    ),
    "kind": lambda asset, selection: (
        selection.value in asset.kinds if selection.value else not asset.kinds
    ),
    "tag": _has_tag_named,
    "is": lambda asset, selection: (
        (asset.kind == _MATERIALIZABLE) is (selection.value == _MATERIALIZABLE)
    ),
    "table_name": lambda asset, selection: (
        dict(asset.metadata).get("dagster/table_name") == selection.value
    ),
}


def _checks(selector: Selector, selection: ChecksSelected) -> frozenset[AssetKey]:
    return frozenset()


def _without_checks(selector: Selector, selection: WithoutChecks) -> frozenset[AssetKey] | None:
    return selector.select(selection.child)


def _upstream(selector: Selector, selection: Upstream) -> frozenset[AssetKey] | None:
    return _around(selector, selection, selector.upstream)


def _downstream(selector: Selector, selection: Downstream) -> frozenset[AssetKey] | None:
    return _around(selector, selection, selector.downstream)


def _around(
    selector: Selector,
    selection: Upstream | Downstream,
    edges: Mapping[AssetKey, set[AssetKey]],
) -> frozenset[AssetKey] | None:
    start = selector.select(selection.child)
    if start is None:
        return None
    reached = reachable(start, edges, selection.depth)
    if isinstance(selection, Upstream):
        reached &= selector.materializable | start
    return frozenset(reached | start if selection.include_self else reached - start)


def _operation(selector: Selector, selection: SetOperation) -> frozenset[AssetKey] | None:
    operands = selector.all_of(selection.operands)
    if operands is None:
        return None
    return combine(selection.operator, operands)


def combine(operator: str, operands: list[frozenset[Member]]) -> frozenset[Member]:
    """The result of the operator of a `SetOperation` on sets."""
    if operator == "or":
        return frozenset().union(*operands)
    first, *others = operands
    return first.intersection(*others) if operator == "and" else first.difference(*others)


def _ends(selector: Selector, selection: Ends) -> frozenset[AssetKey] | None:
    child = selector.select(selection.child)
    return None if child is None else _ENDS[selection.which](selector, child)


def _roots(selector: Selector, child: frozenset[AssetKey]) -> frozenset[AssetKey]:
    """Those with none of the others upstream, not even through assets outside of the selection."""
    return frozenset(key for key in child if not _others(selector.upstream, key, child))


def _sinks(selector: Selector, child: frozenset[AssetKey]) -> frozenset[AssetKey]:
    return frozenset(key for key in child if not _others(selector.downstream, key, child))


def _others(
    edges: Mapping[AssetKey, set[AssetKey]], key: AssetKey, child: frozenset[AssetKey]
) -> set[AssetKey]:
    return reachable((key,), edges) & child - {key}


def _neighbours(selector: Selector, child: frozenset[AssetKey]) -> frozenset[AssetKey]:
    """Those that are always computed together with one of them."""
    whole = (selector.assets[key] for key in child)
    steps = {asset.step for asset in whole if not asset.can_subset} - {None}
    return child | {key for key, asset in selector.assets.items() if asset.step in steps}


def _sources(selector: Selector, child: frozenset[AssetKey]) -> frozenset[AssetKey]:
    parents = {parent for key in child for parent in selector.upstream[key]}
    return frozenset(parents - selector.materializable)


_ENDS: Mapping[str, Callable[[Selector, frozenset[AssetKey]], frozenset[AssetKey]]] = {
    "roots": _roots,
    "sinks": _sinks,
    "neighbours": _neighbours,
    "materializable": lambda selector, child: frozenset(child & selector.materializable),
    "sources": _sources,
}


def _unknown(selector: Selector, selection: UnknownSelection) -> None:
    return None


_SELECTORS: Mapping[type, Callable[[Selector, Any], frozenset[AssetKey] | None]] = {
    AllAssets: _all,
    KeysSelected: _keys,
    KeyMatched: _matched,
    PrefixesSelected: _prefixes,
    FieldSelected: _field,
    ChecksSelected: _checks,
    WithoutChecks: _without_checks,
    Upstream: _upstream,
    Downstream: _downstream,
    SetOperation: _operation,
    Ends: _ends,
    UnknownSelection: _unknown,
}
