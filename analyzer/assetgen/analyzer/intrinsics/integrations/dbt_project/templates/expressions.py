"""The expressions of dbt's templates, as plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from jinja2 import nodes

from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost, Relation, first_lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.macro_effects import is_inert
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.operations import (
    COMPARE,
    FILTERS,
    TESTS,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.values import (
    UNDEFINED,
    Known,
    Method,
    Package,
    Undefined,
    attempt,
    member,
    shown,
)

if TYPE_CHECKING:
    from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.rendering import Rendering


def _data(rendering: Rendering, node: nodes.TemplateData, scope: dict[str, Any]) -> Any:
    return node.data


def _const(rendering: Rendering, node: nodes.Const, scope: dict[str, Any]) -> Any:
    return node.value


def _name(rendering: Rendering, node: nodes.Name, scope: dict[str, Any]) -> Any:
    if node.name in scope:
        return scope[node.name]
    macro = rendering.macros.find(node.name)
    if macro is not None:
        return macro
    if node.name == "this" and isinstance(rendering.model, Mapping):
        rendering.is_of_model = True
        # While dbt reads a file, `this` has the file's name: an alias counts only afterwards.
        return Relation("the relation of the model itself", rendering.model["name"])
    if node.name in rendering.names:
        return rendering.names[node.name]
    if node.name == "model" and rendering.model is not None:
        rendering.is_of_model = True
        return rendering.model
    return Package(node.name, rendering.macros.packages.get(node.name, {}))


def _list(rendering: Rendering, node: nodes.List, scope: dict[str, Any]) -> Any:
    return [rendering.evaluate(item, scope) for item in node.items]


def _tuple(rendering: Rendering, node: nodes.Tuple, scope: dict[str, Any]) -> Any:
    return tuple(rendering.evaluate(item, scope) for item in node.items)


def _dict(rendering: Rendering, node: nodes.Dict, scope: dict[str, Any]) -> Any:
    entries: dict[Any, Any] = {}
    for pair in node.items:
        key, value = rendering.evaluate(pair.key, scope), rendering.evaluate(pair.value, scope)
        if isinstance(key, (str, int, float, bool)):
            entries[key] = value
    return entries


def _not(rendering: Rendering, node: nodes.Not, scope: dict[str, Any]) -> Any:
    truth = rendering.truth(rendering.evaluate(node.node, scope))
    return Lost("a condition") if truth is None else not truth


def _and(rendering: Rendering, node: nodes.And, scope: dict[str, Any]) -> Any:
    left = rendering.evaluate(node.left, scope)
    truth = rendering.truth(left)
    if truth is False:
        return left
    right = rendering.evaluate(node.right, scope)
    if truth is None:
        return right if rendering.truth(right) is False else Lost("a condition")
    return right


def _or(rendering: Rendering, node: nodes.Or, scope: dict[str, Any]) -> Any:
    left = rendering.evaluate(node.left, scope)
    truth = rendering.truth(left)
    if truth:
        return left
    right = rendering.evaluate(node.right, scope)
    return Lost("a condition") if truth is None else right


def _compare(rendering: Rendering, node: nodes.Compare, scope: dict[str, Any]) -> Any:
    left = rendering.evaluate(node.expr, scope)
    for operand in node.ops:
        right = rendering.evaluate(operand.expr, scope)
        lost = first_lost(left, right)
        if lost is not None:
            return lost
        operation = COMPARE[operand.op]
        answer = attempt(partial(operation, left, right))
        if not answer or isinstance(answer, Lost):
            return answer
        left = right
    return True


def _either(rendering: Rendering, node: nodes.CondExpr, scope: dict[str, Any]) -> Any:
    truth = rendering.truth(rendering.evaluate(node.test, scope))
    first = rendering.evaluate(node.expr1, scope) if truth is not False else None
    second = rendering.evaluate(node.expr2, scope) if node.expr2 and not truth else None
    if truth is None:
        same = first_lost(first, second) is None and first == second
        return first if same else Lost("a value under a condition that is not known")
    return first if truth else second


def _concat(rendering: Rendering, node: nodes.Concat, scope: dict[str, Any]) -> Any:
    values = [rendering.evaluate(item, scope) for item in node.nodes]
    return first_lost(*values) or "".join(str(value) for value in values)


def _attribute(rendering: Rendering, node: nodes.Getattr, scope: dict[str, Any]) -> Any:
    return member(rendering.evaluate(node.node, scope), node.attr)


def _item(rendering: Rendering, node: nodes.Getitem, scope: dict[str, Any]) -> Any:
    value, index = rendering.evaluate(node.node, scope), rendering.evaluate(node.arg, scope)
    lost = first_lost(value, index)
    if lost is not None:
        return lost
    return member(value, index) if isinstance(index, str) else attempt(lambda: value[index])


def _slice(rendering: Rendering, node: nodes.Slice, scope: dict[str, Any]) -> Any:
    parts = [
        rendering.evaluate(part, scope) if part is not None else None
        for part in (node.start, node.stop, node.step)
    ]
    return first_lost(*parts) or slice(*parts)


def _negative(rendering: Rendering, node: nodes.Neg, scope: dict[str, Any]) -> Any:
    value = rendering.evaluate(node.node, scope)
    return value if isinstance(value, Lost) else attempt(lambda: -value)


def _filter(rendering: Rendering, node: nodes.Filter, scope: dict[str, Any]) -> Any:
    value = rendering.evaluate(node.node, scope) if node.node is not None else Lost("a block")
    args = [rendering.evaluate(argument, scope) for argument in node.args]
    kwargs = {str(pair.key): rendering.evaluate(pair.value, scope) for pair in node.kwargs}
    known = FILTERS.get(node.name)
    if node.name in ("default", "d") and value is UNDEFINED:
        return args[0] if args else next(iter(kwargs.values()), "")
    if isinstance(value, Lost) or known is None or first_lost(*args, *kwargs.values()):
        return value if isinstance(value, Lost) else Lost(f"the filter {node.name}")
    if value is UNDEFINED or first_lost(value):
        return Lost(f"what the filter {node.name} is put on")
    return attempt(lambda: known(value, *args, **kwargs))


def _test(rendering: Rendering, node: nodes.Test, scope: dict[str, Any]) -> Any:
    value = rendering.evaluate(node.node, scope)
    args = [rendering.evaluate(argument, scope) for argument in node.args]
    if node.name in ("defined", "undefined"):
        is_missing = value is UNDEFINED or isinstance(value, Package)
        return (
            Lost("a name") if isinstance(value, Lost) else is_missing is (node.name == "undefined")
        )
    known = TESTS.get(node.name)
    if isinstance(value, Lost) or known is None or first_lost(*args):
        return value if isinstance(value, Lost) else Lost(f"the test {node.name}")
    return attempt(lambda: known(None if value is UNDEFINED else value, *args))


def discard(rendering: Rendering, node: nodes.Node, scope: dict[str, Any]) -> None:
    """Evaluate an expression whose value is not needed.

    A macro without any effects is not read then, unless it is given something that it could change
    or call.
    """
    if not isinstance(node, nodes.Call):
        rendering.evaluate(node, scope)
        return
    function = rendering.evaluate(node.node, scope)
    args, kwargs = arguments(rendering, node, scope)
    is_harmless = all(isinstance(value, _HARMLESS) for value in (*args, *kwargs.values()))
    is_macro = is_harmless and isinstance(function, nodes.Macro)
    if not is_macro or not is_inert(function, rendering.macros):
        _called(rendering, node, function, args, kwargs)


_HARMLESS = (str, int, float, type(None), Lost, Undefined)


def _call(rendering: Rendering, node: nodes.Call, scope: dict[str, Any]) -> Any:
    function = rendering.evaluate(node.node, scope)
    args, kwargs = arguments(rendering, node, scope)
    return _called(rendering, node, function, args, kwargs)


def arguments(
    rendering: Rendering, node: nodes.Call, scope: dict[str, Any]
) -> tuple[list[Any], dict[str, Any]]:
    """The positional arguments of a call, and the keyword arguments."""
    args = [rendering.evaluate(argument, scope) for argument in node.args]
    kwargs = {pair.key: rendering.evaluate(pair.value, scope) for pair in node.kwargs}
    if node.dyn_args is not None:
        spread = rendering.evaluate(node.dyn_args, scope)
        args += list(spread) if isinstance(spread, (list, tuple)) else [Lost("arguments")]
    if node.dyn_kwargs is not None:
        more = rendering.evaluate(node.dyn_kwargs, scope)
        kwargs.update(more if isinstance(more, dict) else {})
    return args, kwargs


def _called(
    rendering: Rendering,
    node: nodes.Call,
    function: Any,
    args: list[Any],
    kwargs: dict[str, Any],
) -> Any:
    if isinstance(function, Known):
        try:
            return function.call(rendering, args, kwargs)
        except (IndexError, KeyError, TypeError):
            return Lost(f"line {node.lineno} calls a function in an unusual way")
    if isinstance(function, nodes.Macro):
        return rendering.call_macro(function, args, kwargs)
    if isinstance(function, Method):
        lost = first_lost(args)
        return lost or attempt(lambda: function.call(function.receiver, *args, **kwargs))
    if isinstance(function, Lost):
        return function
    return Lost(f"what a macro gives ({shown(node.node)})")


TABLE: dict[type[nodes.Node], Callable[[Rendering, Any, dict[str, Any]], Any]] = {
    nodes.TemplateData: _data,
    nodes.Const: _const,
    nodes.Name: _name,
    nodes.List: _list,
    nodes.Tuple: _tuple,
    nodes.Dict: _dict,
    nodes.Not: _not,
    nodes.And: _and,
    nodes.Or: _or,
    nodes.Compare: _compare,
    nodes.CondExpr: _either,
    nodes.Concat: _concat,
    nodes.Getattr: _attribute,
    nodes.Getitem: _item,
    nodes.Slice: _slice,
    nodes.Neg: _negative,
    nodes.Filter: _filter,
    nodes.Test: _test,
    nodes.Call: _call,
}
"""From the types of expressions to what reads them."""
