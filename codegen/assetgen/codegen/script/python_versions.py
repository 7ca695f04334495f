"""The Pythons that can read a script."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable

from assetgen.analyzer.project.files.quiet import without_warnings

_OLDEST, _NEWEST = (3, 10), (4, 0)
# How syntax begins that some version brought. Each begins with plain letters, which are found fast.
_NEWER = (
    ((3, 11), re.compile(r"except\s*\*")),
    ((3, 12), re.compile(r"def \w+\[")),
    ((3, 12), re.compile(r"class \w+\[")),
    ((3, 12), re.compile(r"type \w+(?:\[[^\n]*\])? *=")),
)
_AT_LEAST = re.compile(r">=\s*3\.(\d+)")


# In the fields of formatted strings 3.12 allows their own quotes, backslashes, comments and line
# breaks: where one of them comes before a field ends, this may be such a string. Each begins with a
# letter and a quote, which are found fast.
_FIELDS_NEST = (3, 12)
_NEWER_FIELDS = tuple(
    re.compile(
        rf"""{letter}{quote}{before}(?:
            (?!{quote}{quote})
            (?: [^{quote}\\\n{{] | \\. | \{{\{{ | \{{(?!\{{)[^{quote}}}\n\\]*\}} )*
            \{{(?!\{{) [^{quote}}}\n\\]* [{quote}\\\n]
          | {quote}{quote}
            (?: [^{quote}\\{{] | \\. | \{{\{{ | {quote}(?!{quote}{quote})
              | \{{(?!\{{)[^}}\\\#]*\}} )*
            \{{(?!\{{) [^}}\\\#]* [\\\#]
        )""",
        re.DOTALL | re.VERBOSE,
    )
    for quote in "\"'"
    for letter, before in (
        *(("f", ""), ("F", "")),
        *((letter, f"(?<=[fF]{letter}{quote})") for letter in "rR"),
    )
)


def required_python(
    stated: str, code: str, statements: Iterable[str], *, is_newer: bool = True
) -> str:
    """What a script requires of Python: what is stated, and a version that reads its code, which
    consists of statements. Unless it `is_newer`, the running Python reads it."""
    known = max((int(minor) for minor in _AT_LEAST.findall(stated)), default=0)
    newest = _NEWEST if is_newer else sys.version_info[:2]
    possible = ((version, begins) for version, begins in _NEWER if version <= newest)
    needed = max((version for version, begins in possible if begins.search(code)), default=_OLDEST)
    if needed > _OLDEST and known < needed[1] and _is_older(code):
        needed = _OLDEST
    may_nest = needed < _FIELDS_NEST <= newest and known < _FIELDS_NEST[1]
    if may_nest and _has_newer_fields(code, statements):
        needed = _FIELDS_NEST
    return stated if known >= needed[1] or needed == _OLDEST else f"{stated},>=3.{needed[1]}"


def _has_newer_fields(code: str, statements: Iterable[str]) -> bool:
    found = [begins for begins in _NEWER_FIELDS if begins.search(code)]
    return bool(found) and any(
        _needs_newer_fields(each)
        for each in statements
        if any(begins.search(each) for begins in found)
    )


def _needs_newer_fields(statement: str) -> bool:
    """Whether what seems to be a newer string is one: our own reader of new syntax says so."""
    from assetgen.analyzer.syntax.lowering.module import LoweredModule, lower_module

    lowered = lower_module(statement, "")
    return isinstance(lowered, LoweredModule) and lowered.needs >= _FIELDS_NEST


def _is_older(code: str) -> bool:
    """Whether the oldest Python reads the code: what looks newer stands in texts and comments."""
    try:
        with without_warnings():
            ast.parse(code, feature_version=_OLDEST)
    except (SyntaxError, ValueError):
        return False
    return True
