"""What the lowering functions share: positions, required versions, and the way down."""

from __future__ import annotations

import ast
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypedDict

import libcst as cst

from assetgen.analyzer.syntax.lines import LineIndex
from assetgen.analyzer.syntax.lowering.positions import Positions
from assetgen.analyzer.syntax.lowering.unreadable import UnreadableError


class Place(TypedDict):
    """The position attributes of an ``ast`` node."""

    lineno: int
    col_offset: int
    end_lineno: int
    end_col_offset: int


Lower = Callable[["Lowering", Any], Any]


class Lowering:
    """One module on its way from LibCST to ``ast``.

    ``needs`` is the least Python version that accepts what was lowered so far (3.9 stands for
    all older ones).
    """

    def __init__(
        self,
        text: str,
        lines: LineIndex,
        positions: Positions,
        expressions: Mapping[type, Lower],
        statements: Mapping[type, Lower],
        patterns: Mapping[type, Lower],
    ) -> None:
        self.text = text
        self.lines = lines
        self.positions = positions
        self.needs = (3, 9)
        self._expressions = expressions
        self._statements = statements
        self._patterns = patterns

    def expression(self, node: cst.CSTNode) -> ast.expr:
        lowered: ast.expr = self._lower(self._expressions, node)(self, node)
        return lowered

    def target(self, node: cst.CSTNode, context: ast.expr_context) -> ast.expr:
        """An expression that is stored to or deleted."""
        return _in_context(self.expression(node), context)

    def pattern(self, node: cst.CSTNode) -> ast.pattern:
        lowered: ast.pattern = self._lower(self._patterns, node)(self, node)
        return lowered

    def statement(self, node: cst.CSTNode) -> ast.stmt:
        lowered: ast.stmt = self._lower(self._statements, node)(self, node)
        return lowered

    def block(self, suite: cst.BaseSuite) -> list[ast.stmt]:
        return self.statements(suite.body)

    def statements(self, nodes: Iterable[cst.CSTNode]) -> list[ast.stmt]:
        lowered: list[ast.stmt] = []
        for node in nodes:
            if isinstance(node, cst.SimpleStatementLine):
                lowered.extend(map(self.statement, node.body))
            else:
                lowered.append(self.statement(node))
        return lowered

    def require(self, major: int, minor: int) -> None:
        """Note that only this Python version and later ones accept the module."""
        self.needs = max(self.needs, (major, minor))

    def at(self, node: cst.CSTNode) -> Place:
        """Where a node stands, without parentheses around it."""
        return self.place(*self.positions.span(node))

    def outside(self, node: cst.CSTNode) -> tuple[int, int]:
        """Start and end offset of an expression with all parentheses around it."""
        start, end = self.positions.span(node)
        if getattr(node, "lpar", ()):
            start = self.positions.start(node)
            end = self.positions.span(node.rpar[-1])[1]  # type: ignore[attr-defined]
        return start, end

    def bracketed(self, node: cst.CSTNode) -> Place:
        """Where a node stands whose innermost parentheses are its own: a tuple, a generator."""
        start, end = self.positions.span(node)
        if getattr(node, "lpar", ()):
            start = self.positions.span(node.lpar[-1])[0]  # type: ignore[attr-defined]
            end = self.positions.span(node.rpar[0])[1]  # type: ignore[attr-defined]
        return self.place(start, end)

    def place(self, start: int, end: int) -> Place:
        line, column = self.lines.place(start)
        end_line, end_column = self.lines.place(end)
        return {
            "lineno": line,
            "col_offset": column,
            "end_lineno": end_line,
            "end_col_offset": end_column,
        }

    def _lower(self, table: Mapping[type, Lower], node: cst.CSTNode) -> Lower:
        lower = table.get(type(node))
        if lower is None:
            name = type(node).__name__
            raise UnreadableError(f"{name} is not understood here", self.positions.start(node))
        return lower


def identifier(name: str) -> str:
    """An identifier as Python compares it (PEP 3131: by its NFKC form)."""
    return name if name.isascii() else unicodedata.normalize("NFKC", name)


def _in_context(node: ast.expr, context: ast.expr_context) -> ast.expr:
    if isinstance(node, (ast.Name, ast.Attribute, ast.Subscript, ast.Starred, ast.Tuple, ast.List)):
        node.ctx = context
    if isinstance(node, ast.Starred):
        _in_context(node.value, context)
    elif isinstance(node, (ast.Tuple, ast.List)):
        for element in node.elts:
            _in_context(element, context)
    return node
