"""The Pythons that can read a script."""

from __future__ import annotations

import ast
import re

from assetgen.analyzer.project.files.quiet import without_warnings

_OLDEST = (3, 10)
# How syntax begins that some version brought. Each begins with plain letters, which are found fast.
_NEWER = (
    ((3, 11), re.compile(r"except\s*\*")),
    ((3, 12), re.compile(r"def \w+\[")),
    ((3, 12), re.compile(r"class \w+\[")),
    ((3, 12), re.compile(r"type \w+(?:\[[^\n]*\])? *=")),
)
_AT_LEAST = re.compile(r">=\s*3\.(\d+)")


def required_python(stated: str, code: str) -> str:
    """What a script requires of Python: what is stated, and a version that reads its code."""
    needed = max((version for version, begins in _NEWER if begins.search(code)), default=_OLDEST)
    known = max((int(minor) for minor in _AT_LEAST.findall(stated)), default=0)
    if needed == _OLDEST or known >= needed[1] or _is_older(code):
        return stated
    return f"{stated},>={needed[0]}.{needed[1]}"


def _is_older(code: str) -> bool:
    """Whether the oldest Python reads the code: what looks newer stands in texts and comments."""
    try:
        with without_warnings():
            ast.parse(code, feature_version=_OLDEST)
    except (SyntaxError, ValueError):
        return False
    return True
