"""Why a file could not be parsed."""

from __future__ import annotations

from assetgen.analyzer.model.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """A file that is not a Python module: where it stops being one (1-based characters), and
    why."""

    path: str
    message: str
    line: int
    column: int
