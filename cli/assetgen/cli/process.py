"""The process: what happens with the result of a command, and with its errors."""

from __future__ import annotations

import sys

import click

from assetgen.analyzer.model.printable import printable
from assetgen.analyzer.project.files.quiet import hush
from assetgen.cli.application import application
from assetgen.cli.cache import Missed
from assetgen.cli.exit_code import ExitCode
from assetgen.cli.failure import UsageFailure
from assetgen.cli.output import discard_output


def run(missed: Missed | None) -> int:
    """Runs the command line and returns its exit code; `missed` is what the cache knows about its
    words, if what it prints depends on nothing else that the cache does not know.

    A broken pipe is not an error: the reader has read enough. (Of those that break while click
    itself prints, click makes a SystemExit.) An exception that no command expects is a bug of ours,
    and is shown in full.
    """
    # What Python's parser warns of in the code that is read is not the user's question.
    hush()
    try:
        try:
            result = application.main(prog_name="assetgen", standalone_mode=False, obj=missed)
        except UsageFailure as failure:
            click.echo(printable(f"Error: {failure}"), err=True)
            discard_output()
            return ExitCode.FAILURE
        except click.ClickException as error:
            error.show()
            discard_output()
            return error.exit_code
        except click.exceptions.Exit as end:
            return end.exit_code
        except click.Abort:
            return ExitCode.INTERRUPTED
        return result if isinstance(result, int) else ExitCode.OK
    except (BrokenPipeError, SystemExit):
        discard_output()
        return ExitCode.OK
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except Exception:
        sys.excepthook(*sys.exc_info())
        click.echo("assetgen: this is a bug of assetgen's; the lines above tell where", err=True)
        return ExitCode.FAILURE
