"""A module as LibCST reads it, as an ``ast`` tree."""

from __future__ import annotations

import ast

import libcst as cst

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.syntax.lines import LineIndex
from assetgen.analyzer.syntax.lowering import expressions, patterns, statements, strings
from assetgen.analyzer.syntax.lowering.context import Lowering
from assetgen.analyzer.syntax.lowering.positions import record_positions
from assetgen.analyzer.syntax.lowering.unreadable import UnreadableError
from assetgen.analyzer.syntax.problem import SyntaxProblem


@dataclass(frozen=True, slots=True)
class LoweredModule:
    """A tree, and the oldest Python version that knows all of its syntax."""

    tree: ast.Module
    needs: tuple[int, int]


def lower_module(text: str, path: str) -> LoweredModule | SyntaxProblem:
    """Parse with LibCST, and give the tree that CPython's parser would.

    The text must have passed `check_nesting`: LibCST's parser ends the process when its stack
    overflows.
    """
    lines = LineIndex(text)
    try:
        module = _parsed(text)
        positions = record_positions(module, text)
        lowering = Lowering(
            text,
            lines,
            positions,
            {**expressions.TABLE, **strings.TABLE},
            statements.TABLE,
            patterns.TABLE,
        )
        tree = ast.Module(lowering.statements(module.body), [])
    except cst.ParserSyntaxError as error:
        line, column = max(error.raw_line, 1), max(error.raw_column + 1, 1)
        return SyntaxProblem(path, "invalid syntax", line, column)
    except UnreadableError as error:
        return SyntaxProblem(path, error.message, *lines.position(error.offset))
    except RecursionError:
        return SyntaxProblem(path, "nested too deeply to be parsed", 1, 1)
    return LoweredModule(tree, lowering.needs)


def _parsed(text: str) -> cst.Module:
    try:
        return cst.parse_module(text)
    except (cst.CSTLogicError, cst.CSTValidationError):
        raise UnreadableError("invalid syntax", 0) from None
    except BaseException as error:
        # A panic of the Rust parser is no Exception, and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableError("LibCST could not read this file", 0) from None
