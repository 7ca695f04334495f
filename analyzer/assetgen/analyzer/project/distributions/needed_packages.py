"""Which third-party packages a project says that it needs, so that they are installed when it
runs."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from assetgen.analyzer.model.patterns import late
from assetgen.analyzer.project.disk import Disk, Refused
from assetgen.analyzer.project.distributions.import_names import known_distribution
from assetgen.analyzer.project.files.repository import repository_root


def is_required(module: str, roots: Iterable[Path], disk: Disk) -> bool:
    """Whether a module is Python's own, comes with Dagster, or belongs to a package that the
    requirements of the distributions of `roots` name.

    Any text in those files counts that contains the name of the package, or of the distribution it
    is known to come with: `kafka-python` stands for `kafka`. Lock files count as well.
    """
    package = module.partition(".")[0]
    if package in sys.stdlib_module_names or package in _WITH_DAGSTER:
        return True
    folders = folders_around(roots, disk)
    names = _names(module)
    return any(
        name in disk.once(texts, folder)
        for texts in (named_by, pinned_by)
        for folder in folders
        for name in names
    )


def _names(module: str) -> list[str]:
    """What says that a module is needed: the name of its package or of its distribution."""
    package, _, below = module.partition(".")
    is_shared = package in _SHARED and bool(below)
    name = f"{package}_{below.partition('.')[0]}" if is_shared else package
    known = known_distribution(module)
    return [_normal(each) for each in (name, known and _VARIANT.sub("", known)) if each]


def folders_around(roots: Iterable[Path], disk: Disk) -> dict[Path, None]:
    """The roots and the folders above them, each up to its repository's."""
    found: dict[Path, None] = {}
    for root in roots:
        top = repository_root(root, disk)
        for folder in (root, *root.parents):
            found[folder] = None
            if folder == top or not folder.is_relative_to(top):
                break
    return found


def named_by(folder: Path, disk: Disk) -> str:
    """The requirements in a folder, in lower case and with `_` for `-` and `.`."""
    return "\n".join(_texts(folder, _FILES, disk))


def pinned_by(folder: Path, disk: Disk) -> str:
    """The lock files in a folder, written in the same way."""
    return "\n".join(_texts(folder, _LOCKS, disk))


def _texts(folder: Path, patterns: tuple[str, ...], disk: Disk) -> Iterator[str]:
    for name in disk.listing(folder):
        if any(fnmatchcase(name, pattern) for pattern in patterns):
            yield _text(folder / name, disk)
        elif name == "requirements" and patterns is _FILES:
            for below in disk.listing(folder / name):
                if below.endswith((".txt", ".in")):
                    yield _text(folder / name / below, disk)


def _text(path: Path, disk: Disk) -> str:
    content = disk.read(path) if disk.is_file(path) else b""
    return "" if isinstance(content, Refused) else _normal(content.decode("utf-8", "replace"))


def _normal(text: str) -> str:
    return re.sub(r"[-.]", "_", text.lower())


_FILES: Final = (
    "pyproject.toml",
    "setup.py",
    "setup.cfg",
    "*requirements*.txt",
    "*requirements*.in",
    "Pipfile",
    "environment*.yml",
    "environment*.yaml",
    "conda*.yml",
    "conda*.yaml",
    "pixi.toml",
    "Dockerfile*",
)

_LOCKS: Final = ("Pipfile.lock", "uv.lock", "poetry.lock", "pdm.lock", "pixi.lock", "pylock*.toml")

_WITH_DAGSTER: Final = frozenset(
    {
        "alembic",
        "click",
        "coloredlogs",
        "dagster",
        "dagster_pipes",
        "dagster_shared",
        "docstring_parser",
        "dotenv",
        "filelock",
        "grpc",
        "jinja2",
        "packaging",
        "pip",
        "pkg_resources",
        "platformdirs",
        "pydantic",
        "pydantic_core",
        "pytz",
        "requests",
        "rich",
        "setuptools",
        "six",
        "sqlalchemy",
        "structlog",
        "tabulate",
        "tomli",
        "tomlkit",
        "toposort",
        "tqdm",
        "typing_extensions",
        "upath",
        "watchdog",
        "yaml",
    }
)
"""What Dagster itself needs, by the names under which that is imported."""

_SHARED: Final = frozenset({"azure", "google"})
"""Names below which many distributions lie."""

_VARIANT: Final = late(r"(-python)?-(binary|headless)$")
"""What tells distributions of the same package from each other."""
