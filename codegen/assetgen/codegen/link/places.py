"""Where a name stands in source text, found without parsing it."""

from __future__ import annotations

import re
from bisect import bisect_right

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
    text: str, start: int, end: int, names: frozenset[str]
) -> list[tuple[int, str]] | None:
    """Where a piece of code mentions names that are no local names anywhere in it.

    `start` is where no string or comment has begun. None if a field of a string is too odd to be
    sure of.
    """
    found = sorted((place, name) for name in names for place in _words(text, start, end, name))
    aside = list(_ASIDE.finditer(text, start, end)) if found else []
    starts = [each.start() for each in aside]
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
        elif not _is_attribute(text, place) and not _is_keyword(text, place + len(name)):
            places.append((place, name))
    formatted = (each for each in aside if each.group(1) is not None)
    return None if places and any(map(_is_odd, formatted)) else places


def strings_in(text: str) -> list[tuple[int, int]]:
    """Where the strings of a piece of code begin and end."""
    return [each.span() for each in _ASIDE.finditer(text) if not each.group().startswith("#")]


def _words(text: str, start: int, end: int, name: str) -> list[int]:
    places: list[int] = []
    place = text.find(name, start, end)
    while place >= 0:
        after = text[place + len(name) : place + len(name) + 1]
        before = text[place - 1 : place]
        if not _continues(after) and not _continues(before):
            places.append(place)
        place = text.find(name, place + len(name), end)
    return places


def _continues(character: str) -> bool:
    return character.isalnum() or character == "_" or character > "\x7f"


def _is_attribute(text: str, place: int) -> bool:
    before = place - 1
    while before >= 0 and text[before] in _BACKWARD:
        before -= 1
    return before >= 0 and text[before] == "."


def _is_keyword(text: str, end: int) -> bool:
    """Whether an argument is named here: what is assigned to would be a local name."""
    while text[end : end + 1] in (" ", "\t", "\n", "\\"):
        end += 1
    return text.startswith("=", end) and not text.startswith("==", end)


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
            return not _is_attribute(field.string, start)
    return False


def _is_odd(string: re.Match[str]) -> bool:
    """Whether a string with fields may end elsewhere: they can have its quotes in them."""
    text = string.group()
    return text.count("{") != text.count("}")
