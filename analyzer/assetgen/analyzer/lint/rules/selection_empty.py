"""selection-empty: a job whose selection matches no asset."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.model.automation import Job
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    for knowledge in evidence.locations:
        location = knowledge.location
        if knowledge.unknown & _ASKED or not knowledge.is_complete:
            continue
        for job in location.jobs:
            # A job may well be of checks alone.
            if job.selection and job.assets == () and not job.missing and not _of_checks(job):
                yield diagnostic(
                    "selection-empty",
                    f"no asset is in the selection of job `{job.name}`: {job.selection}",
                    job.origin.span,
                )


RULE = Rule("selection-empty", check)


def _of_checks(job: Job) -> bool:
    return job.selection is not None and "check" in job.selection


# What selections ask for.
_ASKED = frozenset({"group_name", "tags", "kinds", "owners", "code_location"})
