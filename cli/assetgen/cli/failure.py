"""How a command ends."""

from __future__ import annotations

from enum import IntEnum

import click


class ExitCode(IntEnum):
    """What the exit codes of `assetgen` mean; `--help` says the same."""

    OK = 0
    FINDINGS = 1
    FAILURE = 2


class UsageFailure(click.ClickException):
    """What was asked for cannot be done; the message says why, and ends on standard error."""

    exit_code = ExitCode.FAILURE

    def format_message(self) -> str:
        return self.message
