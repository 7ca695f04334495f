"""What is loaded as one code location, and what the code of it may import and read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from pathlib import Path

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.spans import Span
from assetgen.analyzer.project.disk import Disk
from assetgen.analyzer.project.files.project_files import ProjectFiles
from assetgen.analyzer.project.files.repository import project_folder, repository_root
from assetgen.analyzer.project.modules.following import installed_roots, root_of_package
from assetgen.analyzer.project.modules.modules import ModuleFile, Project
from assetgen.analyzer.project.modules.source_roots import repository_roots


class LoadKind(Enum):
    """How the modules of a code location become definitions.

    MODULE: one module, as `-m` and `-f` load it. DEFS_FOLDER: a package whose files are all loaded,
    as `load_from_defs_folder` does. MODULES: nothing says what is loaded, so all the globals of all
    these modules are.
    """

    MODULE = "module"
    DEFS_FOLDER = "defs folder"
    MODULES = "modules"


@dataclass(frozen=True, slots=True)
class LoadTarget:
    """A code location to be loaded: its name, its modules, and where they import from.

    `modules` holds one module, unless `kind` is LoadKind.MODULES. `working_directory` is where
    Dagster would most likely run. `attribute` is the global to load, if one was named. `declared`
    is where the project declares it; None if it was named on the command line or found in the code.
    `roots_are_given` if the user named the source roots: then there are no others.
    """

    name: str
    kind: LoadKind
    modules: tuple[ModuleFile, ...]
    source_roots: tuple[Path, ...]
    working_directory: Path
    attribute: str | None = None
    declared: Span | None = None
    roots_are_given: bool = False


def project_of(
    target: LoadTarget,
    disk: Disk,
    followed: Mapping[str, Path] | None = None,
    described: Mapping[str, Path] | None = None,
) -> Project:
    """The modules that the code of `target` may import.

    What is in none of its source roots is looked up in the other distributions of the repository,
    unless the user named the roots. `followed` are packages outside of the project, with their
    folders, that are treated as its own; what is known about those that are `described` is written
    in their folders.
    """
    if target.roots_are_given:
        return Project(target.source_roots, disk, followed=followed, described=described)
    start = target.modules[0].path
    roots = target.source_roots
    return Project(roots, disk, lambda: repository_roots(start, disk), followed, described)


def followed_packages(
    target: LoadTarget, packages: Iterable[str], pythons: tuple[Path, ...], disk: Disk
) -> dict[str, Path]:
    """The folders of the packages to be followed, as far as they can be found.

    They are looked up in the source roots, and where packages are installed for the project.
    """
    wanted = tuple(packages)
    if not wanted:
        return {}
    start = target.modules[0].path.parent
    roots = (*target.source_roots, *installed_roots(start, pythons, disk))
    found = ((name, root_of_package(name, roots, disk)) for name in wanted)
    return {name: root for name, root in found if root is not None}


def project_files(
    target: LoadTarget, disk: Disk, followed: Mapping[str, Path] | None = None
) -> ProjectFiles:
    """The data files that the code of `target` may read: those in its repositories, and those in
    the packages that are `followed`."""
    folders = (*target.source_roots, target.working_directory)
    roots = dict.fromkeys(repository_root(folder, disk) for folder in folders)
    roots.update(dict.fromkeys(root / name for name, root in (followed or {}).items()))
    return ProjectFiles(tuple(roots), _working_directories(target, disk), disk)


def _working_directories(target: LoadTarget, disk: Disk) -> tuple[Path, ...]:
    first = target.modules[0].path
    found = [target.working_directory, project_folder(first, disk), repository_root(first, disk)]
    return tuple(dict.fromkeys(path for path in found if path is not None))
