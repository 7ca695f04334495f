"""From the assets that a code location holds to the assets, steps and edges of the model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from operator import attrgetter, itemgetter

from assetgen.analyzer.evaluate.memory import Memory
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue, SourceAssetValue
from assetgen.analyzer.intrinsics.dagster.declared.checks import ChecksValue
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue, OpValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import Dep, SpecValue
from assetgen.analyzer.model.assets import Asset, Dependency
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.deferring import LATER, deferring
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.literals import Literal
from assetgen.analyzer.model.partitions import Partitions
from assetgen.analyzer.model.spans import Origin, Span
from assetgen.analyzer.model.steps import AssetInput, AssetStep
from assetgen.analyzer.resolve.assets.alternative_assets import or_the_other
from assetgen.analyzer.resolve.assets.conditions import condition_of
from assetgen.analyzer.resolve.assets.dependencies import (
    DEFAULT_GROUP,
    NO_ANSWERS,
    Answers,
    Resolver,
    resolve,
)
from assetgen.analyzer.resolve.assets.steps import definition_of, needs_of, resource_parameters
from assetgen.analyzer.resolve.loading.holding import Held, Holding


@dataclass(frozen=True, slots=True)
class Graph:
    """The assets with stubs, and the steps that compute them, each sorted."""

    assets: tuple[Asset, ...]
    steps: tuple[AssetStep, ...]
    duplicates: tuple[Asset, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else the assets depend on: the keys of the resources that the code location binds, and
    the calls that found definitions among globals, by identity."""

    resources: frozenset[str]
    loads: Mapping[int, tuple[Span, ...]]


def build_graph(holding: Holding, around: Surroundings, memory: Memory) -> Graph:
    """Resolve every dependency."""
    held = holding.held
    resolver = Resolver(holding, memory)
    linked = memory.sparse(
        lambda each: _asset(each, resolver.keys, resolver.of(each.owner), around),
        "asset",
        held,
        around.resources,
        _seen_otherwise(held, resolver, around, memory),
    )
    identities = list(map(id, held))
    found = map(itemgetter(1), map(linked.__getitem__, identities))
    assets = dict(zip(identities, found, strict=True))
    beside = _beside_others(held, memory)
    several = memory.each(_among_several, "beside others", [assets[each] for each in beside])
    assets.update(zip(beside, several, strict=True))
    duplicates = tuple(
        _asset(each, resolver.keys, resolver.of(each.owner), around) for each in holding.duplicates
    )
    for other in duplicates:
        held_one = id(holding.assets[other.key])
        assets[held_one] = or_the_other(assets[held_one], other)
    stubs = _stubs(holding, resolver, assets, memory)
    return Graph(
        memory.in_order("assets", (*assets.values(), *stubs), attrgetter("key")),
        _steps(holding, resolver, around.resources, memory),
        duplicates,
    )


def _seen_otherwise(
    held: tuple[Held, ...], resolver: Resolver, around: Surroundings, memory: Memory
) -> set[int]:
    """The assets, by their identity, about whose dependencies or loaders something else is known
    than the last time."""
    known = {id(each): resolver.known_of(each) for each in resolver.open}
    changed = memory.changed("known of deps", known)
    if not memory.is_last:
        by_identity = memory.grouped("identities", held, _identity_of)
        for each in memory.changed("loads", around.loads):
            changed.update(by_identity.get(each, ()))
    return changed


def _identity_of(held: Held) -> tuple[int]:
    return (id(held.owner.identity),)


def _among_several(asset: Asset) -> Asset:
    return replace(asset, is_multi_asset=True)


def _steps(
    holding: Holding, resolver: Resolver, resources: frozenset[str], memory: Memory
) -> tuple[AssetStep, ...]:
    computed = memory.sparse(
        lambda value: _computed(value, resolver.of(value), resources),
        "step",
        holding.definitions,
        resources,
        memory.changed("answers", resolver.answers),
    )
    if holding.shadowed:
        hidden = _hidden(holding)
        computed = {key: each for key, each in computed.items() if key not in hidden}
    observed = memory.sparse(
        lambda held: _observed(held, resources), "observation", holding.held, resources
    )
    checks = [check for check in holding.checks if check.node]
    of_checks = memory.each(
        lambda check: _check_step(check, resources), "check step", checks, resources
    )
    found = map(itemgetter(1), (*computed.values(), *observed.values()))
    steps = (*filter(None, found), *of_checks)
    # Places are made only where they decide.
    has_own_names = len(set(map(_name_of, steps))) == len(steps)
    order = _name_of if has_own_names else _name_and_place
    return memory.in_order(("steps", has_own_names), steps, order)


