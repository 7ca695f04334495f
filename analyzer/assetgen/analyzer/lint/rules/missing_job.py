"""missing-job: a schedule or sensor that starts a job that does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.closeness import did_you_mean
from assetgen.analyzer.model.diagnostics import Diagnostic, Severity
from assetgen.analyzer.model.pipeline import CodeLocation
from assetgen.analyzer.model.spans import Span


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    for location in evidence.pipeline.locations:
        # What stands in a module without Definitions may be loaded together with its job.
        is_loaded = location.definitions is not None or "resources" not in location.unknown
        is_complete = is_loaded and {"assets", "jobs"}.isdisjoint(location.unknown)
        names = {job.name for job in location.jobs}
        for starter, job, span in _started(location):
            # Dagster makes jobs of its own, for all assets and for a target that is a selection.
            if job in names or job.startswith("__"):
                continue
            hint = did_you_mean(job, names)
            yield diagnostic(
                "missing-job",
                f"{starter} starts the job `{job}`, which is not defined{hint}",
                span,
                severity=None if is_complete else Severity.INFO,
            )


RULE = Rule("missing-job", check)


def _started(location: CodeLocation) -> Iterator[tuple[str, str, Span]]:
    for schedule in location.schedules:
        if schedule.job is not None:
            yield f"schedule `{schedule.name}`", schedule.job, schedule.origin.span
    for sensor in location.sensors:
        for job in sensor.jobs:
            yield f"sensor `{sensor.name}`", job, sensor.origin.span
