"""What the copies of a definition have in common."""

from __future__ import annotations


class Identity:
    """Stands for one definition, however its attributes are changed in copies of it."""

    __slots__ = ()
