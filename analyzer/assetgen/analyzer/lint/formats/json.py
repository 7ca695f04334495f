"""Findings as JSON."""

from __future__ import annotations

import json

from assetgen.analyzer.lint.report import LintReport
from assetgen.analyzer.lint.sources import Sources
from assetgen.analyzer.model.diagnostics import Diagnostic, Fix, Severity

VERSION = 1
"""Raised when a field changes its meaning or is removed; new fields do not raise it."""


def json_report(report: LintReport, _sources: Sources) -> str:
    """An object with `version`, `findings` in order of place, and `summary` with the totals.

    A finding has `rule`, `code`, `family`, `severity` ("error", "warning", "info"), `message`,
    `span`, `related` (each a `message` and a `span`), and `fix`: null, or `title`, `safe` and
    `edits` (each a `span` and the `text` for it). A span has `path`, `line`, `column`, `end_line`,
    `end_column`: counted from 1, columns in characters, the end exclusive.
    """
    document = {
        "version": VERSION,
        "findings": [_finding(finding) for finding in report.findings],
        "summary": {
            "errors": report.count(Severity.ERROR),
            "warnings": report.count(Severity.WARNING),
            "infos": report.count(Severity.INFO),
            "allowed": report.allowed,
        },
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _finding(finding: Diagnostic) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "code": finding.code,
        "family": finding.family,
        "severity": finding.severity.value,
        "message": finding.message,
        "span": finding.span.to_document(),
        "related": [
            {"message": related.message, "span": related.span.to_document()}
            for related in finding.related
        ],
        "fix": _fix(finding.fix) if finding.fix else None,
    }


def _fix(fix: Fix) -> dict[str, object]:
    edits = [{"span": edit.span.to_document(), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "safe": fix.safe, "edits": edits}
