"""Findings of one mistake, reported once: what follows from another finding is left out, and many
with the same cause become one that counts them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from assetgen.analyzer.model.catalogue import CATALOGUE, COSTS_DEFINITIONS
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.diagnostics import Diagnostic, Related, Severity


def condensed(findings: Iterable[Diagnostic], configured: Collection[str] = ()) -> list[Diagnostic]:
    """The findings that are not implied by others, in the order given.

    `configured` are the rules whose severity the user has set: it says nothing about how certain
    their findings are.
    """
    found = list(findings)
    errors = [each for each in found if each.severity is Severity.ERROR]
    messages = {each.message for each in errors}
    is_costly = any(each.rule in _COSTLY for each in errors)
    return _counted(
        [
            each
            for each in found
            if _cause(each) not in messages
            and not (is_costly and _may_follow(each, each.rule in configured))
        ]
    )


_COSTLY = frozenset(
    (*COSTS_DEFINITIONS, "wrong-type", "wrong-object-in-assets", "empty-code-location")
)
"""Rules whose errors can cost definitions of any kind."""


def _may_follow(finding: Diagnostic, is_configured: bool) -> bool:
    """Whether a finding may be no more than what lost definitions lead to: that nothing loads a
    definition, or one that is told with less certainty than its rule asks for. A name that is
    nearly another one is a mistake of its own."""
    if finding.rule == "unreached-definition":
        return True
    if "did you mean" in finding.message:
        return False
    usual = CATALOGUE[finding.rule].severity
    return finding.severity is Severity.INFO and usual is not Severity.INFO and not is_configured


def _cause(finding: Diagnostic) -> str:
    """Why something is not known, which is how notes of the analysis end; empty for other
    findings."""
    if finding.severity is not Severity.INFO or finding.family != "unresolved":
        return ""
    of_doubt = finding.message.partition(_DOUBT)[2]
    return of_doubt or finding.message.partition(" not known: ")[2]


_DOUBT = " depends on all of these: "


def _counted(findings: list[Diagnostic]) -> list[Diagnostic]:
    groups: dict[tuple[object, ...], list[Diagnostic]] = {}
    for each in findings:
        groups.setdefault(_group(each), []).append(each)
    first = {id(group[0]): group for group in groups.values() if len(group) > _FEW}
    left_out = {id(each) for group in first.values() for each in group[1:]}
    return [
        _of_many(first[id(each)]) if id(each) in first else each
        for each in findings
        if id(each) not in left_out
    ]


def _group(finding: Diagnostic) -> tuple[object, ...]:
    """What findings with the same cause have in common: why something is not known, what is
    missing, or the place, where one call is wrong for many definitions. Others have their own."""
    cause = _cause(finding)
    if cause:
        return finding.rule, cause, _DOUBT in finding.message
    if finding.rule == "missing-resource":
        return finding.rule, finding.severity, finding.message.partition(" needs ")[2]
    if finding.severity is Severity.ERROR:
        return finding.rule, finding.span
    return (id(finding),)


_FEW = 3
"""Up to so many findings with the same cause are reported one by one."""


def _of_many(group: list[Diagnostic]) -> Diagnostic:
    """The first of a group, which says how many more there are, and where."""
    first, count = group[0], len(group) - 1
    spans = dict.fromkeys(each.span for each in group if each.span != first.span)
    related = tuple(Related("and here", span) for span in list(spans)[:_SHOWN])
    said = f"and {count} more"
    if _cause(first):
        some = f"is it of {count}" if _DOUBT in first.message else f"are {count}"
        said = f"nor {some} more, for the same reason"
    message = f"{first.message} ({said})"
    return replace(first, message=message, related=(*first.related, *related))


_SHOWN = 5
