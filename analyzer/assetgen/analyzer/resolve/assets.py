"""From what is held to the assets, steps and edges of the model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from operator import itemgetter

from assetgen.analyzer.evaluate.memory import Memory
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue, SourceAssetValue
from assetgen.analyzer.intrinsics.dagster.declared.checks import ChecksValue
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue, OpValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import Dep, SpecValue
from assetgen.analyzer.model.assets import Asset, Dependency
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.partitions import Partitions
from assetgen.analyzer.model.spans import Origin, Span
from assetgen.analyzer.model.steps import AssetInput, AssetStep
from assetgen.analyzer.resolve.dependencies import DEFAULT_GROUP, Resolution, Resolver, resolve
from assetgen.analyzer.resolve.holding import Held, Holding
from assetgen.analyzer.resolve.steps import definition_of, resource_parameters


@dataclass(frozen=True, slots=True)
class Graph:
    """The assets with stubs, and the steps that compute them, each sorted."""

    assets: tuple[Asset, ...]
    steps: tuple[AssetStep, ...]
    duplicates: tuple[Asset, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What counts beside the assets: the keys of the resources that the code location binds, its
    name, and the calls that found definitions among globals, by their identity."""

    resources: frozenset[str]
    location: str
    loads: Mapping[int, tuple[Span, ...]]


def build_graph(holding: Holding, around: Surroundings, memory: Memory) -> Graph:
    """Resolve every dependency."""
    resolver = Resolver((*holding.assets.values(), *holding.shadowed))
    defined = resolver.keys
    replaced = _replaced(holding, resolver)
    assets: dict[AssetKey, Asset] = {}
    for held in holding.assets.values():
        answers = replaced.get(id(held.owner), _NO_ANSWERS)
        assets[held.key] = _remembered(held, defined, answers, around, memory)
    for key in _beside_others(holding):
        assets[key] = replace(assets[key], is_multi_asset=True)
    for stub in _stubs(assets.values(), holding, around.location):
        assets[stub.key] = stub
    return Graph(
        tuple(assets[key] for key in sorted(assets)),
        tuple(_steps(holding, defined, replaced, around.resources, memory)),
        tuple(
            _asset(held, defined, replaced.get(id(held.owner), _NO_ANSWERS), around)
            for held in holding.duplicates
        ),
    )


_Answers = dict[AssetKey, Resolution]
_NO_ANSWERS: _Answers = {}


def _steps(
    holding: Holding,
    defined: set[AssetKey],
    replaced: Mapping[int, _Answers],
    resources: frozenset[str],
    memory: Memory,
) -> list[AssetStep]:
    hidden = _hidden(holding)
    steps: list[tuple[_Place, AssetStep]] = []
    for value in holding.definitions:
        if value.node is not None and id(value) not in hidden:
            answers = replaced.get(id(value), _NO_ANSWERS)
            make = partial(_step, value, defined, answers, resources)
            found = (resources, _answers(value.inputs, defined, answers))
            steps.append(memory.recall(partial(_placed, make), "step", (value,), found))
    for held in holding.assets.values():
        if isinstance(held.owner, SourceAssetValue) and held.owner.node is not None:
            make = partial(_observation, held.owner, held.owner.node, resources)
            steps.append(memory.recall(partial(_placed, make), "step", (held.owner,), resources))
    for check in holding.checks:
        if check.node:
            make = partial(_check_step, check, defined, resources)
            found = (resources, _answers(check.inputs, defined, _NO_ANSWERS))
            steps.append(memory.recall(partial(_placed, make), "step", (check,), found))
    steps.sort(key=itemgetter(0))
    return [step for _, step in steps]


_Place = tuple[str, tuple[Span, ...]]


def _placed(make: Callable[[], AssetStep]) -> tuple[_Place, AssetStep]:
    """A step, and what it is sorted by."""
    step = make()
    origin = step.origin
    return (step.name, (origin.span, *origin.chain) if origin is not None else ()), step


