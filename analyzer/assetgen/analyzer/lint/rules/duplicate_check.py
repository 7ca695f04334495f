"""duplicate-check: two checks of one name on one asset."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.lint.options import LintOptions
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.model.assets import AssetCheck
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Related
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.pipeline import Pipeline


def check(pipeline: Pipeline, _options: LintOptions) -> Iterator[Diagnostic]:
    for location in pipeline.locations:
        first: dict[tuple[AssetKey, str], AssetCheck] = {}
        for each in location.checks:
            if {"asset", "name"} & set(each.unknown):
                continue
            before = first.setdefault((each.asset, each.name), each)
            if before.origin != each.origin:
                yield diagnostic(
                    "duplicate-check",
                    f"`{each.asset}` already has a check `{each.name}`",
                    each.origin.span,
                    related=(Related("it is first defined here", before.origin.span),),
                )


RULE = Rule("duplicate-check", check)
