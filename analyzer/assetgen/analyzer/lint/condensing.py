"""Findings of one mistake, reported once: what follows from another finding is left out, and many
notes with the same cause become one that counts them."""

from __future__ import annotations

from collections.abc import Iterable

from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.diagnostics import Diagnostic, Related, Severity


def condensed(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings that are not implied by others, in the order given."""
    found = list(findings)
    errors = {each.message for each in found if each.severity is Severity.ERROR}
    return _counted([each for each in found if _cause(each) not in errors])


def _cause(finding: Diagnostic) -> str:
    """Why something is not known, which is how notes of the analysis end; empty for other
    findings."""
    if finding.severity is not Severity.INFO or finding.family != "unresolved":
        return ""
    return finding.message.partition(" not known: ")[2]


def _counted(findings: list[Diagnostic]) -> list[Diagnostic]:
    groups: dict[tuple[str, str], list[Diagnostic]] = {}
    for each in findings:
        cause = _cause(each)
        if cause:
            groups.setdefault((each.rule, cause), []).append(each)
    first = {id(group[0]): group for group in groups.values() if len(group) > _FEW}
    left_out = {id(each) for group in first.values() for each in group[1:]}
    return [
        _of_many(first[id(each)]) if id(each) in first else each
        for each in findings
        if id(each) not in left_out
    ]


_FEW = 3
"""Up to so many notes with the same cause are reported one by one."""


def _of_many(group: list[Diagnostic]) -> Diagnostic:
    """The first of a group, which says how many more there are, and where."""
    first, count = group[0], len(group) - 1
    spans = dict.fromkeys(each.span for each in group if each.span != first.span)
    related = tuple(Related("and here", span) for span in list(spans)[:_SHOWN])
    message = f"{first.message} (nor are {count} more, for the same reason)"
    return replace(first, message=message, related=(*first.related, *related))


_SHOWN = 5
