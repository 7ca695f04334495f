"""How much memory a run takes, by the number of its assets and the size of their values.

    python benchmarks/runtime_memory.py [--assets N] [--rounds N]

Each run is a process of its own, a chain in which every asset reads the one before; what counts is
the peak of its memory. Values of 1 MB must not add up: a tenth of N of them and a hundredth of N
take the same, one after the other as well as with four jobs. What a run knows of each asset does
add up, its declaration included: that is the third figure. The values are written to `TMPDIR`.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from measuring import Command, Ratio, measure, ratio, table

from assetgen.runtime.model.declarations import FromAsset, Pipeline, Step
from assetgen.runtime.runs.command_line import main as run_script

_SMALL, _LARGE = 8, 1 << 20
_JOBS = 4


def chain(count: int, size: int) -> Pipeline:
    """Assets of bytes, each made from the one before."""

    def first() -> bytes:
        return os.urandom(size)

    def next_of(before: bytes) -> bytes:
        return before[1:] + before[:1]

    later = [
        Step(f"asset_{n}", next_of, inputs=(FromAsset("before", f"asset_{n - 1}"),))
        for n in range(1, count)
    ]
    return Pipeline("chain", (Step("asset_0", first), *later))


def run_chain(count: int, size: int, jobs: int) -> int:
    """What a script does, with an event log; its exit code."""
    with tempfile.TemporaryDirectory() as folder:
        words = ["--storage", f"{folder}/values", "--events", f"{folder}/events"]
        return run_script(chain(count, size), [*words, "--jobs", str(jobs)])


def memory(assets: int, rounds: int) -> tuple[Ratio, ...]:
    """The figures of chains of up to ten times so many assets."""
    few, some, many = max(assets // 100, 2), max(assets // 10, 4), assets * 10

    def command(name: str, count: int, size: int, jobs: int = 1) -> Command:
        numbers = map(str, (count, size, jobs))
        return Command(name, (sys.executable, __file__, "--run", *numbers), Path.cwd())

    taken = measure(
        (
            command("few", few, _LARGE),
            command("some", some, _LARGE),
            command("few, threads", few, _LARGE, _JOBS),
            command("some, threads", some, _LARGE, _JOBS),
            command("some, small", some, _SMALL),
            command("many, small", many, _SMALL),
        ),
        rounds,
    )
    peaks = [{name: usage.peak for name, usage in each.items()} for each in taken]
    title = f"peak memory, {some:,} values of 1 MB / {few:,} of them"
    added = [(each["many, small"] - each["some, small"]) * 1024 / (many - some) for each in peaks]
    return (
        ratio(title, [each["some"] / each["few"] for each in peaks], "1.1"),
        ratio(
            f"{title}, {_JOBS} jobs",
            [each["some, threads"] / each["few, threads"] for each in peaks],
            "1.1",
        ),
        ratio(f"chain of {many:,}: KB an asset", added),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assets", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--run", type=int, nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run is not None:
        raise SystemExit(run_chain(*options.run))
    print(table("memory of running pipelines", memory(options.assets, options.rounds)))


if __name__ == "__main__":
    main()
