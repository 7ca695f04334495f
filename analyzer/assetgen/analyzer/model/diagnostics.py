"""What assetgen tells users about their code."""

from __future__ import annotations

from enum import Enum

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.spans import Span


class Severity(Enum):
    """How much a diagnostic matters: only errors and warnings make `lint` fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that helps to understand a diagnostic, and how it is related."""

    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the text at `span` by `text`."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that makes a diagnostic go away.

    A fix is `safe` if the asset graph stays as the author can only have meant it; others are
    applied on request only.
    """

    title: str
    edits: tuple[Edit, ...]
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    `rule` is the kebab-case name that `allow[...]`, `select` and `ignore` know, `code` its stable
    short form ("K101"), and `family` the word its letter stands for ("keys", "graph",
    "unresolved", "syntax" ...).
    """

    rule: str
    code: str
    family: str
    severity: Severity
    message: str
    span: Span
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
