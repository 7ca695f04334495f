"""Packages outside of the project that are to be read as if they were its own.

They are found by the layout of files alone: no Python is run and nothing is imported.
"""

from __future__ import annotations

import ast
import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from assetgen.analyzer.project.disk import Disk, EntryKind, Refused, absolute
from assetgen.analyzer.project.distributions.packaging import distribution_roots
from assetgen.analyzer.project.files.repository import project_folder, repository_root


def root_of_package(name: str, roots: Iterable[Path], disk: Disk) -> Path | None:
    """The first of `roots` that holds the top-level package or module `name`, with a file."""
    for root in roots:
        entries = disk.listing(root)
        if entries.get(f"{name}.py") is EntryKind.FILE:
            return root
        if entries.get(name) is EntryKind.FOLDER and any(
            entry.endswith(".py") or kind is EntryKind.FOLDER
            for entry, kind in disk.listing(root / name).items()
            if entry != "__pycache__"
        ):
            return root
    return None


def installed_roots(start: Path, pythons: Iterable[Path], disk: Disk) -> tuple[Path, ...]:
    """Where the packages are installed that code at `start` can import, best first.

    Those of `pythons` (virtual environments, or Pythons in them), then those of the environments in
    the folders above `start`, up to the repository's root; after each site-packages the folders of
    its editable installs.
    """
    top = repository_root(start, disk)
    folder = project_folder(start, disk) or start
    environments = [prefix for python in pythons for prefix in _prefixes(python, disk)]
    for current in (folder, *folder.parents):
        environments += (current / name for name in _ENVIRONMENTS)
        if current == top or not current.is_relative_to(top):
            break
    found: dict[Path, None] = {}
    for environment in dict.fromkeys(environments):
        for site_packages in _site_packages(environment, disk):
            found[site_packages] = None
            found.update(dict.fromkeys(disk.once(_editable, site_packages)))
    return tuple(found)


def _prefixes(python: Path, disk: Disk) -> Iterator[Path]:
    """The environment that a Python belongs to; for a link, also that of its target."""
    if disk.is_folder(python):
        yield python
        return
    yield python.parent.parent
    yield Path(os.path.realpath(python)).parent.parent


def _site_packages(environment: Path, disk: Disk) -> Iterator[Path]:
    if environment.name in ("site-packages", "dist-packages"):
        yield environment
    for library in ("lib", "lib64", "Lib"):
        folder = environment / library
        versions = sorted(
            (name for name in disk.listing(folder) if name.startswith(("python", "pypy"))),
            key=_version,
            reverse=True,
        )
        for candidate in (folder, *(folder / version for version in versions)):
            for name in ("site-packages", "dist-packages"):
                if disk.is_folder(candidate / name):
                    yield candidate / name


def _version(name: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", name))


def _editable(site_packages: Path, disk: Disk) -> tuple[Path, ...]:
    """The folders of distributions that are installed as editable into a site-packages."""
    found: list[Path] = []
    for name, kind in disk.listing(site_packages).items():
        if kind is EntryKind.FILE and name.endswith(".pth"):
            found += _paths_in(site_packages, name, disk)
        elif kind is EntryKind.FILE and name.startswith("__editable__") and name.endswith(".py"):
            found += _mapped(_text(site_packages / name, disk))
        elif kind is EntryKind.FOLDER and name.endswith(".dist-info"):
            folder = _direct_url(_text(site_packages / name / "direct_url.json", disk))
            if folder is not None:
                found += distribution_roots(folder, disk)
    return tuple(dict.fromkeys(path for path in found if disk.is_folder(path)))


def _paths_in(site_packages: Path, name: str, disk: Disk) -> Iterator[Path]:
    """The folders that a .pth file names; its lines of code are ignored."""
    for line in _text(site_packages / name, disk).splitlines():
        line = line.strip()
        if line and not line.startswith(("#", "import ", "import\t")) and "\0" not in line:
            yield absolute(line, site_packages)


def _mapped(text: str) -> Iterator[Path]:
    """The folders above the packages in the `MAPPING` of setuptools' finder."""
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for statement in body:
        targets: list[ast.expr] = getattr(statement, "targets", [])
        targets = targets or [getattr(statement, "target", ast.Constant(None))]
        if not (isinstance(targets[0], ast.Name) and targets[0].id == "MAPPING"):
            continue
        value = getattr(statement, "value", None)
        for item in value.values if isinstance(value, ast.Dict) else ():
            if isinstance(item, ast.Constant) and isinstance(item.value, str):
                yield absolute(item.value).parent


def _direct_url(text: str) -> Path | None:
    """The folder of an editable install."""
    try:
        found = json.loads(text) if text else None
    except ValueError:
        return None
    if not isinstance(found, dict) or not isinstance(found.get("url"), str):
        return None
    information = found.get("dir_info")
    if not isinstance(information, dict) or not information.get("editable"):
        return None
    from urllib.request import url2pathname  # with it comes all of http, which is seldom needed

    url = urlsplit(found["url"])
    return absolute(url2pathname(url.path)) if url.scheme == "file" else None


def _text(file: Path, disk: Disk) -> str:
    content = disk.read(file) if disk.is_file(file) else b""
    return "" if isinstance(content, Refused) else content.decode("utf-8", "replace")


_ENVIRONMENTS: Final = (".venv", "venv", "env", ".env")
