"""Resources that the ops of a job need and nobody provides, which Dagster refuses."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.intrinsics.dagster.declared.definitions import DefinitionsValue
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue, OpValue
from assetgen.analyzer.intrinsics.dagster.declared.jobs import JobValue
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic


def missing_in_jobs(
    definitions: DefinitionsValue, jobs: tuple[JobValue, ...]
) -> Iterator[Diagnostic]:
    """What no `resource_defs` of the job has, nor the `Definitions` that hold it."""
    if not definitions.resources_known:
        return
    provided = {"io_manager", *(binding.key for binding in definitions.resources)}
    for job in jobs:
        if job.resources is None:
            continue
        for key in sorted({key for hook in job.hooks for key in hook.resources}):
            if key not in provided and key not in job.resources:
                message = (
                    f"a hook of `{job.name}` needs the resource `{key}`, which nothing provides"
                )
                yield diagnostic("missing-resource", message, job.site.span)
        if job.graph is None:
            continue
        for key, what in sorted(_needed(job.graph).items()):
            if key not in provided and key not in job.resources:
                message = f"`{job.name}` needs the {what} `{key}`, which nothing provides"
                yield diagnostic("missing-resource", message, job.site.span)


def _needed(definition: OpValue | GraphValue) -> dict[str, str]:
    """The keys of what the ops in a graph need, and what it is."""
    if isinstance(definition, GraphValue):
        return {
            key: what
            for invoked in definition.invocations
            for key, what in _needed(invoked.definition).items()
        }
    managers = (output.io_manager_key for output in definition.outputs)
    loaders = (one.input_manager_key for one in definition.inputs)
    return {
        **dict.fromkeys((key for key in loaders if key is not None), "input manager"),
        **dict.fromkeys((key for key in managers if key is not None), "IO manager"),
        **dict.fromkeys((key for _, key in definition.resources), "resource"),
        **dict.fromkeys(definition.required_resource_keys, "resource"),
    }
