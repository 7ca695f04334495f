"""A project that is open in an editor."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assetgen.analyzer.incremental.linting import Linted, LintSession
from assetgen.analyzer.lint.sources import Sources, encoded, sources_on_disk
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.pipeline import Pipeline
from assetgen.analyzer.project.disk import absolute
from assetgen.analyzer.project.files.shown import shown
from assetgen.cli.failure import UsageFailure
from assetgen.cli.linting import Linting

Changes = Mapping[Path, "str | None"]
"""The texts of open files; None for a file that is to be read from disk."""


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a project: its findings and assets, and the files that they are in."""

    linted: Linted
    files: Mapping[str, str]
    sources: Sources

    @property
    def pipeline(self) -> Pipeline:
        return self.linted.analysis.pipeline

    def file(self, path: str) -> Path:
        """The file that spans show by a path."""
        return Path(self.files.get(path, absolute(path)))

    def shown(self, file: Path) -> str:
        """The path by which spans show a file."""
        name = str(file)
        return next((path for path, known in self.files.items() if known == name), shown(file))


class Project:
    """Keeps what is known of a project up to date with what is typed."""

    def __init__(self, linting: Linting) -> None:
        self._linting = linting
        reading = linting.reading
        self._session = LintSession(
            reading.request(), lambda disk: linting.options(reading.configuration(disk))
        )
        self._last: State | None = None

    def findings(self, changes: Changes) -> State:
        """The state after changes. Only the places of findings need be those of now.

        Raises UsageFailure for what cannot be done, such as settings that say nothing.
        """
        return self._state(self._session.update(_contents(changes)))

    def now(self, changes: Changes) -> State:
        """The same with all places as they are now."""
        self._session.update(_contents(changes))
        return self._state(self._session.placed())

    def _state(self, linted: Linted) -> State:
        if self._last is None or self._last.linted is not linted:
            if linted.analysis.mistakes:
                raise UsageFailure("\n".join(linted.analysis.mistakes))
            pipeline = linted.analysis.pipeline
            files = {module.path: module.file for module in pipeline.modules}
            self._last = State(linted, files, sources_on_disk(pipeline, self._session.disk))
        return self._last


def _contents(changes: Changes) -> dict[Path, bytes | None]:
    """The bytes of texts. A file that was never saved is none that could be imported."""
    return {
        path: encoded(text) if text is not None and path.is_file() else None
        for path, text in changes.items()
    }
