"""Which version of Dagster a project is pinned to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from assetgen.analyzer.model.patterns import late
from assetgen.analyzer.project.disk import Disk
from assetgen.analyzer.project.distributions.needed_packages import (
    folders_around,
    named_by,
    pinned_by,
)

Version = tuple[int, int, int]

ANY_PATCH: Final = 1_000_000
"""As the last part of a version: the newest one that there will ever be."""


def newest_admitted(roots: Iterable[Path], disk: Disk) -> Version | None:
    """The newest version of Dagster that the requirements of a project admit, as far as they
    exclude any of the same major version, or version 1; None if they do not.

    Lock files come before requirements, and what is nearer to the source roots before the rest.
    """
    return next(
        (
            found
            for folder in folders_around(roots, disk)
            if (found := disk.once(_admitted_by, folder)) is not None
        ),
        None,
    )


def _admitted_by(folder: Path, disk: Disk) -> Version | None:
    locked = [_version(found[1]) for found in _LOCKED.finditer(pinned_by(folder, disk))]
    if locked:
        return max(locked)
    bounds = [
        bound
        for found in _REQUIRED.finditer(named_by(folder, disk))
        for bound in _bounds(found["of_poetry"], found["of_pip"])
    ]
    return min(bounds, default=None)


def _bounds(of_poetry: str | None, of_pip: str | None) -> Iterator[Version]:
    """The newest version that each part of a requirement admits, if it excludes any."""
    alone = "" if of_poetry is None else "=="
    for found in _PART.finditer(of_poetry if of_poetry is not None else of_pip or ""):
        operator, parts = found["operator"] or alone, found["version"].strip("_").split("_")
        major, minor, patch = _version(found["version"])
        if operator == "<":
            if patch > 0:
                yield major, minor, patch - 1
            elif minor > 0:
                yield major, minor - 1, ANY_PATCH
            elif (major, minor) == (1, 0):
                yield _LAST_BEFORE_1
        elif operator in _PARTS and len(parts) >= _PARTS[operator]:
            is_exact = len(parts) > 2 and not operator.startswith("~")
            yield major, minor, patch if is_exact else ANY_PATCH


_LAST_BEFORE_1: Final = (0, 15, ANY_PATCH)
_PARTS: Final = {"<=": 1, "~=": 3, "~": 2, "=": 2, "==": 2, "===": 2}
"""How many parts a version must have for the operator to exclude later minor versions."""


def _version(version: str) -> Version:
    numbers = [int(part) for part in version.split("_") if part.isdigit()]
    major, minor, patch = (*numbers, 0, 0, 0)[:3]
    return major, minor, patch


# In the texts, `.` and `-` are written `_`: `dagster==1_5_3`, while `dagster_dbt` is another name.
_NAME: Final = r"(?<![\w/])dagster(?!\w)"
_REQUIRED: Final = late(
    _NAME + r"""(?:\s*\[[^\]]*\])?["']?\s*(?:"""
    r"""=\s*(?:\{[^}\n]*?version\s*=\s*)?["'](?P<of_poetry>[^"']*)["']"""
    r"""|(?P<of_pip>(?:[=~<>!]{1,3}\s*[\w*]+\s*,?\s*)+))"""
)
_PART: Final = late(r"(?P<operator>[=~<>!^]*)\s*(?P<version>\d[\d_]*)(?:_\*)?")
_LOCKED: Final = late(_NAME + r"""["']\s*\n\s*version\s*=\s*["'](\d[\w]*)["']""")
