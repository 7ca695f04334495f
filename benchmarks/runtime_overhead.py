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

from assetgen.runtime.model.declarations import AssetOutput, FromAsset, Pipeline, Step
from assetgen.runtime.runs.event_log import EventFile, EventLog
from assetgen.runtime.runs.run_result import RunResult, execute
from assetgen.runtime.storage.storage import FileStorage, MemoryStorage


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
    file = EventFile(f"{folder}.jsonl")
    log = EventLog(file.write)
    try:
        return execute(made, FileStorage(folder), observer=log)
    finally:
        log.flush()
        file.close()


def cpu_of(work: Callable[[], object]) -> tuple[float, object]:
    """Seconds of CPU time, with the collector as it is in any program, and what came of it."""
    gc.collect()
    started = time.process_time()
    result = work()
    return time.process_time() - started, result


def measure(shape: str, assets: int, rounds: int) -> tuple[Ratio, ...]:
    """Ratios of files, events, threads and memory against the floor, for so many assets and for a
    tenth of them, and of the two to each other.

    A round runs the small pipeline ten times: both take as long, and meet the same disturbances.
    """
    few = max(assets // 10, 2)
    made = {count: pipeline(shape, count) for count in (few, assets)}
    taken = [
        {
            count: costs(each, shape, count, turn, assets // count)
            for count, each in [*made.items()][:: -1 if turn % 2 else 1]
        }
        for turn in range(rounds)
    ]
    ratios: list[Ratio] = []
    for count in made:
        title = f"{shape} of {count:,}"
        each = [one[count] for one in taken]
        ratios += [
            ratio(f"{title}: {name} / floor", [cost[name] / cost["floor"] for cost in each], goal)
            for name, goal in _GOALS
        ]
        ratios.append(ratio(f"{title}: us an asset, files", [cost["files"] for cost in each]))
        title = f"{title}: us an asset, memory"
        ratios.append(ratio(title, [cost["memory"] for cost in each], "10"))
    for name in ("files", "memory"):
        title = f"{shape}, {name}: an asset of {assets:,} / an asset of {few:,}"
        ratios.append(ratio(title, [one[assets][name] / one[few][name] for one in taken], "1.1"))
    return tuple(ratios)


def costs(made: Pipeline, shape: str, count: int, turn: int, times: int) -> dict[str, float]:
    """Microseconds an asset, of the floor and of each way to run; raises SystemExit if the last
    value that a run made is not that of the floor."""
    total: dict[str, float] = {}
    for _ in range(times):
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
            results = {}
            for each in names[turn % len(names) :] + names[: turn % len(names)]:
                cost, results[each] = cpu_of(contenders[each])
                total[each] = total.get(each, 0) + cost / count / times * 1e6
            last = f"asset_{count - 1}"
            expected = pickle.loads((folder / "floor" / last).read_bytes())
            for each in ("files", "events", "threads", "memory"):
                result = results[each]
                if not isinstance(result, RunResult) or result.asset_value(last) != expected:
                    raise SystemExit(f"{shape}, {each}: not the value that a plain loop gives")
    return total


_JOBS = 4
_GOALS = (("files", ""), ("events", "2.0"), ("threads", "4.0"), ("memory", ""))


def overhead(assets: int, rounds: int) -> tuple[Ratio, ...]:
    """The ratios of all shapes."""
    return tuple(
        item for shape in ("chain", "wide", "diamond") for item in measure(shape, assets, rounds)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assets", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    print(table("running pipelines", overhead(options.assets, options.rounds)))


if __name__ == "__main__":
    main()
