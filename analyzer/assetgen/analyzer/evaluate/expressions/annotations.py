"""Annotations as values: those of a function, as in its `__annotations__`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.values import Constant, Function, Mapping, Module, Value

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine


def annotations_of_function(machine: Machine, function: Function) -> Mapping:
    """`function.__annotations__`: after `functools.wraps`, those of the function that is
    wrapped."""
    wrapped = function.attributes.get("__wrapped__")
    if isinstance(wrapped, Function):
        own = wrapped.attributes.get("__annotations__")
        mapping = own if isinstance(own, Mapping) else annotations_of_function(machine, wrapped)
    else:
        mapping = Mapping()
        for name, annotation in annotated(function.node):
            value = annotation_value(machine, function, annotation)
            mapping.entries[("constant", name)] = (Constant(name), value)
    function.attributes["__annotations__"] = mapping
    mapping.age = 0  # it was there before any condition under which it is read first
    return mapping


def annotated(
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda,
) -> list[tuple[str, ast.expr]]:
    """The annotations as they are written, in the order of `__annotations__`."""
    arguments = node.args
    # The order in which CPython evaluates them: positional-only parameters come second.
    parameters = [
        *arguments.args,
        *arguments.posonlyargs,
        *([arguments.vararg] if arguments.vararg else []),
        *arguments.kwonlyargs,
        *([arguments.kwarg] if arguments.kwarg else []),
    ]
    found = [(each.arg, each.annotation) for each in parameters if each.annotation is not None]
    returns = getattr(node, "returns", None)
    return [*found, ("return", returns)] if returns is not None else found


def annotation_value(machine: Machine, function: Function, annotation: ast.expr) -> Value:
    """What an annotation of a function stands for: a string, if its module postpones
    annotations."""
    if are_text(function.module):
        return Constant(ast.unparse(annotation))
    frame = Frame(function.module, function.scope, function=function)
    try:
        return machine.evaluate(annotation, frame)
    except Raised:
        return machine.unknown("error", "the annotation raises", frame.site(annotation))


def are_text(module: Module) -> bool:
    """Whether annotations of a module are kept as strings: `from __future__ import annotations`."""
    if module.parsed is None:
        return False
    for statement in module.parsed.tree.body:
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            if any(alias.name == "annotations" for alias in statement.names):
                return True
        elif not isinstance(statement, ast.Expr):
            return False  # these imports come first
    return False
