"""`defs` folders: packages whose files are all loaded, as `dg` projects have them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assetgen.analyzer.evaluate import importing
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import NONE, Constant, Module, Value
from assetgen.analyzer.intrinsics.dagster.declared.definitions import (
    DefinitionsValue,
    LazyDefinitionsValue,
)
from assetgen.analyzer.intrinsics.dagster.definitions import merge
from assetgen.analyzer.intrinsics.dagster.loaders import load_definitions, objects_in
from assetgen.analyzer.model.spans import Span
from assetgen.analyzer.project.modules import ModuleFile

_COMPONENT_FILES = ("defs.yaml", "defs.yml", "component.yaml")


def load_defs_folder(call: Call, package: ModuleFile, stops: bool) -> DefinitionsValue:
    """What a folder defines: each file and subfolder for itself, merged.

    A folder with a component file is that component; where loading `stops` at them, one with a
    `definitions.py` is only that.
    """
    return merge(list(_folder(call, package, stops)), call)


def _folder(call: Call, package: ModuleFile, stops: bool) -> Iterator[DefinitionsValue]:
    disk = call.machine.project.disk
    for folder in package.search:
        names = disk.listing(folder)
        component = next((name for name in _COMPONENT_FILES if name in names), None)
        if component is not None:
            _tell_component(call, folder / component)
            return
        if stops and "definitions.py" in names and "component.py" not in names:
            found = call.machine.project.find_module(f"{package.name}.definitions")
            if found is not None:
                yield from _file(call, found)
            return
        for name in sorted(names):
            if name.startswith(".") or name == "__pycache__":
                continue
            yield from _entry(call, package, folder / name, name, stops)


def _entry(
    call: Call, package: ModuleFile, path: Path, name: str, stops: bool
) -> Iterator[DefinitionsValue]:
    project = call.machine.project
    if name == "__init__.py":
        yield from _file(call, package)
    elif name.endswith(".py"):
        found = project.find_module(f"{package.name}.{name[:-3]}")
        if found is not None and not found.is_package:
            yield from _file(call, found)
    elif project.disk.is_folder(path):
        below = project.find_module(f"{package.name}.{name}")
        if below is not None and below.is_package:
            yield from _folder(call, below, stops)
        else:
            component = next(
                (path / file for file in _COMPONENT_FILES if project.disk.is_file(path / file)),
                None,
            )
            if component is not None:
                _tell_component(call, component)


def _file(call: Call, file: ModuleFile) -> Iterator[DefinitionsValue]:
    """A `Definitions` wins; else what functions of definitions return; else all that is there."""
    module = importing.adopt(call.machine, file)
    importing.ensure(call.machine, module)
    ready, _ = objects_in(call, [module], (DefinitionsValue,))
    found = [item for item in ready if isinstance(item, DefinitionsValue)]
    if found:
        yield found[0]
        return
    lazy, _ = objects_in(call, [module], (LazyDefinitionsValue,))
    for item in lazy:
        made = call.machine.call(item, [], {}, call.site)
        if isinstance(made, DefinitionsValue):
            found.append(made)
    if lazy:
        yield from found
        return
    yield load_definitions(call, [module])


def _tell_component(call: Call, path: Path) -> None:
    shown = call.machine.shown(str(path))
    message = "what this component defines is not followed"
    call.machine.report("unresolved-asset", message, Span(shown, 1, 1, 1, 2))


def _load_defs(call: Call) -> Value:
    """`load_defs(package)`, which stops at a `definitions.py` unless it is told not to, and
    `load_from_defs_folder(path_within_project=...)`, which does not stop."""
    given = next(iter((*call.args, *call.kwargs.values())), NONE)
    package = _package(call, given)
    if package is None:
        return call.unknown("file", "the defs folder is not in the project", given)
    stop = call.kwargs.get("terminate_autoloading_on_keyword_files")
    stops = call.name.endswith("load_defs") and stop != Constant(False)
    return load_defs_folder(call, package, stops)


def _package(call: Call, given: Value) -> ModuleFile | None:
    project = call.machine.project
    if isinstance(given, Module):
        return project.find_module(given.name)
    if not isinstance(given, Constant):
        return None
    folder = Path(str(given.value))
    own = project.find_module(call.site.module.name)
    if own is None or own.file is None:
        return None
    parts = call.site.module.name.split(".")
    for depth in range(len(parts) - (not own.is_package), 0, -1):
        candidate = project.find_module(".".join((*parts[:depth], "defs")))
        if candidate is not None and any(_is_near(path, folder) for path in candidate.search):
            return candidate
    return None


def _is_near(defs: Path, folder: Path) -> bool:
    """Whether a path within the project can mean this `defs` folder: it only has to lie in the
    same project."""
    return folder == defs or folder in defs.parents or defs in folder.parents


TABLE: dict[str, Intrinsic] = {
    "dagster.load_defs": _load_defs,
    "dagster.load_from_defs_folder": _load_defs,
}
"""The intrinsics of `defs` folders."""
