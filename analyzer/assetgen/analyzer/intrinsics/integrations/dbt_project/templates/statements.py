"""The statements of dbt's templates: each returns its text, or what is lost of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from jinja2 import nodes

from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.expressions import discard
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.values import (
    UNDEFINED,
    Break,
    Continue,
    Known,
    Namespace,
    Return,
)

if TYPE_CHECKING:
    from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.rendering import Rendering


def inside(rendering: Rendering, node: nodes.Node, scope: dict[str, Any]) -> Any:
    """A statement that is not followed: everything in it is searched for references."""
    body = getattr(node, "body", None)
    return rendering.body(body, dict(scope)) if isinstance(body, list) else None


def _output(rendering: Rendering, node: nodes.Output, scope: dict[str, Any]) -> Any:
    if not rendering.is_text_asked:
        for child in node.nodes:
            if not isinstance(child, nodes.TemplateData):
                discard(rendering, child, scope)
        return None
    parts: list[str] = []
    lost: Lost | None = None
    for child in node.nodes:
        value = rendering.evaluate(child, scope)
        if isinstance(value, Lost):
            lost = lost or value
        else:
            parts.append("" if value is UNDEFINED else str(value))
    return lost or "".join(parts)


def _if(rendering: Rendering, node: nodes.If, scope: dict[str, Any]) -> Any:
    arms = [(node.test, node.body), *((arm.test, arm.body) for arm in node.elif_)]
    before, possible = _referred(rendering), []
    for test, body in arms:
        truth = rendering.truth(rendering.evaluate(test, scope))
        if truth is None:
            possible.append(_perhaps(rendering, body, scope))
        elif possible:
            if truth:
                possible.append(_perhaps(rendering, body, scope))
                break
        elif truth:
            return rendering.body(body, scope)
    else:
        if not possible:
            return rendering.body(node.else_, scope)
        possible.append(_perhaps(rendering, node.else_, scope))
    _tell_doubts(rendering, node, possible, before)
    return Lost("it stands under a condition that is not known")


_Referred = frozenset[tuple[str | None, ...]]


def _referred(rendering: Rendering) -> _Referred:
    """Everything that has been referred to so far."""
    return frozenset((*rendering.refs, *rendering.sources))


def _tell_doubts(
    rendering: Rendering, node: nodes.Node, possible: list[_Referred], before: _Referred
) -> None:
    """Report that something may be referred to, unless it is in each of the possible parts, or was
    `before`."""
    if frozenset().union(*possible) - frozenset.intersection(*possible) - before:
        rendering.losses.append(
            f"what line {node.lineno} refers to stands under a condition that is not known"
        )


def _perhaps(rendering: Rendering, body: list[nodes.Node], scope: dict[str, Any]) -> _Referred:
    """Read a part that may not be run, and return what it refers to: that is recorded, its
    configuration is lost."""
    refs, sources, config = len(rendering.refs), len(rendering.sources), dict(rendering.config)
    inner = dict(scope)
    try:
        rendering.body(body, inner)
    except (Break, Continue):
        pass  # whether the loop goes on is not known: it does, and more is read
    except Return:
        rendering.is_left = True
    for name, value in inner.items():
        if name not in scope or scope[name] is not value:
            scope[name] = Lost(f"`{name}`, set under a condition that is not known")
    for key, value in rendering.config.items():
        if key not in config or config[key] is not value:
            rendering.config[key] = Lost(f"{key}, configured under a condition")
    return frozenset((*rendering.refs[refs:], *rendering.sources[sources:]))


def _for(rendering: Rendering, node: nodes.For, scope: dict[str, Any]) -> Any:
    values = rendering.evaluate(node.iter, scope)
    inner = dict(scope)
    if isinstance(values, dict):
        values = list(values)
    if not isinstance(values, (list, tuple)):
        lost = values if isinstance(values, Lost) else Lost("what a loop goes over")
        if values is None or values is UNDEFINED:
            return rendering.body(node.else_, inner)
        _bind(node.target, lost, inner)
        before = _referred(rendering)
        found = _perhaps(rendering, node.body, inner)
        _tell_doubts(rendering, node, [found, frozenset()], before)
        return lost
    parts: list[str] = []
    problem: Lost | None = None
    for index, value in enumerate(values):
        inner = dict(scope)
        _bind(node.target, value, inner)
        inner["loop"] = {
            "index": index + 1,
            "index0": index,
            "first": index == 0,
            "last": index == len(values) - 1,
            "length": len(values),
            "previtem": values[index - 1] if index else UNDEFINED,
            "nextitem": values[index + 1] if index + 1 < len(values) else UNDEFINED,
        }
        if node.test is not None and rendering.truth(rendering.evaluate(node.test, inner)) is False:
            continue
        try:
            text = rendering.body(node.body, inner)
        except Break:
            problem = Lost("the text of a loop that is left")
            break
        except Continue:
            text = Lost("the text of a loop that is left")
        if isinstance(text, Lost):
            problem = text
        else:
            parts.append(text)
    if not values:
        return rendering.body(node.else_, inner)
    return problem or "".join(parts)


def _set(rendering: Rendering, node: nodes.Assign, scope: dict[str, Any]) -> None:
    _bind(node.target, rendering.evaluate(node.node, scope), scope)


def _set_block(rendering: Rendering, node: nodes.AssignBlock, scope: dict[str, Any]) -> None:
    outer, rendering.is_text_asked = rendering.is_text_asked, True
    try:
        _bind(node.target, rendering.body(node.body, scope), scope)
    finally:
        rendering.is_text_asked = outer


def _do(rendering: Rendering, node: nodes.ExprStmt, scope: dict[str, Any]) -> None:
    rendering.evaluate(node.node, scope)


def _macro(rendering: Rendering, node: nodes.Macro, scope: dict[str, Any]) -> None:
    scope[node.name] = node


def _call_block(rendering: Rendering, node: nodes.CallBlock, scope: dict[str, Any]) -> Any:
    """A macro called with a block, which it may render any number of times.

    The block of `statement` is not rendered while dbt parses.
    """
    call = node.call
    if isinstance(call.node, nodes.Name) and call.node.name == "statement":
        return ""
    function = rendering.evaluate(call.node, scope)
    if not isinstance(function, nodes.Macro):
        rendering.body(node.body, dict(scope))
        return rendering.evaluate(call, scope)
    args = [rendering.evaluate(argument, scope) for argument in call.args]
    kwargs = {pair.key: rendering.evaluate(pair.value, scope) for pair in call.kwargs}

    def block(rendering: Rendering, given: list[Any], named: dict[str, Any]) -> Any:
        inner = dict(scope)
        for parameter, value in zip(node.args, given, strict=False):
            inner[parameter.name] = value
        return rendering.body(node.body, inner)

    return rendering.call_macro(function, args, kwargs, Known(block))


def _with(rendering: Rendering, node: nodes.With, scope: dict[str, Any]) -> Any:
    inner = dict(scope)
    for target, value in zip(node.targets, node.values, strict=False):
        _bind(target, rendering.evaluate(value, scope), inner)
    return rendering.body(node.body, inner)


def _break(rendering: Rendering, node: nodes.Break, scope: dict[str, Any]) -> None:
    raise Break


def _continue(rendering: Rendering, node: nodes.Continue, scope: dict[str, Any]) -> None:
    raise Continue


def _bind(target: nodes.Node, value: Any, scope: dict[str, Any]) -> None:
    if isinstance(target, nodes.Name):
        scope[target.name] = value
    elif isinstance(target, nodes.NSRef):
        space = scope.get(target.name)
        if isinstance(space, Namespace):
            space[target.attr] = value
    elif isinstance(target, nodes.Tuple):
        fits = isinstance(value, (list, tuple)) and len(value) == len(target.items)
        for index, item in enumerate(target.items):
            lost = value if isinstance(value, Lost) else Lost("what a loop goes over")
            _bind(item, value[index] if fits else lost, scope)


TABLE: dict[type[nodes.Node], Callable[[Rendering, Any, dict[str, Any]], Any]] = {
    nodes.Output: _output,
    nodes.If: _if,
    nodes.For: _for,
    nodes.Assign: _set,
    nodes.AssignBlock: _set_block,
    nodes.ExprStmt: _do,
    nodes.Macro: _macro,
    nodes.CallBlock: _call_block,
    nodes.With: _with,
    nodes.Break: _break,
    nodes.Continue: _continue,
}
"""From the types of statements to what reads them."""
