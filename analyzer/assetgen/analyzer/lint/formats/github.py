"""Findings as workflow commands, which GitHub shows beside the code of a pull request."""

from __future__ import annotations

from collections.abc import Mapping

from assetgen.analyzer.lint.report import LintReport
from assetgen.analyzer.lint.sources import Sources
from assetgen.analyzer.model.diagnostics import Diagnostic, Severity


def github(report: LintReport, _sources: Sources) -> str:
    """One `::error file=...::message` for each finding."""
    return "".join(f"{_command(finding)}\n" for finding in report.findings)


_LEVELS: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}


def _command(finding: Diagnostic) -> str:
    span = finding.span
    properties = {
        "file": span.path,
        "line": str(span.line),
        "endLine": str(span.end_line),
        "title": f"{finding.code} {finding.rule}",
    }
    # GitHub understands columns only within one line.
    if span.line == span.end_line:
        properties |= {"col": str(span.column), "endColumn": str(span.end_column)}
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_LEVELS[finding.severity]} {written}::{_data(finding.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
