"""One code location: from its modules to its part of the model."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial

from assetgen.analyzer.evaluate.contribution import Contribution
from assetgen.analyzer.evaluate.machine import Machine
from assetgen.analyzer.evaluate.memory import Memory
from assetgen.analyzer.evaluate.values import Declared
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue, SourceAssetValue
from assetgen.analyzer.intrinsics.dagster.declared.checks import ChecksValue
from assetgen.analyzer.intrinsics.dagster.declared.definitions import AssetLike, DefinitionsValue
from assetgen.analyzer.intrinsics.dagster.declared.jobs import JobValue, ScheduleValue, SensorValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.intrinsics.dagster.definitions.definitions import brings_resources
from assetgen.analyzer.intrinsics.dagster.selections.selecting import Selector, selector_over
from assetgen.analyzer.model.assets import Asset, AssetCheck
from assetgen.analyzer.model.catalogue import COSTS_DEFINITIONS, diagnostic
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.pipeline import CodeLocation, Unreached
from assetgen.analyzer.model.spans import Origin, Span
from assetgen.analyzer.project.files.shown import shown
from assetgen.analyzer.project.locations.load_targets import LoadKind, LoadTarget
from assetgen.analyzer.resolve.assets.assets import Surroundings, build_graph
from assetgen.analyzer.resolve.assets.checks import build_checks, check_specs
from assetgen.analyzer.resolve.assets.conditions import unresolved_conditions
from assetgen.analyzer.resolve.environment import variables_of
from assetgen.analyzer.resolve.jobs.automation import (
    build_jobs,
    build_resources,
    build_schedules,
    build_sensors,
    jobs_of,
    targets_of,
)
from assetgen.analyzer.resolve.jobs.job_partitions import different_partitions, other_partitions
from assetgen.analyzer.resolve.jobs.job_resources import missing_in_jobs
from assetgen.analyzer.resolve.loading.holding import Holding, hold
from assetgen.analyzer.resolve.loading.loading import load
from assetgen.analyzer.resolve.reached import Reached
from assetgen.analyzer.resolve.refusals.asset_resources import misprovided
from assetgen.analyzer.resolve.refusals.check_partitions import misplaced_partitions
from assetgen.analyzer.resolve.refusals.check_subsets import partly_selected
from assetgen.analyzer.resolve.refusals.io_managers import used_as_managers
from assetgen.analyzer.resolve.refusals.job_configs import misconfigured
from assetgen.analyzer.resolve.refusals.keyless_assets import keyless
from assetgen.analyzer.resolve.refusals.partition_formats import repeated_keys
from assetgen.analyzer.resolve.refusals.partitioned_schedules import untimely_schedules
from assetgen.analyzer.resolve.refusals.repeated_names import repeated_names
from assetgen.analyzer.resolve.refusals.resource_names import misnamed_resources


@dataclass(frozen=True, slots=True)
class Resolved:
    """A code location, what is wrong in it, what it holds by place, and what it leaves out.

    `reached` are the places of definitions that it holds, `declared` those of all that its modules
    make, or at least of those that it does not hold: what is only in the second is unreached.
    """

    location: CodeLocation
    diagnostics: tuple[Diagnostic, ...]
    reached: Reached
    declared: Mapping[Origin, Unreached]


def resolve_location(machine: Machine, target: LoadTarget) -> Resolved:
    """Evaluate the target's modules and resolve what they define."""
    definitions = load(machine, target)
    if definitions is None:
        return _without_definitions(machine, target)
    memory = machine.memory
    holding = hold(definitions, memory)
    specs = check_specs(holding, memory)
    checks, duplicate_checks = build_checks(specs, holding, memory)
    resources = frozenset(binding.key for binding in definitions.resources)
    graph = build_graph(holding, Surroundings(resources, machine.loads()), memory)
    selector = selector_over(graph.assets, memory)
    assets = graph.assets
    if definitions.losses or memory.sparse(_has_doubted_key, "doubted keys", holding.values):
        assets = tuple(memory.each(_doubted, "doubted", assets))
    location = replace(
        _bare_location(target),
        assets=assets,
        checks=checks,
        steps=graph.steps,
        jobs=build_jobs(definitions, selector, resources),
        schedules=build_schedules(definitions, selector),
        sensors=build_sensors(definitions, selector),
        resources=build_resources(definitions),
        duplicates=graph.duplicates,
        environment=variables_of(machine),
        definitions=_place(definitions),
        of_repositories=definitions.loaded_apart,
    )
    has_own_resources = bool(memory.sparse(brings_resources, "brings", holding.values))
    problems = (
        *(() if definitions.loaded_apart else map(_defined_twice, duplicate_checks)),
        *_refusals(machine, definitions, holding, location, selector),
        *misplaced_partitions([spec for spec, *_ in specs], assets),
        *(misprovided(definitions) if has_own_resources else ()),
    )
    unknown = _unknown((*machine.diagnostics.values(), *problems))
    if not definitions.resources_known or has_own_resources:
        unknown = (*unknown, "resources")
    automations = (*definitions.jobs, *definitions.schedules, *definitions.sensors)
    return Resolved(
        replace(location, unknown=unknown),
        problems,
        _reached(definitions, holding, memory),
        declared_in(memory, machine.all_contributions(), (*holding.values, *automations)),
    )


def _without_definitions(machine: Machine, target: LoadTarget) -> Resolved:
    """A code location in whose modules nothing is found that Dagster would load."""
    location = replace(
        _bare_location(target),
        environment=variables_of(machine),
        unknown=_unknown(machine.diagnostics.values()),
    )
    declared = declared_in(machine.memory, machine.all_contributions())
    return Resolved(location, (), Reached(frozenset()), declared)


