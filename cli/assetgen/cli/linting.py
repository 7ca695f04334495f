"""What `lint` does, apart from its command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.cli.failure import UsageFailure
from assetgen.cli.reading import Reading

if TYPE_CHECKING:
    from assetgen.analyzer.lint.options import LintOptions
    from assetgen.analyzer.project.disk import Disk
    from assetgen.analyzer.project.locations.configuration import Configuration
    from assetgen.analyzer.syntax.proven import Proven
    from assetgen.cli.bases import Base, Last
    from assetgen.cli.cache import Outcome


@dataclass(frozen=True, slots=True)
class Linting:
    """What is to be read, in which form findings are printed, and of which rules, in terms of the
    options of the same names."""

    reading: Reading
    form: str
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    @property
    def asked(self) -> tuple[Any, ...]:
        """All of it as plain data."""
        return self.reading.asked, self.form, self.select, self.ignore

    @classmethod
    def of_asked(cls, reading: Any, form: str, select: list[str], ignore: list[str]) -> Linting:
        """The same from plain data, even from lists for tuples."""
        return cls(Reading.of_asked(*reading), form, tuple(select), tuple(ignore))

    def outcome(
        self, disk: Disk, proven: Proven | None, last: Last | None
    ) -> tuple[Outcome, Base | None]:
        """What is printed, and the base for the next run, if that can be kept: if it is known what
        was `proven`.

        `last` is what the last run left. Raises UsageFailure for what cannot be done.
        """
        from assetgen.analyzer.analysis import analyze
        from assetgen.analyzer.lint.run import lint
        from assetgen.analyzer.lint.sources import sources_on_disk
        from assetgen.analyzer.room import with_room
        from assetgen.cli import values
        from assetgen.cli.bases import base_of, unread, written

        told: list[str] = []
        reading = self.reading
        options = self.options(reading.configuration(disk))
        keeping = values.keeping(last, disk) if proven is not None else None
        unmarked = frozenset(unread(last, disk)) if last is not None else frozenset()
        analysis = analyze(reading.request(), disk, proven=proven, keeping=keeping)
        pipeline = reading.pipeline_of(analysis, told.append)
        sources = sources_on_disk(pipeline, disk)
        report = lint(pipeline, options, sources, unmarked=unmarked)
        outcome = written(report, self.form, "".join(told), sources)
        if keeping is None:
            return outcome, None
        kept = values.packed(with_room(keeping.kept))
        return outcome, base_of(report, self.asked, outcome.told, analysis, disk, last, kept)

    def options(self, configuration: Configuration) -> LintOptions:
        """The rules that apply, with those of the settings. Raises UsageFailure for rules that do
        not exist."""
        from assetgen.analyzer.lint.options import LintOptions
        from assetgen.analyzer.model.diagnostics import Severity
        from assetgen.analyzer.project.files.shown import shown

        if configuration.file is not None:
            place = f"{shown(configuration.file)}: "
            rules = (rule for rule, _ in configuration.severity)
            _check((*configuration.select, *configuration.ignore, *rules), place)
        select, ignore = _split(self.select), _split(self.ignore)
        _check((*select, *ignore))
        return LintOptions(
            select=select or configuration.select or ("all",),
            ignore=(*configuration.ignore, *ignore),
            severities=tuple(
                (rule, None if word == "off" else Severity(word))
                for rule, word in configuration.severity
            ),
            externals=configuration.external_assets,
        )


def linting_of(last: Last) -> Linting | None:
    """What the last run was asked for; None if the command line may no longer ask for that."""
    try:
        linting = Linting.of_asked(*last.base.asked)
    except (TypeError, ValueError):
        return None
    roots = linting.reading.source_roots
    return linting if all(map(Path.is_dir, roots)) else None


def _check(selectors: tuple[str, ...], place: str = "") -> None:
    from assetgen.analyzer.lint.selectors import UnknownSelectorError, rules_meant

    for selector in selectors:
        try:
            rules_meant(selector)
        except UnknownSelectorError as error:
            raise UsageFailure(f"{place}{error}") from error


def _split(given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(item.strip() for text in given for item in text.split(",") if item.strip())
