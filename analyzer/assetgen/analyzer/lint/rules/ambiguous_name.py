"""ambiguous-name: a bare name that several assets of the group end in."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.knowledge import Knowledge
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.lint.unmatched import assets_of_that_name
from assetgen.analyzer.model.assets import Asset, Dependency
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Related, Severity


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    for knowledge in evidence.locations:
        for asset, dependency in knowledge.unmatched:
            candidates = assets_of_that_name(dependency.declared, asset, knowledge)
            if len(candidates) > 1 and not evidence.is_external(dependency.key):
                severity = Severity.ERROR if dependency.loads_value else Severity.WARNING
                yield _finding(asset, dependency, candidates, severity, knowledge)


RULE = Rule("ambiguous-name", check)


def _finding(
    asset: Asset,
    dependency: Dependency,
    candidates: tuple[Asset, ...],
    severity: Severity,
    knowledge: Knowledge,
) -> Diagnostic:
    names = ", ".join(f"`{candidate.key}`" for candidate in candidates)
    effect = "cannot be loaded" if dependency.loads_value else "becomes an external asset"
    message = (
        f"`{dependency.declared}` in `{asset.key}` {effect}, since "
        f"{len(candidates)} assets of the group end in it: {names}"
    )
    # A value is loaded from the same location; any may define what is only depended on.
    loads = dependency.loads_value
    is_certain = knowledge.is_complete if loads else knowledge.is_complete_everywhere
    return diagnostic(
        "ambiguous-name",
        message,
        dependency.span,
        severity=severity if is_certain else Severity.INFO,
        related=tuple(
            Related(f"`{candidate.key}` is defined here", candidate.origin.span)
            for candidate in candidates
        ),
    )
