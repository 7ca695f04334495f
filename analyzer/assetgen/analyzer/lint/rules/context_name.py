"""context-name: a parameter meant as the execution context that Dagster takes for an asset."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.lint.options import LintOptions
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.lint.unmatched import unmatched_inputs
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Severity
from assetgen.analyzer.model.pipeline import Pipeline


def check(pipeline: Pipeline, _options: LintOptions) -> Iterator[Diagnostic]:
    for unmatched in unmatched_inputs(pipeline):
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
