"""Where a name stands in source text, found without parsing it."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Set as AbstractSet

_IN_TRIPLE_DOUBLE = r'"""[^"\\]*(?:(?:\\.|""?(?!"))[^"\\]*)*"""'
_IN_TRIPLE_SINGLE = r"'''[^'\\]*(?:(?:\\.|''?(?!'))[^'\\]*)*'''"
_IN_DOUBLE = r'"(?!"")[^"\\\n]*(?:\\.[^"\\\n]*)*"'
_IN_SINGLE = r"'(?!'')[^'\\\n]*(?:\\.[^'\\\n]*)*'"
STRING = rf"(?:{_IN_TRIPLE_DOUBLE}|{_IN_TRIPLE_SINGLE}|{_IN_DOUBLE}|{_IN_SINGLE})"
"""A string without its prefix; its dots mean any character."""

FORMATTED = rf"(?:[fFtT][rR]?|[rR][fFtT]){STRING}"
"""A string with fields."""

_ASIDE = re.compile(rf"([fFtT][rR]?|[rR][fFtT])?{STRING}|\#[^\n]*", re.DOTALL)
_BACKWARD = " \t\n\\"


def places_of(
    text: str, start: int, end: int, names: AbstractSet[str], long: Part | None = None
) -> list[tuple[int, str]] | None:
    """Where a piece of code mentions names that are no local names anywhere in it.

    `start` is where no string or comment has begun, `long` the part outside of which no string goes
    over lines. None if a field of a string is too odd to be sure of.
    """
    long = long or long_strings(text, start, end)
    places: list[tuple[int, str]] = []
    unsure: list[tuple[int, str]] = []
    for name in names:
        for place in places_of_word(text, start, end, name):
            is_code = stands_in_code(text, place, long)
            if is_code is None:
                unsure.append((place, name))
            elif is_code and not _is_elsewhere(text, place, place + len(name)):
                places.append((place, name))
    if unsure:
        # No string goes on where the line begins in which the first does that may be a long one.
        first = start if FIELDS_NEST else text.rfind("\n", start, long[0]) + 1
        more = _among_strings(text, max(start, first), end, unsure)
        if more is None:
            return None
        places += more
    return sorted(places)


Part = tuple[int, int]
"""A part of a text: where it begins and ends."""


def long_strings(text: str, start: int = 0, end: int | None = None) -> Part:
    """The part outside of which no string goes over several lines, unless a field of one does."""
    stop = len(text) if end is None else end
    if text.find("\\\n", start, stop) >= 0:
        return start, stop
    first = last = start
    for quotes in _LONG_QUOTES:
        found = text.find(quotes, start, stop)
        if found >= 0:
            first = found if first == last else min(first, found)
            last = max(last, text.rfind(quotes, start, stop) + 3)
    return first, last


_LONG_QUOTES = ('"""', "'''")


def stands_in_code(text: str, place: int, unsure: Part) -> bool | None:
    """Whether a word stands in no string or comment, as its line tells; None if that does not.

    Strings go over lines in no other part than the `unsure` one, but for those with fields that do.
    """
    if unsure[0] <= place < unsure[1]:
        return None
    line = text.rfind("\n", 0, place) + 1
    before = text[line:place]
    sure_from = 0 if place < unsure[0] else unsure[1]
    if FIELDS_NEST and "}" in before and _OPEN_FIELD.search(text, sure_from, line):
        return None
    if not ('"' in before or "'" in before or "#" in before):
        return True
    stop = text.find("\n", place)
    for string in _ASIDE.finditer(text, line, stop if stop >= 0 else len(text)):
        if place < string.start():
            return True
        if place < string.end():
            return None if string.group(1) is not None and "{" in string.group() else False
    return True


FIELDS_NEST = sys.version_info >= (3, 12)
"""Whether a field of a string can have the quotes of its string in it, and go over lines."""

# A string whose line ends in one of its fields.
_OPEN_FIELD = re.compile(r"""\b(?:[fFtT][rR]?|[rR][fFtT])["'].*\{[^}\n]*$""", re.MULTILINE)


def _among_strings(
    text: str, start: int, end: int, found: list[tuple[int, str]]
) -> list[tuple[int, str]] | None:
    """Those of the places found that are no part of a string or comment."""
    last = max(place for place, _ in found)
    aside: list[re.Match[str]] = []
    starts: list[int] = []
    for each in _ASIDE.finditer(text, start, end):
        begin = each.start()
        if begin > last:
            break
        aside.append(each)
        starts.append(begin)
    places: list[tuple[int, str]] = []
    for place, name in found:
        number = bisect_right(starts, place) - 1
        if number >= 0 and place < aside[number].end():
            if aside[number].group(1) is None:
                continue
            is_code = _is_in_field(aside[number], place, place + len(name))
            if is_code is None:
                return None
            if is_code:
                places.append((place, name))
        elif not _is_elsewhere(text, place, place + len(name)):
            places.append((place, name))
    formatted = (each for each in aside if each.group(1) is not None)
    return None if places and any(map(_is_odd, formatted)) else places


def strings_in(text: str) -> list[tuple[int, int]]:
    """Where the strings of a piece of code begin and end."""
    return [each.span() for each in _ASIDE.finditer(text) if not each.group().startswith("#")]


def places_of_word(text: str, start: int, end: int, name: str) -> list[int]:
    """Where a name stands as a whole word, be it in a string."""
    places: list[int] = []
    length = len(name)
    place = text.find(name, start, end)
    while place >= 0:
        stop = place + length
        if text[stop : stop + 1] in _APART and text[place - 1 : place] in _APART:
            places.append(place)
        place = text.find(name, stop, end)
    return places


# What is not ASCII counts as part of a word.
_APART = frozenset({"", *(sign for sign in map(chr, range(128)) if not f"_{sign}".isidentifier())})


def _is_elsewhere(text: str, start: int, end: int) -> bool:
    return is_attribute(text, start) or is_keyword(text, start, end)


def is_attribute(text: str, place: int) -> bool:
    """Whether a name is taken of what stands before it."""
    before = place - 1
    while before >= 0 and text[before] in _BACKWARD:
        before -= 1
    if before < 0 or text[before] != ".":
        return False
    if text.find("\n", before, place) < 0:
        return True
    # The line before may end with an ellipsis, a number such as `1.`, or a comment.
    return _DOT_FOR_ITSELF.search(text, text.rfind("\n", 0, before) + 1, before + 1) is None


_DOT_FOR_ITSELF = re.compile(r"(?:\.\.|(?<![\w.])\d[\d_]*|\#.*)\.\Z")


def is_keyword(text: str, start: int, end: int) -> bool:
    """Whether an argument is named here: what is assigned to would be a local name."""
    while text[end : end + 1] in (" ", "\t", "\n", "\\"):
        end += 1
    if not text.startswith("=", end) or text.startswith("==", end):
        return False
    return not is_annotation(text, start)


def is_annotation(text: str, start: int) -> bool:
    """Whether a name is the annotation of a variable on its line, or a part of it."""
    return _ANNOTATED.fullmatch(text, text.rfind("\n", 0, start) + 1, start) is not None


# A name and a colon, and no more than names between that and the place.
_ANNOTATED = re.compile(
    r"[ \t]*(?!(?:else|except|finally|try)\b)[\w.]+[ \t]*:[ \t]*(?:[\w.]+[ \t]*[\[|][ \t]*)*"
)


_FIELD = re.compile(r"\{([^{}]*)\}")
_PLAIN_FIELD = re.compile(r"[\w\s.,()\[\]+*/-]*")


def _is_in_field(string: re.Match[str], start: int, end: int) -> bool | None:
    """Whether what stands in a string is code of one of its fields; None if that is not sure."""
    text = string.group()
    if "{{" in text or "}}" in text or _is_odd(string):
        return None
    for field in _FIELD.finditer(string.string, string.start(), string.end()):
        if field.start() < start and end < field.end():
            code = re.split("[!:]", field.group(1))[0]
            if not _PLAIN_FIELD.fullmatch(code):
                return None
            if end > field.start(1) + len(code):
                return False
            return not is_attribute(field.string, start)
    return False


def _is_odd(string: re.Match[str]) -> bool:
    """Whether a string with fields may end elsewhere: they can have its quotes in them."""
    text = string.group()
    return text.count("{") != text.count("}")
