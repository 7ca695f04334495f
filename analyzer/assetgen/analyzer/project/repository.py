"""The folder that a project as a whole lives in."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from assetgen.analyzer.project.disk import Disk

PROJECT_MARKERS: Final = (
    "pyproject.toml",
    "setup.py",
    "setup.cfg",
    "dg.toml",
    "workspace.yaml",
    "assetgen.toml",
)


def repository_root(path: Path, disk: Disk) -> Path:
    """The nearest folder at or above `path` that holds `.git`.

    Without one: the outermost folder that holds a project's file, the home and the file system's
    own root never counting; without that too, the folder itself.
    """
    folder = path if disk.is_folder(path) else path.parent
    outermost: Path | None = None
    for current in (folder, *folder.parents):
        entries = disk.listing(current)
        if ".git" in entries or ".hg" in entries:
            return current
        if current == Path.home() or current.parent == current:
            break
        if any(marker in entries for marker in PROJECT_MARKERS):
            outermost = current
    return outermost or folder


def project_folder(path: Path, disk: Disk) -> Path | None:
    """The nearest folder at or above `path`, within its repository, that holds a project's file."""
    folder = path if disk.is_folder(path) else path.parent
    top = repository_root(folder, disk)
    for current in (folder, *folder.parents):
        entries = disk.listing(current)
        if any(marker in entries for marker in PROJECT_MARKERS):
            return current
        if current == top:
            return None
    return None
