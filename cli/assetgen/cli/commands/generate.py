"""`assetgen generate`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assetgen.cli.exit_code import ExitCode
from assetgen.cli.options import output_options
from assetgen.cli.output import MARK, emit
from assetgen.cli.request import Reading, takes_reading

if TYPE_CHECKING:
    from assetgen.analyzer.analysis import Trees
    from assetgen.analyzer.model.diagnostics import Diagnostic
    from assetgen.analyzer.model.pipeline import Pipeline
    from assetgen.codegen.options import PipelineOptions

_select_option = click.option(
    "--select",
    multiple=True,
    metavar="TERMS",
    help="Only these assets: keys, patterns (stg_*), group:NAME, tag:, kind:, owner:; "
    "+KEY with its upstream, KEY+ with its downstream.",
)


@click.group(name="generate")
def command() -> None:
    """Make a diagram, or a program that runs without Dagster, from the asset graph.

    \b
    Examples:
      assetgen generate html src/ -o assets.html
      assetgen generate mermaid src/ -o assets.mmd
      assetgen generate pipeline src/ -o pipeline.py
    """


_detail_option = click.option(
    "--detail",
    type=click.Choice(["assets", "ops"]),
    default="assets",
    show_default=True,
    help="Assets alone, or with the ops that compute them.",
)


@command.command(name="mermaid")
@takes_reading
@_detail_option
@_select_option
@output_options
def mermaid(
    reading: Reading,
    detail: str,
    select: tuple[str, ...],
    output: Path | None,
    force: bool,
) -> None:
    """Draw the asset graph of PATHS as a Mermaid flowchart.

    \b
    Example:
      assetgen generate mermaid --detail ops src/ -o assets.mmd
    """
    from assetgen.codegen.mermaid import render

    emit(f"%% {MARK}\n{render(_chosen(reading, select), detail=detail)}", output, force=force)


@command.command(name="dot")
@takes_reading
@_detail_option
@_select_option
@output_options
def dot(
    reading: Reading,
    detail: str,
    select: tuple[str, ...],
    output: Path | None,
    force: bool,
) -> None:
    """Write the asset graph of PATHS in DOT, from which Graphviz draws pictures.

    \b
    Example:
      assetgen generate dot src/ | dot -Tsvg -o assets.svg
    """
    from assetgen.codegen.dot import render

    emit(f"// {MARK}\n{render(_chosen(reading, select), detail=detail)}", output, force=force)


@command.command(name="html")
@takes_reading
@_select_option
@click.option("--title", metavar="TEXT", help="What the page is called.")
@output_options
def html(
    reading: Reading,
    select: tuple[str, ...],
    title: str | None,
    output: Path | None,
    force: bool,
) -> None:
    """Make one page to search the asset graph of PATHS and to look at it, also offline.

    \b
    Example:
      assetgen generate html src/ -o assets.html
    """
    from assetgen.codegen.html_page import render

    pipeline = _chosen(reading, select)
    names = [each.name.removesuffix(".py") for each in pipeline.locations]
    known = f"Assets of {names[0]}" if len(names) == 1 else "Assets"
    emit(render(pipeline, title=title or known, mark=MARK), output, force=force)


def _chosen(reading: Reading, select: tuple[str, ...]) -> Pipeline:
    from assetgen.cli.selection import restricted, selected

    pipeline = reading.pipeline()
    keys = selected(pipeline, select)
    return pipeline if keys is None else restricted(pipeline, keys)


@command.command(name="pipeline")
@takes_reading
@click.option(
    "--location", metavar="NAME", help="The code location that is meant, where there are several."
)
@click.option(
    "--job",
    metavar="NAME",
    help="The job whose ops are to run, instead of assets; not needed where there are no assets "
    "and one such job.",
)
@_select_option
@click.option(
    "--import-runtime",
    is_flag=True,
    help="Import assetgen.runtime instead of bringing it along: a short script, for machines "
    "that have assetgen.",
)
@output_options
def pipeline(
    reading: Reading,
    location: str | None,
    job: str | None,
    select: tuple[str, ...],
    import_runtime: bool,
    output: Path | None,
    force: bool,
) -> int:
    """Make one script that runs the assets of PATHS, without Dagster and without assetgen.

    What cannot be brought along is told with its place, and then there is no script.

    \b
    Exit codes:
      0  the script is made
      1  no script can be made of the project; the reasons are told
      2  the command could not do what was asked

    \b
    Examples:
      assetgen generate pipeline src/ -o pipeline.py
      python pipeline.py --list
    """
    from assetgen.cli.selection import selected
    from assetgen.codegen.pipeline import generate

    trees: Trees = {}
    model = reading.pipeline(trees=trees)
    names = [location] if location else [each.name for each in model.locations]
    name = names[0] if len(names) == 1 else None
    options = replace(
        _options(reading),
        name=name.removesuffix(".py") if name else None,
        selection=selected(model, select),
        location=location,
        job=job,
        import_runtime=import_runtime,
    )
    made = generate(model, options, trees)
    for item in made.diagnostics:
        click.echo(_line(item), err=True)
    if made.text is None:
        return ExitCode.FINDINGS
    emit(made.text, output, force=force)
    return ExitCode.OK


def _options(reading: Reading) -> PipelineOptions:
    """What the project itself says: its requirements."""
    from assetgen.analyzer.project.disk import Disk, absolute
    from assetgen.analyzer.project.requirements import requirements_of
    from assetgen.codegen.options import PipelineOptions

    place = next(iter((*reading.paths, *reading.source_roots)), Path())
    stated = requirements_of(absolute(place), Disk())
    options = PipelineOptions(requirements=stated.dependencies)
    if stated.requires_python is None:
        return options
    # What the runtime needs, and what the project does.
    both = dict.fromkeys([options.requires_python, *stated.requires_python.split(",")])
    return replace(options, requires_python=",".join(part.strip() for part in both))


def _line(item: Diagnostic) -> str:
    return f"{item.span}: {item.code} [{item.rule}] {item.message}"
