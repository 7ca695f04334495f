"""The files of a project that are its author's."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.project.disk import Disk, EntryKind
from assetgen.analyzer.project.files.ignoring import IgnoreRules, is_skipped, rules_above
from assetgen.analyzer.project.files.repository import repository_root


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder met on a walk, and the names of its files that are not ignored, sorted."""

    path: Path
    files: tuple[str, ...]


def walk(
    folder: Path,
    disk: Disk,
    *,
    exclude: tuple[str, ...] = (),
    exclude_from: Path | None = None,
    wanted: Callable[[str], bool] = bool,
) -> Iterator[Folder]:
    """`folder` and the folders below, parents first, in sorted order, with the `wanted` files.

    What `.gitignore` (also those of the folders above, up to the repository's root) or `exclude`
    names is left out, and so are folders that nobody writes in; but `folder` itself was asked for.
    A folder that several links lead to is visited once, one outside of the repository never.
    """
    top = repository_root(folder, disk)
    rules = rules_above(folder, top, disk)
    if rules.is_ignored(folder.as_posix(), is_folder=True):
        rules = IgnoreRules()
    excluded = IgnoreRules().adding(exclude_from or folder, exclude)
    yield from _Walk(disk, wanted, excluded, (top, folder)).below(folder, rules)


def python_files(
    folder: Path, disk: Disk, *, exclude: tuple[str, ...] = (), exclude_from: Path | None = None
) -> Iterator[Path]:
    """The `.py` files at and below `folder`, sorted within their folder."""
    for found in walk(
        folder,
        disk,
        exclude=exclude,
        exclude_from=exclude_from,
        wanted=lambda name: name.endswith(".py"),
    ):
        for name in found.files:
            yield found.path / name


class _Walk:
    def __init__(
        self,
        disk: Disk,
        wanted: Callable[[str], bool],
        excluded: IgnoreRules,
        tops: tuple[Path, ...],
    ) -> None:
        self.disk = disk
        self.wanted = wanted
        self.excluded = excluded
        self.tops = tops
        self.seen: set[tuple[int, int]] = set()

    def below(self, folder: Path, rules: IgnoreRules) -> Iterator[Folder]:
        try:
            status = os.stat(folder)  # noqa: PTH116
        except OSError:
            return
        identity = (status.st_dev, status.st_ino)
        if identity in self.seen:
            return
        self.seen.add(identity)
        rules = rules.within(folder, self.disk)
        files: list[str] = []
        folders: list[str] = []
        base = f"{folder.as_posix().rstrip('/')}/"
        for name, kind in self.disk.listing(folder).items():
            if kind is EntryKind.FOLDER:
                if not (
                    is_skipped(name, folder, self.disk)
                    or self.is_left_out(base + name, rules, is_folder=True)
                    or self.disk.leads_out(folder, name, self.tops)
                ):
                    folders.append(name)
            elif (
                kind is EntryKind.FILE
                and self.wanted(name)
                and not self.is_left_out(base + name, rules, is_folder=False)
            ):
                files.append(name)
        yield Folder(folder, tuple(files))
        for name in folders:
            yield from self.below(folder / name, rules)

    def is_left_out(self, path: str, rules: IgnoreRules, *, is_folder: bool) -> bool:
        return rules.is_ignored(path, is_folder=is_folder) or self.excluded.is_ignored(
            path, is_folder=is_folder
        )
