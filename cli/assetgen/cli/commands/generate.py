"""`assetgen generate`."""

from __future__ import annotations

from pathlib import Path

import click
from assetgen.cli.options import output_options, reading_options
from assetgen.cli.output import MARK, emit
from assetgen.cli.request import reading_of


@click.group(name="generate")
def command() -> None:
    """Make a diagram, or a program that runs without Dagster, from the asset graph.

    \b
    Examples:
      assetgen generate mermaid src/ -o assets.mmd
      assetgen generate pipeline src/ -o pipeline.py
    """


@command.command(name="mermaid")
@reading_options
@click.option(
    "--detail",
    type=click.Choice(["assets", "ops"]),
    default="assets",
    show_default=True,
    help="Assets alone, or with the ops that compute them.",
)
@output_options
def mermaid(
    paths: tuple[Path, ...],
    modules: tuple[str, ...],
    source_roots: tuple[Path, ...],
    env: tuple[str, ...],
    env_files: tuple[Path, ...],
    detail: str,
    output: Path | None,
    force: bool,
) -> None:
    """Draw the asset graph of PATHS as a Mermaid flowchart.

    \b
    Example:
      assetgen generate mermaid --detail ops src/ -o assets.mmd
    """
    from assetgen.codegen.mermaid import render

    pipeline = reading_of(paths, modules, source_roots, env, env_files).pipeline()
    emit(f"%% {MARK}\n{render(pipeline, detail=detail)}", output, force=force)
