"""`assetgen rules`."""

from __future__ import annotations

import json

import click

from assetgen.cli.output import emit
from assetgen.cli.table import Cell, columns_of, lines_of


@click.command(name="rules", short_help="List every rule.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="A table to read, or JSON for machines.",
)
def command(form: str) -> None:
    """List every rule: code, name, default severity, and what it finds.

    \b
    Example:
      assetgen rules
    """
    from assetgen.analyzer.model.catalogue import CATALOGUE

    known = sorted((info.code, name, info) for name, info in CATALOGUE.items())
    if form == "json":
        listed = [
            {
                "code": code,
                "name": name,
                "family": info.family,
                "severity": info.severity.value,
                "summary": info.summary,
            }
            for code, name, info in known
        ]
        emit(json.dumps(listed, indent=2) + "\n", None)
        return
    headings = ("code", "rule", "severity", "finds")
    rows = [
        tuple(Cell((text,)) for text in (code, name, info.severity.value, info.summary))
        for code, name, info in known
    ]
    widths = columns_of(headings, rows, None)
    lines = lines_of([[Cell((text,)) for text in headings], *rows], widths)
    emit("\n".join(lines) + "\n", None)
