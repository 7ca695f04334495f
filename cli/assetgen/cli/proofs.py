"""Which texts the parser accepted in earlier runs: checking them again takes a fifth of an
analysis.

They are kept as digests, one after another, separately for each Python: what one accepts another
may not.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from assetgen.analyzer.project.digests import blake2b
from assetgen.analyzer.syntax.proven import DIGEST_BYTES, Proven

MOST: Final = 50_000
"""How many are kept besides those of the last run."""
SUFFIX: Final = ".proofs"


def path_in(folder: Path) -> Path:
    """The file for this Python."""
    python = blake2b(sys.version.encode(), digest_size=DIGEST_BYTES).hexdigest()
    return folder / f"{python}{SUFFIX}"


def read(folder: Path) -> Proven:
    """What is known; nothing if it cannot be read."""
    try:
        content = path_in(folder).read_bytes()
    except OSError:
        return Proven()
    starts = range(0, len(content) - DIGEST_BYTES + 1, DIGEST_BYTES)
    return Proven(content[start : start + DIGEST_BYTES] for start in starts)


def packed(proven: Proven) -> bytes | None:
    """What to write after a run; None if nothing is new."""
    if proven.seen <= proven.known:
        return None
    kept = sorted(proven.known - proven.seen)[:MOST]
    return b"".join((*sorted(proven.seen), *kept))
