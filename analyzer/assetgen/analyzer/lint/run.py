"""The lint run: every rule on the model, then the user's selection and suppressions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from assetgen.analyzer.evaluate.memory import Memory
from assetgen.analyzer.lint.condensing import condensed
from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.options import LintOptions
from assetgen.analyzer.lint.registry import RULES
from assetgen.analyzer.lint.remedies import with_remedy
from assetgen.analyzer.lint.report import LintReport, in_order
from assetgen.analyzer.lint.selectors import (
    UnknownSelectorError,
    nearest,
    rules_meant,
    rules_selected,
)
from assetgen.analyzer.lint.sources import Sources, sources_on_disk
from assetgen.analyzer.lint.suppressions import Suppression, suppressions_in
from assetgen.analyzer.model.catalogue import CATALOGUE, diagnostic
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.diagnostics import Diagnostic, Severity
from assetgen.analyzer.model.pipeline import Pipeline


def lint(
    pipeline: Pipeline,
    options: LintOptions | None = None,
    sources: Sources | None = None,
    memory: Memory | None = None,
    unmarked: Collection[str] = (),
) -> LintReport:
    """Findings of the analysis and of every rule that `options` selects, except for those that are
    allowed.

    `sources` gives the text of files, which holds the suppressions; by default it is read from
    disk. `memory` is that of the last run, if this one follows another. The files that are
    `unmarked` are known to hold no suppression, and are not read to find that out. Raises
    UnknownSelectorError when the options name a rule that does not exist.
    """
    options = options or LintOptions()
    sources = sources or sources_on_disk(pipeline)
    evidence = Evidence(pipeline, options, memory)
    severities = _severities(options)
    off = {rule for rule, severity in severities.items() if severity is None}
    selected = rules_selected(options.select, options.ignore) - off
    found = [
        with_remedy(
            replace(finding, severity=severities.get(finding.rule) or finding.severity), sources
        )
        for finding in _find(evidence)
        if finding.rule in selected
    ]
    paths = {module.path for module in pipeline.modules} | {finding.span.path for finding in found}
    suppressions = _suppressions(paths.difference(unmarked), sources, evidence.memory)
    kept, used = _apply_suppressions(found, suppressions)
    unneeded = [
        replace(finding, severity=severities.get(finding.rule) or finding.severity)
        for finding in _judge_suppressions(suppressions, used, selected)
        if finding.rule in selected
    ]
    kept_of_those, _ = _apply_suppressions(unneeded, suppressions)
    told = in_order([*kept, *kept_of_those])
    return LintReport(in_order(condensed(told, severities)), allowed=len(found) - len(kept))


def _find(evidence: Evidence) -> Iterator[Diagnostic]:
    pipeline = evidence.pipeline
    yield from pipeline.diagnostics
    # The analysis may have reported the same, in more detail, where it read the call.
    told = {(finding.rule, finding.span) for finding in pipeline.diagnostics}
    # A parameter that is wrong in itself is only an input because of that mistake.
    told |= {
        ("unresolved-input", finding.span)
        for finding in pipeline.diagnostics
        if finding.family == "signatures"
    }
    for rule in RULES:
        for finding in rule.check(evidence):
            if (finding.rule, finding.span) not in told:
                yield finding


def _severities(options: LintOptions) -> dict[str, Severity | None]:
    return {
        rule: severity
        for selector, severity in options.severities
        for rule in rules_meant(selector)
    }


def _suppressions(
    paths: Iterable[str], sources: Sources, memory: Memory
) -> dict[str, tuple[Suppression, ...]]:
    before: Mapping[str, tuple[bytes | None, tuple[Suppression, ...]]]
    before = memory.last("suppressions") or {}
    found: dict[str, tuple[bytes | None, tuple[Suppression, ...]]] = {}
    for path in paths:
        content, known = sources(path), before.get(path)
        if known is None or known[0] is not content:
            known = content, suppressions_in(path, content) if content else ()
        found[path] = known
    memory.put("suppressions", found)
    return {path: allowed for path, (_, allowed) in sorted(found.items()) if allowed}


def _apply_suppressions(
    findings: Iterable[Diagnostic], suppressions: dict[str, tuple[Suppression, ...]]
) -> tuple[list[Diagnostic], set[Suppression]]:
    kept: list[Diagnostic] = []
    used: set[Suppression] = set()
    for finding in findings:
        matching = [
            suppression
            for suppression in suppressions.get(finding.span.path, ())
            if suppression.written in (finding.rule, finding.code)
            and suppression.first <= finding.span.line <= suppression.last
        ]
        used.update(matching)
        if not matching:
            kept.append(finding)
    return kept, used


def _judge_suppressions(
    suppressions: dict[str, tuple[Suppression, ...]],
    used: set[Suppression],
    selected: frozenset[str],
) -> Iterator[Diagnostic]:
    for suppression in (each for of_file in suppressions.values() for each in of_file):
        rule = _rule_named(suppression.written)
        if rule is None:
            yield diagnostic("unknown-suppression", _unknown(suppression), suppression.span)
        elif rule in selected - _JUDGED_HERE and suppression not in used:
            message = f"`{suppression.written}` is allowed here, but nothing of it was found"
            yield diagnostic("unused-suppression", message, suppression.span)


_JUDGED_HERE = frozenset(("unknown-suppression", "unused-suppression"))


def _rule_named(written: str) -> str | None:
    try:
        meant = rules_meant(written) if written else frozenset()
    except UnknownSelectorError:
        return None
    named = [rule for rule in meant if written in (rule, CATALOGUE[rule].code)]
    return named[0] if named else None


def _unknown(suppression: Suppression) -> str:
    if not suppression.written:
        return "the comment names no rule: write `# assetgen: allow[rule-name]`"
    return f"no rule is called `{suppression.written}`{nearest(suppression.written)}"
