"""The names that `import *` may bind from modules outside of the project."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import Final

_STANDARD: Final = frozenset(
    (
        *("abc", "collections", "collections.abc", "contextlib", "copy", "csv", "dataclasses"),
        *("datetime", "decimal", "enum", "fractions", "functools", "itertools", "json", "logging"),
        *("math", "operator", "os", "os.path", "pathlib", "random", "re", "statistics", "string"),
        *("textwrap", "time", "types", "typing", "uuid"),
    )
)
"""Modules of the standard library that projects import names of, and that do nothing when they are
imported: what they hold is asked of the Python that runs."""


def may_give(module: str, name: str) -> bool:
    """Whether `from module import *` may bind the name: any name that is not known to be
    missing."""
    return module not in _STANDARD or name in _given_by(module)


@lru_cache(maxsize=32)
def _given_by(module: str) -> frozenset[str]:
    found = import_module(module)
    public = (name for name in vars(found) if not name.startswith("_"))
    return frozenset(getattr(found, "__all__", None) or public)
