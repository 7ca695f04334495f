"""Where things are in a module that has been edited, if it still means the same.

What a module means is in its statements, and in the bodies of those of its functions that were
called. Between these, lines may be added and removed: then everything that was found out is still
valid, at other positions.
"""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from typing import Any

from assetgen.analyzer.lint.sources import lines_of
from assetgen.analyzer.lint.suppressions import Suppression, suppressions_in
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.model.spans import Span
from assetgen.analyzer.syntax.bindings import free_names
from assetgen.analyzer.syntax.bodies import docstring_of
from assetgen.analyzer.syntax.module import ParsedModule, parse_module
from assetgen.analyzer.syntax.problem import SyntaxProblem
from assetgen.analyzer.syntax.shape import shape_of

Place = tuple[int, int]
"""A line and a column, as in a `Span`."""


@dataclass(frozen=True, slots=True)
class Moves:
    """Where the positions of one text are in another.

    `runs` are blocks of equal lines: their first and last line, and how far they have moved; `ends`
    are the beginnings and ends of what is not equal character by character.
    """

    before: Sequence[str] = ()
    after: Sequence[str] = ()
    runs: Sequence[tuple[int, int, int]] = ()
    ends: dict[Place, Place] = field(default_factory=dict)

    @property
    def are_none(self) -> bool:
        """Whether everything is where it was."""
        stays = all(old == new for old, new in self.ends.items())
        return stays and not any(distance for _, _, distance in self.runs)

    def span(self, span: Span) -> Span | None:
        """Where a span is now; None if that is not known."""
        start = self.place((span.line, span.column))
        end = self.place((span.end_line, span.end_column))
        return None if start is None or end is None else Span(span.path, *start, *end)

    def place(self, place: Place) -> Place | None:
        """The same for a position."""
        if place in self.ends:
            return self.ends[place]
        line, column = place
        index = bisect_right(self.runs, (line, len(self.before) + 1)) - 1
        if index < 0 or self.runs[index][1] < line:
            return None
        new = line + self.runs[index][2]
        return (new, column) if self.before[line - 1] == self.after[new - 1] else None


Parse = Callable[[bytes, str], ParsedModule | SyntaxProblem]
"""Parses the bytes of a module, with deferred bodies, for the path that spans show."""


def parsed(data: bytes, path: str) -> ParsedModule | SyntaxProblem:
    """A module parsed anew, with deferred bodies."""
    return parse_module(data, path, deferred=True)


def moves_between(
    path: str, before: bytes, after: bytes, entered: Collection[int], parse: Parse = parsed
) -> Moves | None:
    """Where the parts of a module have moved; None if it may mean something else now.

    `entered` are the lines, in the old text, at which the functions begin whose bodies count.
    """
    old, new = parse(before, path), parse(after, path)
    if not isinstance(old, ParsedModule) or not isinstance(new, ParsedModule):
        return None
    comparison = _Comparison(old, new, entered)
    if not comparison.is_same(old.tree.body, new.tree.body):
        return None
    runs = sorted(set(comparison.runs))
    moves = Moves(lines_of(old.text), lines_of(new.text), runs, comparison.ends)
    allowed = suppressions_in(path, before), suppressions_in(path, after)
    return moves if _allow_the_same(*allowed, moves) else None


@dataclass(slots=True)
class _Comparison:
    before: ParsedModule
    after: ParsedModule
    entered: Collection[int]
    runs: list[tuple[int, int, int]] = field(default_factory=list)
    ends: dict[Place, Place] = field(default_factory=dict)

    def is_same(self, one: Any, other: Any) -> bool:
        """Whether two nodes, or the values of fields of nodes, mean the same."""
        if isinstance(one, list) and isinstance(other, list):
            return len(one) == len(other) and all(map(self.is_same, one, other))
        if type(one) is not type(other):
            return False
        if not isinstance(one, ast.AST):
            return bool(one == other)
        return (
            self._is_same_there(one, other) if hasattr(one, "lineno") else self._parts(one, other)
        )

    def _is_same_there(self, one: Any, other: Any) -> bool:
        """The same for nodes with a position: an expression must be written the same."""
        if one.col_offset != other.col_offset:
            return False
        if self.before.segment(one) == self.after.segment(other):
            self.runs.append((one.lineno, one.end_lineno, other.lineno - one.lineno))
            decorators = (getattr(node, "decorator_list", None) for node in (one, other))
            return self.is_same(*decorators)
        if not isinstance(one, (ast.stmt, ast.excepthandler)):
            return False
        self._pair(self.before.span(one), self.after.span(other))
        if not isinstance(one, _FUNCTIONS) or one.lineno in self.entered:
            return self._parts(one, other)
        return self._parts(one, other, "body") and _look_the_same(one, other)

    def _parts(self, one: ast.AST, other: ast.AST, left_out: str = "") -> bool:
        return all(
            self.is_same(getattr(one, name, None), getattr(other, name, None))
            for name in one._fields
            if name != left_out
        )

    def _pair(self, before: Span, after: Span) -> None:
        self.ends[before.line, before.column] = (after.line, after.column)
        self.ends[before.end_line, before.end_column] = (after.end_line, after.end_column)


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def _look_the_same(one: Any, other: Any) -> bool:
    """Whether two functions are the same to code that does not call them, whatever their bodies
    do."""
    return (
        docstring_of(one) == docstring_of(other)
        and shape_of(one) == shape_of(other)
        and free_names(one) == free_names(other)
    )


def _allow_the_same(
    before: Sequence[Suppression], after: Sequence[Suppression], moves: Moves
) -> bool:
    """Whether comments allow the same findings on the same lines, as far as `moves` shows."""
    if [each.written for each in before] != [each.written for each in after]:
        return False
    for one, other in zip(before, after, strict=True):
        old, new = (one.first, one.last), (other.first, other.last)
        covers_all = old == new and one.last > len(moves.before)
        if not covers_all and [moves.place((line, 1)) for line in old] != [(n, 1) for n in new]:
            return False
        moves.ends[one.span.line, one.span.column] = (other.span.line, other.span.column)
        moves.ends[one.span.line, one.span.end_column] = (other.span.line, other.span.end_column)
    return True
