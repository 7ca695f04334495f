"""default-arg: a parameter with a default value that is an input nevertheless."""

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
