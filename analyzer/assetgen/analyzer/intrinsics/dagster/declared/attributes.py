"""The attributes of an asset: as given, and in the types of the model."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping

from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Value
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.model.literals import Literal
from assetgen.analyzer.model.partitions import Partitions


@dataclass(frozen=True, slots=True)
class Attributes:
    """What is specified for an asset besides its key and dependencies, in the model's own types.

    `values` are the values as given, by the parameter names of `AssetSpec` (and `io_manager_key`,
    `backfill_policy`, `pool`, `auto_observe_interval_minutes`): a missing name was not given, or
    given as None where that makes no difference to Dagster. `unknown` names the fields, as
    `model.assets.Asset` calls them, whose values could not be known, sorted; the field then holds
    the likeliest value, or nothing. `tags` are without those that represent `kinds`. A `group_name`
    of None is Dagster's default group, which a loader may still replace. `places` are the
    expressions that gave fields, by the fields' names, and "key", "name", "key_prefix" and
    "loader_key_prefix" those that the key is made of.
    """

    values: ReadOnlyMapping[str, Value] = field(default_factory=dict)
    group_name: str | None = None
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
    unknown: tuple[str, ...] = ()
    places: ReadOnlyMapping[str, Site] = field(default_factory=dict, compare=False)

    def is_given(self, parameter: str) -> bool:
        """Whether the parameter of this name was given, with a known value or not."""
        return parameter in self.values


NO_ATTRIBUTES = Attributes()
