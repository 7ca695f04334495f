"""missing-resource: a resource or IO manager that nothing provides."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.evaluate.memory import Memory
from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Severity
from assetgen.analyzer.model.pipeline import CodeLocation
from assetgen.analyzer.model.spans import Span
from assetgen.analyzer.model.steps import AssetStep, GraphDefinition, OpDefinition


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    for location in evidence.pipeline.locations:
        severity = Severity.INFO if "assets" in location.unknown else None
        if "resources" in location.unknown:
            continue
        provided = {resource.key for resource in location.resources} | {_DEFAULT_IO_MANAGER}
        told = set()
        for subject, what, key, span in _required(location, evidence.memory):
            if key not in provided and (key, span) not in told:
                told.add((key, span))
                yield diagnostic(
                    "missing-resource",
                    f"{subject} needs the {what} `{key}`, which no Definitions provides",
                    span,
                    severity=severity,
                )


RULE = Rule("missing-resource", check)

_DEFAULT_IO_MANAGER = "io_manager"


_Required = tuple[str, str, str, Span]
"""What needs which key of which kind, and where it is defined."""


def _required(location: CodeLocation, memory: Memory) -> Iterator[_Required]:
    for _, found in memory.sparse(_by_step, "required by steps", location.steps).values():
        yield from found
    for _, found in memory.sparse(_by_asset, "required by assets", location.assets).values():
        yield from found


def _by_step(step: AssetStep) -> tuple[_Required, ...]:
    return tuple(_needed(step, step.origin.span)) if step.origin is not None else ()


def _needed(step: AssetStep, place: Span) -> Iterator[_Required]:
    for op in _ops(step.definition):
        keys = {key for _, key in op.resources} | set(op.required_resource_keys)
        for key in sorted(keys):
            yield f"`{step.name}`", "resource", key, place
        for one in op.inputs:
            if one.input_manager_key is not None:
                yield f"`{step.name}`", "input manager", one.input_manager_key, one.span or place


def _by_asset(asset: Asset) -> tuple[_Required, ...]:
    if asset.io_manager_key is None or "io_manager_key" in asset.unknown:
        return ()
    return ((f"`{asset.key}`", "IO manager", asset.io_manager_key, asset.origin.span),)


def _ops(definition: OpDefinition | GraphDefinition) -> Iterator[OpDefinition]:
    if isinstance(definition, OpDefinition):
        yield definition
    else:
        for invocation in definition.invocations:
            yield from _ops(invocation.definition)