def _computed(value: AssetsValue, answers: Answers, resources: frozenset[str]) -> AssetStep | None:
    """The step of a definition that is materialized."""
    return _step(value, answers, resources) if value.node is not None else None


def _observed(held: Held, resources: frozenset[str]) -> AssetStep | None:
    """The step of a source that is observed."""
    owner = held.owner
    if not isinstance(owner, SourceAssetValue) or owner.node is None:
        return None
    return _observation(owner, resources)


def _name_and_place(step: AssetStep) -> tuple[str, tuple[Span, ...]]:
    origin = step.origin
    return step.name, (origin.span, *origin.chain) if origin is not None else ()


_name_of: Callable[[AssetStep], str] = attrgetter("name")


def _asset(held: Held, defined: set[AssetKey], answers: Answers, around: Surroundings) -> Asset:
    attributes = held.spec.attributes
    owner = held.owner
    node = owner.node if isinstance(owner, (AssetsValue, SourceAssetValue)) else None
    filled = (
        resource_parameters(node, around.resources) if isinstance(node, OpValue) else frozenset()
    )
    deps = held.spec.deps
    if filled:
        deps = tuple(dep for dep in deps if dep.input not in filled)
    unknown = set(attributes.unknown)
    if held.spec.deps_losses:
        unknown.add("deps")
    asset = Asset(
        key=held.key,
        kind=_kind(owner),
        origin=LATER,
        deps=tuple([_dependency(dep, defined, answers) for dep in deps]),
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
        unknown=tuple(sorted(unknown)),
        conditional=condition_of(owner.site, held.spec.site),
        places=LATER,
        loaders=around.loads.get(id(owner.identity), ()),
    )
    return deferring(asset, partial(_places, held), "origin", "places")


def _places(held: Held) -> dict[str, object]:
    """Where an asset and its attributes come from."""
    places = held.spec.attributes.places
    return {
        "origin": held.owner.site.origin,
        "places": tuple(sorted((name, site.span) for name, site in places.items())),
    }


def _is_optional_spec(owner: object) -> bool:
    """A multi-asset with specs that can be subset may leave any of them out."""
    return isinstance(owner, AssetsValue) and owner.uses_specs and owner.can_subset


def _hidden(holding: Holding) -> frozenset[int]:
    """The definitions of which `SourceAsset`s have taken all keys: nothing of them is computed."""
    left = {id(held.owner) for held in (*holding.held, *holding.duplicates)}
    return frozenset(id(held.owner) for held in holding.shadowed) - left


def _beside_others(held: tuple[Held, ...], memory: Memory) -> list[int]:
    """External specs that are not alone, by identity: Dagster makes a single definition of all
    those with the same partitions."""
    together: dict[Partitions | None, list[int]] = {}
    for identity, (each, _) in memory.sparse(_is_external, "external", held).items():
        together.setdefault(each.spec.attributes.partitions, []).append(identity)
    return [each for members in together.values() if len(members) > 1 for each in members]


def _is_external(held: Held) -> bool:
    return isinstance(held.owner, SpecValue)


def _kind(owner: object) -> str:
    if isinstance(owner, AssetsValue):
        if owner.kind in ("observable", "multi_observable"):
            return "observable"
        return "materializable" if owner.node is not None else "external"
    if isinstance(owner, SourceAssetValue) and owner.node is not None:
        return "observable"
    return "external"


def _dependency(dep: Dep, defined: set[AssetKey], answers: Answers) -> Dependency:
    key, how = resolve(dep.key, defined, answers)
    return Dependency(
        key, dep.key, dep.how, dep.site.span, dep.loads_value, how, dep.partition_mapping
    )


def _step(value: AssetsValue, answers: Answers, resources: frozenset[str]) -> AssetStep:
    node = value.node
    assert node is not None
    step = AssetStep(
        name=node.name,
        kind=value.kind,
        definition=LATER,
        inputs=LATER,
        assets=tuple([(output.name, output.spec.key) for output in value.outputs]),
        checks=tuple(
            (_output_name(check.asset, check.name), check.asset, check.name)
            for check in value.checks
        ),
        can_subset=value.can_subset,
        uses_specs=value.uses_specs,
        origin=LATER,
        needs=needs_of(node, resources),
    )
    made = partial(_definition, value, node, answers, resources)
    return deferring(step, made, "definition", "inputs", "origin")


