"""What a word in the code of a function is, as the line tells in which it stands."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from assetgen.codegen.link.text.places import (
    FIELDS_NEST,
    Part,
    is_annotation,
    is_attribute,
    is_keyword,
    stands_in_code,
)


class Word(Enum):
    """What a word is: an attribute, or in a string or comment (ASIDE); in a field of a string,
    maybe (HIDDEN); maybe a variable that is bound there (BOUND); the name of an argument (KEYWORD);
    a name of which something is taken, or which is called (TAKEN), or none of all that (PLAIN)."""

    ASIDE = 1
    HIDDEN = 2
    BOUND = 3
    KEYWORD = 4
    TAKEN = 5
    PLAIN = 6


def word_at(code: str, start: int, end: int, unsure: Part) -> Word:
    """What stands between two places. Strings go over lines in the `unsure` part only."""
    line = code.rfind("\n", 0, start) + 1
    if not (
        unsure[0] <= start < unsure[1]
        or code[line - 2 : line - 1] in _GOING_ON
        or (FIELDS_NEST and "}" in code[line:start])
    ):
        stop = code.find("\n", end)
        whole = code[line:stop] if stop >= 0 else code[line:]
        found = _in_line(whole, start - line, end - line)
        if found is not None:
            return found
    return _seen(code, start, end, unsure)


# What a line ends in that may go on in the next one.
_GOING_ON = frozenset(" \t\\.\n")


@lru_cache(maxsize=10_000)
def _in_line(line: str, start: int, end: int) -> Word | None:
    """The same for a line in which no string goes on from the one before; None if the next one has
    to be seen, too. Lines are often like others: what is in them has not to be found each time."""
    if line[end:].strip(" \t\\") in ("", "."):
        return None
    return _seen(line, start, end, (0, 0))


def _seen(code: str, start: int, end: int, unsure: Part) -> Word:
    if is_attribute(code, start):
        return Word.ASIDE
    is_code = stands_in_code(code, start, unsure)
    if not is_code:
        return Word.HIDDEN if is_code is None else Word.ASIDE
    if TAKEN.match(code, end):
        return Word.TAKEN
    if may_bind_at(code, start, end):
        return Word.BOUND
    return Word.KEYWORD if is_keyword(code, start, end) else Word.PLAIN


TAKEN = re.compile(r"[ \t]*\.\s*\w|[ \t]*[(\[]")
"""A dot, call or subscript: what they follow is not bound there."""

# What stands before a name on its line where it may be bound: by these words, as one of several
# targets, or by something that began on another line.
_BEFORE = re.compile(
    r"\b(?:as|case|def|del|global|nonlocal)\b|\bfor\b(?:(?!\bin\b).)*\Z|\blambda\b[^:]*\Z"
    r"|\A\s*\Z|;"
)
_AMONG = re.compile(r"[,(\[*]\s*\Z")
_CALLED = re.compile(
    r"\b(?!(?:and|as|case|del|else|for|if|in|not|or|return)\b)\w+\([^()\[\]{}#\"']*\Z"
)
_WALRUS = re.compile(r"[ \t]*:=")
_EQUALS = re.compile(r"[ \t]*:=|.*?(?:(?<![!<>=])=(?!=)|<<=|>>=)")


def may_bind_at(code: str, start: int, end: int) -> bool:
    """Whether what stands between two places, all in one line, may be bound there."""
    before = code[code.rfind("\n", 0, start) + 1 : start]
    if _BEFORE.search(before):
        return True
    if is_annotation(code, start):
        return _WALRUS.match(code, end) is not None
    # Among the arguments of a call neither commas nor an equals sign bind anything.
    if not _AMONG.search(before) and not _EQUALS.match(code, end):
        return False
    return not _CALLED.search(before) or _WALRUS.match(code, end) is not None
