"""A `try` around the import of a package that the project's requirements do not name."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate import importing

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine


def missing_import(machine: Machine, node: ast.Try) -> tuple[int, str] | None:
    """The first statement of the body that imports something that may not be installed, and its
    package.

    None if it follows anything but imports and constants, or if no handler continues without it:
    one that raises again makes certain that it is installed.
    """
    if all(map(_leaves, node.handlers)):
        return None
    for number, statement in enumerate(node.body):
        if isinstance(statement, ast.Import):
            names = [alias.name for alias in statement.names]
        elif isinstance(statement, ast.ImportFrom):
            names = [] if statement.level or not statement.module else [statement.module]
        elif _is_harmless(statement):
            continue
        else:
            return None
        for name in names:
            top = name.partition(".")[0]
            found = importing.find(machine, top)
            is_own = found is not None and not found.is_description
            if not is_own and not machine.project.is_required(name):
                return number, top
    return None


def _is_harmless(statement: ast.stmt) -> bool:
    """Whether a statement raises nothing and makes nothing, so that it may run twice."""
    if isinstance(statement, (ast.Assign, ast.AnnAssign, ast.Expr)):
        return statement.value is None or isinstance(statement.value, (ast.Constant, ast.Name))
    return isinstance(statement, ast.Pass)


def _leaves(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call):
        return ast.unparse(last.value.func) in ("sys.exit", "exit", "quit")
    return isinstance(last, ast.Raise)
