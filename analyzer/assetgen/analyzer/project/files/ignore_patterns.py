"""Patterns in the syntax of `.gitignore`, as git reads them.

Git asks one path at a time, folders before what they hold, and never looks into a folder that is
ignored; the last pattern that matches the path itself decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Final, NamedTuple

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.project.files.quiet import without_warnings


@dataclass(frozen=True, slots=True)
class IgnorePatterns:
    """The patterns of one list, in order; neighbouring ones that decide the same way are one
    run."""

    runs: tuple[_Run, ...]

    def verdict(self, path: str, *, is_folder: bool) -> bool | None:
        """Whether `path`, relative and without a trailing slash, is ignored.

        None if no pattern matches it.
        """
        for run in reversed(self.runs):
            if (is_folder or not run.only_folders) and run.matches(path):
                return not run.negated
        return None


@lru_cache(maxsize=256)
def ignore_patterns(lines: tuple[str, ...]) -> IgnorePatterns:
    """The patterns in the lines of a file; those that git cannot read match nothing."""
    parsed = (pattern for line in lines if (pattern := _parsed(line)) is not None)
    return IgnorePatterns(
        tuple(
            _Run(negated, only_folders, *map(_any_of, _by_what_they_match(group)))
            for (negated, only_folders), group in groupby(
                parsed, key=lambda pattern: (pattern.negated, pattern.only_folders)
            )
        )
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """Patterns that match whole paths, and those that match the last part of a path."""

    negated: bool
    only_folders: bool
    paths: re.Pattern[str] | None
    names: re.Pattern[str] | None

    def matches(self, path: str) -> bool:
        if self.names is not None and self.names.fullmatch(path[path.rfind("/") + 1 :]):
            return True
        return self.paths is not None and self.paths.fullmatch(path) is not None


class _Parsed(NamedTuple):
    """A pattern: whether it negates, whether it is for folders only, whether it says in which
    folder, and its regular expression."""

    negated: bool
    only_folders: bool
    is_anchored: bool
    source: str


def _by_what_they_match(patterns: Iterable[_Parsed]) -> tuple[list[str], list[str]]:
    """The expressions of those that match whole paths, and of those that match names."""
    given = list(patterns)
    anchored = [each.source for each in given if each.is_anchored]
    return anchored, [each.source for each in given if not each.is_anchored]


def _any_of(sources: list[str]) -> re.Pattern[str] | None:
    return _compiled("|".join(sources)) if sources else None


def _compiled(source: str) -> re.Pattern[str]:
    """Raises `re.error` for a set that is none. Python warns of sets that it may read otherwise
    some day."""
    with without_warnings():
        return re.compile(source, re.DOTALL)


def _parsed(line: str) -> _Parsed | None:
    """The pattern of a line, if it has one."""
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
        if "[" in text:  # nothing else can be wrong
            _compiled(source)
    except re.error:
        return None
    return _Parsed(negated, only_folders, is_anchored, source) if source else None


def _translated(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        plain = _PLAIN.match(text, at)
        if plain:
            yield plain[0]
            at = plain.end()
            continue
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


_PLAIN: Final = re.compile("[A-Za-z0-9_/-]+")
_ANY_FOLDERS: Final = re.compile(r"\*{2,}(?:/|$)")
