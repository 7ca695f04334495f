"""The comments that suppress findings, and the lines that each covers."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator, Sequence

from assetgen.analyzer.lint.sources import decode
from assetgen.analyzer.lint.suppressions import Suppression
from assetgen.analyzer.model.spans import Span


def suppressions_of(path: str, content: bytes) -> tuple[Suppression, ...]:
    """What `suppressions_in` finds in a file that has any."""
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


_COMMENT = re.compile(r"#\s*assetgen:\s*(?P<what>allow-file|allow)\b\s*(?:\[(?P<rules>[^\]]*)\])?")
_RULE = re.compile(r"[^\s,]+")
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
