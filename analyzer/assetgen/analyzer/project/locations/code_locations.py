"""Which code locations there are in the paths that a user names, as Dagster would load them."""

from __future__ import annotations

import os
from pathlib import Path

from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.project.disk import Disk, EntryKind, Refused
from assetgen.analyzer.project.files.repository import project_folder
from assetgen.analyzer.project.files.shown import shown
from assetgen.analyzer.project.files.walking import walk
from assetgen.analyzer.project.locations.configuration import Configuration
from assetgen.analyzer.project.locations.declarations import (
    DECLARING_FILES,
    Declaration,
    declared_in,
)
from assetgen.analyzer.project.locations.entry_points import (
    is_test_path,
    makes_definitions,
    mentions_definitions,
    outermost,
)
from assetgen.analyzer.project.locations.load_targets import LoadKind, LoadTarget
from assetgen.analyzer.project.locations.mistakes import missing, unreadable
from assetgen.analyzer.project.modules.modules import ModuleFile, ModuleKind, Project
from assetgen.analyzer.project.modules.source_roots import discover_source_roots, repository_roots


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found: code locations, sorted by name, and the Python files at the given paths.

    `mistakes` are sentences about what was named but does not exist; `diagnostics` are about the
    project's own files.
    """

    targets: tuple[LoadTarget, ...]
    files: tuple[Path, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    mistakes: tuple[str, ...] = ()


def discover_code_locations(
    paths: tuple[Path, ...],
    configuration: Configuration,
    disk: Disk,
    *,
    modules: tuple[str, ...] = (),
    source_roots: tuple[Path, ...] = (),
) -> Discovery:
    """The code locations at `paths` (absolute files and folders), or of the named `modules`.

    A named module is looked up in `source_roots`, else in those of the configuration, else in those
    of `paths`. Without names it is what the project declares for the paths; if it declares nothing,
    the modules that make a `Definitions`; if none does, all that may define assets, as one
    location.
    """
    return _Search(configuration, disk, source_roots or configuration.source_roots).run(
        paths, modules
    )


class _Search:
    """One search: what it was asked for, and what it has found so far."""

    def __init__(self, configuration: Configuration, disk: Disk, roots: tuple[Path, ...]) -> None:
        self.configuration = configuration
        self.disk = disk
        self.roots = roots
        self.projects: dict[tuple[Path, ...], Project] = {}
        self.roots_of_folder: dict[Path, tuple[Path, ...]] = {}
        self.declaring: dict[Path, None] = {}
        self.targets: dict[tuple[LoadKind, tuple[Path, ...]], LoadTarget] = {}
        self.asked: set[Path] = set()
        self.files: dict[Path, None] = {}
        self.diagnostics: list[Diagnostic] = []
        self.mistakes: list[str] = []

    def run(self, paths: tuple[Path, ...], modules: tuple[str, ...]) -> Discovery:
        loose: list[Path] = []
        existing = [path for path in paths if self.exists(path)]
        for path in existing:
            loose += self.at_path(path, declared=not modules, alone=len(existing) == 1)
        for name in modules:
            self.named(name, existing or [self.configuration.folder])
        if not modules:
            self.undeclared(tuple(dict.fromkeys(loose)))
            self.drop_facades()
        self.diagnostics += map(unreadable, self.disk.closed_folders)
        return Discovery(
            tuple(sorted(self.targets.values(), key=lambda t: (t.name, t.modules[0].path))),
            tuple(sorted(self.files)),
            tuple(self.diagnostics),
            tuple(self.mistakes),
        )

    def exists(self, path: Path) -> bool:
        """Whether there is something to read; a mistake is noted if not."""
        kind = self.disk.kind(path)
        if kind is None:
            self.mistakes.append(f"{shown(path)}: no such file or folder")
        elif kind is EntryKind.OTHER:
            # A device, a pipe, or a link that leads nowhere.
            self.mistakes.append(f"{shown(path)}: neither a file nor a folder")
        return kind in (EntryKind.FILE, EntryKind.FOLDER)

    def at_path(self, path: Path, *, declared: bool, alone: bool) -> list[Path]:
        """Add the locations declared at `path`; return the files for which none is."""
        if self.disk.is_file(path):
            if path.name in DECLARING_FILES and declared:
                self.declared_by(path.parent, within=path.parent)
                return []
            if path.suffix != ".py":
                self.mistakes.append(f"{shown(path)}: not a Python file")
                return []
            self.files[path] = None
            if declared and alone and self.is_declared(path):
                return []
            self.asked.add(path)
            return [path]
        found: dict[Path, list[Path]] = {}
        before = len(self.targets)
        for folder in walk(
            path,
            self.disk,
            exclude=self.configuration.exclude,
            exclude_from=self.configuration.folder,
            wanted=_is_wanted,
        ):
            if declared and not DECLARING_FILES.isdisjoint(folder.files):
                self.declared_by(folder.path, within=None)
            found[folder.path] = [
                folder.path / name for name in folder.files if name.endswith(".py")
            ]
        for files in found.values():
            self.files.update(dict.fromkeys(files))
        if declared and len(self.targets) == before:
            above = project_folder(path.parent, self.disk)
            if above is not None and above != path:
                self.declared_by(above, within=path)
        # By folder: to compare each file with each declaring folder takes quadratic time.
        return [
            file
            for folder_path, files in found.items()
            if files and self.declaring.keys().isdisjoint((folder_path, *folder_path.parents))
            for file in files
            if not is_test_path(file.relative_to(path))
        ]

    def is_declared(self, file: Path) -> bool:
        """Whether a file without `Definitions` is a code location that is declared; it is added.

        What Dagster loads of such a file hangs on that: its only job, else its assets.
        """
        above = project_folder(file.parent, self.disk)
        source = self.disk.read(file)
        if above is None or isinstance(source, Refused) or makes_definitions(source):
            return False
        self.declared_by(above, within=file)
        return bool(self.targets)

    def declared_by(self, folder: Path, within: Path | None) -> None:
        """Add what `folder` declares; if `within` is given, only what lies in that folder."""
        declared = declared_in(folder, self.disk)
        self.diagnostics += declared.problems
        for declaration in declared.declarations:
            self.declaration(declaration, folder, within)
        for project in declared.projects:
            if within is None or project.is_relative_to(within):
                for declaration in declared_in(project, self.disk).declarations:
                    self.declaration(declaration, folder, within)

    def declaration(self, declaration: Declaration, folder: Path, within: Path | None) -> None:
        # A workspace may declare thousands, all with the same working directory.
        roots = self.roots or self.disk.once(discover_source_roots, declaration.working_directory)
        if declaration.working_directory not in roots and not self.roots:
            roots = (declaration.working_directory, *roots)
        if declaration.file is not None and not self.roots:
            # A file is often that of an installed package, named by its path.
            of_file = discover_source_roots(declaration.file, self.disk)
            roots = tuple(dict.fromkeys((*roots, *of_file)))
        project = self.project(roots)
        target = _declared_target(declaration, project)
        if target is None and not self.roots:
            target = self.in_another_distribution(declaration, roots)
        if target is None:
            if within is None:
                self.diagnostics.append(missing(declaration, project))
        elif within is None or target.modules[0].path.is_relative_to(within):
            self.add(target)
            self.declaring[folder] = None

    def in_another_distribution(
        self, declaration: Declaration, roots: tuple[Path, ...]
    ) -> LoadTarget | None:
        """What is declared, if a distribution elsewhere in the repository has the module.

        It is installed beside what declares it, by means that no file here shows.
        """
        folder = declaration.working_directory
        everywhere = Project(roots, self.disk, lambda: repository_roots(folder, self.disk))
        target = _declared_target(declaration, everywhere)
        if target is None:
            return None
        own = discover_source_roots(target.modules[0].path, self.disk)
        return replace(target, source_roots=tuple(dict.fromkeys((*roots, *own))))

    def named(self, name: str, paths: list[Path]) -> None:
        roots = self.roots or tuple(
            dict.fromkeys(root for path in paths for root in discover_source_roots(path, self.disk))
        )
        module = self.project(roots).find_module(name)
        if module is None and not self.roots:
            # Dagster, like `python -m`, looks in the folder that it is run in.
            roots = tuple(dict.fromkeys((*filter(self.disk.is_folder, paths), *roots)))
            module = self.project(roots).find_module(name)
        if module is None:
            self.mistakes.append(f"no module named `{name}` in {', '.join(map(shown, roots))}")
            return
        working_directory = project_folder(module.path, self.disk) or module.root
        kind = _kind_of(module, self.project(roots))
        self.add(LoadTarget(name, kind, (module,), roots, working_directory))

    def undeclared(self, files: tuple[Path, ...]) -> None:
        """Add the entry points among `files`, or all files that define something, by source roots.

        A file that was named on the command line is taken for one that defines something.
        """
        entries: dict[tuple[Path, ...], list[ModuleFile]] = {}
        relevant: dict[tuple[Path, ...], list[ModuleFile]] = {}
        for file in files:
            source = self.disk.read(file)
            if isinstance(source, Refused):
                self.diagnostics.append(unreadable(source))
                continue
            if file not in self.asked and not mentions_definitions(source):
                continue
            roots = self.roots_of(file)
            module = self.project(roots).module_at(file)
            relevant.setdefault(roots, []).append(module)
            if makes_definitions(source):
                entries.setdefault(roots, []).append(module)
        for roots, found in entries.items():
            for module in outermost(tuple(found), self.project(roots)):
                self.add(self.target(LoadKind.MODULE, (module,), roots))
        for roots, found in relevant.items() if not self.targets else ():
            self.add(self.target(LoadKind.MODULES, tuple(found), roots))

    def drop_facades(self) -> None:
        """Leave out packages that only re-export what one of their modules, declared too, makes."""
        declared = [target for target in self.targets.values() if target.declared is not None]
        for key, target in tuple(self.targets.items()):
            package = target.modules[0]
            source = self.disk.read(package.path) if package.file is not None else b""
            if (
                package.kind is ModuleKind.PACKAGE
                and isinstance(source, bytes)
                and not makes_definitions(source)
                and any(
                    other.modules[0].name.startswith(f"{package.name}.")
                    and other.modules[0].path.is_relative_to(package.path.parent)
                    for other in declared
                )
            ):
                del self.targets[key]

    def target(
        self, kind: LoadKind, modules: tuple[ModuleFile, ...], roots: tuple[Path, ...]
    ) -> LoadTarget:
        first = modules[0]
        working_directory = project_folder(first.path, self.disk) or first.root
        return LoadTarget(self.name_of(modules), kind, modules, roots, working_directory)

    def name_of(self, modules: tuple[ModuleFile, ...]) -> str:
        """The name of the module, or of the file if it is a script; of several modules, that of the
        folder."""
        path = modules[0].path
        if len(modules) > 1:
            return Path(os.path.commonpath([module.path.parent for module in modules])).name
        is_packaged = path.parent == modules[0].root or self.disk.is_file(
            path.parent / "__init__.py"
        )
        return modules[0].name if is_packaged else path.name

    def add(self, target: LoadTarget) -> None:
        key = (target.kind, tuple(module.path for module in target.modules))
        self.targets.setdefault(key, replace(target, roots_are_given=bool(self.roots)))

    def roots_of(self, file: Path) -> tuple[Path, ...]:
        if self.roots:
            return self.roots
        roots = self.roots_of_folder.get(file.parent)
        if roots is None:
            roots = self.roots_of_folder[file.parent] = discover_source_roots(file, self.disk)
        return roots

    def project(self, roots: tuple[Path, ...]) -> Project:
        if roots not in self.projects:
            self.projects[roots] = Project(roots, self.disk)
        return self.projects[roots]


def _declared_target(declaration: Declaration, project: Project) -> LoadTarget | None:
    made = LoadTarget(
        declaration.name,
        LoadKind.MODULE,
        (),
        project.source_roots,
        declaration.working_directory,
        declaration.attribute,
        declaration.span,
    )
    if declaration.file is not None:
        for file in (declaration.file, declaration.working_directory / declaration.file.name):
            if project.disk.is_file(file):
                return replace(made, modules=(project.module_at(file),))
        return None
    for name in declaration.modules:
        module = project.find_module(name)
        if module is not None:
            return replace(made, modules=(module,), kind=_kind_of(module, project))
    package = project.find_module(declaration.defs_module) if declaration.defs_module else None
    if package is not None:
        return replace(made, modules=(package,), kind=LoadKind.DEFS_FOLDER)
    return None


def _kind_of(module: ModuleFile, project: Project) -> LoadKind:
    """A package called `defs` that makes no `Definitions` itself is the defs folder of a dg
    project."""
    if not module.is_package or module.name.rpartition(".")[2] != "defs":
        return LoadKind.MODULE
    source = project.read(module.file) if module.file is not None else b""
    makes = isinstance(source, bytes) and makes_definitions(source)
    return LoadKind.MODULE if makes else LoadKind.DEFS_FOLDER


def _is_wanted(name: str) -> bool:
    return name.endswith(".py") or name in DECLARING_FILES
