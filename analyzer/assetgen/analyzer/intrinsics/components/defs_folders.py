"""`defs` folders: packages whose files are all loaded, as `dg` projects have them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assetgen.analyzer.evaluate import importing
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Instance,
    Module,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.components.building import build
from assetgen.analyzer.intrinsics.components.component_files import (
    COMPONENT_FILES,
    component_of_file,
    load_component_file,
)
from assetgen.analyzer.intrinsics.components.executables import KnownComponent
from assetgen.analyzer.intrinsics.components.load_contexts import (
    LoadContext,
    context_of,
    load_context,
)
from assetgen.analyzer.intrinsics.components.template_variables import component_loaders
from assetgen.analyzer.intrinsics.dagster.declared.definitions import (
    DefinitionsValue,
    LazyDefinitionsValue,
)
from assetgen.analyzer.intrinsics.dagster.definitions.alternatives import (
    alternatives,
    may_be,
    settled,
)
from assetgen.analyzer.intrinsics.dagster.definitions.definition_loaders import load_definitions
from assetgen.analyzer.intrinsics.dagster.definitions.definitions import merge, merged
from assetgen.analyzer.intrinsics.dagster.places import function_place
from assetgen.analyzer.intrinsics.dagster.plain import why
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.project.files.settings_file import read_toml
from assetgen.analyzer.project.modules.modules import ModuleFile, ModuleKind, Project


def load_defs_folder(call: Call, package: ModuleFile, stops: bool) -> DefinitionsValue:
    """The definitions of a folder: each file and subfolder by itself, merged.

    A folder with a component file is that component. With `stops`, one with a `definitions.py` is
    only that.
    """
    contexts = [load_context(call, package, folder) for folder in package.search]
    loading = _Loading(stops)
    return merged([loading.at(call, context) for context in contexts], call)


@dataclass(frozen=True, slots=True)
class _Loading:
    """The loading of one tree of folders."""

    stops: bool

    def at(self, call: Call, context: LoadContext) -> DefinitionsValue:
        """What is at the context's path."""
        disk, folder = call.machine.project.disk, context.path
        if folder.suffix == ".py" and disk.is_file(folder):
            return merge(list(_file(call, context)), call)
        names = disk.listing(folder)
        component = next((name for name in COMPONENT_FILES if name in names), None)
        if component is not None:
            return load_component_file(call, context, folder / component, self.folder)
        if self.stops and "definitions.py" in names and "component.py" not in names:
            return self.at(call, context.at(folder / "definitions.py"))
        return self.folder(call, context)

    def folder(self, call: Call, context: LoadContext) -> DefinitionsValue:
        """The definitions of everything in a folder."""
        disk = call.machine.project.disk
        paths = [
            context.path / name
            for name in sorted(disk.listing(context.path))
            if not name.startswith(".")
            and name != "__pycache__"
            and not disk.leads_back(context.path, name)
        ]
        loaded = [path for path in paths if path.suffix == ".py" or disk.is_folder(path)]
        return merged([self.at(call, context.at(path)) for path in loaded], call)


def _file(call: Call, context: LoadContext) -> Iterator[DefinitionsValue]:
    """A `Definitions` wins; else what functions of definitions return; else everything in the
    file."""
    module = importing.adopt(call.machine, _module_file(call, context))
    importing.ensure(call.machine, module)
    names = importing.settled_globals(call.machine, module)
    values = {id(value): value for _, value in sorted(names.items())}.values()
    ready = [value for value in values if may_be(value, DefinitionsValue)]
    lazy = [value for value in values if may_be(value, LazyDefinitionsValue)]
    given = [each for value in ready[:1] or lazy for each in _given(call, value, context)]
    if len(ready) > 1 or (ready and set(map(id, lazy)) - set(map(id, ready))):
        what = "functions of definitions as well as Definitions" if lazy else "several Definitions"
        message = f"the file holds {what}: at most one is loaded"
        last, _ = alternatives(call.machine, ready[-1])
        call.report("invalid-definition", message, last.site if last is not None else None)
    if ready or lazy:
        yield from given
        return
    for loader in component_loaders(names):
        site = function_place(loader, call.site)
        component = call.machine.call(loader, [context.at(context.path)], {}, site)
        yield build(call, component, context, loader.name, site)
    yield load_definitions(call, [module])