def _answers(deps: Iterable[Dep], defined: set[AssetKey], answers: _Answers) -> list[object]:
    """What is known elsewhere of the keys that something depends on."""
    return [dep.key in defined or answers.get(dep.key) for dep in deps]


def _remembered(
    held: Held, defined: set[AssetKey], answers: _Answers, around: Surroundings, memory: Memory
) -> Asset:
    loads = around.loads.get(id(held.owner.identity), ())
    found = _answers(held.spec.deps, defined, answers)
    return memory.recall(
        partial(_asset, held, defined, answers, around),
        "asset",
        (held.spec, held.owner),
        (around.resources, around.location, loads, found),
    )


def _replaced(holding: Holding, resolver: Resolver) -> dict[int, dict[AssetKey, Resolution]]:
    by_owner: dict[int, list[Held]] = {}
    for held in (*holding.assets.values(), *holding.duplicates):
        by_owner.setdefault(id(held.owner), []).append(held)
    return {
        owner: resolver.replacements(outputs, frozenset(held.key for held in outputs))
        for owner, outputs in by_owner.items()
    }


def _asset(
    held: Held,
    defined: set[AssetKey],
    replaced: _Answers,
    around: Surroundings,
) -> Asset:
    attributes = held.spec.attributes
    owner = held.owner
    node = owner.node if isinstance(owner, (AssetsValue, SourceAssetValue)) else None
    filled = (
        resource_parameters(node, around.resources) if isinstance(node, OpValue) else frozenset()
    )
    deps = tuple(
        _dependency(dep, defined, replaced)
        for dep in held.spec.deps
        if dep.input is None or dep.input not in filled
    )
    unknown = set(attributes.unknown)
    if held.spec.deps_losses:
        unknown.add("deps")
    return Asset(
        key=held.key,
        kind=_kind(owner),
        origin=owner.site.origin,
        deps=deps,
        group_name=attributes.group_name or DEFAULT_GROUP,
        description=attributes.description,
        owners=attributes.owners,
        tags=attributes.tags,
        kinds=attributes.kinds,
        metadata=attributes.metadata,
        code_version=attributes.code_version,
        io_manager_key=attributes.io_manager_key,
        partitions=attributes.partitions,
        automation_condition=attributes.automation_condition,
        backfill_policy=attributes.backfill_policy,
        freshness_policy=attributes.freshness_policy,
        auto_observe_interval_minutes=attributes.auto_observe_interval_minutes,
        pool=attributes.pool,
        is_virtual=attributes.is_virtual,
        is_skippable=attributes.is_skippable or _is_optional_spec(owner),
        is_multi_asset=isinstance(owner, AssetsValue) and len(owner.outputs) > 1,
        can_subset=isinstance(owner, AssetsValue) and owner.can_subset,
        is_graph_backed=isinstance(node, GraphValue),
        step=node.name if node is not None else None,
        output=held.output.name if held.output is not None else None,
        code_location=around.location,
        unknown=tuple(sorted(unknown)),
        conditional=owner.site.condition.message if owner.site.condition is not None else None,
        places=tuple(sorted((name, site.span) for name, site in attributes.places.items())),
        loaders=around.loads.get(id(owner.identity), ()),
    )


def _is_optional_spec(owner: object) -> bool:
    """A multi-asset by specs that can be made in part may leave any of them out."""
    return isinstance(owner, AssetsValue) and owner.uses_specs and owner.can_subset


def _hidden(holding: Holding) -> frozenset[int]:
    """The definitions all of whose assets `SourceAsset`s have taken the keys of: nothing of them
    is computed."""
    left = {id(held.owner) for held in (*holding.assets.values(), *holding.duplicates)}
    return frozenset(id(held.owner) for held in holding.shadowed) - left


def _beside_others(holding: Holding) -> frozenset[AssetKey]:
    """External specs that are not alone: Dagster makes one definition of all those that have the
    same partitions."""
    together: dict[Partitions | None, list[AssetKey]] = {}
    for held in holding.assets.values():
        if isinstance(held.owner, SpecValue):
            together.setdefault(held.spec.attributes.partitions, []).append(held.key)
    return frozenset(key for keys in together.values() if len(keys) > 1 for key in keys)


