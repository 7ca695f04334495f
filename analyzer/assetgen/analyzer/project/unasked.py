"""Code locations of a repository that were not asked for, and what they import."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from assetgen.analyzer.project.code_locations import (
    Discovery,
    LoadKind,
    LoadTarget,
    discover_code_locations,
    project_of,
)
from assetgen.analyzer.project.configuration import Configuration
from assetgen.analyzer.project.disk import Disk
from assetgen.analyzer.project.entry_points import files_reached
from assetgen.analyzer.project.modules import ModuleFile
from assetgen.analyzer.project.repository import repository_root
from assetgen.analyzer.project.walking import python_files


def imported_elsewhere(
    files: Iterable[Path],
    asked: Discovery,
    paths: tuple[Path, ...],
    configuration: Configuration,
    disk: Disk,
) -> frozenset[Path]:
    """Of some files, those that belong to a code location of the repository that was not `asked`
    for, as far as their texts tell; one that imports what was asked for is the same by another
    name.

    With all of a repository among the `paths` that the asked ones were looked for in, there is no
    other; when modules were named, there are no paths.
    """
    tops = {repository_root(target.modules[0].path, disk) for target in asked.targets}
    tops -= set(paths)
    if not tops:
        return frozenset()
    known = {module.path for target in asked.targets for module in target.modules}
    found = discover_code_locations(tuple(sorted(tops)), configuration, disk).targets
    others = [
        target
        for target in found
        if target.kind is not LoadKind.MODULES and target.modules[0].path not in known
    ]
    left = set(files)
    reached: set[Path] = set()
    for target in others:
        if not left:
            break
        belonging = _files_of(target, disk)
        if known.isdisjoint(belonging):
            reached |= left & belonging
            left -= reached
    return frozenset(reached)


def _files_of(target: LoadTarget, disk: Disk) -> frozenset[Path]:
    project = project_of(target, disk)
    modules: list[ModuleFile] = list(target.modules)
    if target.kind is LoadKind.DEFS_FOLDER:
        folder = modules[0].path.parent
        modules += [project.module_at(file) for file in python_files(folder, disk)]
    return files_reached(modules, project)
