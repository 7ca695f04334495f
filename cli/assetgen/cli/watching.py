"""`--watch`: the same command again whenever something that it depends on has changed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

import click

from assetgen.cli.cache import Outcome
from assetgen.cli.failure import UsageFailure
from assetgen.cli.garbage import Garbage

if TYPE_CHECKING:
    from assetgen.analyzer.project.disk import Disk

Result = TypeVar("Result", covariant=True)


class Updated(Protocol[Result]):
    """Gives the result again after files have changed; the same object if it is the same."""

    @property
    def disk(self) -> Disk: ...

    def update(self, changes: Mapping[Path, bytes | None]) -> Result: ...


def watch(session: Updated[Result], show: Callable[[Result], Outcome]) -> int:
    """Print what `show` makes of the results, now and after each change, until interrupted.

    The folders that a session has looked into are watched. Problems with the request are printed,
    and may be fixed meanwhile. Raises UsageFailure if there is no file watcher.
    """
    changes = _changes()
    changed: Iterable[Path] = ()
    last: Result | None = None
    garbage = Garbage()
    try:
        while True:
            try:
                result = session.update(dict.fromkeys(changed))
                if result is not last:
                    _print(show(result))
                last = result
            except UsageFailure as failure:
                _print(Outcome("", told=f"assetgen: {failure}\n"))
                last = None
            garbage.settle()
            changed = changes(session.disk)
    except KeyboardInterrupt:
        return 0


def _print(outcome: Outcome) -> None:
    if sys.stdout.isatty():
        click.echo("\x1b[2J\x1b[H", nl=False)
    click.echo(outcome.text, nl=False)
    click.echo(outcome.told, err=True, nl=False)
    click.echo("assetgen: watching; Ctrl-C ends", err=True)


def _changes() -> Callable[[Disk], Iterable[Path]]:
    """Waits until something changes that was seen on a disk, and returns the paths."""
    try:
        import watchfiles
    except ImportError as error:
        message = "--watch needs a file watcher: install assetgen[watch]"
        raise UsageFailure(message) from error

    def wait(disk: Disk) -> Iterable[Path]:
        for found in watchfiles.watch(
            *_folders(disk),
            watch_filter=lambda _, path: not _is_passing(os.path.basename(path)),  # noqa: PTH119
            recursive=False,
            raise_interrupt=True,
            rust_timeout=_LOOK_MILLISECONDS,
            yield_on_timeout=True,
        ):
            if found:
                return sorted(Path(path) for _, path in found)
            # Changes before the watcher began, or where the system does not report any.
            missed = [path for path in disk.differences() if not _is_passing(path.name)]
            if missed:
                return missed
        raise KeyboardInterrupt

    return wait


_LOOK_MILLISECONDS: Final = 1000


def _is_passing(name: str) -> bool:
    """Whether a file is one that tools write and remove beside the real ones."""
    is_backup = name.startswith(".#") or name.endswith(_PASSING_ENDS) or name.isdigit()
    return is_backup or name in _PASSING


_PASSING: Final = frozenset(
    {"__pycache__", ".git", ".hg", ".mypy_cache", ".pytest_cache", ".ruff_cache"}
)
_PASSING_ENDS: Final = ("~", ".swp", ".swx", ".tmp", ".pyc")


def _folders(disk: Disk) -> tuple[str, ...]:
    """Every existing folder that was looked into."""
    return tuple(_existing(folder for folder, _, _ in disk.lookups()))


def _existing(folders: Iterator[str]) -> Iterator[str]:
    for folder in sorted(folders):
        if Path(folder).is_dir():
            yield folder