def _kind(owner: object) -> str:
    if isinstance(owner, AssetsValue):
        if owner.kind in ("observable", "multi_observable"):
            return "observable"
        return "materializable" if owner.node is not None else "external"
    if isinstance(owner, SourceAssetValue) and owner.node is not None:
        return "observable"
    return "external"


def _dependency(
    dep: Dep, defined: set[AssetKey], replaced: dict[AssetKey, Resolution]
) -> Dependency:
    resolution = resolve(dep.key, defined, replaced)
    return Dependency(
        key=resolution.key,
        declared=dep.key,
        how=dep.how,
        span=dep.site.span,
        loads_value=dep.loads_value,
        resolution=resolution.how,
        partition_mapping=dep.partition_mapping,
    )


def _step(
    value: AssetsValue,
    defined: set[AssetKey],
    replaced: dict[AssetKey, Resolution],
    resources: frozenset[str],
) -> AssetStep:
    node = value.node
    assert node is not None
    filled = resource_parameters(node, resources) if isinstance(node, OpValue) else frozenset()
    return AssetStep(
        name=node.name,
        kind=value.kind,
        definition=definition_of(node, resources),
        inputs=tuple(_inputs(value.inputs, filled, defined, replaced)),
        assets=tuple((output.name, output.spec.key) for output in value.outputs),
        checks=tuple(
            (_output_name(check.asset, check.name), check.asset, check.name)
            for check in value.checks
        ),
        can_subset=value.can_subset,
        uses_specs=value.uses_specs,
        origin=value.site.origin,
    )


def _observation(value: SourceAssetValue, node: OpValue, resources: frozenset[str]) -> AssetStep:
    definition = definition_of(node, resources)
    return AssetStep(
        name=node.name,
        kind="observable",
        definition=definition,
        inputs=(),
        assets=(("result", value.key),),
        origin=value.site.origin,
    )


def _check_step(value: ChecksValue, defined: set[AssetKey], resources: frozenset[str]) -> AssetStep:
    node = value.node
    assert node is not None
    filled = resource_parameters(node, resources)
    return AssetStep(
        name=node.name,
        kind=value.kind,
        definition=definition_of(node, resources),
        inputs=tuple(_inputs(value.inputs, filled, defined, {})),
        assets=(),
        checks=tuple(
            (_output_name(spec.asset, spec.name), spec.asset, spec.name) for spec in value.specs
        ),
        can_subset=value.can_subset,
        uses_specs=True,
        origin=value.site.origin,
    )


def _output_name(asset: AssetKey, name: str) -> str:
    return f"{'__'.join(asset.parts)}_{name}"


def _inputs(
    deps: Iterable[Dep],
    filled: frozenset[str],
    defined: set[AssetKey],
    replaced: dict[AssetKey, Resolution],
) -> Iterator[AssetInput]:
    for dep in deps:
        if dep.input is not None and dep.input in filled:
            continue
        yield AssetInput(
            input=dep.input or "__".join(dep.key.parts),
            key=resolve(dep.key, defined, replaced).key,
            declared=dep.key,
            span=dep.site.span,
            partition_mapping=dep.partition_mapping,
            metadata=dep.metadata,
            is_nothing=not dep.loads_value,
        )


def _stubs(assets: Iterable[Asset], holding: Holding, location: str) -> list[Asset]:
    """External assets for keys that something depends on, or checks, and nothing defines."""
    places: dict[AssetKey, Origin] = {}
    defined = set(holding.assets)
    for asset in assets:
        for dependency in asset.deps:
            if dependency.key not in defined:
                places.setdefault(dependency.key, Origin(dependency.span))
    specs = [spec for value in holding.checks for spec in value.specs]
    specs += [spec for value in holding.definitions for spec in value.checks]
    for spec in specs:
        if spec.asset not in defined:
            places.setdefault(spec.asset, spec.site.origin)
    return [Asset(key, "stub", origin, code_location=location) for key, origin in places.items()]
