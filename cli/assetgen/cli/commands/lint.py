"""`assetgen lint`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from assetgen.cli.cache import Outcome, cache_of
from assetgen.cli.failure import UsageFailure
from assetgen.cli.linting import Linting
from assetgen.cli.options import cache_options, output_options, watch_option
from assetgen.cli.output import emit
from assetgen.cli.request import takes_reading

if TYPE_CHECKING:
    from assetgen.cli.reading import Reading

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
    linting = Linting(reading, form, select, ignore)
    if watching:
        if fix or output is not None:
            raise UsageFailure("--watch prints: it cannot be given with --fix or --output")
        return _watched(linting)
    if fix:
        _repair(linting, unsafe_fixes)
    missed = click.get_current_context().find_root().obj
    cache = cache_of(no_cache, cache_dir)
    outcome = cache.remembered({"lint": linting.asked}, linting.outcome, missed)
    click.echo(outcome.told, err=True, nl=False)
    emit(outcome.text, output, force=force)
    return outcome.exit_code


def _watched(linting: Linting) -> int:
    from assetgen.analyzer.incremental.linting import Linted, LintSession
    from assetgen.analyzer.lint.sources import sources_on_disk
    from assetgen.cli.bases import written
    from assetgen.cli.watching import watch

    reading = linting.reading
    session = LintSession(
        reading.request(), lambda disk: linting.options(reading.configuration(disk))
    )

    def show(linted: Linted) -> Outcome:
        told: list[str] = []
        pipeline = reading.pipeline_of(linted.analysis, told.append)
        sources = sources_on_disk(pipeline, session.disk)
        return written(linted.report, linting.form, "".join(told), sources)

    return watch(session, show)


def _repair(linting: Linting, unsafe: bool) -> None:
    from assetgen.analyzer.lint.fix_files import fix_files

    reading = linting.reading
    options = linting.options(reading.configuration())
    try:
        fixed = fix_files(reading.pipeline, options, unsafe=unsafe).fixed
    except OSError as error:
        raise UsageFailure(f"{error.filename}: {(error.strerror or str(error)).lower()}") from error
    click.echo(f"{len(fixed)} {'finding' if len(fixed) == 1 else 'findings'} fixed", err=True)
