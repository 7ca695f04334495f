"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


def replace_file(path: Path, pieces: Iterable[bytes | memoryview], mode: int) -> None:
    """Give a file the content and the permissions `mode`; if that fails, it stays as it was.

    Raises `OSError`, and whatever making the pieces raises.
    """
    # `tempfile` would do the same, but importing it takes longer than most of what is written.
    beside = path.parent / f".assetgen-{os.urandom(8).hex()}"
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(pieces)
        beside.chmod(mode)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


_BINARY = getattr(os, "O_BINARY", 0)
"""Only where texts are otherwise converted."""
