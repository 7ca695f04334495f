"""The words of source text, found at the speed at which Python copies bytes."""

from __future__ import annotations

from collections.abc import Iterable

Words = frozenset[bytes]
"""Words as they are encoded; what is not ASCII counts as part of one."""

NO_WORDS: Words = frozenset()
_IN_WORDS = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")
_APART = bytes(each if each > 127 or each in _IN_WORDS else 32 for each in range(256))


def words_of(text: str) -> Words:
    """Whatever looks like a name or a number, wherever it stands."""
    return frozenset(text.encode("utf-8", "surrogatepass").translate(_APART).split())


def as_word(name: str) -> bytes:
    """A name as it is found in text."""
    return name.encode("utf-8", "surrogatepass")


def as_words(names: Iterable[str]) -> Words:
    """Names as they are found in text."""
    return frozenset(map(as_word, names))
