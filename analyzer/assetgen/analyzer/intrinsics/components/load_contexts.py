"""`ComponentLoadContext`: where a component is, as its code and its templates see it."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from pathlib import Path
from typing import ClassVar

from assetgen.analyzer.evaluate.bound_values import KnownMethod
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    Constant,
    Declared,
    External,
    Mapping,
    Module,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.components.environment_scopes import EnvironmentScope
from assetgen.analyzer.intrinsics.components.templates import FURTHER_NAMES, render
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.project.modules.modules import ModuleFile


@dataclass(slots=True, eq=False)
class LoadContext(Declared):
    """`path` is the folder (or Python file) that is loaded, below the folder `defs` of the package
    `package`.

    `scope` holds the names for templates besides those that all have. `is_anywhere` if Dagster
    takes the folder that it is run in instead of all of these.
    """

    type_name: ClassVar[str] = "dagster.ComponentLoadContext"

    path: Path
    defs: Path
    package: str
    project_root: Path
    scope: ReadOnlyMapping[str, Value] = field(default_factory=dict)
    is_anywhere: bool = False

    def attribute(self, name: str) -> Value | None:
        if self.is_anywhere and name in ("path", "project_root", "defs_module_path"):
            return Unknown("external", "the folder that Dagster is run in")
        if name in ("path", "project_root"):
            return Constant(getattr(self, name))
        if name == "defs_module_path":
            return Constant(self.defs)
        if name == "defs_module_name":
            return Constant(self.package)
        if name == "resolution_context":
            return ResolutionScope(self)
        if name == "component_tree":
            return TreeOfContext(replace(self, path=self.defs, scope={}))
        return None

    def module_name(self, path: Path) -> str:
        """The dotted name of what is at `path`, below the package of the definitions."""
        relative = path.relative_to(self.defs) if path.is_relative_to(self.defs) else Path()
        parts = relative.with_suffix("").parts if relative.suffix == ".py" else relative.parts
        if parts and parts[-1] == "__init__":
            parts = parts[:-1]
        return ".".join((self.package, *parts))

    def at(self, path: Path, scope: ReadOnlyMapping[str, Value] | None = None) -> LoadContext:
        """The context of something below it, with more names for templates."""
        names = {**self.scope, **(scope or {})}
        place = (path, self.defs, self.package, self.project_root)
        return LoadContext(*place, names, self.is_anywhere)

    def names(self) -> dict[str, Value]:
        """All names that a template can use."""
        of_old: dict[str, Value] = {
            "project_root": Constant(str(self.project_root)),
            "load_component_at_path": KnownMethod(f"{self.type_name}.load_component", self),
            "build_defs_at_path": KnownMethod(f"{self.type_name}.build_defs", self),
        }
        return {**_COMMON, **of_old, "context": TemplateContext(self), **self.scope}


@dataclass(slots=True, eq=False)
class TreeOfContext(Declared):
    """The tree of components that a context is one of; `context` is that of the tree's root."""

    type_name: ClassVar[str] = "dagster.ComponentTree"

    context: LoadContext

    def attribute(self, name: str) -> Value | None:
        return self.context if name in _ROOTS else self.context.attribute(name)


_ROOTS = ("load_context", "decl_load_context")


@dataclass(slots=True, eq=False)
class ResolutionScope(Declared):
    """`ResolutionContext`, which the user's resolvers receive."""

    type_name: ClassVar[str] = "dagster.ResolutionContext"

    context: LoadContext

    def attribute(self, name: str) -> Value | None:
        if name == "scope":
            entries = {
                ("constant", key): (Constant(key), value)
                for key, value in self.context.names().items()
                if key != FURTHER_NAMES
            }
            return Mapping("dict", entries)  # type: ignore[arg-type]
        return None


@dataclass(slots=True, eq=False)
class TemplateContext(Declared):
    """`context` in a template: it has `project_root`, as a string, and loads other modules."""

    type_name: ClassVar[str] = "dagster.ComponentLoadContext"

    context: LoadContext

    def attribute(self, name: str) -> Value | None:
        if name == "project_root":
            return Constant(str(self.context.project_root))
        if name in ("load_component", "build_defs"):
            return None
        return Unknown("error", f"a template's `context` has no `{name}`")


