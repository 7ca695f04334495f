"""A project on which commands are run with a cache of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


class CachedProject:
    """A folder of sources, and one for the cache."""

    def __init__(self, folder: Path) -> None:
        self.source = folder / "source"
        self.cache = folder / "cache"
        self.source.mkdir()
        self.write("pyproject.toml", "[project]\nname = 'p'\n")

    def write(self, name: str, text: str) -> None:
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """What a command did, once it has ended."""
        running = self.start(*words)
        out, err = running.communicate()
        return subprocess.CompletedProcess(running.args, running.returncode, out, err)

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "assetgen", *words],
            cwd=self.source,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "ASSETGEN_CACHE_DIR": str(self.cache)},
        )

    def entries(self) -> list[Path]:
        return sorted(self.cache.glob("*.json"))
