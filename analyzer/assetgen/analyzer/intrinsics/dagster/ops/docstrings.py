"""What Dagster reads in the docstring of a decorated function."""

from __future__ import annotations

import inspect
import re
from functools import lru_cache

_RETURNED = re.compile(r"return|yield", re.IGNORECASE)


@lru_cache(maxsize=16)
def described(doc: str | None) -> str | None:
    """The docstring as Dagster shows it: dedented, or None if there is nothing in it.

    The op, its output and the asset ask for the same, one after the other.
    """
    return inspect.cleandoc(doc) or None if doc else None


def described_output(doc: str | None, outputs: int) -> str | None:
    """The description that a function with `outputs` outputs gives to its output.

    It is what its docstring says of what is returned, in whatever style Dagster's parser knows;
    with several outputs Dagster does not read it.
    """
    if outputs != 1 or not doc or not _RETURNED.search(doc):
        return None
    # An import that costs some milliseconds, for a section that few docstrings have.
    from docstring_parser import parse

    try:
        returns = parse(doc).returns
    except Exception:  # whatever the parser raises, Dagster takes for no description
        return None
    return returns.description if returns is not None else None
