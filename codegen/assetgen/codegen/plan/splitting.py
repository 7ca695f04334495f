"""Steps that wait for one another in a circle, divided as Dagster divides them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.steps import AssetInput, AssetStep

_Levels = Mapping[AssetKey, int]


@dataclass(frozen=True, slots=True)
class Divided:
    """Steps, and the names of those that are a part of one."""

    steps: tuple[AssetStep, ...]
    parts: frozenset[str]


def divided(steps: tuple[AssetStep, ...], assets: Mapping[AssetKey, Asset]) -> Divided | None:
    """The steps with those taken apart that can make some of their assets without the others.

    Each time a way through the assets leaves a step it gets one level deeper; a part of a step is
    what lies at one level. None if the assets themselves depend on one another in a circle.
    """
    levels = _levels(steps, assets)
    if levels is None:
        return None
    made: list[AssetStep] = []
    apart: set[int] = set()
    for step in steps:
        own = sorted({levels[key] for _, key in step.assets})
        if len(own) < 2 or not step.can_subset:
            made.append(step)
            continue
        for level in own:
            apart.add(len(made))
            made.append(
                _part(step, {key for _, key in step.assets if levels[key] == level}, assets)
            )
    names = _names(made)
    parts = frozenset(names[number] for number in apart)
    return Divided(
        tuple(
            step if step.name == name else replace(step, name=name)
            for step, name in zip(made, names, strict=True)
        ),
        parts,
    )


def _levels(steps: Iterable[AssetStep], assets: Mapping[AssetKey, Asset]) -> _Levels | None:
    makers = {key: step.name for step in steps for _, key in step.assets}
    before = {key: _parents(key, assets) for key in makers}
    levels: dict[AssetKey, int] = {}
    try:
        order = [*TopologicalSorter(before).static_order()]
    except CycleError:
        return None
    for key in order:
        levels[key] = max(
            (
                # What nothing here makes is no step that could be left.
                levels[parent] + (parent in makers and makers[parent] != makers[key])
                for parent in before.get(key, ())
            ),
            default=0,
        )
    return levels


def _parents(key: AssetKey, assets: Mapping[AssetKey, Asset]) -> set[AssetKey]:
    asset = assets.get(key)
    return {each.key for each in asset.deps} - {key} if asset is not None else set()


def _part(step: AssetStep, keys: set[AssetKey], assets: Mapping[AssetKey, Asset]) -> AssetStep:
    """The step as far as it makes some of its assets."""
    wanted = {parent for key in keys for parent in _parents(key, assets)} - keys
    inputs = [feed for feed in step.inputs if feed.key in wanted]
    missing = sorted(wanted - {feed.key for feed in inputs})
    return replace(
        step,
        inputs=(*inputs, *_waits(missing, step)),
        assets=tuple(pair for pair in step.assets if pair[1] in keys),
        checks=tuple(check for check in step.checks if check[1] in keys),
    )


def _waits(keys: Iterable[AssetKey], step: AssetStep) -> Iterator[AssetInput]:
    return (AssetInput("", key, key, step.span, is_nothing=True) for key in keys)


def _names(steps: list[AssetStep]) -> list[str]:
    """The names that nodes get: of those that would have the same one, the first by its keys."""
    ranked = sorted(
        range(len(steps)), key=lambda number: sorted(key for _, key in steps[number].assets)
    )
    taken: dict[str, int] = {}
    names = [step.name for step in steps]
    for number in ranked:
        name = names[number]
        taken[name] = taken.get(name, 0) + 1
        if taken[name] > 1:
            names[number] = f"{name}_{taken[name]}"
    return names
