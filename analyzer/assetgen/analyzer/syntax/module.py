"""A parsed module, and how bytes become one."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from typing import NamedTuple

from assetgen.analyzer.model.spans import Span
from assetgen.analyzer.syntax.bindings import names_bound_in
from assetgen.analyzer.syntax.bodies import DeferredBody
from assetgen.analyzer.syntax.compiling import refusal_of_compiler
from assetgen.analyzer.syntax.fast_path import parse_fast
from assetgen.analyzer.syntax.lines import LineIndex
from assetgen.analyzer.syntax.nesting import NestingLimits, find_nesting_problem
from assetgen.analyzer.syntax.newer_statements import parse_with_newer
from assetgen.analyzer.syntax.problem import SyntaxProblem
from assetgen.analyzer.syntax.proven import Proven, Taken
from assetgen.analyzer.syntax.python2 import is_old_except, say_if_python2
from assetgen.analyzer.syntax.source import decode_source

LIBCST_LIMITS = NestingLimits(brackets=100, chain=400, elifs=400)
"""At ten times these, LibCST's parser overflows a stack of 8 MB, which ends the process."""

NEWEST_SYNTAX = (3, 15)
"""The last Python whose syntax LibCST knows: for that one its own parser is enough."""

_new = tuple.__new__
"""Makes a named tuple without a call of its own `__new__`, which is written in Python."""

_SAID_OF_NEWER_SYNTAX = (
    "invalid syntax",
    "expected '('",
    "expected ':'",
    "f-string",
    "multiple ex",
)


def parse_module(
    data: bytes, path: str, *, deferred: bool = False, proven: Proven | None = None
) -> ParsedModule | SyntaxProblem:
    """The tree of a Python file, or what is wrong with it; ``path`` is only shown, never opened.

    Any bytes are allowed, and nothing in them makes this raise. With ``deferred``, for callers that
    look at few of its functions, bodies may be parsed when they are needed: the tree is the same.
    ``proven`` knows which bodies are valid, and learns of more.
    """
    text = decode_source(data, path)
    if isinstance(text, SyntaxProblem):
        return text
    tree = parse_fast(text, path, deferred=deferred, proven=proven)
    is_newer = isinstance(tree, SyntaxProblem)
    if isinstance(tree, SyntaxProblem):
        tree = _parse_newer(text, tree, deferred=deferred, proven=proven)
    elif not isinstance(proven, Taken):
        tree = refusal_of_compiler(tree, text, path) or tree
    if isinstance(tree, SyntaxProblem):
        return tree
    return ParsedModule(path, text, tree, data, may_be_newer=is_newer)


def _parse_newer(
    text: str, refusal: SyntaxProblem, *, deferred: bool, proven: Proven | None
) -> ast.Module | SyntaxProblem:
    """What the running Python refused, if a newer one would accept it.

    LibCST's word counts only if the text has syntax that is too new for the running Python: for all
    other syntax CPython is right, and its messages are better.
    """
    if sys.version_info >= NEWEST_SYNTAX:
        return say_if_python2(refusal, text)
    if not is_old_except(refusal, text):
        tree = parse_with_newer(text, refusal.path, LIBCST_LIMITS, deferred=deferred, proven=proven)
        if tree is not None:
            return tree
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


class Outline(NamedTuple):
    """What is known of a module without its text.

    `first` is the class of its first statement's node and that node's position.
    """

    path: str
    first: tuple[str, int, int, int | None, int | None]
    is_ascii: bool
    was_split: bool


