"""Strings put inside of f-strings, whose quotes they must not end."""

from __future__ import annotations

import ast
import io
import re
import tokenize

_START, _END = (getattr(tokenize, f"FSTRING_{each}", -1) for each in ("START", "END"))


def written_string(
    literal: str, source: str, start: int, end: int, since: int
) -> tuple[int, int, str]:
    """What to put in place of which part of a source, for a literal to stand for a name there.

    No string of the source is open at `since`. A field of an f-string that is just the name gives
    way to the text.
    """
    if literal[:1] not in ("'", '"'):
        return start, end, literal
    if _FORMATTED.search(source, since, start) is None:
        return start, end, literal
    value = str(ast.literal_eval(literal))
    around = _quotes_around(source[since:], start - since)
    if around and source[start - 1] == "{" and source[end] == "}" and _PLAIN.fullmatch(value):
        return start - 1, end + 1, value
    return start, end, repr(value) if literal[0] in around else literal


_FORMATTED = re.compile(r"""(?:[fFtT][rR]?|[rR][fFtT])["']""")
_PLAIN = re.compile(r"[\w./ -]*")


def _quotes_around(source: str, place: int) -> set[str]:
    """The quotes of the f-strings that a place is inside of."""
    line = source.count("\n", 0, place) + 1
    at = line, place - (source.rfind("\n", 0, place) + 1)
    around: list[str] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.start > at:
                break
            if token.type == _START:
                around.append(token.string[-1])
            elif token.type == _END:
                around.pop()
            elif token.type == tokenize.STRING and token.end > at:
                around.append(token.string[-1])
    except (tokenize.TokenError, SyntaxError):
        pass  # What is broken is told elsewhere.
    return {*around}
