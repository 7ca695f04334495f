"""`load_definitions_from_modules` and the like: whole `Definitions` from the contents of
modules."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Module, Sequence, Value
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue, SourceAssetValue
from assetgen.analyzer.intrinsics.dagster.declared.checks import ChecksValue
from assetgen.analyzer.intrinsics.dagster.declared.definitions import DefinitionsValue
from assetgen.analyzer.intrinsics.dagster.declared.jobs import JobValue, ScheduleValue, SensorValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.intrinsics.dagster.definitions.definitions import resources_of
from assetgen.analyzer.intrinsics.dagster.definitions.loaded_modules import (
    imported,
    modules_in,
    package_modules,
)
from assetgen.analyzer.intrinsics.dagster.definitions.loaders import objects_in, told
from assetgen.analyzer.model.copies import replace

_ASSETS = (AssetsValue, SourceAssetValue, SpecValue)
_LOADABLE = (*_ASSETS, ChecksValue, JobValue, ScheduleValue, SensorValue)


def load_definitions(call: Call, modules: Iterable[Module]) -> DefinitionsValue:
    """Everything that some modules define, as `load_definitions_from_modules` collects it."""
    found, losses = objects_in(call, modules, _LOADABLE)
    return DefinitionsValue(
        site=call.site,
        assets=tuple(item for item in found if isinstance(item, _ASSETS)),
        checks=tuple(item for item in found if isinstance(item, ChecksValue)),
        jobs=tuple(item for item in found if isinstance(item, JobValue)),
        schedules=tuple(item for item in found if isinstance(item, ScheduleValue)),
        sensors=tuple(item for item in found if isinstance(item, SensorValue)),
        losses=tuple(told(call, losses)),
    )


_DEFINITIONS = Parameters("given, resources=None, loggers=None, executor=None")
_CURRENT_DEFINITIONS = Parameters("resources=None, loggers=None, executor=None")


def _definitions_from(modules: Callable[[Call, Value], Iterable[Module]]) -> Intrinsic:
    def load(call: Call) -> Value:
        bound = _DEFINITIONS.bind(_with_given(call))
        return _with_resources(call, bound, load_definitions(call, modules(call, bound["given"])))

    return load


def _with_given(call: Call) -> Call:
    """The call with its modules as the first argument, by whichever name they were given."""
    names = ("module", "modules", "package_module", "package_name")
    kwargs = {("given" if name in names else name): value for name, value in call.kwargs.items()}
    return Call(call.machine, call.name, call.args, kwargs, call.site, call.receiver, call.losses)


def _with_resources(call: Call, bound: Bound, found: DefinitionsValue) -> DefinitionsValue:
    resources, known = resources_of(call, bound)
    return replace(found, resources=resources, resources_known=known)


def _current_definitions(call: Call) -> Value:
    """Nothing but the resources: Dagster takes a module of its own for the one that calls."""
    return _with_resources(call, _CURRENT_DEFINITIONS.bind(call), load_definitions(call, ()))


TABLE: dict[str, Intrinsic] = {
    "dagster.load_definitions_from_modules": _definitions_from(modules_in),
    "dagster.load_definitions_from_module": _definitions_from(
        lambda call, value: modules_in(call, Sequence("list", [value]))
    ),
    "dagster.load_definitions_from_package_module": _definitions_from(package_modules),
    "dagster.load_definitions_from_package_name": _definitions_from(
        lambda call, value: package_modules(call, imported(call, value))
    ),
    "dagster.load_definitions_from_current_module": _current_definitions,
}
"""The intrinsics that load whole `Definitions`."""
