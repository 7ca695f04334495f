"""The statements of dbt's templates: each gives its text, or what is lost of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from jinja2 import nodes

from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.template_values import UNDEFINED

if TYPE_CHECKING:
    from assetgen.analyzer.intrinsics.integrations.dbt_project.rendering import Rendering


def inside(rendering: Rendering, node: nodes.Node, scope: dict[str, Any]) -> Any:
    """A statement that is not followed: whatever it holds is read for what it refers to."""
    body = getattr(node, "body", None)
    return rendering.body(body, dict(scope)) if isinstance(body, list) else None


def _output(rendering: Rendering, node: nodes.Output, scope: dict[str, Any]) -> Any:
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
    unknown: Lost | None = None
    for test, body in arms:
        truth = rendering.truth(rendering.evaluate(test, scope))
        if truth is None:
            unknown = unknown or Lost("it stands under a condition that is not known")
            _perhaps(rendering, node, body, scope)
        elif truth:
            if unknown is not None:
                _perhaps(rendering, node, body, scope)
                return unknown
            return rendering.body(body, scope)
    if unknown is not None:
        _perhaps(rendering, node, node.else_, scope)
        return unknown
    return rendering.body(node.else_, scope)


def _perhaps(
    rendering: Rendering, node: nodes.Node, body: list[nodes.Node], scope: dict[str, Any]
) -> None:
    """Read what may not be there: references in it are kept and told, configuration is lost."""
    referred, config = len(rendering.refs) + len(rendering.sources), dict(rendering.config)
    rendering.body(body, scope)
    if len(rendering.refs) + len(rendering.sources) > referred:
        rendering.losses.append(
            f"what line {node.lineno} refers to stands under a condition that is not known"
        )
    for key, value in rendering.config.items():
        if key not in config or config[key] is not value:
            rendering.config[key] = Lost(f"{key}, configured under a condition")


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
        _perhaps(rendering, node, node.body, inner)
        return lost
    parts: list[str] = []
    problem: Lost | None = None
    for index, value in enumerate(values):
        _bind(node.target, value, inner)
        inner["loop"] = {
            "index": index + 1,
            "index0": index,
            "first": index == 0,
            "last": index == len(values) - 1,
            "length": len(values),
        }
        if node.test is not None and rendering.truth(rendering.evaluate(node.test, inner)) is False:
            continue
        text = rendering.body(node.body, inner)
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
    _bind(node.target, rendering.body(node.body, scope), scope)


def _do(rendering: Rendering, node: nodes.ExprStmt, scope: dict[str, Any]) -> None:
    rendering.evaluate(node.node, scope)


def _macro(rendering: Rendering, node: nodes.Macro, scope: dict[str, Any]) -> None:
    scope[node.name] = node


def _call_block(rendering: Rendering, node: nodes.CallBlock, scope: dict[str, Any]) -> Any:
    rendering.body(node.body, dict(scope))
    return rendering.evaluate(node.call, scope)


def _bind(target: nodes.Node, value: Any, scope: dict[str, Any]) -> None:
    if isinstance(target, nodes.Name):
        scope[target.name] = value
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
}
"""From the types of statements to what reads them."""
