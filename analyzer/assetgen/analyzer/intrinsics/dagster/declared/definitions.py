"""`Definitions` and repositories: what a code location holds."""

from __future__ import annotations

from collections.abc import Hashable
from typing import ClassVar

from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    Constant,
    Declared,
    Function,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue, SourceAssetValue
from assetgen.analyzer.intrinsics.dagster.declared.checks import ChecksValue
from assetgen.analyzer.intrinsics.dagster.declared.jobs import JobValue, ScheduleValue, SensorValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.model.dataclass import dataclass

AssetLike = AssetsValue | SpecValue | SourceAssetValue | ChecksValue
"""What Dagster accepts where it expects assets."""


@dataclass(frozen=True, slots=True)
class ResourceBinding:
    """A resource under its key; `loader` and executor are not among them."""

    key: str
    value: Value
    site: Site


@dataclass(slots=True, eq=False)
class DefinitionsValue(Declared):
    """A `Definitions` object, or a repository (`name` is then the repository's).

    Elements are in the order given and may repeat (the same object twice is one definition).
    `losses` are unknowns among what was given, which have been reported: further definitions may
    exist. `resources_known` is false if not all keys of the resources are known. `had_elsewhere`
    are elements that count as those of another `Definitions` of the module. `loaded_apart` if these
    are several repositories of a module, whose elements do not affect each other.
    """

    type_name: ClassVar[str] = "dagster.Definitions"
    is_plain: ClassVar[bool] = True
    is_tuple: ClassVar[bool] = True

    site: Site
    assets: tuple[AssetLike, ...] = ()
    checks: tuple[ChecksValue, ...] = ()
    jobs: tuple[JobValue, ...] = ()
    schedules: tuple[ScheduleValue, ...] = ()
    sensors: tuple[SensorValue, ...] = ()
    resources: tuple[ResourceBinding, ...] = ()
    resources_known: bool = True
    loggers: tuple[ResourceBinding, ...] = ()
    executor: Value | None = None
    losses: tuple[Unknown, ...] = ()
    had_elsewhere: tuple[AssetLike | JobValue | ScheduleValue | SensorValue, ...] = ()
    loaded_apart: bool = False
    name: str | None = None

    def attribute(self, name: str) -> Value | None:
        if name in ("assets", "jobs", "schedules", "sensors"):
            return Sequence("list", list(getattr(self, name)), list(self.losses))
        if name == "asset_checks":
            return Sequence("list", list(self.checks), list(self.losses))
        if name == "resources":
            entries: dict[Hashable, tuple[Value, Value]] = {
                ("constant", item.key): (Constant(item.key), item.value) for item in self.resources
            }
            return Mapping("dict", entries)
        return None


@dataclass(slots=True, eq=False)
class LazyDefinitionsValue(Declared):
    """A function decorated with `@definitions`: it returns the definitions."""

    type_name: ClassVar[str] = "dagster.LazyDefinitions"

    function: Value
    site: Site

    @property
    def takes_context(self) -> bool:
        """Whether it has a parameter, which can only be the context of the load."""
        if not isinstance(self.function, Function):
            return False
        arguments = self.function.node.args
        return bool(arguments.posonlyargs or arguments.args)
