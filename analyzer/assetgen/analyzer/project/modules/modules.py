"""Modules by dotted name, found the way Python's import system finds them, without importing."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Final

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.project.disk import Disk, EntryKind, Refused
from assetgen.analyzer.project.distributions.dagster_version import newest_admitted
from assetgen.analyzer.project.distributions.needed_packages import is_required
from assetgen.analyzer.project.modules.extended_packages import extends_path

# How far below a folder without `__init__.py` a module is searched for before the folder counts as
# data: `dbt/` full of SQL must not hide the installed package of that name.
_NAMESPACE_DEPTH: Final = 5


class ModuleKind(Enum):
    """What a dotted name stands for."""

    MODULE = "module"
    PACKAGE = "package"
    NAMESPACE = "namespace"


@dataclass(frozen=True, slots=True)
class ModuleFile:
    """A module of the project, and where it lies.

    `path` is the file (`__init__.py` of a package), or the first folder of a namespace package,
    which has no file. `search` holds the folders in which its submodules lie (`__path__`), empty
    for a plain module. `root` is the source root under which it was found.
    """

    name: str
    kind: ModuleKind
    path: Path
    root: Path
    search: tuple[Path, ...] = ()

    @property
    def file(self) -> Path | None:
        """The source file, if there is one."""
        return None if self.kind is ModuleKind.NAMESPACE else self.path

    @property
    def is_package(self) -> bool:
        """Whether it can have submodules."""
        return self.kind is not ModuleKind.MODULE

    @property
    def package(self) -> str:
        """What relative imports in it are relative to (`__package__`)."""
        return self.name if self.is_package else self.name.rpartition(".")[0]


class Project:
    """The modules under an ordered tuple of source roots.

    The order counts as on `sys.path`: in the first root that has it, a package goes before a
    module, and both before a namespace package of any root. Nothing is listed or read before it is
    asked for; what `.gitignore` names can be imported and is found too.

    `libraries` gives further roots, which are only asked for when a name is in no source root, or
    in none of the folders of a namespace package, and only for packages and modules: a folder
    without `__init__.py` there is no evidence.

    `followed` are packages outside of the project that are read like its own: the top-level name,
    and the folder that it lies in. They are looked up after the source roots. `described` are
    packages of which not their own code is read but what is known about them, written in Python.
    """

    def __init__(
        self,
        source_roots: tuple[Path, ...],
        disk: Disk | None = None,
        libraries: Callable[[], tuple[Path, ...]] = tuple,
        followed: Mapping[str, Path] | None = None,
        described: Mapping[str, Path] | None = None,
    ) -> None:
        self.source_roots = source_roots
        self.disk = disk if disk is not None else Disk()
        self.followed = dict(followed or {})
        self._described = dict(described or {})
        self._libraries = libraries
        self._added: tuple[Path, ...] = ()
        self._found: dict[str, ModuleFile | None] = {}
        self._holds_modules: dict[Path, bool] = {}
        self._listed: dict[ModuleFile, tuple[ModuleFile, ...]] = {}

    def find_module(self, name: str) -> ModuleFile | None:
        """The module of that dotted name, or None if no source root has it."""
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def find_first(self, folders: tuple[Path, ...], name: str) -> ModuleFile | None:
        """The module or package in folders that are searched before the source roots, which counts
        from now on; None if they have none of that top-level name."""
        if "." in name or name in sys.stdlib_module_names or not _can_name(name):
            return None
        found = self._find_in(name, name, folders, None)
        if found is None or found.kind is ModuleKind.NAMESPACE:
            return None
        known = self.find_module(name)
        if known is not None and known.path == found.path:
            return known
        within = f"{name}."
        self._found = {key: at for key, at in self._found.items() if not key.startswith(within)}
        self._found[name] = found
        return found

    def find_below(self, folders: tuple[Path, ...], name: str) -> ModuleFile | None:
        """The module in folders that are searched after the source roots, from now on."""
        if name.partition(".")[0] in sys.stdlib_module_names:
            return None
        if not set(folders) <= set(self._added):
            self._added = tuple(dict.fromkeys((*self._added, *folders)))
            self._found = {each: found for each, found in self._found.items() if found is not None}
        self._found.pop(name, None)
        return self.find_module(name)

    def module_name(self, path: Path) -> str | None:
        """The dotted name under which imports reach the file or folder, or None if none does."""
        module = self._named(path)
        return module.name if module else None

    def module_at(self, path: Path) -> ModuleFile:
        """The module in a file, as imported if it can be; otherwise by the names of its folders and
        its own, since other scripts may be called like it."""
        found = self._named(path)
        if found is not None:
            return found
        roots = [root for root in self.source_roots if path.is_relative_to(root)]
        below = path.relative_to(max(roots, key=_depth)) if roots else Path(path.name)
        return ModuleFile(
            ".".join(below.with_suffix("").parts), ModuleKind.MODULE, path, path.parent
        )

    def list_modules(self, package: ModuleFile) -> tuple[ModuleFile, ...]:
        """The modules and regular packages directly in a package, as `pkgutil.iter_modules` does.

        Sorted by name; namespace packages are not among them.
        """
        known = self._listed.get(package)
        for folder in package.search if known is not None else ():
            self.disk.listing(folder)  # that somebody asked for it is noted, as the first time
        if known is None:
            known = self._listed[package] = tuple(
                module
                for name in self._submodule_names(package.search)
                if (module := self.find_module(f"{package.name}.{name}")) is not None
                and module.kind is not ModuleKind.NAMESPACE
            )
        return known

    def walk_modules(self, package: ModuleFile) -> Iterator[ModuleFile]:
        """All modules below a package, packages before their contents (`pkgutil.walk_packages`)."""
        for module in self.list_modules(package):
            yield module
            if module.is_package:
                yield from self.walk_modules(module)

    def read(self, path: Path) -> bytes | Refused:
        """The bytes of a file, read once a run, or why it cannot be read."""
        return self.disk.source(path)

    def is_described(self, module: ModuleFile) -> bool:
        """Whether a module is not the project's but says what is known about a package."""
        return self._described.get(module.name.partition(".")[0]) == module.root

    def is_required(self, module: str) -> bool:
        """Whether a third-party module is certain to be installed where the project runs."""
        return is_required(module, self.source_roots, self.disk)

    def has_dagster_before(self, major: int, minor: int) -> bool:
        """Whether the project's requirements admit only versions of Dagster before this one."""
        newest = self.newest_dagster()
        return newest is not None and newest < (major, minor)

    def newest_dagster(self) -> tuple[int, int, int] | None:
        """The newest version of Dagster that the project's requirements admit, if they exclude any;
        its last part may be larger than that of any real version."""
        return newest_admitted(self.source_roots, self.disk)

    def _find(self, name: str) -> ModuleFile | None:
        parent, _, last = name.rpartition(".")
        if not _can_name(last):
            return None
        if not parent:
            own = self._find_in(name, last, self.source_roots, None)
            found = own or self._followed(name) or self._in_libraries(name)
            if found is None and self._added:
                found = self._find_in(name, last, self._added, None)
            return found or self._in_folder_of(self._described, name)
        package = self.find_module(parent)
        if package is None or not package.is_package:
            return None
        found = self._find_in(name, last, package.search, package.root)
        if found is None and package.kind is ModuleKind.NAMESPACE:
            return self._in_libraries(name)
        return found

    def _followed(self, name: str) -> ModuleFile | None:
        return self._in_folder_of(self.followed, name)

    def _in_folder_of(self, folders: Mapping[str, Path], name: str) -> ModuleFile | None:
        root = folders.get(name)
        return self._find_in(name, name, (root,), None) if root is not None else None

    def _in_libraries(self, name: str) -> ModuleFile | None:
        if name in sys.stdlib_module_names:
            return None
        *parents, last = name.split(".")
        for root in self._libraries():
            found = self._find_in(name, last, (root.joinpath(*parents),), root)
            if found is not None and found.kind is not ModuleKind.NAMESPACE:
                return found
        return None

    def _find_in(
        self, name: str, last: str, folders: tuple[Path, ...], root: Path | None
    ) -> ModuleFile | None:
        file_name = f"{last}.py"
        portions: list[Path] = []
        for folder in folders:
            key = os.fspath(folder)
            is_folder = self.disk.kind_in(key, last) is EntryKind.FOLDER
            if is_folder and self.disk.is_file(folder / last / "__init__.py"):
                below = folder / last
                init = below / "__init__.py"
                search = self._search(below, [each / last for each in folders])
                return ModuleFile(name, ModuleKind.PACKAGE, init, root or folder, search)
            if self.disk.kind_in(key, file_name) is EntryKind.FILE:
                return ModuleFile(name, ModuleKind.MODULE, folder / file_name, root or folder)
            if is_folder and self._has_modules(folder / last):
                portions.append(folder / last)
        if not portions:
            return None
        first = root or portions[0].parent
        return ModuleFile(name, ModuleKind.NAMESPACE, portions[0], first, tuple(portions))

    def _search(self, below: Path, portions: list[Path]) -> tuple[Path, ...]:
        """`__path__` of the package in the folder `below`: it alone, unless the package says that
        folders of its name elsewhere on the path belong to it."""
        others = [each for each in portions if each != below and self._has_modules(each)]
        if not others or not extends_path(self.disk.source(below / "__init__.py")):
            return (below,)
        return (below, *others)

    def _has_modules(self, folder: Path, depth: int = _NAMESPACE_DEPTH) -> bool:
        known = self._holds_modules.get(folder)
        if known is None:
            entries = self.disk.listing(folder)
            known = any(name.endswith(".py") for name in entries) or (
                depth > 0
                and any(
                    kind is EntryKind.FOLDER
                    and _can_name(name)
                    and name != "__pycache__"
                    and self._has_modules(folder / name, depth - 1)
                    for name, kind in entries.items()
                )
            )
            self._holds_modules[folder] = known
        return known

    def _named(self, path: Path) -> ModuleFile | None:
        for root in sorted(self.source_roots, key=_depth, reverse=True):
            if not path.is_relative_to(root):
                continue
            parts = list(path.relative_to(root).parts)
            if parts and parts[-1] == "__init__.py":
                parts.pop()
            elif parts and parts[-1].endswith(".py"):
                parts[-1] = parts[-1][: -len(".py")]
            is_importable = bool(parts) and all(part.isidentifier() for part in parts)
            module = self.find_module(".".join(parts)) if is_importable else None
            if module is not None and (module.path == path or path in module.search):
                return module
        return None

    def _submodule_names(self, folders: tuple[Path, ...]) -> list[str]:
        names: set[str] = set()
        for folder in folders:
            for name, kind in self.disk.listing(folder).items():
                if kind is EntryKind.FOLDER and _can_name(name):
                    is_package = self.disk.is_file(folder / name / "__init__.py")
                    if is_package and not self.disk.leads_back(folder, name):
                        names.add(name)
                elif kind is EntryKind.FILE and name.endswith(".py") and name != "__init__.py":
                    names.add(name[: -len(".py")])
        return sorted(filter(_can_name, names))


def _depth(folder: Path) -> int:
    return len(folder.parts)


def _can_name(part: str) -> bool:
    """Whether `importlib` can import a module of that name, which need not be an identifier."""
    return bool(part) and "." not in part and "/" not in part
