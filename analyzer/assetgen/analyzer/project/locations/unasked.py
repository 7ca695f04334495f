"""Code locations of the repository that the user did not ask for, and what they import."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from assetgen.analyzer.project.disk import Disk
from assetgen.analyzer.project.files.repository import repository_root
from assetgen.analyzer.project.files.walking import python_files
from assetgen.analyzer.project.locations.code_locations import Discovery, discover_code_locations
from assetgen.analyzer.project.locations.configuration import Configuration
from assetgen.analyzer.project.locations.entry_points import files_reached
from assetgen.analyzer.project.locations.load_targets import LoadKind, LoadTarget, project_of
from assetgen.analyzer.project.modules.modules import ModuleFile


class Unasked:
    """The other code locations of the repository, looked up when they are first needed.

    There are none if `paths`, in which the asked ones were looked up, cover the whole repository;
    if modules were named, there are no paths.
    """

    def __init__(
        self, asked: Discovery, paths: tuple[Path, ...], configuration: Configuration, disk: Disk
    ) -> None:
        self._asked = asked
        self._paths = paths
        self._configuration = configuration
        self._disk = disk

    def importing(self, files: Iterable[Path]) -> frozenset[Path]:
        """Those of some files that one of them imports, as far as their text shows. A location that
        imports what was asked for is the same one by another name."""
        return frozenset(files).intersection(frozenset[Path]().union(*self._belonging))

    @cached_property
    def _belonging(self) -> tuple[frozenset[Path], ...]:
        """The files of each location."""
        disk, asked = self._disk, self._asked
        tops = {repository_root(target.modules[0].path, disk) for target in asked.targets}
        tops -= set(self._paths)
        if not tops:
            return ()
        known = {module.path for target in asked.targets for module in target.modules}
        found = discover_code_locations(tuple(sorted(tops)), self._configuration, disk).targets
        others = (
            _files_of(target, disk)
            for target in found
            if target.kind is not LoadKind.MODULES and target.modules[0].path not in known
        )
        return tuple(files for files in others if known.isdisjoint(files))


def _files_of(target: LoadTarget, disk: Disk) -> frozenset[Path]:
    project = project_of(target, disk)
    modules: list[ModuleFile] = list(target.modules)
    if target.kind is LoadKind.DEFS_FOLDER:
        folder = modules[0].path.parent
        modules += [project.module_at(file) for file in python_files(folder, disk)]
    return files_reached(modules, project)
