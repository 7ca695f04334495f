"""What in a file's text determines which modules are evaluated, and when."""

from __future__ import annotations

from pathlib import Path

from assetgen.analyzer.evaluate.import_effects import import_effects
from assetgen.analyzer.evaluate.relevance import matters
from assetgen.analyzer.project.locations.entry_points import makes_definitions, mentions_definitions
from assetgen.analyzer.syntax.prefilter import imported_names, names_at_margin


def may_change_locations(path: Path, before: bytes, after: bytes) -> bool:
    """Whether a change of a file can change which code locations are found."""
    return path.suffix != ".py" or any(
        tell(before) != tell(after)
        for tell in (mentions_definitions, makes_definitions, imported_names)
    )


def may_change_relevance(path: Path, before: bytes, after: bytes) -> bool:
    """Whether a change of a file can change which modules are evaluated when they are imported.

    The imports of a module that is relevant by itself do not count.
    """
    if path.suffix != ".py" or (matters(before) and matters(after)):
        return False
    return any(tell(before) != tell(after) for tell in (matters, imported_names, import_effects))


def may_lose_names(path: Path, before: bytes, after: bytes) -> bool:
    """Whether a change of a file that is not evaluated yet can take names away that others import,
    and for which it is evaluated then."""
    return path.suffix == ".py" and not names_at_margin(before) <= names_at_margin(after)
