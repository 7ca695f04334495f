"""From the options to a `Pipeline`, and to the settings that apply to it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from assetgen.cli.failure import UsageFailure
from assetgen.cli.moments import parts_of
from assetgen.cli.options import READING, environment

if TYPE_CHECKING:
    from assetgen.analyzer.analysis import Analysis, Request, Trees
    from assetgen.analyzer.model.pipeline import Pipeline
    from assetgen.analyzer.project.disk import Disk
    from assetgen.analyzer.project.locations.configuration import Configuration
    from assetgen.analyzer.syntax.proven import Proven


@dataclass(frozen=True, slots=True)
class Reading:
    """What the user asked to be read; every call of `pipeline` reads it again."""

    paths: tuple[Path, ...]
    modules: tuple[str, ...]
    source_roots: tuple[Path, ...]
    env: tuple[tuple[str, str], ...]
    follow: tuple[str, ...] = ()
    pythons: tuple[Path, ...] = ()
    now: tuple[int, ...] = ()
    unset: tuple[str, ...] = ()
    effects: bool = False
    explained: str | None = None

    def pipeline(
        self,
        disk: Disk | None = None,
        tell: Callable[[str], None] | None = None,
        trees: Trees | None = None,
        proven: Proven | None = None,
    ) -> Pipeline:
        """Its analysis, read through `disk`; `trees` is filled with what is parsed.

        Raises UsageFailure for what is named but does not exist. If there is nothing to analyse,
        `tell` is called, by default with standard error.
        """
        from assetgen.analyzer.analysis import analyze

        return self.pipeline_of(analyze(self.request(), disk, trees, proven), tell or _tell)

    def request(self) -> Request:
        """The request for the analyser."""
        from assetgen.analyzer.analysis import Request

        return Request(
            self.paths,
            self.modules,
            self.source_roots,
            dict(self.env),
            environment_effects=self.effects,
            explained=self.explained,
            follow=self.follow,
            pythons=self.pythons,
            now=self.now,
            unset=self.unset,
        )

    def pipeline_of(self, analysis: Analysis, tell: Callable[[str], None]) -> Pipeline:
        """The model of an analysis; problems with the request are passed to `tell`, or raised as a
        UsageFailure."""
        if analysis.mistakes:
            raise UsageFailure("\n".join(analysis.mistakes))
        if not analysis.pipeline.locations:
            named = ", ".join(map(str, self.paths))
            tell(f"assetgen: nothing in {named} defines assets\n")
        return analysis.pipeline

    def configuration(self, disk: Disk | None = None) -> Configuration:
        """The settings of the project that the first path, or the working directory, is in."""
        from assetgen.analyzer.project.disk import Disk, absolute
        from assetgen.analyzer.project.locations.configuration import load_configuration

        start = absolute(self.paths[0] if self.paths else Path())
        return load_configuration(start, disk if disk is not None else Disk())


def _tell(text: str) -> None:
    click.echo(text, err=True, nl=False)


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
