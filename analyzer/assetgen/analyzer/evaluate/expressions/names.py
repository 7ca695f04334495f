"""Names, assignment expressions and conditional expressions."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.branching import evaluated_arms
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.importing import from_stars
from assetgen.analyzer.evaluate.objects.doubted_reads import BUILTINS, or_builtin, or_outer
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.star_imports import may_give
from assetgen.analyzer.evaluate.statements.failures import is_caught
from assetgen.analyzer.evaluate.values import Deferred, Value, made_next
from assetgen.analyzer.syntax.bindings import names_bound_before
from assetgen.analyzer.syntax.shape import locals_of

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine


def _name(machine: Machine, node: ast.Name, frame: Frame) -> Value:
    value = frame.scope.lookup(node.id)
    if value is None or machine.catchers:
        _raise_if_unbound(machine, node, frame)
    if value is not None:
        if isinstance(value, Deferred):
            value = _settle(machine, node.id, value, frame)
        if node.id in BUILTINS:
            value = or_builtin(machine, node.id, value, frame)
        if machine.attempts or frame.scope.kind == "class":
            return or_outer(machine, node.id, value, frame)
        return value
    known = from_stars(machine, frame.module, node.id)
    if known is not None:
        return known
    if node.id != "__class__" and (node.id in BUILTINS or node.id == "reveal"):
        return machine.intrinsic(f"builtins.{node.id}")
    stars = [star for star in frame.module.stars if may_give(star, node.id)]
    if len(stars) == 1 and not stars[0].startswith("builtins."):
        return machine.intrinsic(f"{stars[0]}.{node.id}")
    if stars:
        message = f"{node.id!r} may come from {', '.join(stars)}"
        return machine.unknown("external", message, frame.site(node))
    if node.id == "__class__" and frame.function is not None and frame.function.owner is not None:
        return frame.function.owner
    if not _is_given(node.id) and machine.defines_nowhere(frame.module, node.id):
        raise Raised("NameError", f"name {node.id!r} is not defined", site=frame.site(node))
    unbound = "" if _is_given(node.id) else _unbound(machine, node, frame)
    if unbound:
        place = frame.chain[0] if frame.chain else frame.site(node)
        raise Raised("NameError", f"name {node.id!r} is {unbound}", site=place)
    if machine.catchers and not _is_given(node.id) and frame.module.state == "running":
        raised = Raised("builtins.NameError", f"name {node.id!r} is not defined")
        if is_caught(machine, raised):
            raise raised
    return machine.unknown("unbound", f"the name {node.id!r} is not defined here", frame.site(node))


def _unbound(machine: Machine, node: ast.Name, frame: Frame) -> str:
    """How a global is missed that is needed, while its module is executed, before it is bound: at
    module level, or by a function that is called there. Empty if that is not certain."""
    module, chain, function = frame.module, frame.chain, frame.function
    if frame.condition is not None or module.state != "running":
        return ""
    if (function is None) == bool(chain):
        return ""
    parsed = machine.text_of(module)
    if parsed is None or any(site.module is not module for site in chain):
        return ""
    if function is not None and node.id in locals_of(function.node):
        return ""
    line = chain[0].line if chain else node.lineno
    # What a statement binds, or a loop that stands around, counts as bound.
    outermost = next((each for each in parsed.tree.body if (each.end_lineno or 0) >= line), None)
    if outermost is not None and not isinstance(outermost, _DEFINITIONS):
        line = max(line, (outermost.end_lineno or 0) + 1)
    bound = names_bound_before(parsed.tree, line)
    if bound is None or node.id in bound:
        return ""
    if node.id in (names_bound_before(parsed.tree, sys.maxsize) or ()):
        return "not defined yet"
    # What only other scopes bind does not count here.
    return "not defined" if function is None and frame.scope.kind == "module" else ""


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def _raise_if_unbound(machine: Machine, node: ast.Name, frame: Frame) -> None:
    """Raise for a local variable that is not bound yet, if that is caught."""
    scope = frame.scope.function_scope()
    function = frame.function
    if not machine.catchers or function is None or scope.kind != "function":
        return
    if node.id in scope.names or node.id not in locals_of(function.node):
        return
    if frame.scope is not scope and frame.scope.lookup(node.id) is not scope.lookup(node.id):
        return
    message = f"cannot access local variable {node.id!r} where it is not associated with a value"
    raised = Raised("builtins.UnboundLocalError", message)
    if is_caught(machine, raised):
        raise raised


def _is_given(name: str) -> bool:
    """Whether a name may exist without being defined: an attribute of every module, or a builtin of
    a newer Python."""
    return (name.startswith("__") and name.endswith("__")) or name in _NEWER_BUILTINS


_NEWER_BUILTINS = frozenset(
    ("ExceptionGroup", "BaseExceptionGroup", "PythonFinalizationError", "WindowsError")
)


def _settle(machine: Machine, name: str, deferred: Deferred, frame: Frame) -> Value:
    value = machine.settle(deferred, frame.site(ast.Module([], [])))
    scope: Scope | None = frame.scope
    while scope is not None:
        if scope.names.get(name) is deferred:
            machine.add_afterwards(scope.names, name, value)
        scope = scope.parent
    return value


def _named_expression(machine: Machine, node: ast.NamedExpr, frame: Frame) -> Value:
    value = machine.evaluate(node.value, frame)
    scope = frame.scope.function_scope()
    machine.bind(scope.target(node.target.id), node.target.id, value)
    return value


def _conditional(machine: Machine, node: ast.IfExp, frame: Frame) -> Value:
    test = machine.evaluate(node.test, frame)
    site = frame.site(node.test)
    answer = machine.truth(test, site)
    if answer is not None:
        return machine.evaluate(node.body if answer else node.orelse, frame)
    condition = machine.condition(test, node.test, frame)
    since = made_next()
    options = evaluated_arms(machine, frame, condition, (node.body, node.orelse))
    return machine.join(options, condition, since)


TABLE: Mapping[type[ast.AST], Callable[[Any, Any, Frame], Value]] = {
    ast.Name: _name,
    ast.NamedExpr: _named_expression,
    ast.IfExp: _conditional,
}
