"""missing-resource: a resource or IO manager that nothing provides."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Severity
from assetgen.analyzer.model.pipeline import CodeLocation
from assetgen.analyzer.model.spans import Span
from assetgen.analyzer.model.steps import GraphDefinition, OpDefinition


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    for location in evidence.pipeline.locations:
        severity = Severity.INFO if "assets" in location.unknown else None
        if "resources" in location.unknown:
            continue
        provided = {resource.key for resource in location.resources} | {_DEFAULT_IO_MANAGER}
        told = set()
        for subject, what, key, span in _required(location):
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


def _required(location: CodeLocation) -> Iterator[tuple[str, str, str, Span]]:
    """Who needs what, of which kind, and where that is defined."""
    for step in location.steps:
        if step.origin is not None:
            for op in _ops(step.definition):
                keys = {key for _, key in op.resources} | set(op.required_resource_keys)
                for key in sorted(keys):
                    yield f"`{step.name}`", "resource", key, step.origin.span
                for one in op.inputs:
                    if one.input_manager_key is not None:
                        place = one.span or step.origin.span
                        yield f"`{step.name}`", "input manager", one.input_manager_key, place
    for asset in location.assets:
        if asset.io_manager_key is not None and "io_manager_key" not in asset.unknown:
            yield f"`{asset.key}`", "IO manager", asset.io_manager_key, asset.origin.span


def _ops(definition: OpDefinition | GraphDefinition) -> Iterator[OpDefinition]:
    if isinstance(definition, OpDefinition):
        yield definition
    else:
        for invocation in definition.invocations:
            yield from _ops(invocation.definition)
