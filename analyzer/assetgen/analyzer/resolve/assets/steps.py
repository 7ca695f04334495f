"""From declared ops and graphs to those of the model."""

from __future__ import annotations

from functools import partial
from typing import Final

from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue, Invoked, OpValue
from assetgen.analyzer.model.deferring import LATER, deferring
from assetgen.analyzer.model.steps import GraphDefinition, Invocation, Need, OpDefinition
from assetgen.analyzer.resolve.assets.functions import function_ref, is_module_level


def definition_of(
    value: OpValue | GraphValue, resources: frozenset[str]
) -> OpDefinition | GraphDefinition:
    """The op or graph.

    `resources` are the keys bound in the code location: an input that may be a resource is one if
    its name is such a key.
    """
    if isinstance(value, OpValue):
        return _op(value, resources)
    return _graph(value, resources)


def resource_parameters(value: OpValue, resources: frozenset[str]) -> frozenset[str]:
    """The inputs of an op that are resources after all."""
    maybe = value.maybe_resources
    if not maybe:
        return _NONE
    return frozenset(each.parameter for each in maybe if each.parameter in resources)


_NONE: Final = frozenset[str]()


def needs_of(value: OpValue | GraphValue, resources: frozenset[str]) -> tuple[Need, ...]:
    """What an op, or the ops in a graph, need of the code location."""
    if isinstance(value, GraphValue):
        inner = [needs_of(item.definition, resources) for item in value.invocations]
        return tuple(need for needs in inner for need in needs)
    filled = resource_parameters(value, resources)
    managers = [
        Need("input manager", one.input_manager_key, one.span)
        for one in value.inputs
        if one.input_manager_key is not None and one.name not in filled
    ]
    if not (managers or filled or value.resources or value.required_resource_keys):
        return ()
    keys = {key for _, key in value.resources}.union(value.required_resource_keys, filled)
    return (*[Need("resource", key) for key in sorted(keys)], *managers)


def _op(value: OpValue, resources: frozenset[str]) -> OpDefinition:
    filled = resource_parameters(value, resources)
    inputs = value.inputs
    if filled:
        inputs = tuple(item for item in inputs if item.name not in filled)
    is_plain = is_module_level(value.function)
    made = OpDefinition(
        name=value.name,
        function=LATER if is_plain else function_ref(value.function, value.site),
        inputs=inputs,
        outputs=value.outputs,
        takes_context=value.takes_context,
        config=value.config or value.inner_config,
        resources=(*value.resources, *((name, name) for name in sorted(filled))),
        required_resource_keys=value.required_resource_keys,
        returns=value.returns,
        retry_policy=value.retry_policy,
        tags=value.tags,
        description=value.description,
        code_version=value.code_version,
        pool=value.pool,
        fixed_config=value.fixed_config,
    )
    return deferring(made, partial(_function, value), "function") if is_plain else made


def _function(value: OpValue) -> dict[str, object]:
    return {"function": function_ref(value.function, value.site)}


def _graph(value: GraphValue, resources: frozenset[str]) -> GraphDefinition:
    return GraphDefinition(
        name=value.name,
        function=function_ref(value.function, value.site) if value.function else None,
        inputs=value.inputs,
        outputs=value.outputs,
        invocations=tuple(_invocation(item, resources) for item in value.invocations),
        output_sources=value.output_sources,
        description=value.description,
        tags=value.tags,
        fixed_config=value.fixed_config,
        is_partial=value.is_partial,
    )


def _invocation(value: Invoked, resources: frozenset[str]) -> Invocation:
    return Invocation(
        name=value.name,
        definition=definition_of(value.definition, resources),
        inputs=value.inputs,
        span=value.site.span,
        retry_policy=value.retry_policy,
        tags=value.tags,
    )
