"""The environment variables of a code location, and what in it depends on each.

What depends on a variable is found by evaluating the location again: without its value if it has
one, with some value if it has none. What differs then depends on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from assetgen.analyzer.model.assets import Asset, AssetCheck
from assetgen.analyzer.model.automation import Job, Resource, Schedule, Sensor
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import fields_of
from assetgen.analyzer.model.environment import (
    EnvironmentEffect,
    EnvironmentRead,
    EnvironmentVariable,
)
from assetgen.analyzer.model.pipeline import CodeLocation

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine

Item = Asset | AssetCheck | Job | Schedule | Sensor | Resource

PROBE: Final = "1"
"""The value tried for a variable that has none; it works both as a name and as a number."""


def variables_of(machine: Machine) -> tuple[EnvironmentVariable, ...]:
    """The variables that were read while `machine` evaluated a location, sorted by name."""
    reads: dict[str, list[EnvironmentRead]] = {}
    for (name, _), read in machine.environment_reads.items():
        reads.setdefault(name, []).append(read)
    return tuple(
        EnvironmentVariable(name, _is_given(machine, name), tuple(sorted(reads[name])))
        for name in sorted(reads)
    )


def _is_given(machine: Machine, name: str) -> bool:
    return name in machine.environment or machine.environment.is_unset(name)


def askers_of(machine: Machine) -> dict[str, tuple[str, ...]]:
    """The modules that ask for an environment variable, by its name."""
    found: dict[str, tuple[str, ...]] = {}
    for module, contribution in machine.contributions.items():
        for name in contribution.variables:
            if name is not None:
                found[name] = (*found.get(name, ()), module)
    return found


Changes = Mapping[str, str | None]
"""Variables by name, with the value that each is given; None to withhold its value."""


def with_effects(
    location: CodeLocation,
    evaluate: Callable[[Changes], CodeLocation],
    askers: Mapping[str, tuple[str, ...]],
    asset: str | None = None,
) -> CodeLocation:
    """`location` with what depends on each of its variables; if `asset` is given, only for that
    one.

    `evaluate` gives the location with some variables changed. Only the modules that ask for a
    variable (`askers`) are evaluated again, and variables that the same modules ask for are tried
    together.
    """
    related = sorted(location.environment, key=lambda each: (askers.get(each.name, ()), each.name))
    changes = {
        variable.name: None if _has_value(variable) else PROBE
        for variable in related
        if any(read.when == "import" for read in variable.reads)
    }
    found = _found(location, evaluate, changes, asset)
    environment = (
        replace(variable, affects=found.get(variable.name, ())) for variable in location.environment
    )
    return replace(location, environment=tuple(environment))


def assumed_variables(location: CodeLocation) -> dict[str, None]:
    """The variables that code asks for while it is loaded, and for which only the code's own
    default is known here."""
    return {
        variable.name: None
        for variable in location.environment
        if not variable.is_given
        and any(read.when == "import" and read.has_default for read in variable.reads)
    }


def _has_value(variable: EnvironmentVariable) -> bool:
    return variable.is_given or any(read.has_default for read in variable.reads)


def _found(
    location: CodeLocation,
    evaluate: Callable[[Changes], CodeLocation],
    changes: Changes,
    asset: str | None,
    *,
    has_some: bool = False,
) -> dict[str, tuple[EnvironmentEffect, ...]]:
    """The effects of each change.

    Most changes have none: they are tried together, and halved until those with effects are found.
    With `has_some` it is known that several have effects, so that is not tried again.
    """
    if not changes:
        return {}
    if not has_some or len(changes) == 1:
        other = evaluate(changes)
        effects = (
            effect
            for effect in _effects(location, other)
            if asset is None or (effect.kind == "asset" and effect.name == asset)
        )
        found = tuple(sorted(set(effects), key=_order))
        if not found or len(changes) == 1:
            return dict.fromkeys(changes, found)
    names = list(changes)
    middle = len(names) // 2
    first = {each: changes[each] for each in names[:middle]}
    second = {each: changes[each] for each in names[middle:]}
    of_first = _found(location, evaluate, first, asset)
    is_left = not any(of_first.values())
    return {**of_first, **_found(location, evaluate, second, asset, has_some=is_left)}


def _order(effect: EnvironmentEffect) -> tuple[object, ...]:
    return (effect.kind, effect.name is None, effect.name or "", effect.span, effect.attributes)


def _effects(one: CodeLocation, other: CodeLocation) -> Iterator[EnvironmentEffect]:
    before, after = _items(one), _items(other)
    for (kind, name), item in before.items():
        twin = after.get((kind, name))
        changed = ("existence",) if twin is None else tuple(_changed(item, twin))
        if changed:
            yield EnvironmentEffect(kind, name, item.origin.span, changed)
    for key, item in after.items():
        if key not in before:
            yield EnvironmentEffect(key[0], None, item.origin.span, ("existence",))


def _items(location: CodeLocation) -> dict[tuple[str, str], Item]:
    items: dict[tuple[str, str], Item] = {}
    for asset in location.assets:
        if asset.kind != "stub":
            items["asset", str(asset.key)] = asset
    for check in location.checks:
        items["check", f"{check.asset}:{check.name}"] = check
    named: tuple[tuple[str, tuple[Job | Schedule | Sensor, ...]], ...] = (
        ("job", location.jobs),
        ("schedule", location.schedules),
        ("sensor", location.sensors),
    )
    for kind, group in named:
        items.update({(kind, item.name): item for item in group})
    items.update({("resource", item.key): item for item in location.resources})
    return items


def _changed(one: Item, other: Item) -> Iterator[str]:
    if type(one) is not type(other):
        yield "kind"
        return
    unknown = frozenset(getattr(one, "unknown", ())) ^ frozenset(getattr(other, "unknown", ()))
    conditional = getattr(one, "conditional", None) != getattr(other, "conditional", None)
    for name in fields_of(type(one)):
        if name in _NOT_COMPARED:
            continue
        before, after = getattr(one, name), getattr(other, name)
        if name in unknown or (before != after and _said(before) != _said(after)):
            yield name
    if conditional:
        yield "existence"


def _said(value: object) -> object:
    """What a value says, regardless of where it is written."""
    if isinstance(value, tuple):
        return tuple(_said(item) for item in value)
    if hasattr(value, "declared") and hasattr(value, "key"):
        return (value.key, value.declared, getattr(value, "how", None))
    return value


_NOT_COMPARED: Final = frozenset(
    {"origin", "unknown", "conditional", "step", "graph", "missing", "places", "loaders"}
)
