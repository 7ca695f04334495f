"""implicit-group-match: a bare name that means an asset with a prefix, by its group."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.lint.options import LintOptions
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.pipeline import Pipeline


def check(pipeline: Pipeline, _options: LintOptions) -> Iterator[Diagnostic]:
    for location in pipeline.locations:
        for asset in location.assets:
            for dependency in asset.deps:
                if dependency.resolution == "group":
                    yield diagnostic(
                        "implicit-group-match",
                        f"`{dependency.declared}` means `{dependency.key}` only because both "
                        f"assets are in the group `{asset.group_name}`",
                        dependency.span,
                    )


RULE = Rule("implicit-group-match", check)
