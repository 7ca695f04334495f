"""The statements of a function that an expression inside of it rests on."""

from __future__ import annotations

import ast

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.codegen.link.names.bound_names import argument_names, bound_names, children
from assetgen.codegen.link.names.uses import uses_in

_LEAVING = (ast.Return, ast.Yield, ast.YieldFrom, ast.Await, ast.Nonlocal, ast.Global)
_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Slice:
    """Statements in the order in which they stand, and the local variables that they bind."""

    statements: tuple[ast.stmt, ...]
    variables: frozenset[str]


def slice_for(function: ast.AST, node: ast.expr) -> Slice | None:
    """What has to be executed before `node`, which stands in the body of `function`.

    Whatever binds a variable that is needed counts, and whatever mentions one, since that may
    change it. None if parameters are needed, or what leaves the function.
    """
    if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return None
    local = {name for name, _ in bound_names(function.body)}
    parameters = {name for name, _ in argument_names(function.args)}
    needed = _mentioned(node) & (local | parameters)
    kept: list[ast.stmt] = []
    for statement in reversed(_before(function, node)):
        mentioned = _mentioned(statement)
        if isinstance(statement, (ast.Import, ast.ImportFrom)) or not mentioned & needed:
            continue
        if any(isinstance(each, _LEAVING) for each in _own(statement)):
            return None
        needed |= mentioned & (local | parameters)
        kept.append(statement)
    bound = {name for statement in kept for name, _ in bound_names([statement])}
    imported = {
        name for name, binder in bound_names(function.body) if isinstance(binder, ast.alias)
    }
    if needed - bound - imported:
        return None
    return Slice(tuple(kept[::-1]), frozenset(bound))


def _before(function: _Function, node: ast.expr) -> list[ast.stmt]:
    """The statements of the body before the one in which the expression stands."""
    before: list[ast.stmt] = []
    for statement in function.body:
        if any(each is node for each in ast.walk(statement)):
            return before
        before.append(statement)
    return before


def _mentioned(node: ast.AST) -> set[str]:
    """The names that a statement or expression uses or binds, those of its own scopes left out."""
    return {use.name for use in uses_in(node)}


def _own(statement: ast.stmt) -> list[ast.AST]:
    """The nodes of a statement, without those of functions inside of it."""
    found: list[ast.AST] = []
    stack: list[ast.AST] = [statement]
    while stack:
        node = stack.pop()
        found.append(node)
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
            stack += children(node)
    return found
