"""Room for deep recursion and many objects."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

_Result = TypeVar("_Result")
_STACK_BYTES = 512 * 1024 * 1024
_RECURSION = 50_000


def with_room(work: Callable[[], _Result]) -> _Result:
    """Run `work` with a stack for deeply nested code, and without garbage collection.

    Stack and recursion limit belong to this thread only in part, so they are put back.
    """
    results: list[_Result] = []
    failures: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # passed on to the caller below
            failures.append(error)

    with _settings():
        thread = threading.Thread(target=run, name="assetgen-analysis")
        thread.start()
        thread.join()
    if failures:
        raise failures[0]
    return results[0]


@contextmanager
def _settings() -> Iterator[None]:
    stack = threading.stack_size(_STACK_BYTES)
    limit = sys.getrecursionlimit()
    collecting = gc.isenabled()
    sys.setrecursionlimit(max(limit, _RECURSION))
    gc.disable()
    try:
        yield
    finally:
        threading.stack_size(stack)
        sys.setrecursionlimit(limit)
        if collecting:
            gc.enable()
