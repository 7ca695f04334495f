"""What a change of a file leaves as it was."""

from __future__ import annotations

import os
import re
from pathlib import Path

from assetgen.analyzer.edits.facts import (
    may_change_locations,
    may_change_relevance,
    may_lose_names,
)
from assetgen.analyzer.edits.moves import Moves, Parse, moves_between, parsed
from assetgen.analyzer.edits.readings import Readings
from assetgen.analyzer.project.files.shown import shown


def moves_of(
    path: Path, before: bytes, after: bytes, readings: Readings, parse: Parse = parsed
) -> Moves | None:
    """Where things in a file have moved, if nothing else has changed for an analysis; else None."""
    file = os.fspath(path)
    if path.suffix != ".py" or file in readings.whole:
        return None
    if may_change_locations(path, before, after) or may_change_relevance(path, before, after):
        return None
    entered = readings.entered.get(file)
    if entered is None:
        return None if may_lose_names(path, before, after) else Moves()
    if len(_AT_MODULE_LEVEL.findall(before)) != len(_AT_MODULE_LEVEL.findall(after)):
        return None  # so it is most likely another module, and need not be parsed to find out
    return moves_between(shown(path), before, after, entered, parse)


_AT_MODULE_LEVEL = re.compile(rb"^(?:@|def |class |async |import |from )", re.MULTILINE)
