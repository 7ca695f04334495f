"""Resources that jobs, hooks and resources need but nothing provides, which Dagster refuses."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.evaluate.values import External, Value
from assetgen.analyzer.intrinsics.dagster.declared.definitions import DefinitionsValue
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue, OpValue
from assetgen.analyzer.intrinsics.dagster.declared.jobs import JobValue
from assetgen.analyzer.intrinsics.dagster.declared.resources import ResourceValue
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic


def missing_in_jobs(
    definitions: DefinitionsValue, jobs: tuple[JobValue, ...]
) -> Iterator[Diagnostic]:
    """What neither the `resource_defs` of the job nor the `Definitions` that hold it provide."""
    if not definitions.resources_known:
        return
    provided = {"io_manager", *(binding.key for binding in definitions.resources)}
    for binding in definitions.resources:
        for key in required_of(binding.value):
            if key not in provided:
                message = f"the resource `{binding.key}` needs `{key}`, which nothing provides"
                yield diagnostic("missing-resource", message, binding.site.span)
    for job in jobs:
        if job.resources is None:
            continue
        for name, resource in job.resources.items():
            for key in required_of(resource):
                if key not in job.resources and key != "io_manager":
                    message = f"the resource `{name}` needs `{key}`, which `{job.name}` has not"
                    yield diagnostic("missing-resource", message, job.site.span)
        for key in sorted({key for hook in job.hooks for key in hook.resources}):
            if key not in provided and key not in job.resources:
                message = (
                    f"a hook of `{job.name}` needs the resource `{key}`, which nothing provides"
                )
                yield diagnostic("missing-resource", message, job.site.span)
        if job.graph is None:
            continue
        for key, what in sorted(needed_of(job.graph).items()):
            if key not in provided and key not in job.resources:
                message = f"`{job.name}` needs the {what} `{key}`, which nothing provides"
                yield diagnostic("missing-resource", message, job.site.span)


def needed_by(job: JobValue) -> frozenset[str]:
    """The keys that the ops and hooks of a job of ops need."""
    of_hooks = {key for hook in job.hooks for key in hook.resources}
    return frozenset(of_hooks.union(needed_of(job.graph) if job.graph is not None else ()))


def required_of(resource: Value) -> tuple[str, ...]:
    """The keys of the resources that a resource says it requires."""
    if isinstance(resource, ResourceValue):
        return tuple(sorted(resource.required))
    if isinstance(resource, External):
        package, name = resource.qualname.partition(".")[0], resource.qualname.rpartition(".")[2]
        return _REQUIRED.get((package, name), ())
    return ()


_REQUIRED = {
    ("dagster_aws", "s3_pickle_io_manager"): ("s3",),
    ("dagster_azure", "adls2_pickle_io_manager"): ("adls2",),
    ("dagster_gcp", "gcs_pickle_io_manager"): ("gcs",),
}
"""What IO managers of libraries require, by package and name."""


def needed_of(definition: OpValue | GraphValue) -> dict[str, str]:
    """The keys that the ops in a graph need, and what kind of thing each is."""
    if isinstance(definition, GraphValue):
        return {
            key: what
            for invoked in definition.invocations
            for key, what in needed_of(invoked.definition).items()
        }
    managers = (output.io_manager_key for output in definition.outputs)
    loaders = (one.input_manager_key for one in definition.inputs)
    return {
        **dict.fromkeys((key for key in loaders if key is not None), "input manager"),
        **dict.fromkeys((key for key in managers if key is not None), "IO manager"),
        **dict.fromkeys((key for _, key in definition.resources), "resource"),
        **dict.fromkeys(definition.required_resource_keys, "resource"),
    }
