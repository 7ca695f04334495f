"""Regular expressions that are compiled when they are first used.

To compile one takes 20 to 300 us. A run after an edit uses a fifth of those that it imports.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


def late(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, made when it is first asked for anything.

    Each use takes 50 ns more, so it is not meant for what is used thousands of times.
    """
    return cast("re.Pattern[AnyStr]", _Late(pattern, flags))


class _Late:
    """Has the attributes of the compiled pattern, once they were asked for."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, found)
        return found
