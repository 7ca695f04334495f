"""selection-empty: a job whose selection holds no asset."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.evaluate.memory import Memory
from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.model.automation import Job
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.pipeline import CodeLocation


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    for knowledge in evidence.locations:
        location = knowledge.location
        if not _is_known(location, evidence.memory) or not knowledge.is_complete:
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


def _is_known(location: CodeLocation, memory: Memory) -> bool:
    """Whether what selections ask for is known of every asset."""
    asked = {"group_name", "tags", "kinds", "owners", "code_location"}
    doubted = memory.sparse(lambda asset: asset.unknown, "doubted", location.assets).values()
    return all(asked.isdisjoint(unknown) for _, unknown in doubted)
