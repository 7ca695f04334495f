"""What the runtime costs per trivial asset, as ratios against a plain loop of pickle files.

    python benchmarks/runtime_overhead.py [--assets N] [--rounds N]

The floor writes every value to a file with `pickle` and reads it back, in a loop, with no
atomicity, no events and no order to find. Rounds alternate floor and runtime; what counts is the
median of the ratios of CPU time within a round. Goals: at most 2.0 with files, and a cost per
asset at 1,000 assets of at most 1.1 times that at 100.
"""

import argparse
import gc
import pickle
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from assetgen.runtime.declarations import AssetOutput, FromAsset, Pipeline, Step
from assetgen.runtime.run_result import execute
from assetgen.runtime.storage import FileStorage, MemoryStorage


def source() -> int:
    return 1


def one(a: int) -> int:
    return a + 1


def two(a: int, b: int) -> int:
    return a + b


def parents(shape: str, number: int) -> list[int]:
    """The assets that an asset reads, by number."""
    if number == 0 or shape == "wide":
        return []
    if shape == "chain":
        return [number - 1]
    return [number - 1, number // 2] if number > 1 else [0]


def pipeline(shape: str, count: int) -> Pipeline:
    """A pipeline of trivial assets."""
    steps = []
    for number in range(count):
        above = parents(shape, number)
        inputs = tuple(
            FromAsset(name, f"asset_{parent}") for name, parent in zip("ab", above, strict=False)
        )
        name = f"asset_{number}"
        outputs = (AssetOutput(name, group="bench"),)
        steps.append(Step(name, (source, one, two)[len(above)], inputs=inputs, outputs=outputs))
    return Pipeline("bench", tuple(steps))


def floor(shape: str, count: int, folder: Path) -> None:
    """The same work in a plain loop."""
    for number in range(count):
        values = []
        for parent in parents(shape, number):
            with open(f"{folder}/asset_{parent}", "rb") as file:  # noqa: PTH123
                values.append(pickle.load(file))
        value = (source, one, two)[len(values)](*values)
        with open(f"{folder}/asset_{number}", "wb") as file:  # noqa: PTH123
            pickle.dump(value, file)


def cpu_of(work: Callable[[], object]) -> float:
    """Seconds of CPU time, with the collector as it is in any program."""
    gc.collect()
    started = time.process_time()
    work()
    return time.process_time() - started


def measure(shape: str, count: int, rounds: int) -> tuple[float, float, float, float]:
    """Median ratios (files, memory) against the floor, and us per asset (floor, files)."""
    made = pipeline(shape, count)
    ratios, memory_ratios, floors, costs = [], [], [], []
    for turn in range(rounds):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "floor").mkdir()
            contenders = {
                "floor": lambda folder=folder: floor(shape, count, folder / "floor"),
                "files": lambda folder=folder: execute(made, FileStorage(folder / "files")),
                "memory": lambda: execute(made, MemoryStorage()),
            }
            names = list(contenders)
            order = names[turn % 3 :] + names[: turn % 3]
            cost = {each: cpu_of(contenders[each]) for each in order}
        ratios.append(cost["files"] / cost["floor"])
        memory_ratios.append(cost["memory"] / cost["floor"])
        floors.append(cost["floor"] / count * 1e6)
        costs.append(cost["files"] / count * 1e6)
    return (
        statistics.median(ratios),
        statistics.median(memory_ratios),
        statistics.median(floors),
        statistics.median(costs),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assets", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    print(f"{'shape':<8} {'assets':>6} {'files':>6} {'memory':>6}  {'floor us':>8} {'files us':>8}")
    for shape in ("chain", "wide", "diamond"):
        for count in (options.assets // 10, options.assets):
            files, memory, floor_us, files_us = measure(shape, count, options.rounds)
            print(
                f"{shape:<8} {count:>6} {files:>6.2f} {memory:>6.2f}  "
                f"{floor_us:>8.1f} {files_us:>8.1f}"
            )


if __name__ == "__main__":
    main()
