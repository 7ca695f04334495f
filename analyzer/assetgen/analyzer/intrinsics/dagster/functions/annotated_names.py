"""Names in annotations that do not exist when the annotation is evaluated.

Python evaluates an annotation where the function is defined. One that is a string, in quotes or by
`from __future__ import annotations`, is evaluated by Dagster when it decorates the function, with
the globals of the module only: not with what is imported for type checkers, or local to a function.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.expressions.annotations import are_text
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Function, Value
from assetgen.analyzer.intrinsics.dagster.functions.roles import is_resource
from assetgen.analyzer.intrinsics.dagster.functions.signature import Signature, signature_of
from assetgen.analyzer.intrinsics.dagster.keys import is_surely_given
from assetgen.analyzer.intrinsics.dagster.places import argument_place
from assetgen.analyzer.syntax.annotations import unquoted
from assetgen.analyzer.syntax.bindings import names_bound_before


def check_annotated_names(call: Call, signature: Signature) -> None:
    """Report the first name in the annotations of a decorated function that does not exist."""
    function = signature.function
    if function is None or "__signature__" in function.attributes or function.module.stars:
        return
    given = (*(parameter.annotation for parameter in signature.parameters), signature.returns)
    nodes = [node for node in given if isinstance(node, ast.expr)]
    if not nodes:
        return
    postponed = are_text(function.module)
    for node in nodes:
        text = _quoted(node)
        if postponed or text is not None:
            name = _first_missing_global(call, function, node if text is None else text)
            rule, reader = (
                "unsupported-annotation",
                "when Dagster reads the annotation, which is a string",
            )
        else:
            name = _first_undefined(call, function, node)
            rule, reader = "python-error", "where the function is defined"
        if name is not None:
            message = f"there is no `{name}` {reader}"
            call.report(rule, message, Site(function.module, node))
            return


def check_decorated(call: Call, function: Value) -> None:
    """The same for a function from which Dagster needs only its resources."""
    signature = signature_of(call, function, call.site)
    if signature is not None:
        check_annotated_names(call, signature)
        if call.name in _NEEDING_ONCE and is_surely_given(call.kwargs.get(_NEEDED)):
            _check_needs(call, signature)


_NEEDED = "required_resource_keys"
_NEEDING_ONCE = ("dagster.sensor", "dagster.schedule")


def _check_needs(call: Call, signature: Signature) -> None:
    """Resources are named by parameters or by the decorator, but not by both."""
    for parameter in signature.parameters:
        if is_resource(call, signature, parameter):
            message = f"resources are parameters, as `{parameter.name}`, or {_NEEDED}: not both"
            call.report("invalid-definition", message, argument_place(call, _NEEDED))
            return


def _quoted(node: ast.expr) -> ast.expr | None:
    """The expression that an annotation in quotes holds."""
    written = unquoted(node)
    return written if written is not node else None


def _first_missing_global(call: Call, function: Function, node: ast.expr) -> str | None:
    known = function.scope.module_scope().names
    missing = [name for name in _names(node) if name not in known and not hasattr(builtins, name)]
    return _first_unbound(call, function, missing)


def _first_undefined(call: Call, function: Function, node: ast.expr) -> str | None:
    if function.scope.kind == "module":
        return None  # told of any function
    missing = [
        name
        for name in _names(node)
        if function.scope.lookup(name) is None and not hasattr(builtins, name)
    ]
    machine, module = call.machine, function.module
    return next((name for name in missing if machine.defines_nowhere(module, name)), None)


def _first_unbound(call: Call, function: Function, names: list[str]) -> str | None:
    """The first name that is not a global when the function is decorated."""
    parsed = call.machine.text_of(function.module) if names else None
    if parsed is None:
        return None
    bound = names_bound_before(parsed.tree, _line(function))
    return next((name for name in names if bound is not None and name not in bound), None)


def _line(function: Function) -> int:
    """Where the decorators begin: what is bound from there on comes too late."""
    if isinstance(function.node, ast.Lambda):
        return function.node.lineno
    return min([function.node.lineno, *(each.lineno for each in function.node.decorator_list)])


def _names(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Name):
        yield node.id
    else:
        yield from (each.id for each in ast.walk(node) if isinstance(each, ast.Name))
