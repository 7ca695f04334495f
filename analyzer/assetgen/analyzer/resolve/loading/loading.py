"""From a code location's modules to the definitions that Dagster would find in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from assetgen.analyzer.evaluate import importing
from assetgen.analyzer.evaluate.budget import BudgetExceeded, Raised
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.objects.display import display
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.statements.raising import shown_as_by_python
from assetgen.analyzer.evaluate.values import (
    Constant,
    External,
    Function,
    Module,
    Sequence,
    Unknown,
    Value,
    options_of,
)
from assetgen.analyzer.evaluate.values import Mapping as MappingValue
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue, SourceAssetValue
from assetgen.analyzer.intrinsics.dagster.declared.definitions import (
    AssetLike,
    DefinitionsValue,
    LazyDefinitionsValue,
)
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue
from assetgen.analyzer.intrinsics.dagster.declared.jobs import JobValue, ScheduleValue, SensorValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.intrinsics.dagster.definitions.alternatives import alternatives, may_be
from assetgen.analyzer.intrinsics.dagster.definitions.definitions import merge
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.project.locations.load_targets import LoadKind, LoadTarget
from assetgen.analyzer.resolve.loading.emptiness import tell_if_empty

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine


def load(machine: Machine, target: LoadTarget) -> DefinitionsValue | None:
    """What the target holds, as one `DefinitionsValue`; None if nothing of it can be read."""
    try:
        return _LOADERS[target.kind](machine, target)
    except BudgetExceeded as exceeded:
        place = machine.module_site(importing.adopt(machine, target.modules[0])).span
        message = f"{target.name} is not loaded: more {exceeded.name} than are allowed"
        machine.report("budget-exceeded", message, place)
    except Raised as raised:
        site = machine.module_site(importing.adopt(machine, target.modules[0]))
        said = shown_as_by_python(machine, raised, site)
        machine.report("python-error", f"loading this raises {said}", site.span)
    return None


def _module(machine: Machine, target: LoadTarget) -> DefinitionsValue | None:
    """A module's `Definitions`; if it has none, its only job of ops, or else its assets."""
    module = importing.adopt(machine, target.modules[0])
    importing.ensure(machine, module)
    if module.state == "broken":
        return None
    names = importing.settled_globals(machine, module)
    usual: tuple[str, ...] = _USUAL_NAMES
    if target.attribute is not None:
        value = names.get(target.attribute, External("builtins.None"))
        names = {target.attribute: _named(machine, module, value)}
        usual = (target.attribute,)
    found = _definitions_in(machine, module, names, usual)
    if target.declared is not None:
        _check_no_context(machine, names)
    if found:
        return _merged(machine, found, module)
    loaded = _only_job(machine, module, names)
    if loaded is None and target.attribute is None:
        loaded = _assets(machine, module)
    tell_if_empty(machine, module, names, loaded, target.attribute)
    return loaded


def _named(machine: Machine, module: Module, value: Value) -> Value:
    """What the global that the project names stands for: Dagster calls a function, and takes a list
    of assets."""
    site = machine.module_site(module)
    if isinstance(value, Function):
        machine.renew()
        value = machine.call(value, [], {}, site)
    if isinstance(value, Sequence) and value.kind == "list":
        return machine.call(External("dagster.Definitions"), [], {"assets": value}, site)
    return value


def _definitions_in(
    machine: Machine, module: Module, names: Mapping[str, Value], usual: tuple[str, ...]
) -> list[DefinitionsValue]:
    """The distinct `Definitions` among a module's globals; if those with the `usual` names are not
    known, this is reported.

    Functions that make them come before `Definitions`, and these before repositories.
    """
    lazy: list[Value] = []
    plain: list[Value] = []
    repositories: list[Value] = []
    for name, value in names.items():
        if may_be(value, LazyDefinitionsValue):
            lazy.append(value)
        elif may_be(value, DefinitionsValue):
            (repositories if _is_repository(value) else plain).append(value)
        if name in usual:
            for option in options_of(value):
                if isinstance(option, Unknown):
                    _tell_unknown(machine, module, name, option)
    kind = LazyDefinitionsValue if lazy else DefinitionsValue
    single = {
        name: value
        for name, value in names.items()
        if type(value) is kind and getattr(value, "name", None) is None
    }
    _check_single(machine, module, single)
    found: list[DefinitionsValue] = []
    for value in {id(value): value for value in lazy or plain or repositories}.values():
        definitions, others = alternatives(machine, value, partial(_settled, machine, module))
        if definitions is not None:
            found.append(definitions)
        if value in lazy:
            _tell_others(machine, module, value, others)
    return found


def _is_repository(value: Value) -> bool:
    options = options_of(value)
    return all(getattr(option, "name", None) is not None for option in options)