def _given(call: Call, value: Value, context: LoadContext) -> Iterator[DefinitionsValue]:
    """The `Definitions` that a global is, or that a function of definitions returns."""

    found, others = alternatives(
        call.machine, value, lambda each: settled(call.machine, each, [context], call.site)
    )
    if found is not None:
        yield found
    for other in others:
        if isinstance(other, Unknown) and other.root().reason not in ("told", "unbound"):
            message = f"definitions are not known: {why(other)}"
            call.machine.report("unresolved-asset", message, other.root().span or call.site.span)
            yield replace(merge([], call), losses=(other,), resources_known=False)


def _module_file(call: Call, context: LoadContext) -> ModuleFile:
    """The module of a file, even in a folder that no import statement can name."""
    name = context.module_name(context.path)
    found = call.machine.project.find_module(name)
    if found is not None and found.file == context.path:
        return found
    kind = ModuleKind.PACKAGE if context.path.name == "__init__.py" else ModuleKind.MODULE
    search = (context.path.parent,) if kind is ModuleKind.PACKAGE else ()
    return ModuleFile(name, kind, context.path, context.project_root, search)


_FOLDER = Parameters("*, path_within_project=None, **rest")


def _load_defs(call: Call) -> Value:
    """`load_defs(package)`, `load_from_defs_folder(path_within_project=...)`."""
    if call.name.endswith("load_from_defs_folder"):
        _FOLDER.bind(call)
    given = call.only
    package = package_of(call, given)
    if package is None:
        return call.unknown("file", "the defs folder is not in the project", given)
    flag = call.kwargs.get("terminate_autoloading_on_keyword_files")
    stops = call.name.endswith("load_defs") and flag != Constant(False)
    return load_defs_folder(call, package, stops)


_COMPONENTS = Parameters("components_root")


def _build_components(call: Call) -> Value:
    """`build_component_defs(path)`: for the package named by the last two parts of the path."""
    given = _COMPONENTS.bind(call)["components_root"]
    folder = Path(str(given.value)) if isinstance(given, Constant) else Path()
    package = call.machine.project.find_module(f"{folder.parent.name}.{folder.name}")
    if package is None:
        return call.unknown("file", "the folder of components is not in the project", given)
    return load_defs_folder(call, package, stops=True)


def package_of(call: Call, given: Value) -> ModuleFile | None:
    """The package of definitions that a module is, or that a path within a project belongs to."""
    project = call.machine.project
    if isinstance(given, Module):
        return project.find_module(given.name)
    if not isinstance(given, Constant):
        return None
    folder = call.machine.files.resolve(str(given.value))
    configured = _configured(call, folder)
    if configured is not None:
        return configured
    own = project.find_module(call.site.module.name)
    if own is None or own.file is None:
        return None
    parts = call.site.module.name.split(".")
    for depth in range(len(parts) - (not own.is_package), 0, -1):
        candidate = _defs_package(project, ".".join((*parts[:depth], "defs")))
        if candidate is not None and any(_is_near(path, folder) for path in candidate.search):
            return candidate
    return None


def _configured(call: Call, folder: Path) -> ModuleFile | None:
    """The package of definitions that the settings of the nearest `dg` project name."""
    machine = call.machine
    for place in (folder, *folder.parents):
        for name, keys in _SETTINGS:
            if machine.files.is_file(place / name) is not True:
                continue
            settings = read_toml(place / name, machine.project.disk)
            root = settings.text_at(*keys, "root_module")
            if root is not None:
                module = settings.text_at(*keys, "defs_module") or f"{root}.defs"
                return _defs_package(machine.project, module)
    return None


def _defs_package(project: Project, name: str) -> ModuleFile | None:
    """A package of definitions, which is one even if there is nothing in it but YAML."""
    found = project.find_module(name)
    parent, _, last = name.rpartition(".")
    package = project.find_module(parent) if found is None and parent else None
    for folder in package.search if package is not None else ():
        if package is not None and project.disk.is_folder(folder / last):
            search = (folder / last,)
            return ModuleFile(name, ModuleKind.NAMESPACE, folder / last, package.root, search)
    return found