_COMMON: ReadOnlyMapping[str, Value] = {
    "env": EnvironmentScope(),
    "dg": External("dagster"),
    "datetime": External("datetime"),
    "automation_condition": External("dagster.AutomationCondition"),
}


def load_context(call: Call, package: ModuleFile, path: Path) -> LoadContext:
    """The context of a folder of definitions."""
    disk = call.machine.project.disk
    root = path
    for folder in (path, *path.parents):
        if any(disk.is_file(folder / name) for name in ("pyproject.toml", "setup.py", "dg.toml")):
            root = folder
            break
    return LoadContext(path, path, package.name, root)


_PATH = Parameters("path")


def _load_module(call: Call) -> Value:
    """A module by its path below the folder that is loaded."""
    context, given = context_of(call.receiver), _PATH.bind(call)["path"]
    if context is None or not isinstance(given, Constant):
        return call.unknown("unsupported", "the path of the module is not known", given)
    folder = context.path.parent if context.path.suffix == ".py" else context.path
    name = context.module_name(folder / str(given.value))
    found = call.machine.import_module(name)
    if isinstance(found, Module):
        return found
    return call.unknown("file", f"there is no module {name} in the project")


def _module_name(call: Call) -> Value:
    context, given = context_of(call.receiver), _PATH.bind(call)["path"]
    if context is None or not isinstance(given, Constant):
        return call.unknown("unsupported", "the path of the module is not known", given)
    return Constant(context.module_name(context.path / str(given.value)))


def _resolve_value(call: Call) -> Value:
    """`resolve_value(x)`: with the templates in it rendered, at any depth."""
    scope = call.receiver
    if not isinstance(scope, ResolutionScope) or not call.args:
        return call.unknown("unsupported", "what is resolved is not known", *call.args)
    return _resolved(call, call.args[0], scope.context.names())


def _resolved(call: Call, value: Value, names: ReadOnlyMapping[str, Value]) -> Value:
    if isinstance(value, Constant) and isinstance(value.value, str):
        return render(call, value.value, names, call.site)
    if isinstance(value, Sequence):
        items = [_resolved(call, item, names) for item in value.items]
        return Sequence(value.kind, items, list(value.losses))
    if isinstance(value, Mapping):
        entries = {
            key: (own, _resolved(call, item, names)) for key, (own, item) in value.entries.items()
        }
        return Mapping(value.kind, entries, list(value.losses))
    return value


def _with_scope(call: Call) -> Value:
    scope = call.receiver
    if not isinstance(scope, ResolutionScope):
        return call.unknown("unsupported", "the context is not known")
    context = scope.context
    return ResolutionScope(context.at(context.path, call.kwargs))


def _source_path(call: Call) -> Value:
    """A path beside the YAML file."""
    scope = call.receiver
    given = call.args[0] if call.args else call.kwargs.get("value")
    if not isinstance(scope, ResolutionScope) or not isinstance(given, Constant):
        return call.unknown("unsupported", "the path is not known")
    return Constant(scope.context.path / str(given.value))


def context_of(receiver: Value | None) -> LoadContext | None:
    """The context, as code or as a template sees it."""
    if isinstance(receiver, TemplateContext):
        return receiver.context
    return receiver if isinstance(receiver, LoadContext) else None


TABLE: dict[str, Intrinsic] = {
    "dagster.ComponentLoadContext.load_defs_relative_python_module": _load_module,
    "dagster.ComponentLoadContext.load_defs_relative_module": _load_module,
    "dagster.ComponentLoadContext.defs_relative_module_name": _module_name,
    "dagster.ResolutionContext.resolve_value": _resolve_value,
    "dagster.ResolutionContext.with_scope": _with_scope,
    "dagster.ResolutionContext.at_path": lambda call: call.receiver or call.unknown("error", ""),
    "dagster.ResolutionContext.resolve_source_relative_path": _source_path,
}
"""The intrinsics of contexts."""
