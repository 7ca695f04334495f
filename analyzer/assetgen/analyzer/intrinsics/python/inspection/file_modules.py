"""Modules that are loaded by file path: `importlib.util`, `importlib.machinery`."""

from __future__ import annotations

import os
from collections.abc import Mapping as ReadOnlyMapping
from pathlib import PurePath
from typing import Final

from assetgen.analyzer.evaluate import importing
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Module,
    Record,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import each_option, lost
from assetgen.analyzer.intrinsics.python.system.files import not_read, path_of
from assetgen.analyzer.project.disk import Refused
from assetgen.analyzer.project.modules.modules import ModuleFile, ModuleKind

_FROM_FILE: Final = Parameters(
    "name, location=None, *, loader=None, submodule_search_locations=None"
)
_LOADER: Final = Parameters("fullname, path")
_SPEC: Final = "importlib.machinery.ModuleSpec"
_SOURCE_LOADER: Final = "importlib.machinery.SourceFileLoader"


def _spec_from_file(call: Call) -> Value:
    bound = _FROM_FILE.bind(call)
    given, name = bound["loader"], bound["name"]
    known = given.fields.get("path") if isinstance(given, Record) else None
    location = known or bound["location"]
    path = path_of(call, location)
    if isinstance(path, Unknown):
        return path
    return _spec(name, Constant(path))


def _spec(name: Value, path: Value) -> Record:
    loader = Record(_SOURCE_LOADER, {"name": name, "path": path})
    return Record(_SPEC, {"name": name, "origin": path, "loader": loader})


def _spec_from_loader(call: Call) -> Value:
    loader = call.args[1] if len(call.args) > 1 else call.kwargs.get("loader", NONE)
    path = loader.fields.get("path") if isinstance(loader, Record) else None
    return _spec(call.args[0], path) if path is not None and call.args else lost(call, loader)


def _source_loader(call: Call) -> Value:
    bound = _LOADER.bind(call)
    path = path_of(call, bound["path"])
    if isinstance(path, Unknown):
        return path
    return Record(_SOURCE_LOADER, {"name": bound["fullname"], "path": Constant(path)})


def _module_from_spec(call: Call) -> Value:
    spec = call.first
    if not isinstance(spec, Record):
        return lost(call, spec)
    if "origin" not in spec.fields:
        name = spec.fields.get("name")
        if isinstance(name, Constant):
            return call.machine.import_module(str(name.value))
        return lost(call, spec)
    return _module_at(call, spec)


def _load(call: Call) -> Value:
    loader = call.receiver
    return _module_at(call, loader) if isinstance(loader, Record) else lost(call)


def _module_at(call: Call, where: Record) -> Value:
    """The module in the file that a specification or a loader names.

    If imports of the project reach the same file, it is the same module, so that it counts once.
    """
    location = where.fields.get("origin") or where.fields.get("path")
    if not isinstance(location, Constant) or not isinstance(location.value, (str, PurePath)):
        return lost(call, where)
    machine = call.machine
    found = machine.files.is_file(os.fspath(location.value))
    if isinstance(found, Refused):
        return not_read(call, found)
    if not found:
        shown = machine.shown(os.fspath(location.value))
        return call.unknown("file", f"`{shown}` is not there")
    path = machine.files.resolve(location.value)
    file = machine.project.module_at(path)
    if machine.project.module_name(path) is None:
        shown = machine.shown(str(path)).removesuffix(".py")
        file = ModuleFile(shown, ModuleKind.MODULE, path, path.parent)
    module = importing.adopt(machine, file)
    importing.ensure(machine, module)
    return module


def _run_module(call: Call) -> Value:
    module = call.first
    if isinstance(module, Module):
        importing.ensure(call.machine, module)
    return NONE


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "importlib.machinery.SourceFileLoader": each_option(_source_loader),
    "importlib.machinery.SourceFileLoader.exec_module": each_option(_run_module),
    "importlib.machinery.SourceFileLoader.load_module": each_option(_load),
    "importlib.util.module_from_spec": each_option(_module_from_spec),
    "importlib.util.spec_from_file_location": each_option(_spec_from_file),
    "importlib.util.spec_from_loader": each_option(_spec_from_loader),
}
