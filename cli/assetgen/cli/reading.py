"""From what the user asked to be read to a `Pipeline`, and to the settings that apply to it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.cli.failure import UsageFailure

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

    @property
    def asked(self) -> tuple[Any, ...]:
        """All of it as plain data."""
        folders = (self.paths, self.source_roots, self.pythons)
        paths, roots, pythons = (tuple(map(str, each)) for each in folders)
        rest = self.env, self.follow, pythons, self.now, self.unset, self.effects, self.explained
        return paths, self.modules, roots, *rest

    @classmethod
    def of_asked(cls, *asked: Any) -> Reading:
        """The same from plain data, even from lists for tuples. Raises TypeError or ValueError for
        anything else."""
        paths, modules, roots, env, follow, pythons, now, unset, effects, explained = asked
        return cls(
            tuple(map(Path, paths)),
            tuple(modules),
            tuple(map(Path, roots)),
            tuple((name, value) for name, value in env),
            tuple(follow),
            tuple(map(Path, pythons)),
            tuple(now),
            tuple(unset),
            effects,
            explained,
        )

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
    if sys.stderr is not None:
        sys.stderr.write(text)
