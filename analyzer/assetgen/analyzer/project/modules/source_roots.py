"""The folders from which the modules of a project are imported."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from assetgen.analyzer.project.disk import Disk, EntryKind, Refused
from assetgen.analyzer.project.distributions.local_dependencies import local_dependencies
from assetgen.analyzer.project.distributions.packaging import distribution_roots
from assetgen.analyzer.project.files.repository import project_folder, repository_root
from assetgen.analyzer.project.files.source_bytes import searchable
from assetgen.analyzer.project.files.walking import walk


def discover_source_roots(path: Path, disk: Disk) -> tuple[Path, ...]:
    """The source roots in force for a file or folder, most important first.

    Those of its own distribution; the folder above its outermost package, or its own folder if
    modules there import each other as scripts do; the roots of the distributions that it can
    import; and the repository's root.
    """
    top = repository_root(path, disk)
    folder = project_folder(path, disk) or top
    own = distribution_roots(folder, disk)
    roots = dict.fromkeys(root for root in own if root != folder)
    if not any(_names(root, path, disk) for root in roots):
        parent = _parent(path, folder, disk)
        is_named = any(_names(root, path, disk) for root in own)
        if not is_named or (parent is not None and parent.is_relative_to(folder)):
            roots[parent or _folder_of(path, disk)] = None
    roots.update(dict.fromkeys(own))
    for dependency in local_dependencies(folder, disk):
        roots.update(dict.fromkeys(distribution_roots(dependency, disk)))
    roots.setdefault(top, None)
    roots.update(dict.fromkeys(_script_roots(path, tuple(roots), folder, disk)))
    return tuple(roots)


def _script_roots(path: Path, roots: tuple[Path, ...], top: Path, disk: Disk) -> Iterator[Path]:
    """The folders within a package whose modules import each other as scripts do, by names that no
    other root has; none if they use relative imports, which scripts cannot."""
    folder = _folder_of(path, disk)
    imported = disk.once(_imported_in, folder)
    if "" in imported:
        return
    for current in (folder, *folder.parents):
        if current == top or not current.is_relative_to(top):
            return
        if current not in roots:
            known = [disk.once(_importable, root) for root in roots]
            own = imported & disk.once(_importable, current)
            if any(all(name not in names for names in known) for name in own):
                yield current
                roots = (*roots, current)


def repository_roots(path: Path, disk: Disk) -> tuple[Path, ...]:
    """The source roots of every distribution in the repository of `path`, by folder.

    If nothing declares which library of a monorepo a project uses, its imports do.
    """
    return disk.once(_all_roots, repository_root(path, disk))


def _all_roots(top: Path, disk: Disk) -> tuple[Path, ...]:
    found: dict[Path, None] = {}
    for folder in walk(top, disk, wanted=_DISTRIBUTION_FILES.__contains__):
        if folder.files:
            found.update(dict.fromkeys(distribution_roots(folder.path, disk)))
    return tuple(found)


def _parent(path: Path, top: Path, disk: Disk) -> Path | None:
    """The folder above the outermost package around `path`.

    Without a package around it: the nearest folder that holds what the modules beside it import;
    None if there is no such folder.
    """
    folder = _folder_of(path, disk)
    parent: Path | None = None
    for current in (folder, *folder.parents):
        is_inside = current.is_relative_to(top) and current != top
        if disk.has_any(current, ("__init__.py",)):
            if is_inside or parent == current or parent is None:
                parent = current.parent
        elif not is_inside:
            break
    if parent is not None:
        return parent
    imported = disk.once(_imported_in, folder)
    for current in (folder, *folder.parents):
        if not imported.isdisjoint(disk.once(_importable, current)):
            return current
        if current == top:
            break
    return None


def _imported_in(folder: Path, disk: Disk) -> frozenset[str]:
    """The first parts of the names that the modules of a folder import; "" if there is a relative
    import."""
    names: set[str] = set()
    for name in disk.listing(folder):
        source = disk.read(folder / name) if name.endswith(".py") else b""
        if not isinstance(source, Refused):
            imported = _IMPORTED.findall(searchable(source))
            names.update(found.decode("ascii", "replace") for found in imported)
    return frozenset(names - sys.stdlib_module_names)


def _importable(folder: Path, disk: Disk) -> frozenset[str]:
    return frozenset(
        name[: -len(".py")] if name.endswith(".py") else name
        for name, kind in disk.listing(folder).items()
        if name.endswith(".py")
        or (kind is EntryKind.FOLDER and _holds_modules(folder / name, disk, 2))
    )


def _holds_modules(folder: Path, disk: Disk, depth: int) -> bool:
    return any(
        name.endswith(".py")
        or (
            kind is EntryKind.FOLDER
            and depth > 0
            and _holds_modules(folder / name, disk, depth - 1)
        )
        for name, kind in disk.listing(folder).items()
    )


def _folder_of(path: Path, disk: Disk) -> Path:
    return path if disk.is_folder(path) else path.parent


def _names(root: Path, path: Path, disk: Disk) -> bool:
    """Whether imports can reach `path` by a dotted name from `root`."""
    if not path.is_relative_to(root):
        return False
    target = path if disk.is_folder(path) else path.with_suffix("")
    return all(part.isidentifier() for part in target.relative_to(root).parts)


_DISTRIBUTION_FILES: Final = frozenset({"pyproject.toml", "setup.py", "setup.cfg"})
_IMPORTED: Final = re.compile(
    rb"^[ \t]*(?:from[ \t]+(?=\.)|(?:from|import)[ \t]+(\w+))", re.MULTILINE
)
