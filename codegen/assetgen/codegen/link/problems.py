"""What can go wrong when code is linked, as diagnostics."""

from __future__ import annotations

from assetgen.analyzer.model.diagnostics import Diagnostic, Severity
from assetgen.analyzer.model.spans import Span

UNLINKABLE_NAME = "unlinkable-name"
UNLINKABLE_VALUE = "unlinkable-value"
UNLINKABLE_FUNCTION = "unlinkable-function"
UNLINKABLE_PIPELINE = "unlinkable-pipeline"
REWRITTEN_PATH = "rewritten-path"
CONDITIONAL_ASSET = "conditional-asset"

_CODES = {
    UNLINKABLE_NAME: "P101",
    UNLINKABLE_VALUE: "P102",
    UNLINKABLE_FUNCTION: "P103",
    UNLINKABLE_PIPELINE: "P104",
    REWRITTEN_PATH: "P201",
    CONDITIONAL_ASSET: "P202",
}


def problem(rule: str, message: str, span: Span, severity: Severity = Severity.ERROR) -> Diagnostic:
    """A diagnostic of the family "pipeline"."""
    return Diagnostic(rule, _CODES[rule], "pipeline", severity, message, span)
