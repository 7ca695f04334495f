"""`--watch` as a user has it: a process that prints anew after each change, until interrupted."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

GOOD = "from dagster import asset\n\n\n@asset\ndef orders():\n    ...\n"
BAD = f"{GOOD}\n\n@asset\ndef totals(order):\n    ...\n"
MORE = "from dagster import asset\n\n\n@asset\ndef more(nothing):\n    ...\n"


def _heed_interrupts() -> None:
    """Shells let what they run in the background, and all its children, ignore them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Watching:
    """A running command, and its lines as they come."""

    def __init__(self, arguments: list[str], folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "assetgen.cli", *arguments],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            preexec_fn=_heed_interrupts,
        )
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)

    def until_it_watches(self) -> str:
        """All that it prints before it waits."""
        printed = ""
        while "watching" not in printed:
            printed += self.lines.get(timeout=60)
        return printed

    def until(self, wanted: Callable[[str], bool]) -> None:
        """Wait for something that is as wanted: a busy system may tell of one change twice."""
        while not wanted(self.until_it_watches()):
            pass


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Watching]:
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "shop.py").write_text(GOOD)
    running = Watching(["lint", "--format", "concise", "--watch"], tmp_path)
    yield running
    running.process.kill()
    running.process.wait()


def test_each_change_is_told(started: Watching, tmp_path: Path) -> None:
    assert "totals" not in started.until_it_watches()
    (tmp_path / "shop.py").write_text(BAD)
    started.until(lambda printed: "order" in printed)
    (tmp_path / "more.py").write_text(MORE)
    started.until(lambda printed: "more.py" in printed and "shop.py" in printed)
    (tmp_path / "more.py").unlink()
    started.until(lambda printed: "more.py" not in printed)
    (tmp_path / "shop.py").write_text("from dagster import asset\ndef broken(:\n")
    started.until(lambda printed: "syntax-error" in printed)
    started.process.send_signal(signal.SIGINT)
    assert started.process.wait(timeout=60) == 0


def test_the_graph_is_shown_anew(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "shop.py").write_text(GOOD)
    running = Watching(["analyze", "--watch", "."], tmp_path)
    try:
        assert "totals" not in running.until_it_watches()
        (tmp_path / "shop.py").write_text(BAD)
        running.until(lambda printed: "totals" in printed)
    finally:
        running.process.kill()
        running.process.wait()