def _tell_others(
    machine: Machine, module: Module, given: Value, returned: tuple[Value, ...]
) -> None:
    """Report what a function of definitions returns besides `Definitions`."""
    for value in returned:
        if isinstance(value, Unknown):
            _tell_unknown(machine, module, "what a function of definitions returns", value)
        elif isinstance(value, (Sequence, MappingValue, Constant)):
            message = f"this returns {display(value)}: it has to return Definitions"
            place = given.site if isinstance(given, LazyDefinitionsValue) else None
            machine.report("wrong-type", message, (place or machine.module_site(module)).span)


def _check_single(machine: Machine, module: Module, found: Mapping[str, Value]) -> None:
    """Dagster refuses a module with two `Definitions` among its globals, or with one under two
    names."""
    if len(found) > 1:
        sites = (getattr(value, "site", None) for value in list(found.values())[1:])
        own = (site for site in sites if isinstance(site, Site) and site.module is module)
        site = next(own, machine.module_site(module))
        *rest, last = (f"`{name}`" for name in found)
        listed = f"{', '.join(rest)} and {last}"
        message = f"{listed} are Definitions: Dagster loads no module with more than one"
        machine.report("invalid-definition", message, site.span)


def _tell_unknown(machine: Machine, module: Module, what: str, value: Unknown) -> None:
    root = value.root()
    span = root.span or machine.module_site(module).span
    machine.report("unresolved-asset", f"{what} is not known: {root.message}", span)


_USUAL_NAMES = ("defs", "definitions")


def _settled(machine: Machine, module: Module, value: Value) -> Value:
    """What a function decorated with `@definitions` returns; any other value itself."""
    if not isinstance(value, LazyDefinitionsValue):
        return value
    machine.renew()
    site = machine.module_site(module)
    try:
        return machine.call(value, [], {}, site)
    except Raised as raised:
        message = f"calling this raises {shown_as_by_python(machine, raised, site)}"
        machine.report("python-error", message, value.site.span)
        return machine.unknown("told", message, value.site)


def _check_no_context(machine: Machine, names: Mapping[str, Value]) -> None:
    """Dagster passes the context to functions in folders of definitions, and to no others."""
    for value in names.values():
        if isinstance(value, LazyDefinitionsValue) and value.takes_context:
            message = "this takes a context, which only what is in a folder of definitions is given"
            machine.report("invalid-definition", message, value.site.span)


def _merged(machine: Machine, found: list[DefinitionsValue], module: Module) -> DefinitionsValue:
    """Everything that is loaded, each by itself: having the same key is no conflict."""
    if len(found) == 1:
        return found[0]
    site = machine.module_site(module)
    repositories = any(each.name is not None for each in found)
    if repositories:
        apart = [_without_sources_of(each, found) for each in found]
        apart = list(_without_earlier(apart))
    else:
        apart = list(_without_later(found))[::-1]
    merged = merge(apart, Call(machine, "dagster.Definitions.merge", (), {}, site))
    return replace(merged, loaded_apart=repositories)


def _without_earlier(repositories: Iterable[DefinitionsValue]) -> Iterator[DefinitionsValue]:
    """Repositories, each without assets that an earlier one has all keys of."""
    keys: set[AssetKey] = set()
    for own in repositories:
        yield _without_assets(own, keys)
        keys.update(key for asset in own.assets for key in _keys_of(asset))


def _without_later(found: list[DefinitionsValue]) -> Iterator[DefinitionsValue]:
    """`Definitions`, the last first, each without what a later one of the module has under the same
    key or name: often it was made from them, and Dagster loads only one."""
    keys: set[AssetKey] = set()
    jobs: set[str] = set()
    schedules: set[str] = set()
    sensors: set[str] = set()
    for each in reversed(found):
        own = _without_assets(each, keys)
        taken: tuple[JobValue | ScheduleValue | SensorValue, ...] = (
            *_named_as(own.jobs, jobs),
            *_named_as(own.schedules, schedules),
            *_named_as(own.sensors, sensors),
        )
        yield replace(
            own,
            jobs=tuple(job for job in own.jobs if job.name not in jobs),
            schedules=tuple(timed for timed in own.schedules if timed.name not in schedules),
            sensors=tuple(sensor for sensor in own.sensors if sensor.name not in sensors),
            had_elsewhere=(*own.had_elsewhere, *taken),
        )
        keys.update(key for asset in each.assets for key in _keys_of(asset))
        jobs.update(job.name for job in each.jobs)
        schedules.update(timed.name for timed in each.schedules)
        sensors.update(sensor.name for sensor in each.sensors)


def _without_assets(own: DefinitionsValue, keys: AbstractSet[AssetKey]) -> DefinitionsValue:
    passed = tuple(
        asset for asset in own.assets if (made := _keys_of(asset)) and made.issubset(keys)
    )
    kept = tuple(asset for asset in own.assets if asset not in passed)
    return replace(own, assets=kept, had_elsewhere=(*own.had_elsewhere, *passed))


