"""Which other folders a distribution takes packages from: path dependencies and workspaces."""

from __future__ import annotations

import glob
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from assetgen.analyzer.model.patterns import late
from assetgen.analyzer.project.disk import Disk, Refused, absolute
from assetgen.analyzer.project.files.repository import repository_root
from assetgen.analyzer.project.files.settings_file import SettingsFile, read_toml


def local_dependencies(folder: Path, disk: Disk) -> tuple[Path, ...]:
    """The folders of the distributions that the one in `folder` can import, nearest first.

    Path dependencies of uv, Poetry, PEP 621 and requirements files, followed to their own, and
    the members of the uv workspace that it is in (they share one environment).
    """
    return disk.once(_dependencies, folder)


def workspace_members(folder: Path, disk: Disk) -> tuple[Path, ...]:
    """The members of the uv workspace whose root is `folder`, sorted; empty if it is none."""
    return disk.once(_members, folder)


def _dependencies(folder: Path, disk: Disk) -> tuple[Path, ...]:
    found: dict[Path, None] = {}
    waiting = [folder]
    while waiting:
        current = waiting.pop(0)
        for dependency in disk.once(_direct, current):
            if dependency != folder and dependency not in found and disk.is_folder(dependency):
                found[dependency] = None
                waiting.append(dependency)
    return tuple(found)


def _members(folder: Path, disk: Disk) -> tuple[Path, ...]:
    pyproject = read_toml(folder / "pyproject.toml", disk)
    excluded = {
        path
        for pattern in pyproject.texts_at("tool", "uv", "workspace", "exclude")
        for path in _folders(folder, pattern, disk)
    }
    members = {
        path
        for pattern in pyproject.texts_at("tool", "uv", "workspace", "members")
        for path in _folders(folder, pattern, disk)
    }
    return tuple(sorted(path for path in members - excluded if path != folder))


def _direct(folder: Path, disk: Disk) -> tuple[Path, ...]:
    pyproject = read_toml(folder / "pyproject.toml", disk)
    paths = (
        *_uv_paths(pyproject),
        *_poetry_paths(pyproject),
        *_pep_621_paths(pyproject),
        *_requirements_paths(folder, disk),
    )
    return (
        *(absolute(path, folder) for path in paths),
        *workspace_members(folder, disk),
        *_sibling_members(folder, disk),
    )


def _sibling_members(folder: Path, disk: Disk) -> tuple[Path, ...]:
    top = repository_root(folder, disk)
    for above in folder.parents:
        if not above.is_relative_to(top):
            break
        members = workspace_members(above, disk)
        if folder in members:
            return (*members, above)
    return ()


def _uv_paths(pyproject: SettingsFile) -> Iterator[str]:
    sources = pyproject.get("tool", "uv", "sources")
    for source in sources.values() if isinstance(sources, Mapping) else ():
        for variant in source if isinstance(source, list) else [source]:
            if isinstance(variant, Mapping) and isinstance(variant.get("path"), str):
                yield variant["path"]


def _poetry_paths(pyproject: SettingsFile) -> Iterator[str]:
    groups = pyproject.get("tool", "poetry", "group")
    tables: list[tuple[str, ...]] = [("dependencies",), ("dev-dependencies",)]
    for name in groups if isinstance(groups, Mapping) else ():
        tables.append(("group", name, "dependencies"))
    for keys in tables:
        dependencies = pyproject.get("tool", "poetry", *keys)
        for value in dependencies.values() if isinstance(dependencies, Mapping) else ():
            for variant in value if isinstance(value, list) else [value]:
                if isinstance(variant, Mapping) and isinstance(variant.get("path"), str):
                    yield variant["path"]


def _pep_621_paths(pyproject: SettingsFile) -> Iterator[str]:
    for requirement in pyproject.texts_at("project", "dependencies"):
        match = _FILE_URL.search(requirement)
        if match:
            yield unquote(match[1])


def _requirements_paths(folder: Path, disk: Disk) -> Iterator[str]:
    for name in disk.listing(folder):
        if not (name.startswith("requirements") and name.endswith(".txt")):
            continue
        content = disk.read(folder / name)
        if isinstance(content, Refused):
            continue
        for line in content.decode("utf-8", "replace").splitlines():
            match = _REQUIREMENT_PATH.match(line)
            if match:
                yield match[1]


def _folders(folder: Path, pattern: str, disk: Disk) -> Iterator[Path]:
    if not glob.has_magic(pattern):
        candidates = [absolute(pattern, folder)]
    else:
        try:
            candidates = [absolute(path) for path in folder.glob(pattern)]
        except (ValueError, NotImplementedError, OSError):
            return
    for path in candidates:
        if disk.is_file(path / "pyproject.toml"):
            yield path


_FILE_URL: Final = late(r"@\s*file:(?://)?(?:\$\{PROJECT_ROOT\}/|\{root:uri\}/)?([^;\s]+)")
_REQUIREMENT_PATH: Final = late(
    r"\s*(?:(?:-e|--editable)[\s=]+)?(?:file:(?://)?)?(\.{1,2}(?:/[^\s;#\[]*)?)(?:\[[^\]]*\])?\s*(?:[;#].*)?$"
)
