"""From declared ops and graphs to those of the model."""

from __future__ import annotations

from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue, Invoked, OpValue
from assetgen.analyzer.model.steps import GraphDefinition, Invocation, OpDefinition
from assetgen.analyzer.resolve.assets.functions import function_ref


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
    return frozenset(
        maybe.parameter for maybe in value.maybe_resources if maybe.parameter in resources
    )


def _op(value: OpValue, resources: frozenset[str]) -> OpDefinition:
    filled = resource_parameters(value, resources)
    return OpDefinition(
        name=value.name,
        function=function_ref(value.function, value.site),
        inputs=tuple(item for item in value.inputs if item.name not in filled),
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
