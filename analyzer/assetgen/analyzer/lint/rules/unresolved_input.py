"""unresolved-input: a parameter that loads an asset that nothing defines."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.lint.unmatched import UnmatchedInput, proposal
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Severity


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    for unmatched in evidence.unmatched_inputs:
        if unmatched.rule == "unresolved-input":
            yield _finding(unmatched)


RULE = Rule("unresolved-input", check)


def _finding(unmatched: UnmatchedInput) -> Diagnostic:
    proposed = proposal(unmatched.near)
    message = (
        f"`{unmatched.asset.key}` loads `{unmatched.dependency.declared}`, "
        f"which no asset has as its key{proposed.message}{unmatched.reservation}"
    )
    return diagnostic(
        "unresolved-input",
        message,
        unmatched.dependency.span,
        severity=None if unmatched.is_certain else Severity.INFO,
        related=proposed.related,
    )
