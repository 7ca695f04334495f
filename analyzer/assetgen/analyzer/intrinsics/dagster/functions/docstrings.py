"""What Dagster reads from the docstring of a decorated function."""

from __future__ import annotations

import re
from functools import lru_cache

_RETURNED = re.compile(r"return|yield", re.IGNORECASE)


@lru_cache(maxsize=16)
def described(doc: str | None) -> str | None:
    """The docstring as Dagster shows it: dedented, or None if it is empty.

    The op, its output and the asset all ask for it, one after the other.
    """
    return dedented(doc) or None if doc else None


def dedented(doc: str) -> str:
    """What `inspect.cleandoc` gives: to import `inspect` takes longer than a file of docstrings."""
    first, *others = doc.expandtabs().split("\n")
    margins = [len(line) - len(line.lstrip()) for line in others if line.strip()]
    margin = min(margins, default=0)
    return "\n".join((first.lstrip(), *(line[margin:] for line in others))).strip("\n")


def described_output(doc: str | None, outputs: int) -> str | None:
    """The description that a function with `outputs` outputs gives its output.

    It is what its docstring says about the return value, in any style that Dagster's parser knows;
    with several outputs Dagster does not read it.
    """
    if outputs != 1 or not doc or not _RETURNED.search(doc):
        return None
    # Importing this takes some milliseconds, and few docstrings have such a section.
    from docstring_parser import parse

    try:
        returns = parse(doc).returns
    except Exception:  # whatever the parser raises, Dagster takes for no description
        return None
    return returns.description if returns is not None else None
