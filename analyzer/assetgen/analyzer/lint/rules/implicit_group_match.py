"""implicit-group-match: a bare name that means an asset with a prefix only because of its group."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    return evidence.about_each_asset("implicit-group-match", _findings, attrgetter("deps"))


def _findings(asset: Asset) -> tuple[Diagnostic, ...]:
    matched = [dependency for dependency in asset.deps if dependency.resolution == "group"]
    return tuple(
        diagnostic(
            "implicit-group-match",
            f"`{dependency.declared}` means `{dependency.key}` only because both "
            f"assets are in the group `{asset.group_name}`",
            dependency.span,
        )
        for dependency in matched
    )


RULE = Rule("implicit-group-match", check)
