"""The modules that a loader is given: one by one, by a name, or as a package."""

from __future__ import annotations

from assetgen.analyzer.evaluate import importing
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.values import Constant, Module, Value
from assetgen.analyzer.intrinsics.dagster.plain import shown, why


def imported(call: Call, name: Value) -> Value:
    """The module that a string names; any other value as it is."""
    if isinstance(name, Constant) and isinstance(name.value, str):
        return call.machine.import_module(name.value)
    return name


def modules_in(call: Call, value: Value) -> list[Module]:
    """The modules in a collection; those outside of the project are reported."""
    if isinstance(value, (Module, Constant)):
        described = f"the module {value.name}" if isinstance(value, Module) else shown(value)
        call.report("wrong-type", f"a list of modules is loaded, not {described}")
        return [value] if isinstance(value, Module) else []
    items = call.items(value)
    found = [item for item in items.values if isinstance(item, Module)]
    others = [item for item in items.values if not isinstance(item, Module)]
    for other in (*others, *items.losses):
        _tell_foreign(call, other)
    return found


def package_modules(call: Call, value: Value) -> list[Module]:
    """A package and all modules below it, in the order in which Dagster walks them."""
    if not isinstance(value, Module):
        _tell_foreign(call, value)
        return []
    if not value.is_package:
        call.report("wrong-type", f"the module {value.name} is loaded as a package, but is not one")
    found = [value]
    file = call.machine.project.find_module(value.name)
    if file is not None and file.is_package:
        for below in call.machine.project.walk_modules(file):
            module = importing.adopt(call.machine, below)
            importing.ensure(call.machine, module)
            found.append(module)
    return found


def _tell_foreign(call: Call, value: Value) -> None:
    if isinstance(value, Constant):
        call.report("wrong-type", f"{shown(value)} is loaded, which is not a module")
        return
    unknown = call.unknown("external", "a module that is loaded is not in the project", value)
    root = why(unknown) if unknown.causes else getattr(value, "qualname", unknown.message)
    call.report("unresolved-asset", f"the assets of a module are not known: {root}")
