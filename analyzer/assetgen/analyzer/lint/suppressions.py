"""`# assetgen: allow[rule]`: findings that the author has looked at and accepts.

A comment at the end of a line allows the named rules in that line. On a line of its own it allows
them in the statement that follows: its decorators and its header, not a body. `allow-file[...]`,
anywhere in a file, allows them in the whole file. Rules are named by name or by code.
"""

from __future__ import annotations

import io
import tokenize
from collections.abc import Iterator, Sequence

from assetgen.analyzer.lint.sources import decode
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.patterns import late
from assetgen.analyzer.model.spans import Span

MARKER = b"assetgen: allow"
"""A file without these bytes has no suppression and need not be read as text."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """One rule that a comment allows: as written, in which lines, and where the name stands.

    `first` and `last` are the lines that it covers, both included. `written` is empty for a
    comment that names no rule.
    """

    written: str
    first: int
    last: int
    span: Span


def suppressions_in(path: str, content: bytes) -> tuple[Suppression, ...]:
    """What the comments of a file allow; text in strings does not count.

    In a file that cannot be tokenized, the comments before the error count.
    """
    if MARKER not in content:
        return ()
    decoded = decode(content)
    if decoded is None:
        return ()
    tokens = tuple(_tokens(decoded[0]))
    return tuple(
        suppression
        for index, token in enumerate(tokens)
        if token.type == tokenize.COMMENT
        for suppression in _read_comment(path, tokens, index)
    )


_COMMENT = late(r"#\s*assetgen:\s*(?P<what>allow-file|allow)\b\s*(?:\[(?P<rules>[^\]]*)\])?")
_RULE = late(r"[^\s,]+")
_END_OF_FILE = 1_000_000_000


def _tokens(text: str) -> Iterator[tokenize.TokenInfo]:
    try:
        yield from tokenize.generate_tokens(io.StringIO(text).readline)
    except (tokenize.TokenError, SyntaxError):
        return


def _read_comment(
    path: str, tokens: Sequence[tokenize.TokenInfo], index: int
) -> Iterator[Suppression]:
    comment = tokens[index]
    line, column = comment.start
    for match in _COMMENT.finditer(comment.string):
        if match["what"] == "allow-file":
            first, last = 1, _END_OF_FILE
        else:
            first, last = _lines_covered(tokens, index)
        names = list(_RULE.finditer(match["rules"] or ""))
        start = column + match.start("rules") if names else column + match.start()
        for name in names:
            begin, end = start + name.start() + 1, start + name.end() + 1
            yield Suppression(name[0], first, last, Span(path, line, begin, line, end))
        if not names:
            end = column + match.end() + 1
            yield Suppression("", first, last, Span(path, line, start + 1, line, end))


def _lines_covered(tokens: Sequence[tokenize.TokenInfo], index: int) -> tuple[int, int]:
    comment = tokens[index]
    line, column = comment.start
    if comment.line[:column].strip():
        return line, line
    depth = _depth_at(tokens, index)
    following = [token for token in tokens[index + 1 :] if token.type not in _LAYOUT]
    if not following:
        return line, line
    first = following[0].start[0]
    return (first, first) if depth else (first, _end_of_header(following))


def _depth_at(tokens: Sequence[tokenize.TokenInfo], index: int) -> int:
    brackets = [token.string for token in tokens[:index] if token.type == tokenize.OP]
    opened = sum(bracket in "([{" for bracket in brackets)
    return opened - sum(bracket in ")]}" for bracket in brackets)


def _end_of_header(tokens: Sequence[tokenize.TokenInfo]) -> int:
    """The last line of the statement at the head of `tokens`: of its header if it has a body."""
    is_decorator, begins = False, True
    for token in tokens:
        if begins:
            is_decorator, begins = token.string == "@", False
        elif token.type == tokenize.NEWLINE:
            if not is_decorator:
                return token.start[0]
            begins = True
    return tokens[-1].start[0]


_LAYOUT = frozenset(
    (tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)
)
