"""default-arg: a parameter that is an input despite its default value."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Severity


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    for unmatched in evidence.unmatched_inputs:
        if unmatched.rule == "default-arg":
            name = unmatched.dependency.declared
            yield diagnostic(
                "default-arg",
                f"`{name}` in `{unmatched.asset.key}` is an input although it has a default, and "
                f"no asset is called `{name}`; make it keyword-only, or a field of its config",
                unmatched.dependency.span,
                severity=None if unmatched.is_certain else Severity.INFO,
            )


RULE = Rule("default-arg", check)
