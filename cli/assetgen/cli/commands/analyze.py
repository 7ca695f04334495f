"""`assetgen analyze`."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from assetgen.analyzer.model.copies import replace
from assetgen.cli.cache import Outcome, cache_of
from assetgen.cli.exit_code import ExitCode
from assetgen.cli.failure import UsageFailure
from assetgen.cli.options import cache_options, output_options, watch_option
from assetgen.cli.output import emit, emit_pieces, terminal_width
from assetgen.cli.request import takes_reading

if TYPE_CHECKING:
    from assetgen.analyzer.analysis import Analysis
    from assetgen.analyzer.model.pipeline import Pipeline
    from assetgen.analyzer.project.disk import Disk
    from assetgen.analyzer.syntax.proven import Proven
    from assetgen.cli.reading import Reading

_LOOKS: Final[dict[str, dict[str, object]]] = {
    "title": {"bold": True},
    "heading": {"bold": True},
    "faint": {"dim": True},
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow"},
    "info": {"fg": "cyan"},
}


@click.command(name="analyze", short_help="Show the asset graph.")
@takes_reading
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "env"]),
    default="table",
    show_default=True,
    help="A table to read; the whole model as JSON, described by the schema in the package; or the "
    "environment variables that the code reads, where, and what in the graph depends on each.",
)
@click.option(
    "--effects",
    is_flag=True,
    help="With --format json: also what depends on each environment variable, which takes "
    "further evaluations.",
)
@click.option(
    "--explain",
    "key",
    metavar="KEY",
    help="Show instead why the asset KEY (a/b) exists and where everything about it comes from; "
    "if there is no such asset, similar keys and what could not be known.",
)
@output_options
@cache_options
@click.option("--no-color", is_flag=True, help="No colours, not even on a terminal.")
@watch_option
def command(
    reading: Reading,
    form: str,
    effects: bool,
    key: str | None,
    output: Path | None,
    force: bool,
    no_color: bool,
    no_cache: bool,
    cache_dir: Path | None,
    watching: bool,
) -> int:
    """Show the asset graph of PATHS: files or folders, by default the working directory.

    What to load is taken from the project itself (workspace.yaml, pyproject.toml, dg.toml), else
    from its Definitions; without either, everything is loaded. Whatever could not be known is
    listed with its place.

    --format env says of each environment variable: `required` if something fails when it is not
    set, `optional` if nothing does, `default` if the code has a value for it, `given` if --env,
    --env-file, --unset or the settings do. Values are never printed.

    --explain KEY shows the definition and the calls that led to it, the loaders and the
    Definitions through which it is reached, the expression behind each of its attributes, each
    dependency with its place and how it was resolved, and the environment variables that it
    depends on. Attributes without a place have their default. For a key that does not exist it
    shows similar keys, and what could not be known that may contain it.

    \b
    Exit codes:
      0  done
      1  --explain: there is no asset of that key
      2  the command could not do what was asked

    \b
    Examples:
      assetgen analyze src/
      assetgen analyze -m shop.definitions --source-root src --env STAGE=prod
      assetgen analyze --format json src/ -o assets.json
      assetgen analyze --format env src/
      assetgen analyze --explain marts/orders src/
    """
    deeper = effects or form == "env" or key is not None
    reading = replace(reading, effects=deeper, explained=key)
    _refuse_contradictions(form, effects, key)
    width = terminal_width(output)
    is_plain = width is None or no_color or bool(os.environ.get("NO_COLOR"))
    if watching:
        if deeper or output is not None:
            given = "--effects, --explain, --format env or --output"
            raise UsageFailure(f"--watch prints the graph: it cannot be given with {given}")
        return _watched(reading, form, width, is_plain)
    cache = cache_of(no_cache, cache_dir)
    if cache.folder is None and form == "json" and key is None:
        # Nobody needs all of the text at once, which can be larger than the model.
        from assetgen.analyzer.model.document import document_text

        emit_pieces(document_text(reading.pipeline()), output, force=force)
        return int(ExitCode.OK)
    asked = {"analyze": astuple(reading), "format": form, "width": width, "plain": is_plain}
    outcome = cache.remembered(
        asked,
        lambda disk, proven, _: (_analyzed(reading, form, width, is_plain, disk, proven), None),
    )
    click.echo(outcome.told, err=True, nl=False)
    emit(outcome.text, output, force=force)
    return outcome.exit_code


def _refuse_contradictions(form: str, effects: bool, key: str | None) -> None:
    if effects and form != "json":
        raise UsageFailure("--effects adds to the JSON: it goes with --format json")
    if key is not None and form != "table":
        raise UsageFailure("--explain has a form of its own: it cannot be given with --format")


def _watched(reading: Reading, form: str, width: int | None, is_plain: bool) -> int:
    from assetgen.analyzer.incremental.session import Session
    from assetgen.cli.watching import watch

    session = Session(reading.request())

    def show(analysis: Analysis) -> Outcome:
        told: list[str] = []
        pipeline = reading.pipeline_of(analysis, told.append)
        return _shown(reading, pipeline, form, width, is_plain, session.disk, told)

    return watch(session, show)


def _analyzed(
    reading: Reading,
    form: str,
    width: int | None,
    is_plain: bool,
    disk: Disk,
    proven: Proven | None,
) -> Outcome:
    told: list[str] = []
    pipeline = reading.pipeline(disk, told.append, proven=proven)
    return _shown(reading, pipeline, form, width, is_plain, disk, told)


def _shown(
    reading: Reading,
    pipeline: Pipeline,
    form: str,
    width: int | None,
    is_plain: bool,
    disk: Disk,
    told: Sequence[str] = (),
) -> Outcome:
    code = ExitCode.OK
    if reading.explained is not None:
        from assetgen.analyzer.lint.sources import sources_on_disk
        from assetgen.cli.explanation import absence, explanation

        sources = sources_on_disk(pipeline, disk)
        found = explanation(pipeline, reading.explained, sources)
        text = found or absence(pipeline, reading.explained, sources)
        code = ExitCode.OK if found else ExitCode.FINDINGS
    elif form == "json":
        from assetgen.analyzer.model.document import document_text

        # Joining would hold all pieces beside the whole.
        written = io.StringIO()
        for piece in document_text(pipeline):
            written.write(piece)
        text = written.getvalue()
    else:
        from assetgen.cli.environment_report import environment_report
        from assetgen.cli.report import plain, report

        write = environment_report if form == "env" else report
        text = write(pipeline, width=width, style=plain if is_plain else _styled)
    return Outcome(text, int(code), "".join(told))


def _styled(text: str, look: str) -> str:
    return click.style(text, **_LOOKS[look])  # type: ignore[arg-type]
