"""What a command cannot do."""

from __future__ import annotations

import click

from assetgen.cli.exit_code import ExitCode


class UsageFailure(click.ClickException):
    """What was asked for cannot be done; the message says why, and ends on standard error."""

    exit_code = ExitCode.FAILURE

    def format_message(self) -> str:
        return self.message
