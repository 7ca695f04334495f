"""What module-level code may read while it is evaluated: the project's own files, and no others."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from assetgen.analyzer.project.disk import Disk, EntryKind, Refused, absolute
from assetgen.analyzer.project.files.ignoring import IgnoreRules

MAX_ENTRIES: Final = 20_000
_MANIFEST = ("target", "manifest.json")
_SKIPPED: Final = frozenset({".git", ".hg", ".svn", "__pycache__", "node_modules", ".venv", "venv"})


class ProjectFiles:
    """A read-only view of the folders of a project, for `open`, `glob` and `iterdir` in user code.

    `roots` are the folders that may be read. A relative path is looked up in each of
    `working_directories` in turn, since the code does not say in which it will run. Every answer is
    a value or a `Refused`; links that lead outside of the roots are refused.
    """

    def __init__(
        self,
        roots: tuple[Path, ...],
        working_directories: tuple[Path, ...] = (),
        disk: Disk | None = None,
    ) -> None:
        self.roots = roots
        self.working_directories = working_directories or roots
        self.disk = disk if disk is not None else Disk()
        real = (os.path.normcase(os.path.realpath(root)).rstrip(os.sep) for root in roots)
        self._real_roots = tuple(root + os.sep for root in real)
        self._real_paths: dict[str, str] = {}

    def resolve(self, path: str | os.PathLike[str]) -> Path:
        """An absolute path; a relative one belongs to the first folder in which it exists, else to
        the first."""
        text = os.fspath(path)
        if not self.working_directories:
            return absolute(text)
        if os.path.isabs(text):  # noqa: PTH117
            target = absolute(text)
            self.disk.kind(target)  # that somebody asked for it is noted, as of all others
            return target
        candidates = [absolute(text, folder) for folder in self.working_directories]
        existing = (path for path in candidates if self.disk.kind(path) is not None)
        return next(existing, candidates[0])

    def read_bytes(self, path: str | os.PathLike[str]) -> bytes | Refused:
        """The contents of a file, or why it is not read."""
        target = self.resolve(path)
        return self._refusal(target) or self.disk.read(target)

    def read_text(
        self, path: str | os.PathLike[str], encoding: str = "utf-8", errors: str = "strict"
    ) -> str | Refused:
        """The text with newlines as `\\n`, as `open` gives it."""
        target = self.resolve(path)
        content = self.read_bytes(target)
        if isinstance(content, Refused):
            return content
        try:
            text = content.decode(encoding, errors)
        except (UnicodeError, LookupError) as error:
            return Refused(target, f"not text in {encoding}: {error}")
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def exists(self, path: str | os.PathLike[str]) -> bool | Refused:
        """Whether there is such a file or folder.

        Refused if it does not exist but `.gitignore` names it: then it is made where the code runs.
        """
        target = self.resolve(path)
        refused = self._refusal(target)
        return refused or self.disk.kind(target) is not None or self._absence(target)

    def is_file(self, path: str | os.PathLike[str]) -> bool | Refused:
        """The same for files."""
        target = self.resolve(path)
        return self._refusal(target) or self.disk.is_file(target) or self._absence(target)

    def is_folder(self, path: str | os.PathLike[str]) -> bool | Refused:
        """The same for folders."""
        target = self.resolve(path)
        found = self.disk.is_folder(target) or target in self.roots
        return self._refusal(target) or found or self._absence(target)

    def _absence(self, target: Path) -> bool | Refused:
        """False for what does not exist, unless that may be only because git ignores it, or dbt
        writes it."""
        root = next((root for root in self.roots if target.is_relative_to(root)), None)
        if root is None or self.disk.kind(target) is not None:
            return False
        project = target.parent.parent / "dbt_project.yml"
        if target.parts[-2:] == _MANIFEST and self.disk.is_file(project):
            return Refused(target, "it is made at run time: dbt writes it")
        rules, current = IgnoreRules(), root
        for part in target.relative_to(root).parts:
            rules = rules.within(current, self.disk)
            current = current / part
            # What is not there may be a file or a folder where it is.
            if any(rules.is_ignored(current.as_posix(), is_folder=kind) for kind in (True, False)):
                return Refused(target, "it is made at run time: .gitignore names it")
        return False

    def listdir(self, path: str | os.PathLike[str]) -> tuple[str, ...] | Refused:
        """The names in a folder, sorted (the order on disk is arbitrary)."""
        target = self.resolve(path)
        refusal = self._refusal(target)
        if refusal:
            return refusal
        if not self.is_folder(target):
            return Refused(target, "no such folder")
        names = tuple(name for name in self.disk.listing(target) if name not in _SKIPPED)
        return names if len(names) <= MAX_ENTRIES else Refused(target, _too_many())

    def glob(self, folder: str | os.PathLike[str], pattern: str) -> tuple[Path, ...] | Refused:
        """The paths below `folder` that match, sorted; `**` stands for any number of folders."""
        target = self.resolve(folder)
        if os.path.isabs(pattern):  # noqa: PTH117
            target, pattern = Path(target.anchor), os.path.relpath(pattern, target.anchor)
            parts = Path(pattern).parts
            while parts and not _is_magic(parts[0]):
                target, parts = target / parts[0], parts[1:]
            if not parts:
                target, parts = target.parent, (target.name,)
        else:
            parts = Path(pattern).parts
        while parts and parts[0] == "..":
            target, parts = target.parent, parts[1:]
        refusal = self._refusal(target)
        if refusal:
            return refusal
        found: set[Path] = set()
        for path in self._matches(target, parts, frozenset()):
            found.add(path)
            if len(found) > MAX_ENTRIES:
                return Refused(target, _too_many())
        return tuple(sorted(found))

    def walk(self, folder: str | os.PathLike[str]) -> tuple[Path, ...] | Refused:
        """All files below a folder, sorted."""
        found = self.glob(folder, "**/*")
        if isinstance(found, Refused):
            return found
        return tuple(path for path in found if self.disk.is_file(path))

    def _matches(
        self, folder: Path, parts: tuple[str, ...], above: frozenset[str]
    ) -> Iterator[Path]:
        if not parts:
            yield folder
            return
        real = os.path.realpath(folder)
        if real in above or not self._is_inside(folder):
            return
        above |= {real}
        head, rest = parts[0], parts[1:]
        if head == "**":
            if rest:
                yield from self._matches(folder, rest, above - {real})
            else:
                yield folder
        for name, kind in self.disk.listing(folder).items():
            if name in _SKIPPED:
                continue
            if head == "**":
                if kind is EntryKind.FOLDER:
                    yield from self._matches(folder / name, parts, above)
            elif fnmatch.fnmatchcase(name, head):
                if not rest:
                    yield folder / name
                elif kind is EntryKind.FOLDER:
                    yield from self._matches(folder / name, rest, above)

    def _refusal(self, path: Path) -> Refused | None:
        return None if self._is_inside(path) else Refused(path, "outside of the project")

    def _is_inside(self, path: Path) -> bool:
        real = os.path.normcase(self._real(os.fspath(path))) + os.sep
        return real.startswith(self._real_roots)

    def _real(self, path: str) -> str:
        """The path without links: if it is not a link itself, it is in the real folder, which is
        looked up once for all that is in it."""
        known = self._real_paths.get(path)
        if known is None:
            folder, name = os.path.split(path)
            if not name or folder == path or os.path.islink(path):  # noqa: PTH114
                known = os.path.realpath(path)
            else:
                known = os.path.join(self._real(folder), name)  # noqa: PTH118
            self._real_paths[path] = known
        return known


def _is_magic(part: str) -> bool:
    return any(character in part for character in "*?[")


def _too_many() -> str:
    return f"more than {MAX_ENTRIES} entries"
