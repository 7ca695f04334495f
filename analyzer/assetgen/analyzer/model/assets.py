"""Assets, the edges between them, and the checks on them."""

from __future__ import annotations

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.deferring import Deferring
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.literals import Literal
from assetgen.analyzer.model.partitions import PartitionMapping, Partitions
from assetgen.analyzer.model.spans import Origin, Span


@dataclass(frozen=True, slots=True)
class Dependency:
    """An edge to an upstream asset: where and how it is written.

    `key` is the asset after Dagster's resolution, `declared` the key as written in the code. `how`
    is "parameter", "ins", "deps" or "internal". `loads_value` is false if the edge is only for
    ordering. `resolution` is "exact", "group" (by name within the group), "table" (by the metadata
    `dagster/table_name`), or "stub" (nothing defines it).
    """

    key: AssetKey
    declared: AssetKey
    how: str
    span: Span
    loads_value: bool = False
    resolution: str = "exact"
    partition_mapping: PartitionMapping | None = None


@dataclass(frozen=True, slots=True)
class Asset(Deferring):
    """One node of the asset graph.

    `kind` is "materializable", "observable", "external", or "stub" (something depends on it, but
    nothing defines it). `step` names the `AssetStep` that computes it, and `output` the step's
    output; if it `can_subset`, it can be computed without the others of the step. `unknown` names
    the attributes whose values could not be known: their fields mean nothing. `conditional` is the
    text of the condition, itself unknown, under which the asset is defined. `places` are the
    expressions that gave the attributes their values, by the attribute's name; "key", "name",
    "key_prefix" and "loader_key_prefix" are those that made the key. `loaders` are the calls that
    found the asset among the globals of modules.
    """

    key: AssetKey
    kind: str
    origin: Origin
    deps: tuple[Dependency, ...] = ()
    group_name: str = "default"
    description: str | None = None
    owners: tuple[str, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    kinds: tuple[str, ...] = ()
    metadata: tuple[tuple[str, Literal], ...] = ()
    code_version: str | None = None
    io_manager_key: str | None = None
    partitions: Partitions | None = None
    automation_condition: str | None = None
    backfill_policy: str | None = None
    freshness_policy: str | None = None
    auto_observe_interval_minutes: float | None = None
    pool: str | None = None
    is_virtual: bool = False
    is_skippable: bool = False
    is_multi_asset: bool = False
    can_subset: bool = False
    is_graph_backed: bool = False
    step: str | None = None
    output: str | None = None
    unknown: tuple[str, ...] = ()
    conditional: str | None = None
    places: tuple[tuple[str, Span], ...] = ()
    loaders: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class AssetCheck:
    """A check on an asset; `step` is what runs it, which may be the asset's own step.

    `conditional` means the same as for an asset.
    """

    asset: AssetKey
    name: str
    origin: Origin
    step: str | None = None
    blocking: bool = False
    description: str | None = None
    additional_deps: tuple[AssetKey, ...] = ()
    declared: AssetKey | None = None
    unknown: tuple[str, ...] = ()
    conditional: str | None = None
