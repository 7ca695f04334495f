"""duplicate-key: two definitions of the same asset key in a code location."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Related


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    for location in evidence.pipeline.locations:
        if not location.duplicates:
            continue
        first = {asset.key: asset for asset in location.assets}
        for duplicate in location.duplicates:
            other = first.get(duplicate.key)
            if other is not None and _both_are_certain(duplicate, other):
                yield _finding(duplicate, other)


RULE = Rule("duplicate-key", check)


def _both_are_certain(*assets: Asset) -> bool:
    return not any(asset.conditional or "key" in asset.unknown for asset in assets)


def _finding(duplicate: Asset, other: Asset) -> Diagnostic:
    related = [Related("it is first defined here", other.origin.span)]
    related += [Related("by the first call here", span) for span in other.origin.chain]
    related += [Related("and again by the call here", span) for span in duplicate.origin.chain]
    return diagnostic(
        "duplicate-key",
        f"`{duplicate.key}` is defined a second time",
        duplicate.origin.span,
        related=tuple(related),
    )
