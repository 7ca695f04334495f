"""Which names a piece of code binds, and which it takes from its surroundings.

Python's own scoping, from the tree: functions, lambdas, comprehensions, classes and modules have
names of their own; functions do not see the names of an enclosing class; ``:=`` in a comprehension
binds outside of it; decorators, defaults and annotations belong to the scope that contains the
definition.
"""

from __future__ import annotations

import ast

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.syntax.scopes import Scope, ScopeKind, enter_scope


@dataclass(frozen=True, slots=True)
class ScopeNames:
    """The names of one scope.

    ``free`` are those that the scope, or a scope within it, takes from its surroundings; whether
    from a function, the module or the builtins, only these determine. Names that it declares global
    or nonlocal are free in it.
    """

    bound: frozenset[str]
    free: frozenset[str]


def scope_names(node: ast.AST) -> ScopeNames:
    """The names inside of a function, lambda, class, comprehension or module.

    What is evaluated outside of the scope is left out: decorators, defaults, annotations, bases,
    the first iterable of a comprehension. For any other node: what it binds in the scope that it
    stands in, and all that it reads.
    """
    scope = enter_scope(node, postponed=False)
    outer, declared = _taken_from_outside(scope)
    bound = scope.bound - scope.globals - scope.nonlocals
    if scope.kind is ScopeKind.MODULE:
        bound = bound | scope.bound | scope.globals_bound_within()
        outer, declared = outer - bound, declared - bound
    return ScopeNames(bound=frozenset(bound), free=frozenset(outer | declared))


def free_names(node: ast.AST) -> frozenset[str]:
    """What the inside of a scope takes from its surroundings: `ScopeNames.free`."""
    return scope_names(node).free


def bound_names(node: ast.AST) -> frozenset[str]:
    """The local names of a scope, or what a statement binds in the scope that it is in.

    A star import binds names that the text does not show; they are not included.
    """
    return scope_names(node).bound


def names_bound_in(module: ast.Module) -> frozenset[str] | None:
    """The names that a module's text binds in any scope.

    None if it may have others: by a star import, by code that writes into a namespace, or if it may
    put something else in its place.
    """
    root = enter_scope(module, postponed=True)
    bound: set[str] = set()
    for scope in root.innermost_first():
        if not _WRITERS.isdisjoint(scope.used):
            return None
        bound |= scope.bound
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
            return None
        if isinstance(node, ast.Attribute) and node.attr == "modules":  # of `sys`
            return None
    return frozenset(bound)


def names_bound_before(module: ast.Module, line: int) -> frozenset[str] | None:
    """The globals that a module may have when it reaches a line, under whatever conditions.

    Names bound for type checkers only are not included. None if there may be others, as in
    `names_bound_in`.
    """
    if names_bound_in(module) is None:
        return None
    root = enter_scope(module, postponed=True)
    bound = root.globals_bound_within()
    pending: list[ast.stmt] = list(module.body)
    while pending:
        statement = pending.pop()
        if isinstance(statement, ast.If) and _asks_for_checkers(statement.test):
            pending += statement.orelse
        elif statement.lineno < line and isinstance(statement, _DEFINITIONS):
            bound.add(statement.name)
        elif statement.lineno < line:
            bound |= bound_names(statement)
    return frozenset(bound)


def _asks_for_checkers(test: ast.expr) -> bool:
    """Whether a condition is `TYPE_CHECKING`, of any module."""
    name = test.attr if isinstance(test, ast.Attribute) else getattr(test, "id", None)
    return name == "TYPE_CHECKING"


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_WRITERS = frozenset({"exec", "eval", "globals", "locals", "vars", "setattr", "__builtins__"})


def _taken_from_outside(root: Scope) -> tuple[set[str], set[str]]:
    """Names that a scope takes from its surroundings, and names that are declared global in it."""
    taken: dict[Scope, tuple[set[str], set[str], set[str]]] = {}
    for scope in root.innermost_first():
        # What a class around may give; what only functions and modules around may give.
        direct, within, declared = set(scope.used), set[str](), set(scope.globals)
        for child in scope.children:
            child_direct, child_within, child_declared = taken.pop(child)
            direct |= child_direct
            within |= child_within
            declared |= child_declared
        local = scope.bound - scope.globals - scope.nonlocals
        if scope.kind is ScopeKind.CLASS:
            direct = (direct - local) | scope.used_early
            within -= {"__class__"}
        elif scope.kind is not ScopeKind.FRAGMENT:
            direct, within = direct - local, within - local
        direct = (direct - scope.globals) | scope.nonlocals
        if scope.kind is not ScopeKind.TYPES:
            direct, within = set(), direct | within
        taken[scope] = direct, within, declared
    direct, within, declared = taken[root]
    return direct | within, declared
