"""Python's own parser and compiler, without their warnings about the user's code."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

_FILTERS = threading.RLock()


@contextmanager
def without_warnings() -> Iterator[None]:
    """Nothing is warned of meanwhile. The filters belong to the whole process, so one thread at a
    time changes them."""
    with _FILTERS, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
