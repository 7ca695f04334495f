"""The folder that a whole project is in."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from assetgen.analyzer.project.disk import Disk

PROJECT_MARKERS: Final = frozenset(
    {"pyproject.toml", "setup.py", "setup.cfg", "dg.toml", "workspace.yaml", "assetgen.toml"}
)
"""Files that make a folder a project of its own."""

_REPOSITORY_MARKERS: Final = PROJECT_MARKERS | {".gitignore", ".github", ".pre-commit-config.yaml"}


def repository_root(path: Path, disk: Disk) -> Path:
    """The nearest folder at or above `path` that holds `.git`.

    Without one, as in an exported tree: the outermost folder that holds a project's file or what is
    usually found at the top of a repository, but never the home folder or the root of the file
    system; failing that, the folder above the outermost package, or the folder itself. A folder
    without a readme or a licence belongs to the nearest one above that has one.
    """
    return disk.once(_root_of_folder, path if disk.is_folder(path) else path.parent)


def project_folder(path: Path, disk: Disk) -> Path | None:
    """The nearest folder at or above `path`, within its repository, that holds a project's file."""
    folder = path if disk.is_folder(path) else path.parent
    top = repository_root(folder, disk)
    for current in (folder, *folder.parents):
        if disk.has_any(current, PROJECT_MARKERS):
            return current
        if current == top:
            return None
    return None


_READ_FIRST: Final = frozenset(
    f"{name}{suffix}"
    for name in ("README", "readme", "Readme", "LICENSE", "LICENCE")
    for suffix in ("", ".md", ".rst", ".txt")
)
_FAR: Final = 3
"""How many folders above a project its repository's readme is searched for."""


def _root_of_folder(folder: Path, disk: Disk) -> Path:
    outermost: Path | None = None
    for current in (folder, *folder.parents):
        if disk.has_any(current, (".git", ".hg")):
            return current
        if current == Path.home() or current.parent == current:
            break
        if disk.has_any(current, _REPOSITORY_MARKERS):
            outermost = current
    top = outermost or _above_packages(folder, disk)
    for current in (top, *top.parents[:_FAR]):
        if current == Path.home() or current.parent == current:
            break
        if disk.has_any(current, _READ_FIRST):
            return current
    return top


def _above_packages(folder: Path, disk: Disk) -> Path:
    while disk.has_any(folder, ("__init__.py",)) and folder.parent != folder:
        folder = folder.parent
    return folder
