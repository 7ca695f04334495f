"""The process: standard streams, and the exit codes of what goes wrong."""

from __future__ import annotations

import gc
import io
import os
import sys
from typing import NoReturn

import click

from assetgen.cli.application import application
from assetgen.cli.failure import ExitCode


def main() -> NoReturn:
    """Runs the command line and exits.

    Broken pipes are no failure: whoever reads has read enough. An exception that no command
    foresaw is a bug of ours, and is shown whole.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    # What an analysis makes lives until the process ends: collecting costs and frees nothing.
    gc.disable()
    code = _run()
    # Python collects once more before it ends, whatever is said above: what is frozen it leaves.
    gc.freeze()
    sys.exit(code)


def _run() -> int:
    try:
        try:
            result = application.main(prog_name="assetgen", standalone_mode=False)
        except click.ClickException as error:
            error.show()
            _discard_output()
            return error.exit_code
        except click.exceptions.Exit as end:
            return end.exit_code
        except click.Abort:
            return 130
        return result if isinstance(result, int) else ExitCode.OK
    except BrokenPipeError:
        _discard_output()
        return ExitCode.OK
    except KeyboardInterrupt:
        return 130
    except Exception:
        sys.excepthook(*sys.exc_info())
        click.echo("assetgen: this is a bug of assetgen's; the lines above tell where", err=True)
        return ExitCode.FAILURE


def _discard_output() -> None:
    """Python flushes standard output once more at its end, which must not fail again."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
