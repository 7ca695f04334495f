"""The indefinite article, for messages that name things only known at run time."""

from __future__ import annotations


def article(noun: str) -> str:
    """ "a" or "an", as it is said before a noun or the name of a class."""
    return "an" if noun[:1] in "AEIOUaeiou" or noun.startswith("hour") else "a"
