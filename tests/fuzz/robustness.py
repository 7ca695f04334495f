"""Evaluates every module of a tree by force, relevant to Dagster or not, and says what went wrong.

    python tests/fuzz/robustness.py FOLDER... [--match 'GLOB'] [--seconds 5] [--megabytes 1500]

Each module is evaluated in a forked child of its own, with limits on its time and memory, so that
a crash or a hang of one is a line of the report: an exception that leaves the evaluator, with its
place; a module that takes longer than it may, with where it was; and what assetgen says certainly
raises, which is wrong of code that runs.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import resource
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from assetgen.analyzer.evaluate import importing
from assetgen.analyzer.evaluate.budget import Budget
from assetgen.analyzer.evaluate.machine import Machine
from assetgen.analyzer.evaluate.values import Module
from assetgen.analyzer.intrinsics.registry import INTRINSICS
from assetgen.analyzer.project.files.project_files import ProjectFiles
from assetgen.analyzer.project.modules.modules import Project

STACK_BYTES = 512 * 1024 * 1024
RECURSION = 50_000


@dataclass(frozen=True)
class Outcome:
    """What came of one module: `crash` is an exception of ours or the place of a hang."""

    module: str
    seconds: float
    steps: int
    crash: str = ""
    raising: tuple[str, ...] = ()


def evaluate_by_force(root: Path, name: str, budget: Budget | None = None) -> Machine:
    """The machine that has evaluated the module, and whatever that imports, to the end."""
    machine = Machine(Project((root,)), ProjectFiles((root,)), INTRINSICS, {}, budget or Budget())
    file = machine.project.find_module(name)
    assert file is not None
    module = importing.adopt(machine, file)
    assert isinstance(module, Module)
    importing.ensure(machine, module)
    return machine


def with_room(work: object) -> None:
    """Call `work` in a thread whose stack is deep enough for deeply nested code."""
    threading.stack_size(STACK_BYTES)
    sys.setrecursionlimit(RECURSION)
    thread = threading.Thread(target=work)  # type: ignore[arg-type]
    thread.start()
    thread.join()


def outcome_of(root: Path, name: str, seconds: int, megabytes: int) -> Outcome:
    """The outcome of one module, evaluated in a child."""
    with tempfile.TemporaryDirectory() as folder:
        report, stacks = Path(folder, "report"), Path(folder, "stacks")
        child = os.fork()
        if child == 0:
            run_child(root, name, seconds, megabytes, report, stacks)
        _, status, usage = os.wait4(child, 0)
        taken = round(usage.ru_utime + usage.ru_stime, 2)
        if report.exists():
            return Outcome(**{**json.loads(report.read_text()), "seconds": taken})
        place = innermost(stacks.read_text() if stacks.exists() else "")
        return Outcome(name, taken, 0, f"ended with {status} after {taken} s: {place}")


def run_child(
    root: Path, name: str, seconds: int, megabytes: int, report: Path, stacks: Path
) -> None:
    size = megabytes * 1024 * 1024 + STACK_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    file = stacks.open("w")
    faulthandler.register(signal.SIGXCPU, file=file, chain=True)

    def work() -> None:
        report.write_text(json.dumps(asdict(examined(root, name))))

    with_room(work)
    os._exit(0)


def examined(root: Path, name: str) -> Outcome:
    try:
        machine = evaluate_by_force(root, name)
    except BaseException as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno}"
        return Outcome(name, 0, 0, f"{type(error).__name__}: {str(error)[:90]} at {place}")
    raising = tuple(
        f"{each.message} ({Path(each.span.path).name}:{each.span.line})"
        for each in machine.diagnostics.values()
        if each.rule == "python-error"
    )
    return Outcome(name, 0, machine.steps, raising=raising)


def innermost(stacks: str) -> str:
    """The lines of the thread that evaluates, innermost first, as far as they tell much."""
    lines = [line.strip() for line in stacks.splitlines() if line.strip().startswith("File")]
    shown = [line.replace("File ", "").rpartition("/")[2].replace('"', "") for line in lines]
    return " < ".join(shown[:14])


def modules_below(folder: Path, pattern: str) -> Iterable[tuple[Path, str]]:
    """Source root and dotted name of every module: a root is the folder above its packages."""
    for file in sorted(folder.glob(pattern)):
        root = file.parent
        while (root / "__init__.py").exists():
            root = root.parent
        name = Project((root,)).module_name(file)
        if name is not None:
            yield root, name


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--match", default="**/*.py")
    parser.add_argument("--seconds", type=int, default=5, help="of processor time")
    parser.add_argument("--megabytes", type=int, default=1500)
    parser.add_argument("--limit", type=float, default=3600, help="seconds for the whole")
    parser.add_argument("--each", type=int, default=1, help="of every N modules, one")
    options = parser.parse_args()
    outcomes: list[Outcome] = []
    started = time.monotonic()
    for folder in options.folders:
        found = list(modules_below(folder.resolve(), options.match))
        for root, name in found[:: options.each]:
            if time.monotonic() - started > options.limit:
                print("out of time at", name)
                break
            outcomes.append(outcome_of(root, name, options.seconds, options.megabytes))
    print_report(outcomes)


def print_report(outcomes: list[Outcome]) -> None:
    crashes: dict[str, list[str]] = {}
    for each in outcomes:
        if each.crash:
            crashes.setdefault(each.crash, []).append(each.module)
    raising = Counter(message for each in outcomes for message in each.raising)
    print(f"{len(outcomes)} modules, {sum(each.seconds for each in outcomes):.0f} s")
    for crash, names in sorted(crashes.items(), key=lambda item: -len(item[1])):
        print(f"CRASH {len(names)} {' '.join(names[:4])}: {crash}")
    for message, number in raising.most_common():
        print(f"RAISES {number} {message}")
    for each in sorted(outcomes, key=lambda each: -each.seconds)[:12]:
        print(f"SLOW {each.seconds} s, {each.steps} steps: {each.module}")


if __name__ == "__main__":
    main()
