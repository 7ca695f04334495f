"""How much of the texts of files an analysis depends on."""

from __future__ import annotations

from collections.abc import Mapping

from assetgen.analyzer.model.dataclass import dataclass, field


@dataclass(frozen=True, slots=True)
class Readings:
    """The parts of the texts of modules that count, by file.

    For each module that was evaluated, `entered` holds the lines at which those of its functions
    begin that were called: the bodies of the others do not count. Files in `whole` count as a
    whole. A module in neither was not evaluated.
    """

    entered: Mapping[str, frozenset[int]] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()
