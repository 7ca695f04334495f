"""Names that modules of the standard library do not have, and that are most likely misspelt."""

from __future__ import annotations

import sys
from typing import Final

_MODULES: Final = frozenset(
    (
        *("abc", "collections", "collections.abc", "contextlib", "copy", "dataclasses"),
        *("datetime", "decimal", "enum", "fnmatch", "functools", "glob", "hashlib", "inspect"),
        *("io", "itertools", "json", "math", "operator", "os", "os.path", "pathlib", "re"),
        *("string", "sys", "time", "types", "typing", "urllib.parse", "warnings"),
    )
)
"""Modules that the analyser has imported itself, so that nothing is imported to ask for a name."""
_CLASSES: Final = frozenset(
    ("datetime.date", "datetime.datetime", "datetime.timedelta", "datetime.timezone")
)


def meant_by(qualname: str) -> str | None:
    """The name that was meant by one that a module does not have: one that differs in a letter, or
    in capitals. Another version of Python has other names, but none that are as similar."""
    parent, _, name = qualname.rpartition(".")
    holder = _holder(parent)
    if holder is None or name.startswith("_") or hasattr(holder, name):
        return None
    names = sorted(each for each in dir(holder) if not each.startswith("_"))
    return next((each for each in names if _is_slip(name, each)), None)


def module_meant(name: str) -> str | None:
    """The module of the standard library, or package of Dagster's, that was meant by the name of
    one that is neither the project's nor needed by it. Words that may be plurals are names of
    modules in many projects."""
    if len(name) < _SHORTEST or any(map(str.isdigit, name)):
        return None
    ends = name[0], name[-1]
    own = (each for each in sys.stdlib_module_names if ends == (each[0], each[-1]))
    near = (each for each in sorted(own) if len(each) > _SHORTEST and is_edit(name, each))
    return next(near, "dagster" if is_edit(name, "dagster") else None)


def _holder(name: str) -> object | None:
    if name in _MODULES:
        return sys.modules.get(name)
    if name in _CLASSES:
        module, _, cls = name.rpartition(".")
        return getattr(sys.modules.get(module), cls, None)
    return None


def _is_slip(name: str, other: str) -> bool:
    if name.lower().replace("_", "") == other.lower().replace("_", ""):
        return True
    return is_edit(name, other) and not any(map(str.isdigit, name + other))


def is_edit(name: str, other: str) -> bool:
    """Whether one letter was left out, added or replaced, or two neighbours were swapped."""
    if len(name) > len(other):
        name, other = other, name
    if len(other) - len(name) > 1 or len(other) < _SHORTEST:
        return False
    pairs = zip(name, other, strict=False)
    first = next((index for index, (one, two) in enumerate(pairs) if one != two), len(name))
    if len(name) < len(other):
        return name[first:] == other[first + 1 :]
    swapped = name[first : first + 2][::-1] + name[first + 2 :]
    return name[first + 1 :] == other[first + 1 :] or swapped == other[first:]


_SHORTEST: Final = 4
"""Shorter names are similar by chance."""
