"""Findings on one line each."""

from __future__ import annotations

from assetgen.analyzer.lint.report import LintReport
from assetgen.analyzer.lint.sources import Sources
from assetgen.analyzer.model.printable import printable


def concise(report: LintReport, _sources: Sources) -> str:
    """`path:line:column: CODE [rule] message`, and nothing for an empty report."""
    return "".join(
        printable(f"{finding.span}: {finding.code} [{finding.rule}] {finding.message}") + "\n"
        for finding in report.findings
    )
