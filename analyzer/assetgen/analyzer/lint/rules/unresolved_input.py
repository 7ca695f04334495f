"""unresolved-input: a parameter that loads an asset which nothing defines."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.lint.options import LintOptions
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.lint.unmatched import UnmatchedInput, proposal, unmatched_inputs
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Severity
from assetgen.analyzer.model.pipeline import Pipeline


def check(pipeline: Pipeline, _options: LintOptions) -> Iterator[Diagnostic]:
    for unmatched in unmatched_inputs(pipeline):
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
