"""Findings as the diagnostics of an editor."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from lsprotocol import types

from assetgen.analyzer.model.diagnostics import Diagnostic, Severity
from assetgen.cli.editor.positions import Positions


def diagnostics_of(positions: Positions) -> dict[Path, tuple[types.Diagnostic, ...]]:
    """What is found in each file, if anything is."""
    found: dict[Path, list[types.Diagnostic]] = {}
    for finding in positions.state.linted.report.findings:
        file = positions.state.file(finding.span.path)
        found.setdefault(file, []).append(diagnostic_of(finding, positions))
    return {file: tuple(each) for file, each in found.items()}


def diagnostic_of(finding: Diagnostic, positions: Positions) -> types.Diagnostic:
    """One finding, with the places that help to understand it."""
    return types.Diagnostic(
        positions.range(finding.span),
        finding.message,
        _SEVERITIES[finding.severity],
        code=finding.rule,
        source="assetgen",
        related_information=[
            types.DiagnosticRelatedInformation(positions.location(each.span), each.message)
            for each in finding.related
        ],
    )


_SEVERITIES: Final[Mapping[Severity, types.DiagnosticSeverity]] = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
