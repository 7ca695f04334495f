"""The folders from which the modules of a project are imported."""

from __future__ import annotations

from pathlib import Path

from assetgen.analyzer.project.disk import Disk
from assetgen.analyzer.project.local_dependencies import local_dependencies
from assetgen.analyzer.project.packaging import distribution_roots
from assetgen.analyzer.project.repository import project_folder, repository_root


def discover_source_roots(path: Path, disk: Disk) -> tuple[Path, ...]:
    """The source roots in force for a file or folder, in the order in which they count.

    Those of its own distribution; the folder above its outermost package, if that is none of
    these; the roots of the distributions that it can import; and the repository's root.
    """
    folder = project_folder(path, disk)
    own = distribution_roots(folder, disk) if folder is not None else ()
    roots = dict.fromkeys(root for root in own if root != folder)
    if not any(_names(root, path, disk) for root in roots):
        parent = package_parent(path, disk)
        is_above = folder is not None and not parent.is_relative_to(folder)
        is_named = any(_names(root, path, disk) for root in own)
        if not is_named or (_is_in_package(path, disk) and not is_above):
            roots[parent] = None
    roots.update(dict.fromkeys(own))
    for dependency in local_dependencies(folder, disk) if folder is not None else ():
        roots.update(dict.fromkeys(distribution_roots(dependency, disk)))
    roots.setdefault(repository_root(path, disk), None)
    return tuple(roots)


def package_parent(path: Path, disk: Disk) -> Path:
    """The folder that holds the outermost package around `path`, or the folder of a script."""
    folder = path if disk.is_folder(path) else path.parent
    while "__init__.py" in disk.listing(folder) and folder.parent != folder:
        folder = folder.parent
    return folder


def _is_in_package(path: Path, disk: Disk) -> bool:
    return "__init__.py" in disk.listing(path if disk.is_folder(path) else path.parent)


def _names(root: Path, path: Path, disk: Disk) -> bool:
    """Whether imports reach `path` by a dotted name from `root`."""
    if not path.is_relative_to(root):
        return False
    target = path if disk.is_folder(path) else path.with_suffix("")
    return all(part.isidentifier() for part in target.relative_to(root).parts)
