"""check-unknown-asset: a check for an asset that nothing defines."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.lint.unmatched import has_slash, proposal
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Severity


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    for knowledge in evidence.locations:
        location = knowledge.location
        for each in location.checks:
            if (
                each.asset in knowledge.everywhere
                or "asset" in each.unknown
                or has_slash(each.asset)  # which is told where the check is made
                or evidence.is_external(each.asset)
            ):
                continue
            near = knowledge.near.near_to(each.asset)
            proposed = proposal([knowledge.defined[key] for key in near])
            yield diagnostic(
                "check-unknown-asset",
                f"check `{each.name}` is on `{each.asset}`, which no asset has as its key"
                f"{proposed.message}",
                each.origin.span,
                severity=None if knowledge.is_complete_everywhere else Severity.INFO,
                related=proposed.related,
            )


RULE = Rule("check-unknown-asset", check)
