"""What a code location holds: its assets, each once, in the order in which they are given."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter

from assetgen.analyzer.evaluate.memory import Memory
from assetgen.analyzer.intrinsics.dagster.assets.refused_specs import content_of
from assetgen.analyzer.intrinsics.dagster.attributes.attributes import IO_MANAGER_KEY
from assetgen.analyzer.intrinsics.dagster.declared.assets import (
    AssetOutput,
    AssetsValue,
    SourceAssetValue,
)
from assetgen.analyzer.intrinsics.dagster.declared.attributes import Attributes
from assetgen.analyzer.intrinsics.dagster.declared.checks import ChecksValue
from assetgen.analyzer.intrinsics.dagster.declared.definitions import AssetLike, DefinitionsValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.model.keys import AssetKey


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """One asset: its spec, and the definition that makes it, as its `output`."""

    key: AssetKey
    spec: SpecValue
    owner: AssetsValue | SourceAssetValue | SpecValue
    output: AssetOutput | None = None


@dataclass(slots=True)
class Holding:
    """The definitions of a code location (`values`), each once; their `assets` by key and, in the
    given order, as they are `held`; the definitions of keys that are taken (`duplicates`), and the
    checks.

    `shadowed` are assets whose key a `SourceAsset` has taken. `repeated` are checks that are given
    both as assets and as checks, which Dagster counts twice.
    """

    values: tuple[AssetLike, ...] = ()
    assets: Mapping[AssetKey, Held] = field(default_factory=dict)
    held: tuple[Held, ...] = ()
    duplicates: list[Held] = field(default_factory=list)
    shadowed: list[Held] = field(default_factory=list)
    checks: list[ChecksValue] = field(default_factory=list)
    repeated: list[ChecksValue] = field(default_factory=list)
    definitions: tuple[AssetsValue, ...] = ()


def hold(definitions: DefinitionsValue, memory: Memory) -> Holding:
    """The assets and checks of `definitions`.

    The same object twice counts once, as do equal `AssetSpec`s. A `SourceAsset` takes the key of
    anything that precedes it; what follows must not have that key.
    """
    holding = Holding()
    if definitions.checks:
        among_assets = set(map(id, definitions.assets))
        holding.repeated += [value for value in definitions.checks if id(value) in among_assets]
    ordered = _ordered(definitions)
    values = tuple(ordered)
    if len(set(map(id, ordered))) < len(ordered):
        values = tuple({id(value): value for value in ordered}.values())
    holding.values = values
    if ChecksValue in set(map(type, values)):
        holding.checks += [value for value in values if type(value) is ChecksValue]
    holding.definitions = tuple([value for value in values if isinstance(value, AssetsValue)])
    holding.held = memory.flat(_held, "held", values)
    holding.assets = memory.indexed("held by key", holding.held, attrgetter("key"))
    if len(holding.assets) < len(holding.held):
        _settle(holding)
    return holding


def _settle(holding: Holding) -> None:
    """Find out which definition of a key counts, if several have the same key."""
    assets: dict[AssetKey, Held] = {}
    for held in holding.held:
        _add(holding, assets, held)
    holding.assets, holding.held = assets, tuple(assets.values())


def _ordered(definitions: DefinitionsValue) -> list[AssetLike]:
    """External specs come last, since Dagster makes definitions of them at the end."""
    values = [*definitions.assets, *definitions.checks]
    if SpecValue not in set(map(type, values)):
        return values
    return sorted(values, key=_is_spec)


def _is_spec(value: AssetLike) -> bool:
    return type(value) is SpecValue


def _held(value: AssetLike) -> tuple[Held, ...]:
    if isinstance(value, AssetsValue):
        return tuple(
            [Held(output.spec.key, output.spec, value, output) for output in value.outputs]
        )
    if isinstance(value, SpecValue):
        return (Held(value.key, value, value),)
    if isinstance(value, SourceAssetValue):
        spec = SpecValue(value.key, value.site, (), _source_attributes(value))
        return (Held(value.key, spec, value),)
    return ()


def _source_attributes(source: SourceAssetValue) -> Attributes:
    """A source that is not observed names the IO manager that loads it in its metadata, unless that
    is the default one."""
    attributes = source.attributes
    if source.node is not None or attributes.io_manager_key in (None, "io_manager"):
        return attributes
    metadata = {**dict(attributes.metadata), IO_MANAGER_KEY: attributes.io_manager_key}
    return replace(attributes, metadata=tuple(metadata.items()))


def _add(holding: Holding, assets: dict[AssetKey, Held], held: Held) -> None:
    taken = assets.get(held.key)
    if taken is None:
        assets[held.key] = held
    elif isinstance(held.owner, SourceAssetValue):
        holding.shadowed.append(taken)
        assets[held.key] = held
    elif not _is_same(taken, held):
        holding.duplicates.append(held)


def _is_same(one: Held, other: Held) -> bool:
    """Whether two definitions of a key are one to Dagster: the same object, or equal external
    specs."""
    if one.owner is other.owner:
        return one.spec is other.spec
    if isinstance(one.owner, SpecValue) and isinstance(other.owner, SpecValue):
        return content_of(one.spec) == content_of(other.spec)
    return False
