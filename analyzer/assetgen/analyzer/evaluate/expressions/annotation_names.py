"""Names in annotations, which Python evaluates where a function or a class is defined."""

from __future__ import annotations

import ast
import builtins
from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.expressions.annotations import are_text
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.statements.failures import failed
from assetgen.analyzer.model.closeness import did_you_mean
from assetgen.analyzer.syntax.bindings import names_bound_before

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine


def check_names(machine: Machine, annotation: ast.expr, frame: Frame) -> None:
    """Report the first name that does not exist where a module evaluates an annotation.

    Those of functions that are defined in functions are looked at when something needs them.
    """
    if frame.function is not None:
        return
    if type(annotation) is ast.Name:
        missing = _is_missing(annotation, frame)
    elif type(annotation) is ast.Constant:
        return
    else:
        nodes = list(ast.walk(annotation))
        missing = any(type(node) is ast.Name and _is_missing(node, frame) for node in nodes)
        if missing and any(isinstance(node, _BINDING) for node in nodes):
            return
    if missing and frame.condition is None and not are_text(frame.module):
        _report(machine, annotation, frame)


def _is_missing(node: ast.Name, frame: Frame) -> bool:
    return frame.scope.lookup(node.id) is None and not hasattr(builtins, node.id)


_BINDING = (ast.Lambda, ast.comprehension, ast.NamedExpr)


def _report(machine: Machine, annotation: ast.expr, frame: Frame) -> None:
    module = frame.module
    parsed = machine.text_of(module)
    if parsed is None or module.stars:
        return
    # What a class binds itself is in its scope.
    line = module.line if frame.scope.kind == "class" else annotation.lineno
    bound = names_bound_before(parsed.tree, line)
    nodes = (node for node in ast.walk(annotation) if isinstance(node, ast.Name))
    node = next(each for each in nodes if _is_missing(each, frame))
    is_given = node.id.startswith("__") or node.id in _type_parameters(parsed.tree)
    if bound is None or node.id in bound or is_given:
        return
    message = f"name {node.id!r} is not defined"
    names = (*module.scope.names, *dir(builtins))
    shown = f"{message}{did_you_mean(node.id, (each for each in names if each[0] != '_'))}"
    failed(machine, "NameError", message, frame.site(node), shown=shown)


def _type_parameters(tree: ast.Module) -> set[str]:
    """The names in brackets of all generic definitions: only few modules have any."""
    parameters = (each for node in ast.walk(tree) for each in getattr(node, "type_params", ()))
    return {each.name for each in parameters}
