"""What decorators are told of assets, ops, their inputs and their outputs."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any

from assetgen.runtime.model.asset_keys import AssetKey, Parts, key_parts


class Nothing:
    """The type of an input or output that only orders steps."""


class AssetSpec:
    """An asset without a function: made elsewhere, or by the function of a multi-asset."""

    def __init__(
        self,
        key: Any,
        *,
        deps: Iterable[Any] | None = None,
        description: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        skippable: bool = False,
        group_name: str | None = None,
        code_version: str | None = None,
        owners: Sequence[str] | None = None,
        tags: Mapping[str, str] | None = None,
        kinds: Iterable[str] | None = None,
        partitions_def: Any = None,
        **_: Any,
    ) -> None:
        """`deps` takes keys, specs, definitions and `AssetDep`s."""
        self.key = AssetKey(key_parts(key))
        self.deps = coerce_deps(deps)
        self.description = description
        self.metadata = dict(metadata or {})
        self.skippable = skippable
        self.group_name = group_name
        self.code_version = code_version
        self.owners = tuple(owners or ())
        self.tags = dict(tags or {})
        self.kinds = tuple(sorted(kinds or ()))
        self.partitions_def = partitions_def

    def replace_attributes(self, **attributes: Any) -> "AssetSpec":
        """The same asset with other attributes."""
        made = copy(self)
        made.__dict__.update(type(self)(**{"key": self.key, **attributes}).__dict__)
        kept = {name: each for name, each in vars(self).items() if name not in attributes}
        made.__dict__.update(kept)
        return made

    def merge_attributes(self, **attributes: Any) -> "AssetSpec":
        """The same asset with more of what there may be several of."""
        merged = {
            name: {**getattr(self, name), **more}
            if isinstance(more, Mapping)
            else [*getattr(self, name), *more]
            for name, more in attributes.items()
        }
        return self.replace_attributes(**merged)


class SourceAsset(AssetSpec):
    """An asset made elsewhere, whose value can be loaded."""

    def __init__(self, key: Any, io_manager_key: str | None = None, **attributes: Any) -> None:
        """`io_manager_key` names the resource that loads it."""
        super().__init__(key, **attributes)
        self.io_manager_key = io_manager_key or ""


class AssetDep:
    """A dependency that is not loaded as an argument."""

    def __init__(self, asset: Any, partition_mapping: Any = None) -> None:
        """`asset` takes every form of a key."""
        self.key = AssetKey(key_parts(asset))
        self.partition_mapping = partition_mapping


class AssetIn:
    """Which asset a parameter means, and how it is loaded."""

    def __init__(
        self,
        key: Any = None,
        metadata: Mapping[str, Any] | None = None,
        key_prefix: Any = None,
        input_manager_key: str | None = None,
        partition_mapping: Any = None,
        dagster_type: Any = Any,
        **_: Any,
    ) -> None:
        """Either the key, or a prefix to the parameter's name."""
        self.key = None if key is None else key_parts(key)
        self.key_prefix = key_parts(key_prefix) if key_prefix else ()
        self.metadata = dict(metadata or {})
        self.input_manager_key = input_manager_key or ""
        self.partition_mapping = partition_mapping
        self.dagster_type = dagster_type

    def key_for(self, parameter: str) -> Parts:
        """The key meant for a parameter."""
        return self.key if self.key is not None else (*self.key_prefix, parameter)


@dataclass(frozen=True)
class AssetOut:
    """One of the assets that a function makes."""

    key_prefix: Any = None
    key: Any = None
    dagster_type: Any = Any
    description: str | None = None
    is_required: bool = True
    io_manager_key: str | None = None
    metadata: Mapping[str, Any] | None = None
    group_name: str | None = None
    code_version: str | None = None
    automation_condition: Any = None
    backfill_policy: Any = None
    owners: Sequence[str] | None = None
    tags: Mapping[str, str] | None = None
    kinds: Iterable[str] | None = None
    freshness_policy: Any = None
    auto_materialize_policy: Any = None

    @staticmethod
    def from_spec(spec: AssetSpec, **attributes: Any) -> "AssetOut":
        """The same attributes as those of a spec."""
        made = AssetOut(
            key=spec.key,
            description=spec.description,
            metadata=spec.metadata,
            group_name=spec.group_name,
            code_version=spec.code_version,
            owners=spec.owners,
            tags=spec.tags,
            kinds=spec.kinds,
        )
        return replace(made, **attributes)

    def key_for(self, name: str) -> Parts:
        """The key of the output of that name."""
        if self.key is not None:
            return key_parts(self.key)
        return (*(key_parts(self.key_prefix) if self.key_prefix else ()), name)


@dataclass(frozen=True)
class AssetCheckSpec:
    """A check of an asset."""

    name: str
    asset: Any
    description: str | None = None
    additional_deps: Iterable[Any] | None = None
    blocking: bool = False
    metadata: Mapping[str, Any] | None = None
    automation_condition: Any = None
    partitions_def: Any = None


@dataclass(frozen=True)
class In:
    """An input of an op."""

    dagster_type: Any = Any
    description: str | None = None
    default_value: Any = ...
    metadata: Mapping[str, Any] | None = None
    input_manager_key: str | None = None


@dataclass(frozen=True)
class Out:
    """An output of an op."""

    dagster_type: Any = Any
    description: str | None = None
    is_required: bool = True
    io_manager_key: str | None = None
    metadata: Mapping[str, Any] | None = None
    code_version: str | None = None


@dataclass(frozen=True)
class DynamicOut(Out):
    """An output of an op that is made any number of times."""


@dataclass(frozen=True)
class GraphIn:
    """An input of a graph."""

    description: str | None = None


@dataclass(frozen=True)
class GraphOut:
    """An output of a graph."""

    description: str | None = None


@dataclass(frozen=True)
class Dependency:
    """A key that is waited for, not loaded."""

    key: Parts
    partition_mapping: Any = field(default=None, compare=False)


def coerce_deps(deps: Iterable[Any] | None) -> tuple[Dependency, ...]:
    """The dependencies meant; a definition of several assets means all of them."""
    found: list[Dependency] = []
    for dep in deps or ():
        keys = getattr(dep, "keys", None)
        if keys is not None and not isinstance(dep, (str, AssetKey)):
            found.extend(Dependency(key.parts) for key in sorted(keys))
        else:
            found.append(Dependency(key_parts(dep), getattr(dep, "partition_mapping", None)))
    return tuple(found)
