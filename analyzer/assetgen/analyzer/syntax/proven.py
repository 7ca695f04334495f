"""What the parser of the running Python has accepted before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from assetgen.analyzer.project.digests import blake2b

DIGEST_BYTES: Final = 16


class Proven:
    """Texts that are known to parse, by their digests.

    `known` are those from earlier runs of the same Python, `seen` those that were asked for.
    """

    def __init__(self, known: Iterable[bytes] = ()) -> None:
        self.known = frozenset(known)
        self.seen: set[bytes] = set()

    def holds(self, digest: bytes) -> bool:
        """Whether a text is known to parse."""
        if digest not in self.known:
            return digest in self.seen
        self.seen.add(digest)
        return True


class Taken(Proven):
    """What is known about parts of a file that Python has parsed before, in this process or
    another."""

    def holds(self, digest: bytes) -> bool:
        return True


def digest_of(text: str) -> bytes:
    """What a text is remembered by."""
    return blake2b(text.encode(), digest_size=DIGEST_BYTES).digest()
