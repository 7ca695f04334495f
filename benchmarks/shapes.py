"""How CPU time and memory grow with the size of a project of one extreme shape.

    python benchmarks/shapes.py [--rounds 3]

The growth exponent is log(time of the large / time of the small) / log(10), what the smallest
possible project takes taken off both: 1 is linear. How many assets are found is checked.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from make_shape import SHAPES, Shape, write
from measuring import Command, Ratio, Round, assets_found, measure, ratio, table

SIZES: Mapping[str, int] = {
    "module": 2_000,
    "factory": 1_000,
    "nested": 100,
    "locations": 200,
    "fan_in": 500,
}
"""The small size of each shape; the large one is ten times that."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--fraction", type=float, default=1.0, help="of the sizes, for a trial")
    options = parser.parse_args()
    found = [item for name in SHAPES for item in grow(name, options.rounds, options.fraction)]
    print(table("growth by ten", found))


def grow(name: str, rounds: int, fraction: float = 1.0) -> tuple[Ratio, ...]:
    """The growth exponent of a shape, and what the large one takes per asset."""
    with tempfile.TemporaryDirectory() as folder:
        small = max(int(SIZES[name] * fraction), 20)
        sizes = {"least": 20 if name == "module" else 1, "small": small, "large": small * 10}
        shapes = {size: SHAPES[name](count) for size, count in sizes.items()}
        commands = [made(shape, Path(folder) / size, size) for size, shape in shapes.items()]
        measured = measure(commands, rounds)
    return growth_of(name, measured, shapes["large"].assets, 10)


_LEAST = 0.001
"""CPU seconds, of what is too small to be measured."""


def growth_of(name: str, measured: list[Round], assets: int, times: float) -> tuple[Ratio, ...]:
    """Of rounds of the commands `least`, `small` and `large`, which has `times` as much as the
    small one: how time grows, and what the large one takes."""
    above = [
        (entry["small"].cpu - entry["least"].cpu, entry["large"].cpu - entry["least"].cpu)
        for entry in measured
    ]
    growth = [
        math.log(max(large, _LEAST) / max(small, _LEAST)) / math.log(times)
        for small, large in above
    ]
    return (
        ratio(f"{name}: growth exponent", growth, "1.05"),
        ratio(f"{name}: CPU s, {assets:,} assets", [entry["large"].cpu for entry in measured]),
        ratio(
            f"{name}: CPU ms an asset, {assets:,} assets",
            [large / assets * 1000 for _, large in above],
        ),
        ratio(f"{name}: peak MB, {assets:,} assets", [entry["large"].peak for entry in measured]),
    )


def made(shape: Shape, folder: Path, name: str) -> Command:
    """The analysis of a shape, whose assets have been counted."""
    write(shape, folder)
    words = (sys.executable, "-m", "assetgen", "analyze", "--format", "json", "--no-cache")
    found = assets_found((*words, *shape.arguments), folder)
    if found != shape.assets:
        raise SystemExit(f"{name}: {found} assets are found, {shape.assets} are there")
    return Command(name, (*words, *shape.arguments), folder)


if __name__ == "__main__":
    main()
