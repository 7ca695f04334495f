"""Places in the terms of editors, which count from 0 and in units that they choose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from lsprotocol import types
from pygls.workspace import PositionCodec

from assetgen.analyzer.lint.sources import decode, lines_of
from assetgen.analyzer.model.spans import Span
from assetgen.cli.editor.project import State


class Positions:
    """One state of a project, with its spans as the ranges of an editor."""

    def __init__(self, state: State, codec: PositionCodec, uris: Callable[[Path], str]) -> None:
        """`uris` gives the name by which the editor knows a file."""
        self.state = state
        self._codec = codec
        self._uris = uris
        self._lines = lru_cache(maxsize=None)(self._lines_of)

    def location(self, span: Span) -> types.Location:
        """A file and a range in it."""
        return types.Location(self.uri(span), self.range(span))

    def uri(self, span: Span) -> str:
        """The file that a span is in."""
        return self._uris(self.state.file(span.path))

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
        content = self.state.sources(path)
        decoded = decode(content) if content is not None else None
        # What follows the last line end is a line too.
        return [*lines_of(decoded[0]), ""] if decoded is not None else []
