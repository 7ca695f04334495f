"""What a parser accepts but a compiler does not: `await` in a plain function, a late `global`."""

from __future__ import annotations

import ast

from assetgen.analyzer.project.files.quiet import without_warnings
from assetgen.analyzer.syntax.problem import SyntaxProblem

_SUSPECTS = ("await ", "async ", "nonlocal ", "global ", ":=", " import *", "\nreturn", "\nyield")
"""One of these is in nearly every text that can be parsed but not compiled."""
_FUTURE = "from __future__ import"
_LARGEST = 200_000


def refusal_of_compiler(tree: ast.Module, text: str, path: str) -> SyntaxProblem | None:
    """Why Python does not compile a text that it has parsed; the compiled code is dropped.

    Compiling takes as long as parsing, so it is only done for texts with something that may be
    refused.
    """
    if len(text) > _LARGEST or not _is_suspect(tree, text):
        return None
    try:
        with without_warnings():
            compile(text, "", "exec", dont_inherit=True)
    except SyntaxError as error:
        return SyntaxProblem(path, error.msg, max(error.lineno or 1, 1), max(error.offset or 1, 1))
    except (MemoryError, RecursionError, ValueError):
        return None
    return None


def _is_suspect(tree: ast.Module, text: str) -> bool:
    return any(word in text for word in _SUSPECTS) or (_FUTURE in text and _is_late(tree))


def _is_late(tree: ast.Module) -> bool:
    """Whether a `__future__` import follows other statements."""
    is_first = True
    for index, statement in enumerate(tree.body):
        is_future = isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
        if is_future and not is_first:
            return True
        is_docstring = index == 0 and isinstance(statement, ast.Expr)
        is_first = is_first and (is_future or is_docstring)
    return False
