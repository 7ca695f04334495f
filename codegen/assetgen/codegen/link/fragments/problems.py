"""What can go wrong when code is linked, as diagnostics."""

from __future__ import annotations

from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Severity
from assetgen.analyzer.model.spans import Span

UNLINKABLE_NAME = "unlinkable-name"
UNLINKABLE_VALUE = "unlinkable-value"
UNLINKABLE_FUNCTION = "unlinkable-function"
UNLINKABLE_PIPELINE = "unlinkable-pipeline"
REWRITTEN_PATH = "rewritten-path"
CONDITIONAL_ASSET = "conditional-asset"


def problem(rule: str, message: str, span: Span, severity: Severity = Severity.ERROR) -> Diagnostic:
    """A diagnostic of the family "linking"."""
    return diagnostic(rule, message, span, severity=severity)
