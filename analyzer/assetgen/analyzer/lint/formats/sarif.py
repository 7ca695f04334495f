"""Findings as SARIF 2.1.0, which code scanning services read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import quote

from assetgen.analyzer.lint.report import LintReport
from assetgen.analyzer.lint.sources import Sources
from assetgen.analyzer.model.catalogue import CATALOGUE
from assetgen.analyzer.model.diagnostics import Diagnostic, Severity
from assetgen.analyzer.model.spans import Span


def sarif(report: LintReport, _sources: Sources) -> str:
    """A log of one run, with the rules that found something."""
    rules = sorted({finding.rule for finding in report.findings})
    run = {
        "tool": {"driver": {"name": "assetgen", "rules": [_rule(rule) for rule in rules]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, rules.index(finding.rule)) for finding in report.findings],
    }
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


_LEVELS: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
}


def _rule(name: str) -> dict[str, object]:
    info = CATALOGUE[name]
    return {
        "id": info.code,
        "name": name,
        "shortDescription": {"text": f"{info.summary}."},
        "defaultConfiguration": {"level": _LEVELS[info.severity]},
        "properties": {"family": info.family},
    }


def _result(finding: Diagnostic, index: int) -> dict[str, object]:
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": _location(finding.span)}],
        "relatedLocations": [
            {
                "id": number,
                "physicalLocation": _location(related.span),
                "message": {"text": related.message},
            }
            for number, related in enumerate(finding.related)
        ],
    }


def _location(span: Span) -> dict[str, object]:
    return {
        "artifactLocation": {"uri": quote(span.path.replace("\\", "/"))},
        "region": {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        },
    }
