"""unreached-definition: something defined that no Definitions object reaches."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.lint.knowledge import definitions_lost
from assetgen.analyzer.lint.options import LintOptions
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Related, Severity
from assetgen.analyzer.model.pipeline import Pipeline


def check(pipeline: Pipeline, _options: LintOptions) -> Iterator[Diagnostic]:
    # What could not be read may well be the list in which the definition stands.
    severity = Severity.INFO if definitions_lost(pipeline) else None
    external = {
        str(asset.key)
        for location in pipeline.locations
        for asset in location.assets
        if asset.kind == "external"
    }
    for unreached in pipeline.unreached:
        # It is reached as what it was made into: a source asset, or a spec.
        if unreached.kind == "asset" and unreached.name in external:
            continue
        yield diagnostic(
            "unreached-definition",
            f"no Definitions reaches {unreached.kind} `{unreached.name}`: Dagster does not load it",
            unreached.origin.span,
            severity=severity,
            related=tuple(
                Related("it is made by the call here", span) for span in unreached.origin.chain
            ),
        )


RULE = Rule("unreached-definition", check)
