"""Places in source files."""

from __future__ import annotations

from typing import Final, NamedTuple


class Span(NamedTuple):
    """A range of characters in a file.

    Lines and columns count from 1, columns in characters (not bytes), and the end is exclusive:
    the first character of a file is `Span(path, 1, 1, 1, 2)`.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"

    def to_document(self) -> dict[str, object]:
        """The span as plain data, as in all our documents."""
        return {
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "end_line": self.end_line,
            "end_column": self.end_column,
        }


def start_of(path: str) -> Span:
    """The place of what concerns a file as a whole: nothing, at its start."""
    return Span(path, 1, 1, 1, 1)


NOWHERE: Final = start_of("")
"""The place of what no file holds."""


class Origin(NamedTuple):
    """Where something was defined, and through which calls.

    `span` is the definition itself (a decorator's function, a constructor's call). `chain` holds
    the calls that led there, outermost first: empty for a definition at module level, the call of
    the factory for what a factory makes.
    """

    span: Span
    chain: tuple[Span, ...] = ()
