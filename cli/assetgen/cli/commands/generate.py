"""`assetgen generate`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import astuple
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.printable import printable
from assetgen.cli.cache import Outcome, cache_of
from assetgen.cli.exit_code import ExitCode
from assetgen.cli.failure import UsageFailure
from assetgen.cli.options import cache_options, output_options
from assetgen.cli.output import MARK, emit
from assetgen.cli.reading import Reading
from assetgen.cli.request import takes_reading

if TYPE_CHECKING:
    from assetgen.analyzer.analysis import Trees
    from assetgen.analyzer.model.diagnostics import Diagnostic
    from assetgen.analyzer.model.pipeline import Pipeline
    from assetgen.analyzer.project.disk import Disk
    from assetgen.analyzer.syntax.proven import Proven
    from assetgen.codegen.options import PipelineOptions

Result = TypeVar("Result")

_select_option = click.option(
    "--select",
    multiple=True,
    metavar="TERMS",
    help="Only these assets: keys, patterns (stg_*), group:NAME, tag:, kind:, owner:; "
    "+KEY with its upstream, KEY+ with its downstream.",
)


@click.group(name="generate", short_help="Make a diagram, or a program that runs without Dagster.")
def command() -> None:
    """Make a diagram, or a program that runs without Dagster, from the asset graph.

    \b
    Examples:
      assetgen generate html src/ -o assets.html
      assetgen generate mermaid src/ -o assets.mmd
      assetgen generate pipeline src/ -o pipeline.py
    """


@dataclass(frozen=True, slots=True)
class _Destination:
    """Where the result goes, and where earlier results may be found."""

    output: Path | None
    force: bool
    no_cache: bool
    cache_dir: Path | None

    def emit(
        self, asked: Mapping[str, object], make: Callable[[Disk, Proven | None], Outcome]
    ) -> int:
        """Write what `make` makes, or made earlier from the same files and the same `asked`;
        nothing if that failed. Returns the exit code."""
        outcome = cache_of(self.no_cache, self.cache_dir).remembered(
            asked, lambda disk, proven, _: (make(disk, proven), None)
        )
        click.echo(outcome.told, err=True, nl=False)
        if outcome.exit_code == ExitCode.OK:
            emit(outcome.text, self.output, force=self.force)
        return outcome.exit_code


def _takes_destination(command: Callable[..., Result]) -> Callable[..., Result]:
    """Gives a command `-o`, `--force` and the options of the cache, which it gets as one
    `destination`."""

    @wraps(command)
    def run(
        output: Path | None, force: bool, no_cache: bool, cache_dir: Path | None, **others: object
    ) -> Result:
        destination = _Destination(output, force, no_cache, cache_dir)
        return command(destination=destination, **others)

    return output_options(cache_options(run))


_detail_option = click.option(
    "--detail",
    type=click.Choice(["assets", "ops"]),
    default="assets",
    show_default=True,
    help="Assets alone, or also the ops that compute them.",
)


@command.command(name="mermaid", short_help="Draw the asset graph as a Mermaid flowchart.")
@takes_reading
@_detail_option
@_select_option
@_takes_destination
def mermaid(
    reading: Reading,
    detail: str,
    select: tuple[str, ...],
    destination: _Destination,
) -> int:
    """Draw the asset graph of PATHS as a Mermaid flowchart.

    \b
    Example:
      assetgen generate mermaid --detail ops src/ -o assets.mmd
    """
    from assetgen.codegen.diagrams.mermaid import render

    def draw(pipeline: Pipeline) -> str:
        return f"%% {MARK}\n{render(pipeline, detail=detail)}"

    return _drawn(reading, select, draw, {"mermaid": detail}, destination)


@command.command(name="dot", short_help="Draw the asset graph for Graphviz.")
@takes_reading
@_detail_option
@_select_option
@_takes_destination
def dot(
    reading: Reading,
    detail: str,
    select: tuple[str, ...],
    destination: _Destination,
) -> int:
    """Draw the asset graph of PATHS in DOT, the language of Graphviz.

    \b
    Example:
      assetgen generate dot src/ | dot -Tsvg -o assets.svg
    """
    from assetgen.codegen.diagrams.dot import render

    def draw(pipeline: Pipeline) -> str:
        return f"// {MARK}\n{render(pipeline, detail=detail)}"

    return _drawn(reading, select, draw, {"dot": detail}, destination)


@command.command(name="html", short_help="Make a page to search and view the asset graph.")
@takes_reading
@_select_option
@click.option("--title", metavar="TEXT", help="The title of the page.")
@_takes_destination
def html(
    reading: Reading,
    select: tuple[str, ...],
    title: str | None,
    destination: _Destination,
) -> int:
    """Make one HTML page to search and view the asset graph of PATHS, also offline.

    \b
    Example:
      assetgen generate html src/ -o assets.html
    """
    from assetgen.codegen.diagrams.html_page import render

    def draw(pipeline: Pipeline) -> str:
        names = [each.name.removesuffix(".py") for each in pipeline.locations]
        known = f"Assets of {names[0]}" if len(names) == 1 else "Assets"
        return render(pipeline, title=title or known, mark=MARK)

    return _drawn(reading, select, draw, {"html": title}, destination)


def _drawn(
    reading: Reading,
    select: tuple[str, ...],
    draw: Callable[[Pipeline], str],
    asked: Mapping[str, object],
    destination: _Destination,
) -> int:
    """Emit a drawing of the selected assets; `asked` says which drawing that is."""

    def make(disk: Disk, proven: Proven | None) -> Outcome:
        from assetgen.cli.selection import restricted, selected

        told: list[str] = []
        pipeline = reading.pipeline(disk, told.append, proven=proven)
        keys = selected(pipeline, select)
        text = draw(pipeline if keys is None else restricted(pipeline, keys))
        return Outcome(text, told="".join(told))

    return destination.emit({**asked, "reading": astuple(reading), "select": select}, make)


@command.command(name="pipeline", short_help="Write a script that runs the assets without Dagster.")
@takes_reading
@click.option("--location", metavar="NAME", help="The code location to use, if there are several.")
@click.option(
    "--job",
    metavar="NAME",
    help="Run the ops of this job instead of assets; not needed if there are no assets and only "
    "one such job.",
)
@_select_option
@click.option(
    "--import-runtime",
    is_flag=True,
    help="Import assetgen.runtime instead of including it: a short script, for machines that have "
    "assetgen installed.",
)
@_takes_destination
def pipeline(
    reading: Reading,
    location: str | None,
    job: str | None,
    select: tuple[str, ...],
    import_runtime: bool,
    destination: _Destination,
) -> int:
    """Write one script that runs the assets of PATHS, without Dagster and without assetgen.

    If something cannot be carried over, the command says what and where, and writes no script.

    \b
    Exit codes:
      0  the script was written
      1  no script can be made of the project; the reasons are printed
      2  the command could not do what was asked

    \b
    Examples:
      assetgen generate pipeline src/ -o pipeline.py
      python pipeline.py --list
    """

    def make(disk: Disk, proven: Proven | None) -> Outcome:
        from assetgen.cli.selection import selected
        from assetgen.codegen.reading_environment import generate_asking

        told: list[str] = []
        trees: Trees = {}
        model = reading.pipeline(disk, told.append, trees, proven)
        names = [each.name for each in model.locations if location in (None, each.name)]
        if location is not None and not names:
            known = ", ".join(sorted(each.name for each in model.locations)) or "none"
            raise UsageFailure(f"--location {location}: no such code location; there is {known}")
        options = replace(
            _options(reading, disk),
            name=names[0].removesuffix(".py") if len(names) == 1 else None,
            selection=selected(model, select),
            location=location,
            job=job,
            import_runtime=import_runtime,
        )

        def analyzed_with(others: Mapping[str, str]) -> Pipeline:
            changed = tuple(sorted({**dict(reading.env), **others}.items()))
            return replace(reading, env=changed).pipeline(disk, lambda _: None, proven=proven)

        made = generate_asking(model, options, analyzed_with, trees, disk)
        told += (_line(item) for item in made.diagnostics)
        if made.text is None:
            return Outcome("", int(ExitCode.FINDINGS), "".join(told))
        return Outcome(made.text, told="".join(told))

    chosen = {"location": location, "job": job, "import_runtime": import_runtime}
    asked = {"pipeline": chosen, "reading": astuple(reading), "select": select}
    return destination.emit(asked, make)


def _options(reading: Reading, disk: Disk) -> PipelineOptions:
    """What the project itself says: its requirements."""
    from assetgen.analyzer.project.disk import absolute
    from assetgen.analyzer.project.distributions.requirements import requirements_of
    from assetgen.codegen.options import PipelineOptions

    place = next(iter((*reading.paths, *reading.source_roots)), Path())
    stated = requirements_of(absolute(place), disk)
    options = PipelineOptions(requirements=stated.dependencies, given=reading.env)
    if stated.requires_python is None:
        return options
    # What the runtime needs, and what the project does.
    both = dict.fromkeys([options.requires_python, *stated.requires_python.split(",")])
    return replace(options, requires_python=",".join(part.strip() for part in both))


def _line(item: Diagnostic) -> str:
    place = f"{item.span}: " if item.span.path else ""
    return printable(f"{place}{item.code} [{item.rule}] {item.message}") + "\n"
