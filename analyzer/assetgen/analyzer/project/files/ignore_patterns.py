"""Patterns in the syntax of `.gitignore`, as git reads them.

Git asks one path at a time, folders before what they hold, and never looks into a folder that is
ignored; the last pattern that matches the path itself decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from assetgen.analyzer.model.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class IgnorePatterns:
    """The patterns of one list, in order; neighbouring ones that decide the same way are one
    expression."""

    runs: tuple[_Run, ...]

    def verdict(self, path: str, *, is_folder: bool) -> bool | None:
        """Whether `path`, relative and without a trailing slash, is ignored.

        None if no pattern matches it.
        """
        for run in reversed(self.runs):
            if (is_folder or not run.only_folders) and run.expression.fullmatch(path):
                return not run.negated
        return None


def ignore_patterns(lines: Iterable[str]) -> IgnorePatterns:
    """The patterns in the lines of a file; those that git cannot read match nothing."""
    parsed = (pattern for line in lines if (pattern := _parsed(line)) is not None)
    runs = []
    for (negated, only_folders), group in groupby(parsed, key=lambda pattern: pattern[:2]):
        sources = "|".join(source for _, _, source in group)
        runs.append(_Run(negated, only_folders, re.compile(sources, re.DOTALL)))
    return IgnorePatterns(tuple(runs))


@dataclass(frozen=True, slots=True)
class _Run:
    negated: bool
    only_folders: bool
    expression: re.Pattern[str]


def _parsed(line: str) -> tuple[bool, bool, str] | None:
    """Whether a pattern negates, whether it is for folders only, and its regular expression."""
    text = line.rstrip("\r\n")
    while text.endswith(" ") and not text.endswith("\\ "):
        text = text[:-1]
    if not text or text.startswith("#"):
        return None
    negated = text.startswith("!")
    text = text[1:] if negated else text
    only_folders = text.endswith("/")
    text = text[:-1] if only_folders else text
    is_anchored = "/" in text
    text = text.removeprefix("/")
    source = "".join(_translated(text)) if text else ""
    try:
        re.compile(source)
    except re.error:
        return None
    if not source:
        return None
    return negated, only_folders, source if is_anchored else f"(?:.*/)?{source}"


def _translated(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        starts_part = at == 0 or text[at - 1] == "/"
        any_folders = _ANY_FOLDERS.match(text, at) if starts_part else None
        if any_folders:
            yield "(?:.*/)?" if any_folders[0].endswith("/") else ".+"
            at = any_folders.end()
        elif text[at] == "*":
            yield "[^/]*"
            at += 1
        elif text[at] == "?":
            yield "[^/]"
            at += 1
        elif text[at] == "[":
            source, at = _translated_set(text, at)
            yield source
        else:
            at += text[at] == "\\" and at + 1 < len(text)
            yield re.escape(text[at])
            at += 1


def _translated_set(text: str, start: int) -> tuple[str, int]:
    """A set of characters, and where it ends; one without an end matches nothing."""
    at = start + 1
    negated = text[at : at + 1] in {"!", "^"}
    at += negated
    first = at
    members: list[str] = []
    while at < len(text) and (text[at] != "]" or at == first):
        at += text[at] == "\\" and at + 1 < len(text)
        is_range = text[at] == "-" and members and at + 1 < len(text) and text[at + 1] != "]"
        members.append("-" if is_range else re.escape(text[at]))
        at += 1
    if at >= len(text):
        return "(?!)", at
    return f"(?!/)[{'^' if negated else ''}{''.join(members)}]", at + 1


_ANY_FOLDERS: Final = re.compile(r"\*{2,}(?:/|$)")
