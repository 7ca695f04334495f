"""The collection of garbage in a process that keeps a project analysed."""

from __future__ import annotations

import gc
from typing import Final

_ROUNDS: Final = 200


class Garbage:
    """What the collector looks at from one analysis to the next.

    Nearly all objects of an analysis stay, and to traverse them again and again would take longer
    than to analyse an edit; so the collector passes them by, but for once in many rounds.
    """

    def __init__(self) -> None:
        self._rounds = 0

    def settle(self) -> None:
        """A round has ended, and nobody waits for anything."""
        gc.enable()
        if self._rounds % _ROUNDS == 0:
            gc.unfreeze()
            gc.collect()
            gc.freeze()
        self._rounds += 1
