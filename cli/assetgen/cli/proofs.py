"""Which texts the parser took in earlier runs: looking at them again takes a fifth of an analysis.

They are kept as digests, one after another, for each Python apart: a text that one takes may be
none to another.
"""

from __future__ import annotations

import sys
from hashlib import blake2b
from pathlib import Path
from typing import Final

from assetgen.analyzer.syntax.proven import DIGEST_BYTES, Proven

MOST: Final = 50_000
"""How many are kept beside those of the last run."""
SUFFIX: Final = ".proofs"


def path_in(folder: Path) -> Path:
    """Where those of this Python lie."""
    python = blake2b(sys.version.encode(), digest_size=DIGEST_BYTES).hexdigest()
    return folder / f"{python}{SUFFIX}"


def read(folder: Path) -> Proven:
    """What is known; nothing where nothing can be read."""
    try:
        content = path_in(folder).read_bytes()
    except OSError:
        return Proven()
    starts = range(0, len(content) - DIGEST_BYTES + 1, DIGEST_BYTES)
    return Proven(content[start : start + DIGEST_BYTES] for start in starts)


def packed(proven: Proven) -> bytes | None:
    """What is to be written after a run; None if nothing has come."""
    if proven.seen <= proven.known:
        return None
    kept = sorted(proven.known - proven.seen)[:MOST]
    return b"".join((*sorted(proven.seen), *kept))
