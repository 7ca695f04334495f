"""selection-unknown-key: a job that selects an asset that does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.lint.unmatched import proposal
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Severity


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    for knowledge in evidence.locations:
        location = knowledge.location
        for job in location.jobs:
            for key in job.missing:
                near = knowledge.near.near_to(key)
                proposed = proposal([knowledge.defined[each] for each in near])
                yield diagnostic(
                    "selection-unknown-key",
                    f"job `{job.name}` selects `{key}`, which nothing here computes"
                    f"{proposed.message}",
                    job.origin.span,
                    severity=None if knowledge.is_complete else Severity.INFO,
                    related=proposed.related,
                )


RULE = Rule("selection-unknown-key", check)
