"""`assetgen explain`."""

from __future__ import annotations

import click

from assetgen.cli.failure import UsageFailure
from assetgen.cli.output import emit


@click.command(name="explain", short_help="Explain a rule.")
@click.argument("rule")
def command(rule: str) -> None:
    """Explain what RULE finds, why that is bad, and what to write instead.

    RULE is a name or a code; `assetgen rules` lists them.

    \b
    Example:
      assetgen explain unknown-dependency
    """
    from assetgen.analyzer.lint.pages import page
    from assetgen.analyzer.lint.selectors import UnknownSelectorError

    try:
        emit(page(rule), None)
    except UnknownSelectorError as error:
        raise UsageFailure(str(error)) from error
