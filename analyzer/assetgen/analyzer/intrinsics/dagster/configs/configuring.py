"""Ops and graphs that are given configuration by `configured`, and other objects that only carry
it."""

from __future__ import annotations

from typing import ClassVar

from assetgen.analyzer.evaluate.bound_values import KnownMethod
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import NONE, Constant, Declared, Function, Record, Value
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue, OpValue
from assetgen.analyzer.intrinsics.dagster.plain import Doubts
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.literals import Shown

_METHOD = Parameters("config_or_config_fn, name, config_schema=None, description=None")


def _configured_method(call: Call) -> Value:
    bound = _METHOD.bind(call)
    given = bound["config_or_config_fn"]
    return _renamed(call, call.receiver or NONE, given, bound["name"], bound["description"])


@dataclass(slots=True, eq=False)
class _Pending(Declared):
    """`configured(node, ...)`, which waits for the configuration or for a function that returns
    it."""

    type_name: ClassVar[str] = "dagster.configured"

    node: OpValue | GraphValue
    bound: Bound


_FUNCTION = Parameters("configurable, config_schema=None, name=None, description=None, **rest")


def _configured(call: Call) -> Value:
    """For ops and graphs; other configured objects only carry what they are given."""
    bound = _FUNCTION.bind(call)
    node = bound["configurable"]
    if isinstance(node, (OpValue, GraphValue)):
        return KnownMethod("dagster.configured.<decorate>", _Pending(node, bound))
    return Record(call.name, dict(call.kwargs), call.args, call.site, call.losses)


def _applied(call: Call) -> Value:
    pending = call.receiver
    if not isinstance(pending, _Pending) or not call.args:
        raise Raised("TypeError", "configured() takes a configuration")
    given, name = call.args[0], pending.bound["name"]
    if name == NONE and isinstance(given, Function):
        name = Constant(given.name)
    return _renamed(call, pending.node, given, name, pending.bound["description"])


def _renamed(call: Call, node: Value, given: Value, name: Value, description: Value) -> Value:
    text = Doubts().text(name)
    if not isinstance(node, (OpValue, GraphValue)) or text is None:
        return call.unknown("unsupported", "what is configured has no known name", name)
    said = Doubts().text(description) or node.description
    if isinstance(node, GraphValue):
        mapped = Shown("what the graph makes of its configuration")
        return replace(
            node,
            name=text,
            site=call.site,
            description=said,
            takes_config=True,
            fixed_config=mapped,
        )
    return replace(
        node,
        name=text,
        site=call.site,
        description=said,
        config=None,
        config_class=None,
        config_schema=None,
        fixed_config=Doubts().literal(given),
        inner_config=node.config or node.inner_config,
    )


TABLE: dict[str, Intrinsic] = {
    "dagster.OpDefinition.configured": _configured_method,
    "dagster.GraphDefinition.configured": _configured_method,
    "dagster.configured": _configured,
    "dagster.configured.<decorate>": _applied,
}
"""The intrinsics of `configured`."""
