"""What the evaluation of one module adds to that of its code location."""

from __future__ import annotations

from dataclasses import dataclass, field

from assetgen.analyzer.evaluate.values import Declared
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.environment import EnvironmentRead
from assetgen.analyzer.model.spans import Span


@dataclass(slots=True, eq=False)
class Contribution:
    """What was made, told and read while a module ran, calls into other modules included.

    `declared` holds the definitions in the order in which they were made, `diagnostics` what the
    user is told, `environment_reads` the variables that were asked for, by name and place.
    `steps` were spent. The others say what it all rests on: `uses` the dotted names that were
    looked for as modules, `data` the files and folders that were asked for by path, and
    `is_global` that it asked what had been evaluated before it.
    """

    declared: list[Declared] = field(default_factory=list)
    diagnostics: dict[tuple[str, Span, str], Diagnostic] = field(default_factory=dict)
    environment_reads: dict[tuple[str, Span], EnvironmentRead] = field(default_factory=dict)
    steps: int = 0
    uses: set[str] = field(default_factory=set)
    data: set[str] = field(default_factory=set)
    is_global: bool = False
