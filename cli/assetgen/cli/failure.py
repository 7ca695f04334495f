"""A command that cannot do what was asked."""

from __future__ import annotations


class UsageFailure(Exception):
    """What was asked for cannot be done; the message says why, and goes to standard error."""

    @property
    def message(self) -> str:
        return str(self)
