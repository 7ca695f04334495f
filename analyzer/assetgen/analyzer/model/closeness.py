"""Which known word was probably meant by one that is not known."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The word most like another one, of equals the last of the alphabet; None if none is."""
    # A library that nobody needs who makes no mistakes.
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, sorted(words), n=1)), None)


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """The end of a message that refuses a word: a question after the nearest, or nothing."""
    near = nearest(word, words)
    return f"; did you mean `{near}`?" if near is not None else ""
