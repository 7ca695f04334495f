"""check-unknown-asset: a check on an asset that nothing defines."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.lint.knowledge import knowledge_of
from assetgen.analyzer.lint.options import LintOptions
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.lint.unmatched import proposal
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Severity
from assetgen.analyzer.model.pipeline import Pipeline


def check(pipeline: Pipeline, options: LintOptions) -> Iterator[Diagnostic]:
    for location in pipeline.locations:
        knowledge = knowledge_of(location, pipeline)
        known = knowledge.defined.keys() | knowledge.elsewhere
        for each in location.checks:
            if each.asset in known or "asset" in each.unknown or options.is_external(each.asset):
                continue
            near = knowledge.near.near_to(each.asset)
            proposed = proposal([knowledge.defined[key] for key in near])
            yield diagnostic(
                "check-unknown-asset",
                f"check `{each.name}` is on `{each.asset}`, which no asset has as its key"
                f"{proposed.message}",
                each.origin.span,
                severity=None if knowledge.is_complete else Severity.INFO,
                related=proposed.related,
            )


RULE = Rule("check-unknown-asset", check)
