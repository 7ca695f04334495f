"""redundant-dependency: the same dependency declared twice."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.lint.options import LintOptions
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Related
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.pipeline import Pipeline
from assetgen.analyzer.model.spans import Span


def check(pipeline: Pipeline, _options: LintOptions) -> Iterator[Diagnostic]:
    for location in pipeline.locations:
        for asset in location.assets:
            first: dict[AssetKey, Span] = {}
            for dependency in sorted(asset.deps, key=lambda each: not each.loads_value):
                before = first.setdefault(dependency.key, dependency.span)
                if before != dependency.span:
                    yield diagnostic(
                        "redundant-dependency",
                        f"`{asset.key}` already depends on `{dependency.key}`",
                        dependency.span,
                        related=(Related("it is declared here too", before),),
                    )


RULE = Rule("redundant-dependency", check)
