"""Which files and folders are not the author's: those in `.gitignore`, and those that nobody writes
by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.project.disk import Disk, Refused
from assetgen.analyzer.project.files.ignore_patterns import IgnorePatterns, ignore_patterns

NEVER_WALKED: Final = frozenset(
    {
        ".git",
        ".hg",
        ".svn",
        ".venv",
        "venv",
        ".tox",
        ".nox",
        ".eggs",
        ".mypy_cache",
        ".pytest_cache",
        ".ruff_cache",
        ".ipynb_checkpoints",
        "__pycache__",
        "__pypackages__",
        "node_modules",
        "site-packages",
        "dbt_packages",
    }
)
"""Folders that hold other people's files, whatever `.gitignore` says."""

_BUILT: Final = frozenset({"build", "dist"})
_PROJECT_FILES: Final = frozenset({"pyproject.toml", "setup.py", "setup.cfg"})


@dataclass(frozen=True, slots=True)
class IgnoreRules:
    """Patterns, each list with the folder that its patterns are relative to, outermost first.

    Folders are text with `/` at the end, since every file of a project is compared with them.
    """

    lists: tuple[tuple[str, IgnorePatterns], ...] = ()

    def is_ignored(self, path: str, *, is_folder: bool) -> bool:
        """Whether git would ignore what is at a path with `/` between its parts: the deepest file
        with a matching pattern decides."""
        for base, patterns in reversed(self.lists):
            if not path.startswith(base):
                continue
            verdict = patterns.verdict(path[len(base) :], is_folder=is_folder)
            if verdict is not None:
                return verdict
        return False

    def within(self, folder: Path, disk: Disk) -> IgnoreRules:
        """The rules for what lies in `folder`."""
        if not disk.is_file(folder / ".gitignore"):
            return self
        content = disk.read(folder / ".gitignore")
        if isinstance(content, Refused):
            return self
        return self.adding(folder, tuple(content.decode("utf-8", "replace").splitlines()))

    def adding(self, base: Path, patterns: tuple[str, ...]) -> IgnoreRules:
        """These rules and `patterns`, in the syntax of `.gitignore`, relative to `base`."""
        if not patterns:
            return self
        prefix = f"{base.as_posix().rstrip('/')}/"
        return IgnoreRules((*self.lists, (prefix, ignore_patterns(patterns))))


def rules_above(folder: Path, top: Path, disk: Disk) -> IgnoreRules:
    """The rules made by the folders from `top` down to the parent of `folder`."""
    rules = IgnoreRules()
    if folder == top or not folder.is_relative_to(top):
        return rules
    current = top
    for part in folder.relative_to(top).parts:
        rules = rules.within(current, disk)
        current = current / part
    return rules


def is_skipped(name: str, folder: Path, disk: Disk) -> bool:
    """Whether the folder `name` in `folder` is one that is never walked.

    `build` and `dist` are skipped where a build would put them, beside the project's file, unless
    they are packages. An environment of whatever name has a `pyvenv.cfg`.
    """
    if name in NEVER_WALKED:
        return True
    if name in _BUILT and disk.has_any(folder, _PROJECT_FILES):
        return not disk.has_any(folder / name, ("__init__.py",))
    return disk.has_any(folder / name, ("pyvenv.cfg",))
