"""How a command ends."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the exit codes of `assetgen` mean; `--help` says the same of the first three."""

    OK = 0
    FINDINGS = 1
    FAILURE = 2
    INTERRUPTED = 130
    """As shells have it for a program that was ended by Ctrl-C."""
