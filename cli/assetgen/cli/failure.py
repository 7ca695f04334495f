"""A command that cannot do what was asked."""

from __future__ import annotations

import click

from assetgen.cli.exit_code import ExitCode


class UsageFailure(click.ClickException):
    """What was asked for cannot be done; the message says why, and goes to standard error."""

    exit_code = ExitCode.FAILURE

    def format_message(self) -> str:
        return self.message
