"""Modules with a few statements in syntax that the running Python does not know.

Only these are read by LibCST, which takes twenty times as long; CPython's parser reads the rest.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from itertools import pairwise

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.patterns import late
from assetgen.analyzer.syntax.fast_path import may_warn, parse_fast
from assetgen.analyzer.syntax.nesting import NestingLimits, find_nesting_problem
from assetgen.analyzer.syntax.probing import complaint_about
from assetgen.analyzer.syntax.problem import SyntaxProblem
from assetgen.analyzer.syntax.proven import Proven
from assetgen.analyzer.syntax.type_parameters import NEEDS, parse_generic

_MOST = 40
"""Statements in newer syntax: if there are more, LibCST reads the whole file."""

_MOST_JOINED = 30
"""How many parts of a text may form one statement, as strings over many lines do."""


@dataclass(frozen=True, slots=True)
class Part:
    """Statements at the beginning of lines, from offset `start` to `stop`; `line` counts from 1."""

    start: int
    stop: int
    line: int


def parse_with_newer(
    text: str,
    path: str,
    limits: NestingLimits,
    *,
    deferred: bool = False,
    proven: Proven | None = None,
) -> ast.Module | None:
    """The tree of a text that the running Python refuses; None if it is not sure to be right.

    Parts that are modules by themselves are one module together, whatever stands in them.
    """
    if "\r" in text or "\f" in text or may_warn(text):
        return None

    def parsed(known: str) -> ast.Module | SyntaxProblem:
        return parse_fast(known, path, deferred=deferred, proven=proven)

    generic = parse_generic(text, parsed) if sys.version_info < NEEDS else None
    if generic is not None:
        return generic
    newer: list[tuple[Part, ast.Module]] = []
    for part in _refused(text):
        tree = _lowered(text[part.start : part.stop], path, limits)
        if tree is None or len(newer) >= _MOST:
            return None
        ast.increment_lineno(tree, part.line - 1)
        newer.append((part, tree))
    if not newer:
        return None
    rest = parsed(_without(text, [part for part, _ in newer]))
    if isinstance(rest, SyntaxProblem):
        return None
    body = [*rest.body, *(statement for _, tree in newer for statement in tree.body)]
    rest.body = sorted(body, key=_first_line)
    return rest


def _first_line(statement: ast.stmt) -> tuple[int, int]:
    return statement.lineno, statement.col_offset


_BEGINNING = late(r"^(?!(?:else|elif|except|finally|case)\b)[^\W\d]\w*|^@", re.MULTILINE)


def _refused(text: str) -> Iterator[Part]:
    """The parts of a text that the parser does not take, those that go on put together."""
    parts = list(_parts(text))
    place = 0
    while place < len(parts):
        last = place
        start = parts[place].start
        while (said := complaint_about(text[start : parts[last].stop])).startswith(_OPEN):
            if last + 1 == len(parts) or last - place > _MOST_JOINED:
                last = place
                break
            last += 1
        if said:
            yield Part(start, parts[last].stop, parts[place].line)
        place = last + 1


def _parts(text: str) -> Iterator[Part]:
    starts = [0]
    decorated = False
    for found in _BEGINNING.finditer(text):
        if not decorated and found.start() > 0:
            starts.append(found.start())
        decorated = found.group() == "@"
    line = 1
    for start, stop in pairwise([*starts, len(text)]):
        yield Part(start, stop, line)
        line += text.count("\n", start, stop)


_OPEN = (
    "unterminated triple-quoted",
    "'(' was",
    "'[' was",
    "'{' was",
    "unexpected EOF",
    "EOF while",
)


def _lowered(text: str, path: str, limits: NestingLimits) -> ast.Module | None:
    """By LibCST, if that knows it as newer syntax."""
    if find_nesting_problem(text, path, limits) is not None:
        return None
    from assetgen.analyzer.syntax.lowering.module import lower_module

    lowered = lower_module(text, path)
    if isinstance(lowered, SyntaxProblem) or lowered.needs <= sys.version_info[:2]:
        return None
    return lowered.tree


def _without(text: str, parts: list[Part]) -> str:
    """The text with empty lines in the place of the parts."""
    kept, end = [], 0
    for part in parts:
        kept += [text[end : part.start], "\n" * text.count("\n", part.start, part.stop)]
        end = part.stop
    return "".join([*kept, text[end:]])
