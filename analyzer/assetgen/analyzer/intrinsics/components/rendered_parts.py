"""Parts of YAML templates that are read as in any other Jinja template."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import Any, Final

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.values import Constant, Value
from assetgen.analyzer.intrinsics.python.jinja.jinja_rendering import Rendering
from assetgen.analyzer.intrinsics.python.jinja.jinja_values import Lost


def value_of_part(
    call: Call, names: ReadOnlyMapping[str, Value], node: Any, operand: Value | None = None
) -> Value:
    """The value of an expression; `operand` is what its filter or test is applied to, if known."""
    if operand is not None:
        import jinja2.nodes

        names, node = {**names, _OPERAND: operand}, _copy(node)
        node.node = jinja2.nodes.Name(_OPERAND, "load")
    try:
        value = Rendering(call, dict(names), {}).value(node)
    except Lost as lost:
        return call.unknown("unsupported", lost.message, lost.value)
    return value


def text_of_part(call: Call, names: dict[str, Value], node: Any) -> Value:
    """What a statement writes; what it assigns is put into `names`."""
    rendering = Rendering(call, names, {})
    try:
        rendering.run([node])
    except Lost as lost:
        return call.unknown("unsupported", lost.message, lost.value)
    names.update(rendering.names)
    return Constant("".join(rendering.pieces))


_OPERAND: Final = "an operand"


def _copy(node: Any) -> Any:
    made = type(node)(*(getattr(node, field) for field in node.fields))
    made.lineno = node.lineno
    return made
