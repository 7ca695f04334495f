"""The commands, each imported when it is called."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Final

import click


class _Commands(click.Group):
    """A group whose commands are named in a table."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command = import_module(module).command
        return command if isinstance(command, click.Command) else None


COMMANDS: Final[Mapping[str, str]] = {
    "analyze": "assetgen.cli.commands.analyze",
    "lint": "assetgen.cli.commands.lint",
    "generate": "assetgen.cli.commands.generate",
    "rules": "assetgen.cli.commands.rules",
    "explain": "assetgen.cli.commands.explain",
    "server": "assetgen.cli.commands.server",
    "cache": "assetgen.cli.commands.cache",
}


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="assetgen", message="assetgen %(version)s")
def application() -> None:
    """Read Dagster code without running it.

    Get the asset graph, the errors in it, diagrams of it, and a program that runs it, from the
    source alone: nothing of the project is imported or executed.

    \b
    Examples:
      assetgen analyze src/
      assetgen lint src/
      assetgen generate mermaid src/ -o assets.mmd
      assetgen generate pipeline src/ -o pipeline.py

    \b
    Exit codes:
      0  the command did what was asked, and lint found nothing wrong
      1  lint found errors or warnings (other commands: see their help)
      2  the command could not do what was asked
    """
