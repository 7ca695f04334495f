"""What the runtime costs per trivial asset, as ratios against a plain loop of pickle files.

    python benchmarks/runtime_overhead.py [--assets N] [--rounds N]

The floor writes every value to a file with `pickle` and reads it back, in a loop, with no
atomicity, no events and no order to find. Rounds alternate floor and runtime; what counts is the
median of the ratios of CPU time within a round. "events" is files and an event log, "threads" with
four jobs. Goals: at most 2.0 with files and events, 4.0 with threads, 10 us an asset in memory,
and a cost per asset at 1,000 assets of at most 1.1 times that at 100. The disk counts: where it is
slow, `TMPDIR=/dev/shm` leaves the runtime alone.
"""

import argparse
import gc
import pickle
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from measuring import Ratio, ratio, table

from assetgen.runtime.declarations import AssetOutput, FromAsset, Pipeline, Step
from assetgen.runtime.event_log import EventFile, EventLog
from assetgen.runtime.run_result import RunResult, execute
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


def logged(made: Pipeline, folder: Path) -> RunResult:
    """A run that writes what happens."""
    log = EventFile(f"{folder}.jsonl")
    try:
        return execute(made, FileStorage(folder), observer=EventLog(log.write))
    finally:
        log.close()


def cpu_of(work: Callable[[], object]) -> tuple[float, object]:
    """Seconds of CPU time, with the collector as it is in any program, and what came of it."""
    gc.collect()
    started = time.process_time()
    result = work()
    return time.process_time() - started, result


def measure(shape: str, count: int, rounds: int) -> tuple[Ratio, ...]:
    """Ratios of files, events, threads and memory against the floor; raises SystemExit if the last
    value that a run made is not that of the floor."""
    made = pipeline(shape, count)
    taken: list[dict[str, float]] = []
    for turn in range(rounds):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "floor").mkdir()
            contenders: dict[str, Callable[[], object]] = {
                "floor": lambda folder=folder: floor(shape, count, folder / "floor"),
                "files": lambda folder=folder: execute(made, FileStorage(folder / "files")),
                "events": lambda folder=folder: logged(made, folder / "events"),
                "threads": lambda folder=folder: execute(
                    made, FileStorage(folder / "threads"), jobs=_JOBS
                ),
                "memory": lambda: execute(made, MemoryStorage()),
            }
            names = list(contenders)
            order = names[turn % len(names) :] + names[: turn % len(names)]
            cost, results = {}, {}
            for each in order:
                cost[each], results[each] = cpu_of(contenders[each])
            last = f"asset_{count - 1}"
            expected = pickle.loads((folder / "floor" / last).read_bytes())
            for each in ("files", "events", "threads", "memory"):
                result = results[each]
                if not isinstance(result, RunResult) or result.asset_value(last) != expected:
                    raise SystemExit(f"{shape}, {each}: not the value that a plain loop gives")
        taken.append(cost)
    title = f"{shape} of {count:,}"
    return (
        *(
            ratio(f"{title}: {name} / floor", [one[name] / one["floor"] for one in taken], goal)
            for name, goal in _GOALS
        ),
        ratio(f"{title}: us an asset, files", [one["files"] / count * 1e6 for one in taken]),
        ratio(
            f"{title}: us an asset, memory", [one["memory"] / count * 1e6 for one in taken], "10"
        ),
    )


_JOBS = 4
_GOALS = (("files", ""), ("events", "2.0"), ("threads", "4.0"), ("memory", ""))


def overhead(assets: int, rounds: int) -> tuple[Ratio, ...]:
    """The ratios of all shapes, of so many assets and of a tenth of them."""
    return tuple(
        item
        for shape in ("chain", "wide", "diamond")
        for count in (max(assets // 10, 2), assets)
        for item in measure(shape, count, rounds)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assets", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    print(table("running pipelines", overhead(options.assets, options.rounds)))


if __name__ == "__main__":
    main()
