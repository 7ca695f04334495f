"""Which assets `--select` selects, in the same terms as a generated pipeline's own `--select`.

A selection is a list of terms, separated by commas or spaces; an asset is selected if it matches
one of them: `orders` or `raw/orders` (a key), `stg_*` (keys that match), `group:sales`,
`tag:tier=1`, `kind:dbt`, `owner:team:data`, `+orders` (with all upstream), `2+orders` (two steps
up), `orders+` (with all downstream), `orders+1` (one step down).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Final

from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.pipeline import CodeLocation, Pipeline
from assetgen.analyzer.model.reachability import reachable
from assetgen.analyzer.model.steps import AssetStep
from assetgen.cli.failure import UsageFailure

Edges = Mapping[AssetKey, Iterable[AssetKey]]


def selected(pipeline: Pipeline, terms: Iterable[str]) -> frozenset[AssetKey] | None:
    """The keys that the terms select, None if there are no terms.

    Raises UsageFailure for a term that selects no asset.
    """
    words = [word for term in terms for word in re.split(r"[,\s]+", term) if word]
    if not words:
        return None
    assets = [asset for location in pipeline.locations for asset in location.assets]
    upstream = {asset.key: {dep.key for dep in asset.deps} for asset in assets}
    downstream: dict[AssetKey, set[AssetKey]] = {}
    for key, parents in upstream.items():
        for parent in parents:
            downstream.setdefault(parent, set()).add(key)
    chosen: set[AssetKey] = set()
    for word in words:
        chosen |= _meant(word, assets, upstream, downstream)
    return frozenset(chosen)


def restricted(pipeline: Pipeline, keys: frozenset[AssetKey]) -> Pipeline:
    """The pipeline with these assets alone, and the edges between them."""
    return replace(pipeline, locations=tuple(_part(one, keys) for one in pipeline.locations))


def _meant(word: str, assets: list[Asset], upstream: Edges, downstream: Edges) -> set[AssetKey]:
    term = _TERM.fullmatch(word)
    if term is None:
        raise UsageFailure(f"--select {word}: not a key, a pattern or name:value")
    up, name, down = term["up"], term["name"], term["down"]
    field, colon, value = name.partition(":")
    matches = _FIELDS.get(field) if colon else None
    if colon and matches is None:
        raise UsageFailure(f"--select {word}: `{field}:` is none of {', '.join(_FIELDS)}")
    start = {
        asset.key
        for asset in assets
        if (matches(asset, value) if matches else fnmatchcase(str(asset.key), name))
    }
    if not start:
        raise UsageFailure(f"--select {word}: it selects no asset")
    found = set(start)
    if up is not None:
        found |= reachable(start, upstream, int(up) if up else None)
    if down is not None:
        found |= reachable(start, downstream, int(down) if down else None)
    return found


def _part(location: CodeLocation, keys: frozenset[AssetKey]) -> CodeLocation:
    steps = (_step(step, keys) for step in location.steps)
    return replace(
        location,
        assets=tuple(
            replace(asset, deps=tuple(dep for dep in asset.deps if dep.key in keys))
            for asset in location.assets
            if asset.key in keys
        ),
        checks=tuple(check for check in location.checks if check.asset in keys),
        steps=tuple(step for step in steps if step.assets or step.checks),
    )


def _step(step: AssetStep, keys: frozenset[AssetKey]) -> AssetStep:
    return replace(
        step,
        inputs=tuple(item for item in step.inputs if item.key in keys),
        assets=tuple((output, key) for output, key in step.assets if key in keys),
        checks=tuple((output, key, name) for output, key, name in step.checks if key in keys),
    )


def _has_tag(asset: Asset, wanted: str) -> bool:
    name, equals, value = wanted.partition("=")
    return any(tag == name and (not equals or held == value) for tag, held in asset.tags)


_FIELDS: Final[Mapping[str, Callable[[Asset, str], bool]]] = {
    "key": lambda asset, value: fnmatchcase(str(asset.key), value),
    "group": lambda asset, value: fnmatchcase(asset.group_name, value),
    "tag": _has_tag,
    "kind": lambda asset, value: value in asset.kinds,
    "owner": lambda asset, value: value in asset.owners,
}
_TERM: Final = re.compile(r"(?:(?P<up>\d*)\+)?(?P<name>[^+]+)(?:\+(?P<down>\d*))?")