class ParsedModule:
    """The text of a module and its tree, in the ``ast`` nodes of the standard library.

    Positions in the tree are those of CPython: 1-based lines, 0-based columns in UTF-8 bytes. Once
    it was let go, text and tree are made again from the bytes when they are needed.
    """

    __slots__ = (
        *("_bound", "_data", "_first", "_is_ascii", "_lines", "_text", "_tree", "_was_split"),
        *("may_be_newer", "path"),
    )

    def __init__(
        self,
        path: str,
        text: str,
        tree: ast.Module,
        data: bytes | None = None,
        *,
        may_be_newer: bool = False,
    ) -> None:
        """`may_be_newer`: the running Python may refuse the text."""
        self.path = path
        self.may_be_newer = may_be_newer
        self._text: str | None = text
        self._tree: ast.Module | None = tree
        self._data: bytes | Callable[[], bytes] | None = data
        self._lines: LineIndex | None = LineIndex(text)
        self._is_ascii = self._lines.is_ascii
        self._first: ast.AST = tree.body[0] if tree.body else tree
        self._bound: tuple[frozenset[str] | None, ...] = ()
        self._was_split = False

    @classmethod
    def of_outline(cls, outline: Outline, data: Callable[[], bytes]) -> ParsedModule:
        """The module of an outline, if nothing else in its text has been needed so far."""
        kind, line, column, end_line, end_column = outline.first
        of_kind: type[ast.AST] = getattr(ast, kind)
        first = of_kind.__new__(of_kind)  # a node like the first one in nothing but its place
        if isinstance(first, ast.stmt):
            first.lineno, first.col_offset = line, column
            first.end_lineno, first.end_col_offset = end_line, end_column
        module = cls.__new__(cls)
        module.path, module._first, module._data = outline.path, first, data
        module._text = module._tree = module._lines = None
        module._is_ascii, module._was_split = outline.is_ascii, outline.was_split
        module._bound, module.may_be_newer = (), True
        return module

    @property
    def outline(self) -> Outline:
        """What is known of it without its text."""
        (line, column), (end_line, end_column) = _extent(self._first)
        place = type(self._first).__name__, line, column, end_line, end_column
        return Outline(self.path, place, self._is_ascii, self._was_split)

    @property
    def text(self) -> str:
        if self._text is None:
            text = decode_source(self._bytes(), self.path)
            assert isinstance(text, str)
            self._text = text
        return self._text

    @property
    def tree(self) -> ast.Module:
        """The tree; the same one until it is let go."""
        if self._tree is None:
            proven = Taken() if self._was_split else None
            parsed = parse_module(self._bytes(), self.path, deferred=True, proven=proven)
            assert isinstance(parsed, ParsedModule)
            self._tree = parsed.tree
        return self._tree

    @property
    def first(self) -> ast.AST:
        """The first statement, or the tree of an empty module."""
        return self._first

    def let_go(self) -> None:
        """Drop everything that can be made again: trees take forty times the memory of their
        source."""
        if self._data is not None:
            if self._tree is not None:
                bodies = (getattr(each, "body", None) for each in self._tree.body)
                self._was_split = any(type(each) is DeferredBody for each in bodies)
            self._tree = self._text = None
            if self._is_ascii:
                self._lines = None

    def defines_nowhere(self, name: str) -> bool:
        """Whether nothing in the module can bind a name, in whichever scope."""
        if not self._bound:
            self._bound = (names_bound_in(self.tree),)
        (bound,) = self._bound
        return bound is not None and name not in bound

    def span(self, node: ast.AST) -> Span:
        """Where a node stands: 1-based lines and columns in characters, the end exclusive.

        A node without a position of its own (arguments, a comprehension clause) spans those of
        its parts. A definition starts at its ``def`` or ``class``, after its decorators.
        """
        line = getattr(node, "lineno", None)
        if line is None:
            start, end = self.extent(node)
            return self.span_between(*start, *end)
        return self.span_between(
            line,
            node.col_offset,  # type: ignore[attr-defined]
            node.end_lineno,  # type: ignore[attr-defined]
            node.end_col_offset,  # type: ignore[attr-defined]
        )

    def span_between(
        self, line: int, column: int, end_line: int | None, end_column: int | None
    ) -> Span:
        """The span of a node by its position in the tree; what has no end ends where it begins."""
        if end_line is not None and end_column is not None and self._is_ascii:
            return _new(Span, (self.path, line, column + 1, end_line, end_column + 1))
        start, stop = self._offsets(line, column, end_line, end_column)
        index = self._index()
        return Span(self.path, *index.position(start), *index.position(stop))

    def segment(self, node: ast.AST) -> str:
        """The exact source text of a node."""
        (line, column), (end_line, end_column) = self.extent(node)
        return self.segment_between(line, column, end_line, end_column)

    def segment_between(
        self, line: int, column: int, end_line: int | None, end_column: int | None
    ) -> str:
        """The same by the node's position in the tree."""
        start, stop = self._offsets(line, column, end_line, end_column)
        return self.text[start:stop]

    def extent(self, node: ast.AST) -> tuple[tuple[int, int], tuple[int | None, int | None]]:
        """Where a node starts and ends, as the positions in the tree tell it."""
        if isinstance(node, ast.Module):
            return (1, 0), self._index().place(len(self.text))
        if hasattr(node, "lineno"):
            return _extent(node)
        parts = [_extent(part) for part in ast.walk(node) if hasattr(part, "lineno")]
        if not parts:
            return (1, 0), (1, 0)
        starts, ends = zip(*parts, strict=True)
        return min(starts), max(ends, key=lambda end: (end[0] or 0, end[1] or 0))

    def node_at(
        self, kind: type[ast.AST], line: int, column: int, end_line: int | None, end: int | None
    ) -> ast.AST | None:
        """The outermost node of a class at a position, if there is one."""
        start, stop = (line, column), (end_line or line, end or column)
        waiting: list[ast.AST] = [self.tree]
        while waiting:
            node = waiting.pop()
            place = _extent(node) if hasattr(node, "lineno") else None
            if place == ((line, column), (end_line, end)) and type(node) is kind:
                return node
            for child in ast.iter_child_nodes(node):
                if _may_hold(child, start, stop):
                    waiting.append(child)
        return None

    def _bytes(self) -> bytes:
        data = self._data
        assert data is not None
        return data if isinstance(data, bytes) else data()

    def _index(self) -> LineIndex:
        if self._lines is None:
            self._lines = LineIndex(self.text)
        return self._lines

    def _offsets(
        self, line: int, column: int, end_line: int | None, end_column: int | None
    ) -> tuple[int, int]:
        index = self._index()
        start = index.offset(line, column)
        if end_line is None or end_column is None:
            return start, start
        return start, max(start, index.offset(end_line, end_column))


def _may_hold(node: ast.AST, start: tuple[int, int], stop: tuple[int, int]) -> bool:
    """Whether a node may contain something between two positions, so that the others need not be
    searched.

    Not everything in a decorated definition, or in a string with fields, is between the positions
    of that node.
    """
    end_line = getattr(node, "end_lineno", None)
    if end_line is None or isinstance(node, (ast.JoinedStr, ast.FormattedValue)):
        return True
    first = min((each.lineno for each in getattr(node, "decorator_list", ())), default=node.lineno)  # type: ignore[attr-defined]
    return bool(first <= start[0] and stop[0] <= end_line)


def _extent(node: ast.AST) -> tuple[tuple[int, int], tuple[int | None, int | None]]:
    end = getattr(node, "end_lineno", None), getattr(node, "end_col_offset", None)
    return (getattr(node, "lineno", 1), getattr(node, "col_offset", 0)), end
