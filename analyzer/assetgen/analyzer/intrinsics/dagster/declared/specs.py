"""`AssetSpec`, `AssetDep`, `AssetIn`, `AssetOut`: descriptions of assets without their
computation."""

from __future__ import annotations

from collections.abc import Hashable
from typing import ClassVar

from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Declared,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.dagster.declared.attributes import NO_ATTRIBUTES, Attributes
from assetgen.analyzer.intrinsics.dagster.declared.identity import Identity
from assetgen.analyzer.intrinsics.dagster.declared.keys import KeyValue
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.literals import Literal
from assetgen.analyzer.model.partitions import PartitionMapping


@dataclass(frozen=True, slots=True)
class Dep:
    """An edge as it is written in the code, to the asset `key` before Dagster resolves it.

    `site` is the parameter, the item of `ins` or the item of `deps`. `how` is "parameter", "ins",
    "deps" or "internal"; `input` is the name of the step's input that it comes through.
    """

    key: AssetKey
    site: Site
    how: str = "deps"
    input: str | None = None
    loads_value: bool = False
    partition_mapping: PartitionMapping | None = None
    mapping_value: Value | None = None
    metadata: tuple[tuple[str, Literal], ...] = ()


@dataclass(slots=True, eq=False)
class DepValue(Declared):
    """An `AssetDep`."""

    type_name: ClassVar[str] = "dagster.AssetDep"
    is_tuple: ClassVar[bool] = True

    dep: Dep

    def attribute(self, name: str) -> Value | None:
        if name == "asset_key":
            return KeyValue(self.dep.key)
        if name == "partition_mapping":
            return self.dep.mapping_value or NONE
        if name == "metadata":
            return _plain_entries(self.dep.metadata)
        return None

    def hash_key(self) -> Hashable | None:
        return ("dep", self.dep.key, self.dep.partition_mapping)


def _plain_entries(entries: tuple[tuple[str, Literal], ...]) -> Value | None:
    """Metadata as a dictionary; None if not all of it is plain."""
    if not all(isinstance(value, (str, int, float, bool)) for _, value in entries):
        return None
    made = Mapping()
    for name, value in entries:
        made.entries[("constant", name)] = (Constant(name), Constant(value))
    return made


@dataclass(slots=True, eq=False)
class SpecValue(Declared):
    """An `AssetSpec`; also the description of each asset of an `AssetsDefinition`.

    `deps_losses` are unknowns among its deps: it may have more edges than `deps`. `origin` is the
    constructor's call, or the decorated function.
    """

    type_name: ClassVar[str] = "dagster.AssetSpec"
    is_tuple: ClassVar[bool] = True

    key: AssetKey
    site: Site
    deps: tuple[Dep, ...] = ()
    attributes: Attributes = NO_ATTRIBUTES
    deps_losses: tuple[Unknown, ...] = ()
    identity: Identity = field(default_factory=Identity)

    def attribute(self, name: str) -> Value | None:
        if name == "key":
            return KeyValue(self.key)
        if name == "deps":
            return Sequence("list", [DepValue(dep) for dep in self.deps], list(self.deps_losses))
        given = self.attributes.values.get(name)
        if given is not None:
            return given
        if name == "kinds":
            return Sequence("set", [Constant(kind) for kind in self.attributes.kinds])
        return _defaults().get(name)


def _defaults() -> dict[str, Value]:
    """Dagster's values for attributes that were not given."""
    return {
        "description": NONE,
        "metadata": Mapping(),
        "skippable": Constant(False),
        "group_name": NONE,
        "code_version": NONE,
        "automation_condition": NONE,
        "auto_materialize_policy": NONE,
        "owners": Sequence("list", []),
        "tags": Mapping(),
        "partitions_def": NONE,
        "freshness_policy": NONE,
        "is_virtual": Constant(False),
    }


@dataclass(slots=True, eq=False)
class InValue(Declared):
    """An `AssetIn` ("dagster.AssetIn"), `In` or `GraphIn`, by `qualname`.

    `key` and `key_prefix` are an `AssetIn`'s: None if not given. `is_nothing`: the Dagster type is
    `Nothing`, `type_value` whatever it is; `may_order_only`: it is, or is not known. `names_asset`:
    an `In` says which asset is loaded. `lost` is why its key is not known.
    """

    type_name: ClassVar[str] = "dagster.AssetIn"
    is_tuple: ClassVar[bool] = True

    qualname: str
    site: Site
    key: AssetKey | None = None
    key_prefix: tuple[str, ...] | None = None
    is_nothing: bool = False
    may_order_only: bool = False
    has_default: bool = False
    partition_mapping: PartitionMapping | None = None
    mapping_value: Value | None = None
    metadata: tuple[tuple[str, Literal], ...] = ()
    input_manager_key: str | None = None
    type_value: Value = NONE
    names_asset: bool = False
    lost: Unknown | None = None


@dataclass(slots=True, eq=False)
class OutValue(Declared):
    """An `AssetOut` ("dagster.AssetOut"), `Out`, `DynamicOut` or `GraphOut`, by `qualname`.

    `key`, `key_prefix` and `attributes` are an `AssetOut`'s.
    """

    type_name: ClassVar[str] = "dagster.AssetOut"

    qualname: str
    site: Site
    key: AssetKey | None = None
    key_prefix: tuple[str, ...] | None = None
    attributes: Attributes = NO_ATTRIBUTES
    is_required: bool = True
    is_dynamic: bool = False
    is_nothing: bool = False
    io_manager_key: str | None = None
    description: str | None = None
    lost: Unknown | None = None
