"""What the copies of a definition share."""

from __future__ import annotations


class Identity:
    """Stands for one definition, however copies of it change its attributes."""

    __slots__ = ()
