"""How a command ends."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the exit codes of `assetgen` mean; `--help` says the same."""

    OK = 0
    FINDINGS = 1
    FAILURE = 2
