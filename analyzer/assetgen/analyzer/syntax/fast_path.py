"""CPython's own parser: ten times as fast as LibCST, but only for the syntax it knows."""

from __future__ import annotations

import ast
import sys

from assetgen.analyzer.model.patterns import late
from assetgen.analyzer.project.files.quiet import is_hushed, without_warnings
from assetgen.analyzer.syntax.deferred import parse_deferred
from assetgen.analyzer.syntax.nesting import NestingLimits, find_nesting_problem
from assetgen.analyzer.syntax.problem import SyntaxProblem
from assetgen.analyzer.syntax.proven import Proven

_ODD_ESCAPE = late(r"""\\[^\\'"abfnrtvx\r\n0-3]""")
_GLUED_NUMBER = late(
    r"[0-9](?:[._jJ]?|(?<=0)[xX][0-9a-fA-F_]{1,40})(?:and|else|for|if|in|is|not|or)\b"
)

# Python 3.10 overflows its stack on chains of some hundred thousand operators; later versions
# raise an exception.
_HARMLESS_SIZE = 50_000
_CPYTHON_LIMITS = NestingLimits(brackets=200, chain=3_000, elifs=10_000)


def parse_fast(
    text: str, path: str, *, deferred: bool = False, proven: Proven | None = None
) -> ast.Module | SyntaxProblem:
    """The tree from the running interpreter's parser. `deferred`: bodies of functions in it may be
    parsed only when something looks at them."""
    if sys.version_info < (3, 11) and len(text) > _HARMLESS_SIZE:
        problem = find_nesting_problem(text, path, _CPYTHON_LIMITS)
        if problem is not None:
            return problem
    try:
        if is_hushed() or not may_warn(text):
            tree = parse_deferred(text, proven=proven) if deferred else None
            return tree if tree is not None else ast.parse(text)
        # Only where a warning is likely: threads wait for each other there.
        with without_warnings():
            return ast.parse(text)
    except SyntaxError as error:
        return SyntaxProblem(path, error.msg, max(error.lineno or 1, 1), max(error.offset or 1, 1))
    except (MemoryError, RecursionError):
        return SyntaxProblem(path, "nested too deeply to be parsed", 1, 1)
    except ValueError as error:
        return SyntaxProblem(path, str(error), 1, 1)


def may_warn(text: str) -> bool:
    """Whether the parser could warn: of an invalid escape, or of a number glued to a keyword."""
    return bool(_ODD_ESCAPE.search(text) or _GLUED_NUMBER.search(text))
