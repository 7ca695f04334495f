"""What the components of integrations have in common: translated specs, and steps made from
them."""

from __future__ import annotations

from assetgen.analyzer.evaluate.bound_values import BoundMethod
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    External,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue
from assetgen.analyzer.intrinsics.dagster.declared.graphs import OpValue


def own_get_asset_spec(call: Call, component: Value) -> Value | None:
    """The method `get_asset_spec` of the project's own class."""
    return call.own_method(component, "get_asset_spec")


def apply_translation(call: Call, translation: Value, spec: Value, data: Value) -> Value:
    """The spec as changed by `translation:`, if the component has one."""
    if translation == NONE or isinstance(spec, Unknown):
        return spec
    return call.invoke(translation, spec, data)


def op_tags(operation: dict[str, Value], more: dict[str, str]) -> Mapping:
    """The tags of `op:`, and more."""
    given = operation.get("tags")
    entries = dict(given.entries) if isinstance(given, Mapping) else {}
    for name, value in more.items():
        entries[("constant", name)] = (Constant(name), Constant(value))
    return Mapping("dict", entries)


def multi_asset_of_specs(
    call: Call, kwargs: dict[str, Value], runner: str, component: Value | None = None
) -> Value:
    """A multi-asset that is computed outside of the project: by a method, if it is known of which
    `component`."""
    decorator = call.invoke(External("dagster.multi_asset"), **kwargs)
    made = call.invoke(decorator, External(runner))
    if component is not None and isinstance(made, AssetsValue) and isinstance(made.node, OpValue):
        made.node.function = BoundMethod(External(runner), component)
        made.node.takes_context = True
    return made


def definitions_of(call: Call, assets: list[Value]) -> Value:
    """`Definitions` of these assets."""
    given: dict[str, Value] = {"assets": Sequence("list", assets)}
    return call.invoke(External("dagster.Definitions"), **given)
