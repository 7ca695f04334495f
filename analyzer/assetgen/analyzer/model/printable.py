"""Text of a project as it can be shown on one line of a terminal."""

from __future__ import annotations

import re
from typing import Final

_STEERING: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Control characters, line breaks, and what makes text run from right to left."""


def printable(text: str) -> str:
    """The text with characters that would steer a terminal, or break the line, as Python writes
    them: a key `"a\\nb"` is shown as `a\\nb`."""
    return text if text.isprintable() else _STEERING.sub(_escaped, text)


def in_place(text: str) -> str:
    """The same with one mark for each of these characters, so that columns stay what they are."""
    return text if text.isprintable() else _STEERING.sub("\ufffd", text)


def _escaped(found: re.Match[str]) -> str:
    return repr(found[0])[1:-1]
