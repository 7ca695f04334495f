"""Findings whose code has moved and is otherwise the same."""

from __future__ import annotations

from collections.abc import Mapping

from assetgen.analyzer.edits.moves import Moves
from assetgen.analyzer.lint.report import LintReport, in_order
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.diagnostics import Diagnostic, Edit, Fix, Related
from assetgen.analyzer.model.spans import Span


def moved(report: LintReport, moves: Mapping[str, Moves]) -> LintReport | None:
    """What a new run would find, given where things have moved, by the paths that spans show.

    None if that is not known for some place.
    """
    moving = {path: each for path, each in moves.items() if not each.are_none}
    if not moving:
        return report
    try:
        findings = [_Mover(moving).finding(finding) for finding in report.findings]
    except _LostError:
        return None
    return LintReport(in_order(findings), report.allowed)


class _LostError(Exception):
    """It is not known where something has moved."""


class _Mover:
    def __init__(self, moves: Mapping[str, Moves]) -> None:
        self._moves = moves

    def finding(self, finding: Diagnostic) -> Diagnostic:
        fix = finding.fix
        edits = fix.edits if fix is not None else ()
        others = [*(each.span for each in finding.related), *(edit.span for edit in edits)]
        if not any(span.path in self._moves for span in (finding.span, *others)):
            return finding
        related = tuple(Related(each.message, self._span(each.span)) for each in finding.related)
        if fix is not None:
            changed = tuple(Edit(self._span(edit.span), edit.text) for edit in edits)
            fix = Fix(fix.title, changed, fix.safe)
        return replace(finding, span=self._span(finding.span), related=related, fix=fix)

    def _span(self, span: Span) -> Span:
        moves = self._moves.get(span.path)
        found = span if moves is None else moves.span(span)
        if found is None:
            raise _LostError
        return found
