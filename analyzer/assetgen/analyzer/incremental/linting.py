"""The findings of a project, brought up to date after each change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from assetgen.analyzer.analysis import Analysis, Request
from assetgen.analyzer.edits.moved_findings import moved
from assetgen.analyzer.evaluate.memory import Memory
from assetgen.analyzer.incremental.session import Session
from assetgen.analyzer.lint.options import LintOptions
from assetgen.analyzer.lint.report import LintReport
from assetgen.analyzer.lint.run import lint
from assetgen.analyzer.lint.sources import sources_on_disk
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.project.disk import Disk


@dataclass(frozen=True, slots=True)
class Linted:
    """The findings, and the analysis that they come from. After lines have moved, the places in the
    analysis may be those from before; those in the report are not."""

    analysis: Analysis
    report: LintReport


class LintSession:
    """The findings of one request, each time as a new run would give them.

    `options` is asked for the settings whenever more than positions has changed.
    """

    def __init__(self, request: Request, options: Callable[[Disk], LintOptions]) -> None:
        self._session = Session(request)
        self._options = options
        self._memory = Memory()
        self._first: Linted | None = None
        self._last: Linted | None = None

    def update(self, changes: Mapping[Path, bytes | None]) -> Linted:
        """The findings after files have changed, as in `Session.take`; the same object as the last
        time if they are the same."""
        self._session.take(changes)
        moves = self._session.moves()
        report = moved(self._first.report, moves) if self._first and moves is not None else None
        if self._first is None or report is None:
            self._last = self._first = None
            analysis = self._session.analysis()
            sources = sources_on_disk(analysis.pipeline, self.disk)
            self._memory.begin()
            options = self._options(self.disk)
            report = lint(analysis.pipeline, options, sources, self._memory)
            self._first = Linted(analysis, report)
        if self._last is None or self._last.report != report:
            self._last = Linted(self._first.analysis, report)
        return self._last

    def placed(self) -> Linted:
        """The findings as of the last update, with an analysis whose places are those of now."""
        moves = self._session.moves()
        if moves is None or any(not each.are_none for each in moves.values()):
            self._first = None
        return self.update({})

    @property
    def disk(self) -> Disk:
        """The files as they are known."""
        return self._session.disk
