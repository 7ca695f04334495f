"""`assetgen server`."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import click

from assetgen.analyzer.model.copies import replace
from assetgen.cli.failure import UsageFailure
from assetgen.cli.linting import Linting
from assetgen.cli.reading import Reading
from assetgen.cli.request import takes_reading


@click.command(name="server", short_help="Find errors in an editor while you type.")
@takes_reading
def command(reading: Reading) -> int:
    """Be the language server of an editor, over standard input and output.

    It shows what lint finds of PATHS, by default of the folders that the editor has open, also in
    texts that are not saved; offers the fixes; tells of the asset under the pointer what it depends
    on and what uses it; and leads from a dependency to the asset and back. Rules are set in
    [tool.assetgen] in pyproject.toml. Needs assetgen[server].

    \b
    Exit codes:
      0  the editor has ended it
      2  the command could not do what was asked

    \b
    Examples:
      assetgen server
      assetgen server -m my_project.definitions --env-file .env
    """
    try:
        from assetgen.cli.editor.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        message = "server needs the language server protocol: install assetgen[server]"
        raise UsageFailure(message) from error
    is_given = reading.modules or reading.paths != (Path(),)

    def linting(folders: tuple[Path, ...]) -> Linting:
        return Linting(
            reading if is_given or not folders else replace(reading, paths=folders), "full"
        )

    serve(linting, version("assetgen"))
    return 0
