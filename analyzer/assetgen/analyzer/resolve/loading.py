"""From a code location's modules to the definitions that Dagster would find in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate import importing
from assetgen.analyzer.evaluate.budget import BudgetExceeded
from assetgen.analyzer.evaluate.values import Choice, External, Module, Unknown, Value
from assetgen.analyzer.intrinsics.dagster.declared.definitions import (
    DefinitionsValue,
    LazyDefinitionsValue,
)
from assetgen.analyzer.project.code_locations import LoadKind, LoadTarget

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine


def load(machine: Machine, target: LoadTarget) -> DefinitionsValue | None:
    """What the target holds, as one `DefinitionsValue`; None when nothing of it can be read."""
    try:
        return _LOADERS[target.kind](machine, target)
    except BudgetExceeded as exceeded:
        place = machine.module_site(importing.adopt(machine, target.modules[0])).span
        message = f"{target.name} is not loaded: more {exceeded.name} than are allowed"
        machine.report("budget-exceeded", message, place)
        return None


def _module(machine: Machine, target: LoadTarget) -> DefinitionsValue | None:
    """A module's `Definitions`; where it has none, all the definitions among its globals."""
    module = importing.adopt(machine, target.modules[0])
    importing.ensure(machine, module)
    if module.state == "broken":
        return None
    names = importing.settled_globals(machine, module)
    if target.attribute is not None:
        names = {target.attribute: names.get(target.attribute, External("builtins.None"))}
    found = _definitions_in(machine, module, names)
    if found:
        return _merged(machine, found, module)
    return _globals(machine, module)


def _definitions_in(
    machine: Machine, module: Module, names: Mapping[str, Value]
) -> list[DefinitionsValue]:
    """The distinct `Definitions` among a module's globals; of those not known, it is told."""
    found: list[DefinitionsValue] = []
    for name, value in names.items():
        for option in value.options if isinstance(value, Choice) else (value,):
            settled = _settled(machine, module, option)
            if isinstance(settled, DefinitionsValue) and settled not in found:
                found.append(settled)
            elif name in _USUAL_NAMES and isinstance(settled, Unknown):
                root = settled.root()
                span = root.span or machine.module_site(module).span
                machine.report("unresolved-asset", f"{name} is not known: {root.message}", span)
    return found


_USUAL_NAMES = ("defs", "definitions")


def _settled(machine: Machine, module: Module, value: Value) -> Value:
    """What a function decorated with `@definitions` returns; any other value itself."""
    if isinstance(value, LazyDefinitionsValue):
        machine.renew()
        return machine.call(value, [], {}, machine.module_site(module))
    return value


def _merged(
    machine: Machine, found: list[DefinitionsValue], module: Module
) -> DefinitionsValue | None:
    if len(found) == 1:
        return found[0]
    site = machine.module_site(module)
    merged = machine.call(machine.intrinsic("dagster.Definitions.merge"), found, {}, site)
    return merged if isinstance(merged, DefinitionsValue) else None


def _globals(machine: Machine, module: Module) -> DefinitionsValue | None:
    return _call(machine, "dagster.load_definitions_from_module", module)


def _defs_folder(machine: Machine, target: LoadTarget) -> DefinitionsValue | None:
    module = importing.adopt(machine, target.modules[0])
    return _call(machine, "dagster.components.load_defs", module)


def _modules(machine: Machine, target: LoadTarget) -> DefinitionsValue | None:
    """The globals of all the modules, when nobody says which of them are loaded."""
    found = []
    module = importing.adopt(machine, target.modules[0])
    for file in target.modules:
        module = importing.adopt(machine, file)
        definitions = _globals(machine, module)
        if definitions is not None:
            found.append(definitions)
    return _merged(machine, found, module) if found else None


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
