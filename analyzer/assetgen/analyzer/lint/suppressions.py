"""`# assetgen: allow[rule]`: findings that the author has looked at and accepts.

A comment at the end of a line allows the named rules in that line. On a line of its own it allows
them in the statement that follows: its decorators and its header, not a body. `allow-file[...]`,
anywhere in a file, allows them in the whole file. Rules are named by name or by code.
"""

from __future__ import annotations

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.spans import Span

MARKER = b"assetgen: allow"
"""A file without these bytes has no suppression and need not be read as text."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """One rule that a comment allows: as written, in which lines, and where the name stands.

    `first` and `last` are the lines that it covers, both included. `written` is empty for a
    comment that names no rule.
    """

    written: str
    first: int
    last: int
    span: Span


def suppressions_in(path: str, content: bytes) -> tuple[Suppression, ...]:
    """What the comments of a file allow; text in strings does not count.

    In a file that cannot be tokenized, the comments before the error count.
    """
    if MARKER not in content:
        return ()
    # It imports `tokenize`, which few runs need.
    from assetgen.analyzer.lint.suppressing_comments import suppressions_of

    return suppressions_of(path, content)
