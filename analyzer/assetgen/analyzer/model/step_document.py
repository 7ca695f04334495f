"""What computes assets, as plain data for the JSON document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from assetgen.analyzer.model.functions import FunctionRef
from assetgen.analyzer.model.partitions import RetryPolicy
from assetgen.analyzer.model.steps import (
    AssetStep,
    FanInSource,
    GraphDefinition,
    GraphInputSource,
    Input,
    Invocation,
    OpDefinition,
    Output,
    OutputSource,
    Source,
)


def step_document(step: AssetStep) -> dict[str, object]:
    """A step: its definition, which assets feed its inputs, and what its outputs are."""
    return {
        "name": step.name,
        "kind": step.kind,
        "inputs": [
            {
                "input": item.input,
                "key": list(item.key.parts),
                "declared": list(item.declared.parts),
                "is_nothing": item.is_nothing,
            }
            for item in step.inputs
        ],
        "assets": [{"output": output, "key": list(key.parts)} for output, key in step.assets],
        "checks": [
            {"output": output, "asset": list(key.parts), "name": name}
            for output, key, name in step.checks
        ],
        "can_subset": step.can_subset,
        "definition": _definition(step.definition),
    }


def graph_document(graph: GraphDefinition) -> dict[str, object]:
    """A graph of ops, with the definitions of what it invokes inside."""
    return {
        "type": "graph",
        "name": graph.name,
        "description": graph.description,
        "function": _function(graph.function) if graph.function else None,
        "inputs": [_input(item) for item in graph.inputs],
        "outputs": [_output(item) for item in graph.outputs],
        "invocations": [_invocation(item) for item in graph.invocations],
        "output_sources": {name: _source(source) for name, source in graph.output_sources},
        "is_partial": graph.is_partial,
    }


def _definition(definition: OpDefinition | GraphDefinition) -> dict[str, object]:
    if isinstance(definition, GraphDefinition):
        return graph_document(definition)
    return {
        "type": "op",
        "name": definition.name,
        "description": definition.description,
        "function": _function(definition.function),
        "inputs": [_input(item) for item in definition.inputs],
        "outputs": [_output(item) for item in definition.outputs],
        "takes_context": definition.takes_context,
        "config": definition.config,
        "resources": dict(definition.resources),
        "required_resource_keys": list(definition.required_resource_keys),
        "retry_policy": _retry(definition.retry_policy),
        "code_version": definition.code_version,
        "pool": definition.pool,
    }


def _invocation(invocation: Invocation) -> dict[str, object]:
    return {
        "name": invocation.name,
        "definition": _definition(invocation.definition),
        "inputs": {name: _source(source) for name, source in invocation.inputs},
        "retry_policy": _retry(invocation.retry_policy),
        "span": invocation.span.to_document(),
    }


def _input(item: Input) -> dict[str, object]:
    return {
        "name": item.name,
        "is_nothing": item.is_nothing,
        "has_default": item.has_default,
        "annotation": item.annotation,
    }


def _output(item: Output) -> dict[str, object]:
    return {
        "name": item.name,
        "is_required": item.is_required,
        "is_dynamic": item.is_dynamic,
        "is_nothing": item.is_nothing,
        "io_manager_key": item.io_manager_key,
        "annotation": item.annotation,
    }


def _function(function: FunctionRef) -> dict[str, object]:
    return {
        "module": function.module,
        "qualname": function.qualname,
        "span": function.span.to_document(),
    }


def _retry(policy: RetryPolicy | None) -> dict[str, object] | None:
    if policy is None:
        return None
    return {
        "max_retries": policy.max_retries,
        "delay": policy.delay,
        "backoff": policy.backoff,
        "jitter": policy.jitter,
    }


def _source(source: Source) -> dict[str, object]:
    return _SOURCES[type(source)](source)


def _graph_input(source: GraphInputSource) -> dict[str, object]:
    return {"type": "graph_input", "name": source.name}


def _node_output(source: OutputSource) -> dict[str, object]:
    return {
        "type": "output",
        "node": source.node,
        "output": source.output,
        "mode": source.mode,
    }


def _fan_in(source: FanInSource) -> dict[str, object]:
    return {"type": "fan_in", "sources": [_source(item) for item in source.sources]}


_SOURCES: Final[Mapping[type, Callable[[Any], dict[str, object]]]] = {
    GraphInputSource: _graph_input,
    OutputSource: _node_output,
    FanInSource: _fan_in,
}
