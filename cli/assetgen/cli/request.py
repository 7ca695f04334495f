"""From the options to what is to be read."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Final, TypeVar

from assetgen.cli.failure import UsageFailure
from assetgen.cli.moments import parts_of
from assetgen.cli.options import READING, environment
from assetgen.cli.reading import Reading

Result = TypeVar("Result")


def takes_reading(command: Callable[..., Result]) -> Callable[..., Result]:
    """Gives a command PATHS, `-m`, `--source-root`, `--env`, `--env-file`, `--unset`, `--follow`,
    `--python` and `--now`, which it gets as one `reading`."""

    @wraps(command)
    def run(**options: Any) -> Result:
        given = {name: options.pop(name) for name in _OPTIONS}
        return command(reading=_reading_of(**given), **options)

    for option in reversed(READING):
        run = option(run)
    return run


_OPTIONS: Final = (
    *("paths", "modules", "source_roots", "env", "env_files", "unset", "follow", "python", "now"),
)
"""The parameters that `READING` gives a command."""


def _reading_of(
    paths: tuple[Path, ...],
    modules: tuple[str, ...],
    source_roots: tuple[Path, ...],
    env: tuple[str, ...],
    env_files: tuple[Path, ...],
    unset: tuple[str, ...],
    follow: tuple[str, ...],
    python: Path | None,
    now: str | None,
) -> Reading:
    """What the options ask for: without paths and modules, the working directory."""
    for root in source_roots:
        if not root.is_dir():
            raise UsageFailure(f"--source-root {root}: no such folder")
    if not paths and not modules:
        paths = (Path(),)
    for name in follow:
        if not name.isidentifier():
            raise UsageFailure(f"--follow {name}: the name of a top-level package is expected")
    if python is not None and not python.exists():
        raise UsageFailure(f"--python {python}: no such file or folder")
    active = os.environ.get("VIRTUAL_ENV")
    pythons = (*((python,) if python else ()), *((Path(active),) if active else ()))
    return Reading(
        paths,
        modules,
        source_roots,
        environment(env, env_files, unset),
        follow,
        # Links are not resolved: a virtual environment is where its link to Python is.
        tuple(path.absolute() for path in pythons) if follow else (),
        parts_of(now) if now is not None else (time.localtime().tm_year,),
        unset,
    )