_SETTINGS = (("dg.toml", ("project",)), ("pyproject.toml", ("tool", "dg", "project")))


def _is_near(defs: Path, folder: Path) -> bool:
    """Whether a path within the project can mean this `defs` folder: it only has to be in the same
    project."""
    return folder == defs or folder in defs.parents or defs in folder.parents


def _build_below(call: Call) -> Value:
    """`context.build_defs(path)`: what lies at a path below the folder of definitions."""
    given = call.only
    return build_at(call, context_of(call.receiver), given)


def build_at(call: Call, context: LoadContext | None, given: Value) -> Value:
    """What lies at a path below the folder of definitions."""
    if context is None or not isinstance(given, Constant):
        return call.unknown("unsupported", "the path of the definitions is not known", given)
    path = context.defs / str(given.value)
    disk = call.machine.project.disk
    if not disk.is_folder(path) and not disk.is_file(path):
        return call.unknown("file", f"there is no folder {given.value} of definitions")
    return _Loading(stops=False).at(call, context.at(path))


_COMPONENT = Parameters("defs_path, expected_type=None")


def _load_component(call: Call) -> Value:
    """`context.load_component(path)`: the component of a folder below that of definitions."""
    given = _COMPONENT.bind(call)["defs_path"]
    return component_at(call, context_of(call.receiver), given)


def component_at(call: Call, context: LoadContext | None, given: Value) -> Value:
    """The component of a folder below that of definitions."""
    if context is None or not isinstance(given, Constant):
        return call.unknown("unsupported", "the path of the component is not known", given)
    path, disk = Path(str(given.value)), call.machine.project.disk
    folder = context.defs / path
    # Dagster compares paths as they are written: one with `..` is that of no component.
    if ".." in path.parts or not (disk.is_folder(folder) or disk.is_file(folder)):
        raise Raised("builtins.Exception", f"no component found at {path}")
    names = disk.listing(folder)
    for name in COMPONENT_FILES:
        if name in names:
            return component_of_file(call, context.at(folder), folder / name)
    return call.unknown("file", f"there is no component in {given.value}")


def _build_file(call: Call) -> Value:
    """`DefinitionsComponent`: what a Python file beside the YAML file defines."""
    context, component = next(iter(call.args), NONE), call.receiver
    path = component.fields.get("path", NONE) if isinstance(component, KnownComponent) else NONE
    if not isinstance(context, LoadContext) or not isinstance(path, Constant):
        return call.unknown("unsupported", "the file of the definitions is not known", path)
    file = context.path / str(path.value or "definitions.py")
    if not call.machine.project.disk.is_file(file):
        raise Raised("builtins.ModuleNotFoundError", f"there is no file {file.name}")
    return merge(list(_file(call, context.at(file))), call)


def _build_alone(call: Call) -> Value:
    """`build_defs_for_component(component)`: a component without a folder."""
    component = call.only
    own = call.site.module
    folder = Path(own.file).parent if own.file is not None else Path()
    context = LoadContext(folder, folder, own.name.rpartition(".")[0], folder, is_anywhere=True)
    name = component.cls.name if isinstance(component, Instance) else "component"
    return build(call, component, context, name, call.site)


TABLE: dict[str, Intrinsic] = {
    "dagster.DefinitionsComponent.build_defs": _build_file,
    "dagster.build_component_defs": _build_components,
    "dagster.build_defs_for_component": _build_alone,
    "dagster.load_defs": _load_defs,
    "dagster.load_from_defs_folder": _load_defs,
    "dagster.ComponentLoadContext.build_defs": _build_below,
    "dagster.ComponentLoadContext.build_defs_at_path": _build_below,
    "dagster.ComponentLoadContext.load_component": _load_component,
    "dagster.ComponentLoadContext.load_component_at_path": _load_component,
}
"""The intrinsics of `defs` folders."""
