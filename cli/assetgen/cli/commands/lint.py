"""`assetgen lint`."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from assetgen.cli.cache import Outcome, cache_of
from assetgen.cli.failure import UsageFailure
from assetgen.cli.options import cache_options, output_options, watch_option
from assetgen.cli.output import emit
from assetgen.cli.request import takes_reading

if TYPE_CHECKING:
    from assetgen.analyzer.lint.options import LintOptions
    from assetgen.analyzer.project.disk import Disk
    from assetgen.analyzer.project.locations.configuration import Configuration
    from assetgen.analyzer.syntax.proven import Proven
    from assetgen.cli.bases import Base, Last
    from assetgen.cli.request import Reading

FORMATS: Final = ("full", "concise", "json", "github", "sarif")


@click.command(name="lint", short_help="Find errors in the asset graph.")
@takes_reading
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="full",
    show_default=True,
    help="With the code around each finding, on one line each, or for machines.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="RULES",
    help="Only these rules: names, codes, prefixes of codes or families, separated by commas.",
)
@click.option("--ignore", multiple=True, metavar="RULES", help="All but these rules.")
@click.option("--fix", is_flag=True, help="Apply the fixes that leave the asset graph as it is.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix: also apply those that change it.")
@output_options
@cache_options
@watch_option
def command(
    reading: Reading,
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fix: bool,
    unsafe_fixes: bool,
    output: Path | None,
    force: bool,
    no_cache: bool,
    cache_dir: Path | None,
    watching: bool,
) -> int:
    """Find errors in the asset graph of PATHS, by default the working directory.

    A comment `# assetgen: allow[rule]` silences a finding on its line or in its definition.
    Settings (select, ignore, severity) are read from [tool.assetgen] in pyproject.toml.

    \b
    Exit codes:
      0  no errors or warnings (notes do not count)
      1  errors or warnings
      2  the command could not do what was asked

    \b
    Examples:
      assetgen lint src/
      assetgen lint --format concise --ignore unreached-definition src/
      assetgen lint --watch src/
      assetgen explain unknown-dependency
    """
    if unsafe_fixes and not fix:
        raise UsageFailure("--unsafe-fixes says which fixes to apply: it goes with --fix")
    if fix and reading.follow:
        raise UsageFailure("--fix changes the project alone: it cannot be given with --follow")
    if watching:
        if fix or output is not None:
            raise UsageFailure("--watch prints: it cannot be given with --fix or --output")
        return _watched(reading, form, select, ignore)
    if fix:
        _repair(reading, _options(reading.configuration(), select, ignore), unsafe_fixes)
    asked = {"lint": astuple(reading), "format": form, "select": select, "ignore": ignore}
    outcome = cache_of(no_cache, cache_dir).remembered(
        asked,
        lambda disk, proven, last: linted(reading, form, select, ignore, disk, proven, last),
        click.get_current_context().find_root().obj,
    )
    click.echo(outcome.told, err=True, nl=False)
    emit(outcome.text, output, force=force)
    return outcome.exit_code


def linted(
    reading: Reading,
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    disk: Disk,
    proven: Proven | None,
    last: Last | None,
) -> tuple[Outcome, Base | None]:
    """What is printed, and the base for the next run, if that can be kept: if it is known what was
    `proven`.

    `last` is what the last run left.
    """
    from assetgen.analyzer.analysis import analyze
    from assetgen.analyzer.lint.run import lint
    from assetgen.analyzer.lint.sources import sources_on_disk
    from assetgen.analyzer.room import with_room
    from assetgen.cli import values
    from assetgen.cli.bases import base_of, unread, written

    told: list[str] = []
    options = _options(reading.configuration(disk), select, ignore)
    keeping = values.keeping(last, disk) if proven is not None else None
    unmarked = frozenset(unread(last, disk)) if last is not None else frozenset()
    analysis = analyze(reading.request(), disk, proven=proven, keeping=keeping)
    pipeline = reading.pipeline_of(analysis, told.append)
    sources = sources_on_disk(pipeline, disk)
    report = lint(pipeline, options, sources, unmarked=unmarked)
    outcome = written(report, form, "".join(told), sources)
    if keeping is None:
        return outcome, None
    kept = values.packed(with_room(keeping.kept))
    return outcome, base_of(report, form, outcome.told, analysis, disk, last, kept)


def _watched(reading: Reading, form: str, select: tuple[str, ...], ignore: tuple[str, ...]) -> int:
    from assetgen.analyzer.incremental.linting import Linted, LintSession
    from assetgen.analyzer.lint.sources import sources_on_disk
    from assetgen.cli.bases import written
    from assetgen.cli.watching import watch

    session = LintSession(
        reading.request(), lambda disk: _options(reading.configuration(disk), select, ignore)
    )

    def show(linted: Linted) -> Outcome:
        told: list[str] = []
        pipeline = reading.pipeline_of(linted.analysis, told.append)
        sources = sources_on_disk(pipeline, session.disk)
        return written(linted.report, form, "".join(told), sources)

    return watch(session, show)


def _options(
    configuration: Configuration, select: tuple[str, ...], ignore: tuple[str, ...]
) -> LintOptions:
    from assetgen.analyzer.lint.options import LintOptions
    from assetgen.analyzer.model.diagnostics import Severity
    from assetgen.analyzer.project.files.shown import shown

    if configuration.file is not None:
        place = f"{shown(configuration.file)}: "
        rules = (rule for rule, _ in configuration.severity)
        _check((*configuration.select, *configuration.ignore, *rules), place)
    _check((*_split(select), *_split(ignore)))
    return LintOptions(
        select=_split(select) or configuration.select or ("all",),
        ignore=(*configuration.ignore, *_split(ignore)),
        severities=tuple(
            (rule, None if word == "off" else Severity(word))
            for rule, word in configuration.severity
        ),
        externals=configuration.external_assets,
    )


def _check(selectors: tuple[str, ...], place: str = "") -> None:
    from assetgen.analyzer.lint.selectors import UnknownSelectorError, rules_meant

    for selector in selectors:
        try:
            rules_meant(selector)
        except UnknownSelectorError as error:
            raise UsageFailure(f"{place}{error}") from error


def _split(given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(item.strip() for text in given for item in text.split(",") if item.strip())


def _repair(reading: Reading, options: LintOptions, unsafe: bool) -> None:
    from assetgen.analyzer.lint.fix_files import fix_files

    try:
        fixed = fix_files(reading.pipeline, options, unsafe=unsafe).fixed
    except OSError as error:
        raise UsageFailure(f"{error.filename}: {(error.strerror or str(error)).lower()}") from error
    click.echo(f"{len(fixed)} {'finding' if len(fixed) == 1 else 'findings'} fixed", err=True)
