"""Places in the terms of editors, which count from 0 and in units that they choose."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from lsprotocol import types
from pygls.workspace import PositionCodec

from assetgen.analyzer.lint.sources import decode, lines_of
from assetgen.analyzer.model.spans import Span
from assetgen.cli.editor.project import State


class Positions:
    """From spans of one state of a project to the ranges of an editor, and back."""

    def __init__(self, state: State, codec: PositionCodec) -> None:
        self._state = state
        self._codec = codec
        self._lines = lru_cache(maxsize=None)(self._lines_of)

    def range(self, span: Span) -> types.Range:
        """What a span covers; its start, if the file cannot be read."""
        lines = self._lines(span.path)
        start = types.Position(span.line - 1, span.column - 1)
        end = types.Position(span.end_line - 1, span.end_column - 1)
        if not lines:
            return types.Range(start, start)
        return self._codec.range_to_client_units(lines, types.Range(start, end))

    def place(self, path: str, position: types.Position) -> tuple[int, int]:
        """The line and the column of a character, as in spans."""
        found = self._codec.position_from_client_units(self._lines(path), position)
        return found.line + 1, found.character + 1

    def _lines_of(self, path: str) -> Sequence[str]:
        content = self._state.sources(path)
        decoded = decode(content) if content is not None else None
        # What follows the last line end is a line too.
        return [*lines_of(decoded[0]), ""] if decoded is not None else []