_Named = TypeVar("_Named", JobValue, ScheduleValue, SensorValue)


def _named_as(own: Iterable[_Named], names: AbstractSet[str]) -> tuple[_Named, ...]:
    return tuple(each for each in own if each.name in names)


def _keys_of(asset: AssetLike) -> set[AssetKey]:
    if isinstance(asset, AssetsValue):
        return {spec.key for spec in asset.specs}
    return {asset.key} if isinstance(asset, (SpecValue, SourceAssetValue)) else set()


def _without_sources_of(own: DefinitionsValue, all_: list[DefinitionsValue]) -> DefinitionsValue:
    """A repository without the sources that another one of the module computes: each is loaded by
    itself, and the sources of one take no keys from the other."""
    if own.name is None:
        return own
    others = (asset for each in all_ if each is not own for asset in each.assets)
    computed = {
        spec.key for asset in others if isinstance(asset, AssetsValue) for spec in asset.specs
    }
    taken = tuple(
        asset
        for asset in own.assets
        if isinstance(asset, SourceAssetValue) and asset.key in computed
    )
    kept = tuple(asset for asset in own.assets if asset not in taken)
    return replace(own, assets=kept, had_elsewhere=taken)


def _only_job(
    machine: Machine, module: Module, names: Mapping[str, Value]
) -> DefinitionsValue | None:
    """A single job of ops, or graph, is all that is loaded from a module without `Definitions`.

    Several ones, which Dagster refuses, are reported.
    """
    values = {id(value): value for value in names.values()}.values()
    jobs = [value for value in values if isinstance(value, JobValue) and value.graph is not None]
    graphs = [value for value in values if isinstance(value, GraphValue)]
    found: list[JobValue] | list[GraphValue] = jobs or graphs
    if len(found) > 1:
        kind = "job" if jobs else "graph"
        message = f"a second {kind} in a module without Definitions: Dagster loads neither"
        machine.report("invalid-definition", message, found[1].site.span)
    site = machine.module_site(module)
    if not jobs:
        made = [
            machine.call(machine.get_attribute(graph, "to_job", site), [], {}, site)
            for graph in graphs
        ]
        jobs = [job for job in made if isinstance(job, JobValue)]
    if not jobs:
        return None
    return DefinitionsValue(site, jobs=tuple(jobs))


def _assets(machine: Machine, module: Module) -> DefinitionsValue | None:
    """The assets among the globals; neither external specs nor checks, jobs or resources."""
    loaded = _globals(machine, module)
    if loaded is None:
        return None
    assets = tuple(asset for asset in loaded.assets if not isinstance(asset, SpecValue))
    return replace(
        loaded,
        assets=assets,
        checks=(),
        jobs=(),
        schedules=(),
        sensors=(),
        resources_known=True,
    )


def _globals(machine: Machine, module: Module) -> DefinitionsValue | None:
    """Everything that a module defines, with whatever resources its loader may have."""
    loaded = _call(machine, "dagster.load_definitions_from_module", module)
    return replace(loaded, resources_known=False) if loaded is not None else None


def _defs_folder(machine: Machine, target: LoadTarget) -> DefinitionsValue | None:
    module = importing.adopt(machine, target.modules[0])
    return _call(machine, "dagster.components.load_defs", module)


def _modules(machine: Machine, target: LoadTarget) -> DefinitionsValue | None:
    """If nothing says which of the modules are loaded: the `Definitions` that functions have made
    for any of them, or else the globals of all."""
    machine.order_is_known = False
    modules = [importing.adopt(machine, file) for file in target.modules]
    made = {id(each): each for module in modules for each in _made_for(machine, module)}
    if made:
        return _merged(machine, list(made.values()), modules[-1])
    found = []
    for module in modules:
        definitions = _globals(machine, module)
        if definitions is not None:
            found.append(definitions)
    return _merged(machine, found, modules[-1]) if found else None


def _made_for(machine: Machine, module: Module) -> list[DefinitionsValue]:
    importing.ensure(machine, module)
    if module.state == "broken":
        return []
    return _definitions_in(machine, module, importing.settled_globals(machine, module), ())


def _call(machine: Machine, loader: str, module: Module) -> DefinitionsValue | None:
    site = machine.module_site(module)
    importing.ensure(machine, module)
    machine.renew()
    loaded = machine.call(machine.intrinsic(loader), [module], {}, site)
    return loaded if isinstance(loaded, DefinitionsValue) else None


_LOADERS: Mapping[LoadKind, Callable[[Machine, LoadTarget], DefinitionsValue | None]] = {
    LoadKind.MODULE: _module,
    LoadKind.DEFS_FOLDER: _defs_folder,
    LoadKind.MODULES: _modules,
}
