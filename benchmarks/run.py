"""All benchmarks: one command.

    python benchmarks/run.py [-o results] [--rounds 9] [--sizes 500 5000] [--instructions]
    python benchmarks/run.py --repositories FOLDER
    python benchmarks/run.py --small

Writes `results.json`, `results.md` and `results.svg`: the analysis against its floors and against
Dagster, how it grows with extreme shapes and with the number of modules, what a keystroke costs,
and what running a generated pipeline costs in time and memory; with `--repositories` real ones
too, each a folder in FOLDER. What is timed is checked to be right in the same run. `--fraction`
takes all sizes but those of `--sizes` times so much, to try it out. With `--small`, which
continuous integration runs, a small project is measured, and only what is ten times as slow as it
should be fails.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from html import escape
from pathlib import Path

from analysis import benchmark, instructions
from make_shape import SHAPES
from measuring import Ratio, apart, table
from modules import LARGE, many_modules
from repositories import repositories
from shapes import grow

LIMITS: Mapping[str, float] = {
    "cold analyze, less the start of Python / F": 15.0,
    "analysis in process / F": 8.0,
    "(generate pipeline - analyze) / F": 8.0,
    "warm lint / bare Python": 70.0,
}
"""Ten times what a small project takes."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("-o", "--output", type=Path, default=Path("results"))
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 5000], metavar="ASSETS")
    parser.add_argument("--without-dagster", action="store_true", help="leave Dagster out")
    parser.add_argument("--instructions", action="store_true", help="count them, with valgrind")
    parser.add_argument("--repositories", type=Path, metavar="FOLDER", help="measure these too")
    parser.add_argument("--fraction", type=float, default=1.0, help="of the sizes, to try it out")
    parser.add_argument("--small", action="store_true", help="only fail if it is far too slow")
    options = parser.parse_args()
    if options.small:
        check_small()
        return
    found = all_of(options)
    counted = instructions(options.sizes[0]) if options.instructions else {}
    options.output.with_suffix(".json").write_text(as_json(found, counted))
    text = as_markdown(found, counted)
    options.output.with_suffix(".md").write_text(text)
    options.output.with_suffix(".svg").write_text(as_svg(found))
    print(text)


def all_of(options: argparse.Namespace) -> dict[str, Sequence[Ratio]]:
    """Every part, by its title; each part writes what it takes as soon as it is known."""
    rounds, few, fraction = options.rounds, max(options.rounds // 3, 1), options.fraction
    with_dagster = not options.without_dagster
    parts: dict[str, Callable[[], Sequence[Ratio]]] = {
        f"{size:,} assets": partial(benchmark, size, rounds, with_dagster=with_dagster)
        for size in options.sizes
    }
    for name in SHAPES:
        parts[f"extreme shape: {name}"] = partial(grow, name, few, fraction)
    parts[f"up to {int(LARGE * fraction):,} assets in many modules"] = partial(
        many_modules, few, fraction
    )
    edited, run = max(int(5000 * fraction), 50), max(int(1000 * fraction), 20)
    parts["one keystroke"] = partial(apart, "editor", "keystrokes", edited, rounds)
    parts["running pipelines"] = partial(apart, "runtime_overhead", "overhead", run, rounds)
    parts["memory of running pipelines"] = partial(apart, "runtime_memory", "memory", run, few)
    if options.repositories is not None:
        parts["real repositories"] = partial(repositories, options.repositories, few)
    found: dict[str, Sequence[Ratio]] = {}
    for title, part in parts.items():
        found[title] = part()
        print(table(title, found[title]), file=sys.stderr, flush=True)
    return found


def check_small() -> None:
    """Raises SystemExit if something is an order of magnitude slower than it should be."""
    ratios = benchmark(100, 2, with_dagster=False)
    print(table("100 assets, 2 rounds", ratios))
    slow = [item for item in ratios if item.median > LIMITS.get(item.name, math.inf)]
    if slow:
        said = ", ".join(f"{item.name}: {item.median:.1f}" for item in slow)
        raise SystemExit(f"ten times slower than it should be: {said}")


def as_json(found: Mapping[str, Sequence[Ratio]], counted: Mapping[str, int | None]) -> str:
    ratios = {title: [asdict(item) for item in items] for title, items in found.items()}
    return json.dumps({"ratios": ratios, "instructions": counted}, indent=1) + "\n"


def as_markdown(found: Mapping[str, Sequence[Ratio]], counted: Mapping[str, int | None]) -> str:
    blocks = [table(title, items) for title, items in found.items()]
    rows = [f"| {name} | {count:,} |" for name, count in counted.items() if count is not None]
    if rows:
        blocks.append("\n".join(["| instructions | count |", "| --- | --- |", *rows, ""]))
    return "\n".join(blocks)


_ROW, _LEFT, _WIDTH = 20, 420, 900


def as_svg(found: Mapping[str, Sequence[Ratio]]) -> str:
    """A line from least to most for each measure, and a dot at its median, on one log scale."""
    lines: list[str] = []
    height = _ROW
    for title, items in found.items():
        lines.append(f'<text x="8" y="{height + 14}" font-weight="bold">{escape(title)}</text>')
        height += _ROW
        for item in items:
            lines += _bar(item, height)
            height += _ROW
    marks = (0.1, 1, 10, 100)
    grid = [
        f'<path d="M{_x(mark)} 0V{height}" stroke="#ddd"/>'
        f'<text x="{_x(mark)}" y="12" text-anchor="middle" fill="#666">{mark:g}</text>'
        for mark in marks
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH + 90}" height="{height + 8}"'
    return "\n".join(
        [f'{head} font-family="sans-serif" font-size="12">', *grid, *lines, "</svg>\n"]
    )


def _bar(item: Ratio, y: int) -> list[str]:
    middle = y + 10
    return [
        f'<text x="16" y="{y + 14}">{escape(item.name)}</text>',
        f'<path d="M{_x(item.least)} {middle}H{_x(item.most)}" stroke="#48c" stroke-width="3"/>',
        f'<circle cx="{_x(item.median)}" cy="{middle}" r="4" fill="#124"/>',
        f'<text x="{_WIDTH + 20}" y="{y + 14}">{item.median:.2f}</text>',
    ]


def _x(value: float) -> float:
    """From 0.05 to 1,000, what lies outside of it at the edge."""
    place = (math.log10(min(max(value, 0.05), 1000)) - math.log10(0.05)) / math.log10(20_000)
    return round(_LEFT + place * (_WIDTH - _LEFT), 1)


if __name__ == "__main__":
    main()