def _bare_location(target: LoadTarget) -> CodeLocation:
    """The code location without what it holds."""
    first = target.modules[0]
    module = first.name if target.kind is not LoadKind.MODULES else None
    return CodeLocation(target.name, module, shown(first.path))


def _refusals(
    machine: Machine,
    definitions: DefinitionsValue,
    holding: Holding,
    location: CodeLocation,
    selector: Selector,
) -> Iterator[Diagnostic]:
    """What Dagster refuses in a code location, and what is there on a condition only."""
    memory, assets = machine.memory, location.assets
    declared_jobs = jobs_of(definitions)
    yield from unresolved_conditions(holding.values, definitions, memory)
    yield from misnamed_resources(definitions)
    yield from different_partitions(location.jobs, selector)
    yield from other_partitions(declared_jobs, selector)
    yield from keyless(assets)
    yield from repeated_keys(assets, memory)
    if not definitions.loaded_apart:
        yield from repeated_names(definitions)
    yield from partly_selected(definitions, declared_jobs, selector)
    yield from untimely_schedules(definitions, selector)
    yield from used_as_managers(definitions, assets, holding.values, memory)
    yield from missing_in_jobs(definitions, declared_jobs)
    yield from misconfigured(machine, definitions, declared_jobs, location.jobs)


def _defined_twice(check: AssetCheck) -> Diagnostic:
    message = f"the check `{check.name}` of `{check.asset}` is defined twice"
    return diagnostic("duplicate-check", message, check.origin.span)


def _unknown(told: Iterable[Diagnostic]) -> tuple[str, ...]:
    """What there may be more of, by what could not be read."""
    rules = {each.rule for each in told}
    lost = {"assets": not rules.isdisjoint(COSTS_DEFINITIONS), "jobs": "unresolved-job" in rules}
    return tuple(name for name, is_lost in lost.items() if is_lost)


def _place(definitions: DefinitionsValue) -> Span | None:
    """The call that makes the `Definitions`, if it is one in the project's code."""
    return definitions.site.span if issubclass(definitions.site.kind, ast.Call) else None


_ALL_ATTRIBUTES = (
    *("automation_condition", "code_version", "description", "group_name", "io_manager_key"),
    *("is_executable", "is_graph", "kinds", "metadata", "multi_asset", "op_name", "owners"),
    *("partitions", "tags"),
)


def _has_doubted_key(value: AssetLike) -> bool:
    """Whether a definition makes an asset with one of several keys: a stub may be that one."""
    for spec in value.specs if isinstance(value, (AssetsValue, ChecksValue)) else (value,):
        condition = spec.site.condition
        if condition is not None and condition.reason == "told":
            return True
    return False


def _doubted(asset: Asset) -> Asset:
    """If definitions were lost, a stub may be one of them: then nothing is known about it."""
    return replace(asset, unknown=_ALL_ATTRIBUTES) if asset.kind == "stub" else asset


_KINDS: dict[type, str] = {
    AssetsValue: "asset",
    SourceAssetValue: "asset",
    SpecValue: "asset",
    ChecksValue: "check",
    JobValue: "job",
    ScheduleValue: "schedule",
    SensorValue: "sensor",
}


def _reached(definitions: DefinitionsValue, holding: Holding, memory: Memory) -> Reached:
    automations: tuple[ScheduleValue | SensorValue, ...] = (
        *definitions.schedules,
        *definitions.sensors,
    )
    targets = (target.job for each in automations for target in targets_of(each))
    jobs = (*definitions.jobs, *(job for job in targets if job is not None))
    others: list[Declared] = [*definitions.had_elsewhere, *automations, *jobs]
    if memory.is_last:
        return Reached(frozenset(), (*holding.values, *others))
    return Reached(set(memory.keys("origins", holding.values, _origins)), others)


def declared_in(
    memory: Memory, contributions: Iterable[Contribution], held: Sequence[Declared] = ()
) -> dict[Origin, Unreached]:
    """Everything that was defined while modules were evaluated, the first at each place; it may
    leave out what was defined where something is that is `held`."""
    given = list(contributions)
    sizes = {id(each): len(each.declared) for each in given}
    grown = memory.changed("declared", sizes)
    # What is remembered must hold for others that are held.
    reached = {id(value.site) for value in held} if memory.is_last else set()  # type: ignore[attr-defined]
    items_of = partial(_items, reached=reached)
    found: dict[Origin, Unreached] = {}
    for items in reversed(memory.each(items_of, "items", given, None, grown)):
        found.update(items)
    return found


def _items(contribution: Contribution, reached: Collection[int]) -> dict[Origin, Unreached]:
    """What a module defines, except at sites that are `reached`."""
    kinds = ((_kind(value), value) for value in reversed(contribution.declared))
    items = (
        _item(kind, value)
        for kind, value in kinds
        if kind is not None and id(value.site) not in reached  # type: ignore[attr-defined]
    )
    return {item.origin: item for item in items}


def _kind(value: Declared) -> str | None:
    """What a definition is called; a source that is only named stands for something elsewhere."""
    if isinstance(value, SourceAssetValue) and value.node is None:
        return "source asset"
    return _KINDS.get(type(value))


def _item(kind: str, value: Declared) -> Unreached:
    return Unreached(kind, _name(value), value.site.origin)  # type: ignore[attr-defined]


def _origins(value: Declared) -> tuple[Origin]:
    return (value.site.origin,)  # type: ignore[attr-defined]


def _name(value: Declared) -> str:
    if isinstance(value, AssetsValue):
        return str(value.outputs[0].spec.key) if len(value.outputs) == 1 else value.name
    if isinstance(value, (SpecValue, SourceAssetValue)):
        return str(value.key)
    name = getattr(value, "name", "")
    return str(name)
