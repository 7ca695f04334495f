"""A parsed module, and how bytes become one."""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass, field

from assetgen.analyzer.model.spans import Span
from assetgen.analyzer.syntax.bindings import names_bound_in
from assetgen.analyzer.syntax.fast_path import parse_fast
from assetgen.analyzer.syntax.lines import LineIndex
from assetgen.analyzer.syntax.nesting import NestingLimits, find_nesting_problem
from assetgen.analyzer.syntax.problem import SyntaxProblem
from assetgen.analyzer.syntax.python2 import is_old_except, say_if_python2
from assetgen.analyzer.syntax.source import decode_source

LIBCST_LIMITS = NestingLimits(brackets=100, chain=400, elifs=400)
"""LibCST's parser overflows a stack of 8 MB, and so ends the process, at ten times these."""

NEWEST_SYNTAX = (3, 15)
"""The last Python whose syntax LibCST knows: it has nothing to add to that one's own parser."""

_SAID_OF_NEWER_SYNTAX = (
    "invalid syntax",
    "expected '('",
    "expected ':'",
    "f-string",
    "multiple ex",
)


def parse_module(data: bytes, path: str, *, deferred: bool = False) -> ParsedModule | SyntaxProblem:
    """The tree of a Python file, or what is wrong with it; ``path`` is only shown, never opened.

    Any bytes are allowed, and nothing in them makes this raise. With ``deferred``, for who looks
    at few of its functions, bodies may be parsed when they are asked for: the tree is the same.
    """
    text = decode_source(data, path)
    if isinstance(text, SyntaxProblem):
        return text
    tree = parse_fast(text, path, deferred=deferred)
    if isinstance(tree, SyntaxProblem):
        tree = _parse_newer(text, tree)
    return tree if isinstance(tree, SyntaxProblem) else ParsedModule(path, text, tree)


def _parse_newer(text: str, refusal: SyntaxProblem) -> ast.Module | SyntaxProblem:
    """What the running Python refused, if a newer one would take it.

    LibCST's word counts only where the text has syntax too new for the running Python: on all
    other syntax CPython is right, and its messages are better.
    """
    if sys.version_info >= NEWEST_SYNTAX:
        return say_if_python2(refusal, text)
    too_deep = find_nesting_problem(text, refusal.path, LIBCST_LIMITS) is not None
    if too_deep or is_old_except(refusal, text):
        return say_if_python2(refusal, text)
    from assetgen.analyzer.syntax.lowering.module import lower_module

    lowered = lower_module(text, refusal.path)
    if isinstance(lowered, SyntaxProblem):
        # Of a text that is both newer and wrong, LibCST may have read on to what is wrong; a line
        # further it has only told later of the same.
        vague = refusal.message.startswith(_SAID_OF_NEWER_SYNTAX)
        refusal = lowered if vague and lowered.line > refusal.line + 1 else refusal
        return say_if_python2(refusal, text)
    return lowered.tree if lowered.needs > sys.version_info[:2] else say_if_python2(refusal, text)


@dataclass(frozen=True, slots=True)
class ParsedModule:
    """The text of a module and its tree, in the ``ast`` nodes of the standard library.

    Positions in the tree are those of CPython: 1-based lines, 0-based columns in UTF-8 bytes.
    """

    path: str
    text: str
    tree: ast.Module
    _lines: LineIndex = field(init=False, repr=False, compare=False)
    _bound: tuple[frozenset[str] | None, ...] = field(
        init=False, repr=False, compare=False, default=()
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "_lines", LineIndex(self.text))

    def defines_nowhere(self, name: str) -> bool:
        """Whether nothing in the module can bind a name, in whichever scope."""
        if not self._bound:
            object.__setattr__(self, "_bound", (names_bound_in(self.tree),))
        (bound,) = self._bound
        return bound is not None and name not in bound

    def span(self, node: ast.AST) -> Span:
        """Where a node stands: 1-based lines and columns in characters, the end exclusive.

        A node without a position of its own (arguments, a comprehension clause) spans those of
        its parts. A definition starts at its ``def`` or ``class``, after its decorators.
        """
        if self._lines.is_ascii:
            line, end_line = getattr(node, "lineno", None), getattr(node, "end_lineno", None)
            if line is not None and end_line is not None:
                column, end = node.col_offset, node.end_col_offset  # type: ignore[attr-defined]
                return Span(self.path, line, column + 1, end_line, end + 1)
        start, stop = self._extent(node)
        return Span(self.path, *self._lines.position(start), *self._lines.position(stop))

    def segment(self, node: ast.AST) -> str:
        """The exact source text of a node."""
        start, end = self._extent(node)
        return self.text[start:end]

    def _extent(self, node: ast.AST) -> tuple[int, int]:
        if isinstance(node, ast.Module):
            return 0, len(self.text)
        if hasattr(node, "lineno"):
            return self._own_extent(node)
        parts = [self._own_extent(part) for part in ast.walk(node) if hasattr(part, "lineno")]
        if not parts:
            return 0, 0
        return min(start for start, _ in parts), max(end for _, end in parts)

    def _own_extent(self, node: ast.AST) -> tuple[int, int]:
        line: int = getattr(node, "lineno", 1)
        column: int = getattr(node, "col_offset", 0)
        end_line: int | None = getattr(node, "end_lineno", None)
        end_column: int | None = getattr(node, "end_col_offset", None)
        start = self._lines.offset(line, column)
        if end_line is None or end_column is None:
            return start, start
        return start, max(start, self._lines.offset(end_line, end_column))
