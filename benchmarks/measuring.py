"""Whole processes in turn, A B C A B C with rotating order: what each takes, and ratios of them."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Command:
    """A whole process to be timed, under the name that the tables give it."""

    name: str
    words: tuple[str, ...]
    folder: Path
    prepare: Callable[[], None] | None = None


@dataclass(frozen=True)
class Usage:
    """CPU seconds of user and system together, and the peak of memory in MB."""

    cpu: float
    peak: float


Round = dict[str, Usage]


def measure(commands: Sequence[Command], rounds: int) -> list[Round]:
    """What each command takes, by round; each has been run once before, unmeasured."""
    for command in commands:
        usage_of(command)
    measured = []
    for number in range(rounds):
        turn = number % len(commands)
        order = (*commands[turn:], *commands[:turn])
        measured.append({command.name: usage_of(command) for command in order})
    return measured


def usage_of(command: Command) -> Usage:
    """Runs a command to its end; raises SystemExit if it fails."""
    if command.prepare is not None:
        command.prepare()
    null = subprocess.DEVNULL
    process = subprocess.Popen(
        command.words, cwd=command.folder, env=environment(), stdout=null, stderr=null
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command.name}: exit code {process.returncode}: {command.words}")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Usage(used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def instructions_of(command: Command) -> int | None:
    """How many instructions a command takes, which does not depend on how busy the machine is;
    None without valgrind."""
    valgrind = shutil.which("valgrind")
    if valgrind is None:
        return None
    tool = (valgrind, "--tool=callgrind", f"--callgrind-out-file={os.devnull}")
    done = subprocess.run(
        (*tool, *command.words), cwd=command.folder, env=environment(), capture_output=True
    )
    found = re.search(rb"Collected : (\d+)", done.stderr)
    return int(found.group(1)) if found else None


_COUNT = """
import json, sys
print(sum(not asset["stub"] for asset in json.load(sys.stdin)["assets"]))
"""


def assets_found(words: Sequence[str], folder: Path) -> int:
    """How many assets an analysis finds, stubs apart.

    They are counted by another process, see `apart`.
    """
    analysis = subprocess.Popen(words, cwd=folder, env=environment(), stdout=subprocess.PIPE)
    counted = subprocess.run(
        (sys.executable, "-c", _COUNT), stdin=analysis.stdout, capture_output=True, check=True
    )
    if analysis.stdout is not None:
        analysis.stdout.close()
    if analysis.wait():
        raise SystemExit(f"exit code {analysis.returncode}: {words}")
    return int(counted.stdout)


def apart(module: str, function: str, *args: Any) -> Any:
    """What a function of another file here gives, called in a process of its own: what this one
    holds while it starts a command counts as that command's peak of memory."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_called, module, function, args).result()


def _called(module: str, function: str, args: tuple[Any, ...]) -> Any:
    return getattr(importlib.import_module(module), function)(*args)


def environment() -> dict[str, str]:
    """That of this process, with hashes that repeat, and with the caches of compiled modules:
    without them importing would be measured."""
    given = {**os.environ, "PYTHONHASHSEED": "0"}
    given.pop("PYTHONDONTWRITEBYTECODE", None)
    return given


@dataclass(frozen=True)
class Ratio:
    """A measure: the median of its values by round, the least and the most, and the goal."""

    name: str
    median: float
    least: float
    most: float
    goal: str = ""

    @property
    def row(self) -> str:
        spread = f"{self.median:.2f} ({self.least:.2f} to {self.most:.2f})"
        return f"| {self.name} | {spread} | {self.goal} |"


def ratio(name: str, values: Sequence[float], goal: str = "") -> Ratio:
    return Ratio(name, statistics.median(values), min(values), max(values), goal)


def table(title: str, ratios: Sequence[Ratio]) -> str:
    rows = "\n".join(item.row for item in ratios)
    return (
        f"### {title}\n\n| measure | median (least to most) | goal |\n| --- | --- | --- |\n{rows}\n"
    )
