"""Modules that the packages of the project do not have.

The analyser only looks for sources: there may be one that a build makes or git leaves out, an
extension in another language, or another folder of that name on the path.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assetgen.analyzer.evaluate.values import Constant, Module, Sequence
from assetgen.analyzer.model.closeness import did_you_mean
from assetgen.analyzer.model.patterns import late

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


def is_surely_absent(machine: Machine, package: Module, name: str) -> bool:
    """Whether a package has no such submodule, wherever the code runs."""
    project = machine.project
    found = project.find_module(package.name.partition(".")[0])
    if found is None or found.root not in project.source_roots or _GENERATED.fullmatch(name):
        return False
    if package.file is not None:
        text = project.read(Path(package.file))
        if not isinstance(text, bytes) or _FINDERS.search(text):
            return False
    whole = Path(*package.name.split("."))
    folders = {*_folders(package), *(root / whole for root in project.source_roots)}
    return all(_has_none(machine, folder, name) for folder in folders)


def is_of_project(machine: Machine, package: Module, site: Site) -> bool:
    """Whether a package is certainly the project's: one without a file may also be a folder that an
    installed package goes before, unless the module that imports it has others of it."""
    top = package.name.partition(".")[0]
    if package.file is not None or top == site.module.name.partition(".")[0]:
        return True
    parsed = machine.text_of(site.module)
    for node in parsed.tree.body if parsed is not None else ():
        if isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found = machine.project.find_module(node.module)
            if found is not None and found.file and found.name.partition(".")[0] == top:
                return True
    return False


def module_meant(machine: Machine, package: Module, name: str) -> str:
    """The end of a message about a submodule that a package does not have."""
    entries = {entry for each in _folders(package) for entry in machine.project.disk.listing(each)}
    names = {entry.removesuffix(".py") for entry in entries}
    return did_you_mean(name, (each for each in names if each.isidentifier()))


_GENERATED: Final = late(r"_?version|.*_pb2(_grpc)?|_?generated|.*_generated|_?build_.*")
"""Modules that are often made when a package is built."""
_FINDERS: Final = late(rb"__path__|extend_path|declare_namespace|sys\.modules|meta_path")
"""What a package does to find modules elsewhere."""


def _has_none(machine: Machine, folder: Path, name: str) -> bool:
    entries = machine.project.disk.listing(folder)
    if any(entry == name or entry.startswith(f"{name}.") for entry in entries):
        return False
    made = (machine.files.exists(folder / each) for each in (name, f"{name}.py"))
    return all(each is False for each in made)


def _folders(package: Module) -> list[Path]:
    """`__path__` of a package."""
    path = package.scope.names.get("__path__")
    items = path.items if isinstance(path, Sequence) else []
    return [Path(str(item.value)) for item in items if isinstance(item, Constant)]
