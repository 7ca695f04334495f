"""What a lint run found."""

from __future__ import annotations

from collections.abc import Iterable

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.diagnostics import Diagnostic, Severity


@dataclass(frozen=True, slots=True)
class LintReport:
    """The findings of a run, sorted by place, and how many were allowed by comments."""

    findings: tuple[Diagnostic, ...]
    allowed: int = 0

    def count(self, severity: Severity) -> int:
        """How many findings have a severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def failed(self) -> bool:
        """Whether anything is an error or a warning; notes do not make a run fail."""
        return any(finding.severity is not Severity.INFO for finding in self.findings)


def in_order(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each finding once, sorted by place."""
    once = {(finding.rule, finding.span, finding.message): finding for finding in findings}
    return tuple(
        sorted(once.values(), key=lambda each: (each.span, each.code, each.message)),
    )
