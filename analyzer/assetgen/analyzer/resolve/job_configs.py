"""Jobs that are configured for ops which they have not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue
from assetgen.analyzer.intrinsics.dagster.declared.jobs import JobValue
from assetgen.analyzer.model.automation import Job
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.steps import AssetStep


def configured_in_vain(
    values: Iterable[JobValue], jobs: Iterable[Job], steps: Iterable[AssetStep]
) -> Iterator[Diagnostic]:
    """Of jobs whose ops are all known, what their configuration says of others."""
    found = {(job.name, job.origin): job for job in jobs}
    computing = tuple(steps)
    for value in {id(value): value for value in values}.values():
        if not value.configured_ops:
            continue
        names = _ops(value, found.get((value.name, value.site.origin)), computing)
        if names is None:
            continue
        for name, site in value.configured_ops:
            if name not in names:
                close = get_close_matches(name, sorted(names), n=1)
                hint = f"; did you mean `{close[0]}`?" if close else ""
                message = f"job `{value.name}` has no op `{name}` to be configured{hint}"
                yield diagnostic("job-config", message, site.span)


def _ops(value: JobValue, job: Job | None, steps: tuple[AssetStep, ...]) -> set[str] | None:
    """The names of the job's ops as its configuration knows them; None if they are not known."""
    if isinstance(value.graph, GraphValue):
        if value.graph.is_partial:
            return None
        return {invocation.name for invocation in value.graph.invocations}
    if job is None or job.assets is None or job.missing or not job.assets:
        return None
    selected = set(job.assets)
    return {
        step.name
        for step in steps
        if not step.assets or any(key in selected for _, key in step.assets)
    }
