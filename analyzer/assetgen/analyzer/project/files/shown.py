"""Paths as they are shown to people."""

from __future__ import annotations

import os
from pathlib import Path


def shown(path: Path, base: Path | None = None) -> str:
    """The path relative to `base` (by default the working directory), with forward slashes.

    A path outside of `base` keeps its `..` if there are few of them, and stays absolute otherwise.
    """
    try:
        relative = os.path.relpath(path, base if base is not None else Path.cwd())
    except ValueError:  # another drive
        return path.as_posix()
    return path.as_posix() if relative.count("..") > 3 else Path(relative).as_posix()
