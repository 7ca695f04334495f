"""duplicate-name: two jobs, or two schedules or sensors, with the same name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.model.automation import Job, Schedule, Sensor
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Related


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    for location in evidence.pipeline.locations:
        if location.of_repositories:
            continue  # each has names of its own
        # The job of a schedule on assets is called after it, and as wrong.
        jobs = [job for job in location.jobs if not job.name.startswith(_ANONYMOUS)]
        yield from _doubled(jobs, "job")
        # Schedules and sensors share their names.
        yield from _doubled((*location.schedules, *location.sensors), "schedule or sensor")


RULE = Rule("duplicate-name", check)

_ANONYMOUS = "__anonymous_asset_job_"


def _doubled(named: Sequence[Job | Schedule | Sensor], what: str) -> Iterator[Diagnostic]:
    first: dict[str, Job | Schedule | Sensor] = {}
    certain = (each for each in named if each.conditional is None)
    for each in sorted(certain, key=lambda each: each.origin.span):
        before = first.setdefault(each.name, each)
        if before.origin != each.origin:
            yield diagnostic(
                "duplicate-name",
                f"there already is a {what} called `{each.name}`",
                each.origin.span,
                related=(Related("it is first defined here", before.origin.span),),
            )
