"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.diagnostics import Diagnostic

Check = Callable[[Evidence], Iterator[Diagnostic]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check on the finished model, known by its name in the catalogue.

    `check` yields findings of this rule and no other, in any order. What cannot be known is not an
    error: if an Unknown could make a finding wrong, the check is silent or yields it with the
    severity INFO.
    """

    name: str
    check: Check
