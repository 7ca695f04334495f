"""The disk as one run sees it: read only, each folder listed once, each file read once."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Final, TypeVar, cast

from assetgen.analyzer.model.dataclass import dataclass

T = TypeVar("T")

MAX_FILE_BYTES: Final = 32 * 1024 * 1024


class EntryKind(Enum):
    """What a name in a folder leads to, links followed."""

    FILE = "file"
    FOLDER = "folder"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Refused:
    """A file or folder that could not, or may not, be read, and why (a phrase, no full stop)."""

    path: Path
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


class Disk:
    """Reads folders and files, and remembers what it saw until the run ends.

    Paths are absolute (see `absolute`); nothing is resolved through links, so that a module keeps
    the name under which it was found.
    """

    def __init__(self, *, max_file_bytes: int = MAX_FILE_BYTES) -> None:
        self._listings: dict[str, dict[str, EntryKind]] = {}
        self._links: dict[str, frozenset[str]] = {}
        self._contents: dict[str, bytes | Refused] = {}
        self._refused: dict[str, Refused] = {}
        self._stamps: dict[str, tuple[int, int]] = {}
        self._asked: dict[str, set[str] | None] = {}
        self._derived: dict[tuple[Callable[..., object], str], object] = {}
        self._read_for: dict[tuple[Callable[..., object], str], set[str]] = {}
        self._readers: list[set[str]] = []
        self._max_file_bytes = max_file_bytes

    def read(self, path: Path, at_most: int = 0) -> bytes | Refused:
        """The bytes of a regular file of bounded size, or why there are none; `at_most` raises the
        bound."""
        if self._readers:
            self._readers[-1].add(os.fspath(path))
        return self.source(path, at_most)

    def source(self, path: str | Path, at_most: int = 0) -> bytes | Refused:
        """The same for a module. It is not noted (see `noting`), since what imports it is known."""
        key = os.fspath(path)
        content = self._contents.get(key)
        if content is None or (at_most and self._refused.pop(key, None) is not None):
            content = self._contents[key] = self._read(key, max(at_most, self._max_file_bytes))
            if isinstance(content, Refused):
                self._refused[key] = content
        return content

    def known(self, path: str | Path) -> bytes | Refused | None:
        """What a file held when it was read; None if it has not been read."""
        return self._contents.get(os.fspath(path))

    def file_with(self, content: bytes) -> str | None:
        """The path of a file that held this when it was read."""
        return next((path for path, held in self._contents.items() if held == content), None)

    def listing(self, folder: Path) -> dict[str, EntryKind]:
        """The names in a folder, sorted; empty if there is no such folder or it is unreadable."""
        key = os.fspath(folder)
        self._asked[key] = None
        if self._readers:
            self._readers[-1].add(key)
        return self._entries(key)

    def kind(self, path: Path) -> EntryKind | None:
        """What is at `path`, by the spelling of its name even if the disk ignores case."""
        if path.parent == path:
            return EntryKind.FOLDER
        return self.kind_in(os.fspath(path.parent), path.name)

    def kind_in(self, folder: str, name: str) -> EntryKind | None:
        """The same for a name in a folder, without making a path of it: most names are looked up
        where they are not."""
        asked = self._asked.setdefault(folder, set())
        if asked is not None:
            asked.add(name)
        return self._entries(folder).get(name)

    def has_any(self, folder: Path, names: Iterable[str]) -> bool:
        """Whether a folder holds anything by one of some names; nothing else in it counts."""
        key = os.fspath(folder)
        return any(self.kind_in(key, name) is not None for name in names)

    def is_file(self, path: Path) -> bool:
        return self.kind(path) is EntryKind.FILE

    def is_folder(self, path: Path) -> bool:
        return self.kind(path) is EntryKind.FOLDER

    def is_link(self, folder: Path, name: str) -> bool:
        """Whether a name in a folder that was listed is a symbolic link."""
        return name in self._links.get(os.fspath(folder), ())

    def leads_out(self, folder: Path, name: str, of: tuple[Path, ...]) -> bool:
        """Whether it is a link to something that is in none of some folders."""
        if not self.is_link(folder, name):
            return False
        real = Path(os.path.realpath(folder / name))
        return not any(real.is_relative_to(os.path.realpath(top)) for top in of)

    def leads_back(self, folder: Path, name: str) -> bool:
        """Whether it is a link to its own folder or to one above, by the folders of the path or by
        those on disk."""
        if not self.is_link(folder, name):
            return False
        real = os.path.realpath(folder / name)
        above = (folder, *folder.parents)
        return any(Path(os.path.realpath(one)).is_relative_to(real) for one in above)

    def once(self, derive: Callable[[Path, Disk], T], path: Path) -> T:
        """What `derive` makes of a path, computed at most once a run."""
        key = (derive, os.fspath(path))
        if key not in self._derived:
            with self.noting(set()) as read:
                self._derived[key] = derive(path, self)
            self._read_for[key] = read
        if self._readers:
            self._readers[-1] |= self._read_for[key]
        return cast("T", self._derived[key])

    def assume(self, derive: Callable[[Path, Disk], T], path: str, made: T) -> None:
        """What `derive` makes of a file is known already, so that the file need not be read."""
        self._derived[derive, path] = made
        self._read_for[derive, path] = {path}

    def derived(self, derive: Callable[[Path, Disk], T]) -> Iterator[tuple[str, T]]:
        """What `derive` made of the paths that it was asked about."""
        for (made_by, path), made in self._derived.items():
            if made_by is derive:
                yield path, cast("T", made)

    @contextmanager
    def noting(self, into: set[str]) -> Iterator[set[str]]:
        """Meanwhile, add the paths of files that are read, and of folders that are listed, to
        `into` and to no outer set."""
        self._readers.append(into)
        try:
            yield into
        finally:
            self._readers.pop()

    def differences(self) -> list[Path]:
        """What has changed since it was read or listed, sorted: files, and names in folders."""
        found: list[Path] = []
        for key, stamp in self._stamps.items():
            try:
                status = os.stat(key)  # noqa: PTH116
            except (OSError, ValueError):
                found.append(Path(key))
                continue
            if (status.st_size, status.st_mtime_ns) == stamp:
                continue
            if key in self._contents:
                found.append(Path(key))
            else:
                old, new = self._listings.get(key, {}), self._list(key)
                names = old.keys() | new.keys()
                found += (Path(key, name) for name in names if old.get(name) != new.get(name))
        return sorted(found)

    def replace(self, path: Path, content: bytes, stamp: tuple[int, int] | None = None) -> None:
        """From now on a file that was read holds `content`; what was derived from the old content
        is forgotten.

        `stamp` is that of the file; None if the file does not hold that content.
        """
        key = os.fspath(path)
        self._contents[key] = content
        self._stamps.pop(key, None)
        if stamp is not None:
            self._stamps[key] = stamp
        self._forget_derived(key)

    def relist(self, folder: Path) -> frozenset[str]:
        """Look again into a folder that was listed. Returns the names that have come, gone or
        become something else."""
        key = os.fspath(folder)
        old, new = self._entries(key), self._list(key)
        self._listings[key] = new
        self._forget_derived(key)
        return frozenset(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))

    def drop(self, path: Path) -> None:
        """Forget the content of a file that is gone."""
        key = os.fspath(path)
        for known in (self._contents, self._refused, self._stamps):
            known.pop(key, None)
        self._forget_derived(key)

    def _forget_derived(self, key: str) -> None:
        for derived in [known for known, read in self._read_for.items() if key in read]:
            del self._derived[derived], self._read_for[derived]

    @property
    def closed_folders(self) -> tuple[Refused, ...]:
        """The folders that could not be listed so far, sorted by path."""
        return tuple(refused for refused in self.refused if str(refused.path) in self._listings)

    @property
    def refused(self) -> tuple[Refused, ...]:
        """What could not be read so far, sorted by path."""
        return tuple(self._refused[key] for key in sorted(self._refused))

    def contents(self) -> Iterable[tuple[str, bytes | Refused]]:
        """Every file that was read so far, and what was read."""
        return self._contents.items()

    def lookups(self) -> Iterable[tuple[str, tuple[str, ...] | None, dict[str, EntryKind]]]:
        """Every folder that was looked into so far: the names that were looked up, sorted, or None
        for all of them, and what is in the folder."""
        for key, names in self._asked.items():
            yield key, None if names is None else tuple(sorted(names)), self._entries(key)

    def stamp(self, path: str) -> tuple[int, int]:
        """The size and time of change (nanoseconds) of a file or folder before it was read.

        (0, 0) for what could not be opened.
        """
        return self._stamps.get(path, (0, 0))

    def _read(self, key: str, at_most: int) -> bytes | Refused:
        try:
            descriptor = os.open(key, _READING)
        except (OSError, ValueError) as error:
            return Refused(Path(key), _reason(error))
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                return Refused(Path(key), "not a regular file")
            self._stamps[key] = (status.st_size, status.st_mtime_ns)
            if status.st_size > at_most:
                size, limit = status.st_size >> 20, at_most >> 20
                return Refused(Path(key), f"too large to be read ({size} MB, at most {limit} MB)")
            with open(descriptor, "rb", closefd=False) as file:
                return file.read(at_most)
        except OSError as error:
            return Refused(Path(key), _reason(error))
        finally:
            os.close(descriptor)

    def _entries(self, key: str) -> dict[str, EntryKind]:
        entries = self._listings.get(key)
        if entries is None:
            entries = self._listings[key] = self._list(key)
        return entries

    def _list(self, key: str) -> dict[str, EntryKind]:
        try:
            status = os.stat(key)  # noqa: PTH116
            self._stamps[key] = (status.st_size, status.st_mtime_ns)
            with os.scandir(key) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
                links = frozenset(entry.name for entry in found if entry.is_symlink())
                if links:
                    # What a link leads to can change while its folder does not.
                    self._stamps.pop(key)
                    self._links[key] = links
                else:
                    self._links.pop(key, None)
                return {entry.name: _kind(entry) for entry in found}
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except (OSError, ValueError) as error:
            self._refused[key] = Refused(Path(key), _reason(error))
            return {}


# Without blocking, and only then looked at: a FIFO would hang the run.
_READING: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def absolute(path: str | os.PathLike[str], base: Path | None = None) -> Path:
    """An absolute, normalised path (`..` and `.` removed), links left as they are."""
    return Path(os.path.abspath(os.path.join(base, path) if base else path))  # noqa: PTH100, PTH118


def _kind(entry: os.DirEntry[str]) -> EntryKind:
    try:
        if entry.is_dir():
            return EntryKind.FOLDER
        return EntryKind.FILE if entry.is_file() else EntryKind.OTHER
    except OSError:
        return EntryKind.OTHER


def _reason(error: OSError | ValueError) -> str:
    text = error.strerror if isinstance(error, OSError) else None
    return (text or str(error)).lower()