def _definition(
    value: AssetsValue, node: OpValue | GraphValue, answers: Answers, resources: frozenset[str]
) -> dict[str, object]:
    """What a step computes, what feeds it, and where it is defined."""
    filled = resource_parameters(node, resources) if isinstance(node, OpValue) else frozenset()
    return {
        "definition": definition_of(node, resources),
        "inputs": tuple(_inputs(value.inputs, filled, answers)),
        "origin": value.site.origin,
    }


def _observation(value: SourceAssetValue, resources: frozenset[str]) -> AssetStep:
    node = value.node
    assert node is not None
    definition = definition_of(node, resources)
    return AssetStep(
        name=node.name,
        kind="observable",
        definition=definition,
        inputs=(),
        assets=(("result", value.key),),
        origin=value.site.origin,
        needs=needs_of(node, resources),
    )


def _check_step(value: ChecksValue, resources: frozenset[str]) -> AssetStep:
    node = value.node
    assert node is not None
    filled = resource_parameters(node, resources)
    return AssetStep(
        name=node.name,
        kind=value.kind,
        definition=definition_of(node, resources),
        inputs=tuple(_inputs(value.inputs, filled, NO_ANSWERS)),
        assets=(),
        checks=tuple(
            (_output_name(spec.asset, spec.name), spec.asset, spec.name) for spec in value.specs
        ),
        can_subset=value.can_subset,
        uses_specs=True,
        origin=value.site.origin,
        needs=needs_of(node, resources),
    )


def _output_name(asset: AssetKey, name: str) -> str:
    return f"{'__'.join(asset.parts)}_{name}"


def _inputs(deps: Iterable[Dep], filled: frozenset[str], answers: Answers) -> Iterator[AssetInput]:
    for dep in deps:
        if dep.input is not None and dep.input in filled:
            continue
        yield AssetInput(
            input=dep.input or "__".join(dep.key.parts),
            key=answers[dep.key].key if dep.key in answers else dep.key,
            declared=dep.key,
            span=dep.site.span,
            partition_mapping=dep.partition_mapping,
            metadata=dep.metadata,
            is_nothing=not dep.loads_value,
        )


def _stubs(
    holding: Holding,
    resolver: Resolver,
    assets: Mapping[int, Asset],
    memory: Memory,
) -> list[Asset]:
    """External assets for keys that something depends on, or checks, but nothing defines; `assets`
    are the defined ones, by the identity of what is held."""
    places: dict[AssetKey, Origin] = {}
    doubts: dict[AssetKey, str | None] = {}
    said: dict[AssetKey, tuple[tuple[str, Literal], ...]] = {}
    for held in resolver.open:
        for dependency in assets[id(held)].deps:
            if dependency.key not in holding.assets:
                places.setdefault(dependency.key, Origin(dependency.span))
                if doubts.get(dependency.key, "") is not None:
                    doubts[dependency.key] = _doubt_of_deps(assets[id(held)], held.spec)
        said.update((dep.key, dep.metadata) for dep in held.spec.deps if dep.metadata)
    specs = [spec for value in holding.checks for spec in value.specs]
    specs += [spec for value in holding.definitions if value.checks for spec in value.checks]
    for spec in specs:
        if spec.asset not in holding.assets:
            places.setdefault(spec.asset, spec.site.origin)
            if doubts.get(spec.asset, "") is not None:
                doubts[spec.asset] = condition_of(spec.site)
    before: dict[AssetKey, Asset] = memory.last("stubs") or {}
    stubs = {
        key: _stub(key, origin, said.get(key, ()), doubts[key], before)
        for key, origin in places.items()
    }
    memory.put("stubs", stubs)
    return list(stubs.values())


def _doubt_of_deps(asset: Asset, spec: SpecValue) -> str | None:
    """On what condition an asset depends on all that it may depend on; None if it does."""
    if asset.conditional is not None:
        return asset.conditional
    return spec.deps_losses[0].message if spec.deps_losses else None


def _stub(
    key: AssetKey,
    origin: Origin,
    metadata: tuple[tuple[str, Literal], ...],
    condition: str | None,
    before: Mapping[AssetKey, Asset],
) -> Asset:
    """Its metadata is what the dependencies on it say."""
    known = before.get(key)
    made = Asset(key, "stub", origin, metadata=metadata, conditional=condition)
    return made if known is None or made != known else known
