"""What LibCST can read but the lowering cannot express."""

from __future__ import annotations


class UnreadableError(Exception):
    """A construct that has no ``ast`` form, at an offset of the text."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
