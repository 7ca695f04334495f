"""`ComponentTree`: the components of a project, as code asks for them."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import NONE, Constant, Declared, Module, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.components.defs_folders import (
    build_at,
    component_at,
    load_defs_folder,
    package_of,
)
from assetgen.analyzer.intrinsics.components.load_contexts import (
    LoadContext,
    TreeOfContext,
    load_context,
)
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.project.modules.modules import ModuleFile


@dataclass(slots=True, eq=False)
class ComponentTreeValue(Declared):
    """The tree of a package of definitions; `context` is that of its root."""

    type_name: ClassVar[str] = "dagster.ComponentTree"

    package: ModuleFile
    context: LoadContext

    def attribute(self, name: str) -> Value | None:
        if name == "project_root":
            return Constant(self.context.project_root)
        if name in ("load_context", "decl_load_context"):
            return self.context
        return self.context.attribute(name)


_PROJECT = Parameters("path_within_project")
_MODULE = Parameters("defs_module, project_root=None")
_COMPONENT = Parameters("defs_path, expected_type=None")


def _for_project(call: Call) -> Value:
    given = _PROJECT.bind(call)["path_within_project"]
    return _tree(call, package_of(call, given), given)


def _from_module(call: Call) -> Value:
    given = _MODULE.bind(call)["defs_module"]
    return _tree(call, package_of(call, given) if isinstance(given, Module) else None, given)


def _tree(call: Call, package: ModuleFile | None, given: Value) -> Value:
    if package is None or not package.search:
        return call.unknown("file", "the defs folder is not in the project", given)
    return ComponentTreeValue(package, load_context(call, package, package.search[0]))


def _build_defs(call: Call) -> Value:
    tree, given = call.receiver, call.only
    if isinstance(tree, TreeOfContext):
        return build_at(call, tree.context, given)
    if not isinstance(tree, ComponentTreeValue):
        return call.unknown("unsupported", "which tree of components is meant")
    if given == NONE:
        return load_defs_folder(call, tree.package, stops=False)
    return build_at(call, tree.context, given)


def _load_component(call: Call) -> Value:
    tree, given = call.receiver, _COMPONENT.bind(call)["defs_path"]
    if not isinstance(tree, (ComponentTreeValue, TreeOfContext)):
        return call.unknown("unsupported", "which tree of components is meant")
    return component_at(call, tree.context, given)


TABLE: ReadOnlyMapping[str, Intrinsic] = {
    "dagster.ComponentTree.for_project": _for_project,
    "dagster.ComponentTree.load": _for_project,
    "dagster.ComponentTree.from_module": _from_module,
    "dagster.ComponentTree.build_defs": _build_defs,
    "dagster.ComponentTree.build_defs_at_path": _build_defs,
    "dagster.ComponentTree.load_component": _load_component,
    "dagster.ComponentTree.load_component_at_path": _load_component,
}
"""The intrinsics of trees of components."""
