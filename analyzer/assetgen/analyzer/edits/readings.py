"""How far the texts of files have counted in an analysis."""

from __future__ import annotations

from collections.abc import Mapping

from assetgen.analyzer.model.dataclass import dataclass, field


@dataclass(frozen=True, slots=True)
class Readings:
    """What of the texts of modules counts, by file.

    `entered` holds, of each that was evaluated, the lines at which the functions begin that were
    called: the bodies of others do not count. Of the files in `whole`, all does. A module that is
    in neither was not evaluated.
    """

    entered: Mapping[str, frozenset[int]] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()
