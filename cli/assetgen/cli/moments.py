"""What the clock shows, as far as it is to be known."""

from __future__ import annotations

import re
from typing import Final

from assetgen.cli.failure import UsageFailure

MOMENT: Final = "YYYY[-MM[-DD[THH:MM[:SS]]]]"
"""How a moment is written, as far as it is known."""


def parts_of(text: str) -> tuple[int, ...]:
    """The parts of a moment that a text gives: year, month, day, hour, minute, second.

    With the hour, all are given. Raises UsageFailure for what is not a moment.
    """
    import datetime

    found = _MOMENT.fullmatch(text)
    parts = tuple(int(part) for part in found.groups() if part is not None) if found else ()
    if len(parts) > _DAY:
        parts = (*parts, 0)[:_SECOND]
    try:
        datetime.datetime(*(*parts, 1, 1)[: max(len(parts), _DAY)])  # type: ignore[arg-type]
    except (ValueError, TypeError):
        raise UsageFailure(f"--now {text}: {MOMENT} is expected") from None
    return parts


_DAY: Final = 3
_SECOND: Final = 6
_MOMENT: Final = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?)?)?", re.ASCII
)
