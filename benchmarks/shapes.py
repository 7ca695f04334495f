"""How CPU time and memory grow with the size of a project of one extreme shape.

    python benchmarks/shapes.py [--rounds 3]

The growth exponent is log(time of the large / time of the small) / log(10), what the smallest
possible project takes taken off both: 1 is linear. How many assets are found is checked.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from make_shape import SHAPES, Shape, write
from measuring import Command, Ratio, measure, ratio, table

SIZES: Mapping[str, int] = {"module": 2_000, "factory": 1_000, "nested": 100, "locations": 50}
"""The small size of each shape; the large one is ten times that."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(table("growth by ten", [item for name in SHAPES for item in grow(name, options.rounds)]))


def grow(name: str, rounds: int) -> tuple[Ratio, ...]:
    """The growth exponent of a shape, and what the large one takes per asset."""
    with tempfile.TemporaryDirectory() as folder:
        sizes = {"least": 1, "small": SIZES[name], "large": SIZES[name] * 10}
        if name == "module":
            sizes["least"] = 20
        shapes = {size: SHAPES[name](count) for size, count in sizes.items()}
        commands = [made(shape, Path(folder) / size, size) for size, shape in shapes.items()]
        measured = measure(commands, rounds)
    growth = [
        math.log10(
            (entry["large"].cpu - entry["least"].cpu) / (entry["small"].cpu - entry["least"].cpu)
        )
        for entry in measured
    ]
    assets = shapes["large"].assets
    each = [(entry["large"].cpu - entry["least"].cpu) / assets * 1000 for entry in measured]
    peak = [entry["large"].peak for entry in measured]
    return (
        ratio(f"{name}: growth exponent", growth, "1.05"),
        ratio(f"{name}: CPU ms an asset, {assets:,} assets", each),
        ratio(f"{name}: peak MB, {assets:,} assets", peak),
    )


def made(shape: Shape, folder: Path, name: str) -> Command:
    """The analysis of a shape, whose assets have been counted."""
    write(shape, folder)
    words = (sys.executable, "-m", "assetgen", "analyze", "--format", "json", "--no-cache")
    done = subprocess.run((*words, *shape.arguments), check=True, capture_output=True, cwd=folder)
    found = sum(not asset["stub"] for asset in json.loads(done.stdout)["assets"])
    if found != shape.assets:
        raise SystemExit(f"{name}: {found} assets are found, {shape.assets} are there")
    return Command(name, (*words, *shape.arguments), folder)


if __name__ == "__main__":
    main()
