"""context-name: a parameter meant as the execution context that Dagster takes for an asset."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Severity


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    for unmatched in evidence.unmatched_inputs:
        if unmatched.rule == "context-name":
            name = unmatched.dependency.declared
            yield diagnostic(
                "context-name",
                f"`{name}` in `{unmatched.asset.key}` is taken for an asset: the context is the "
                "first parameter, and must be called `context`",
                unmatched.dependency.span,
                severity=None if unmatched.is_certain else Severity.INFO,
            )


RULE = Rule("context-name", check)
