"""Python's own parser and compiler, without their warnings about the user's code."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

_FILTERS = threading.RLock()
_KINDS = (SyntaxWarning, DeprecationWarning)
"""What the parser and the compiler warn with, in one version or another."""


def hush() -> None:
    """From now on, nothing is warned of in this process."""
    for kind in _KINDS:
        warnings.simplefilter("ignore", kind)


def is_hushed() -> bool:
    """Whether nothing is warned of in any case."""
    ignored = set()
    for action, message, kind, module, line in warnings.filters:
        if action != "ignore":
            break
        if message is None and module is None and not line:
            ignored.add(kind)
    return ignored.issuperset(_KINDS)


@contextmanager
def without_warnings() -> Iterator[None]:
    """Nothing is warned of meanwhile. The filters belong to the whole process, so one thread at a
    time changes them."""
    with _FILTERS, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
