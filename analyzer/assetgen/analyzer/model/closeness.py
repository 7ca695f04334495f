"""Which known word was probably meant by an unknown one."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The most similar word, of equals the last in the alphabet; None if none is similar."""
    # Only needed where something is misspelt.
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, sorted(words), n=1)), None)


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """The end of a message that refuses a word: a question with the nearest one, or nothing."""
    near = nearest(word, words)
    return f"; did you mean `{near}`?" if near is not None else ""
