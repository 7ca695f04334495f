"""Which modules the running Python has compiled already."""

from __future__ import annotations

import os
from importlib.util import MAGIC_NUMBER, cache_from_source
from typing import Final

_HEADER_BYTES: Final = 16
_BY_TIME_AND_SIZE: Final = bytes(4)


def is_compiled(file: str, stamp: tuple[int, int]) -> bool:
    """Whether Python has cached bytecode of a file of this size and modification time (in
    nanoseconds).

    To import the module, Python would run that without looking at the text again, as long as both
    are the same: so all of the text is known to be valid. Only the header is read.
    """
    size, changed = stamp
    try:
        cached = os.open(cache_from_source(file), os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            header = os.read(cached, _HEADER_BYTES)
        finally:
            os.close(cached)
    except (OSError, ValueError, NotImplementedError):
        return False
    seconds = changed // 1_000_000_000
    told = b"".join((number & 0xFFFFFFFF).to_bytes(4, "little") for number in (seconds, size))
    return header == MAGIC_NUMBER + _BY_TIME_AND_SIZE + told
