"""Projects of one extreme shape each, of any size, together with how many assets are in them.

    python benchmarks/make_shape.py SHAPE FOLDER SIZE

- `module`: one module of SIZE lines.
- `factory`: SIZE assets from one loop over one factory.
- `nested`: SIZE assets from factories that call factories, 30 deep.
- `locations`: SIZE code locations in one repository, five assets each.
- `fan_in`: SIZE assets, and one more that depends on all of them.

Prints the arguments of `assetgen analyze` and the number of assets, as JSON.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

_ASSET = """

@dg.asset(group_name="group_{group}", deps=[{deps}])
def asset_{number:05}(context) -> None:
    \"\"\"Rows of source {number}, of the last day.\"\"\"
    rows = [{{"id": index, "amount": index * {number}}} for index in range(10)]
    total = sum(row["amount"] for row in rows if row["id"] % 2)
    context.log.info("asset {number}: %s", total)
    if total > 100:
        context.log.warning(f"more than expected: {{total}}")
"""
_LINES = _ASSET.count("\n") + 1
_DEFINITIONS = "\n\ndefs = dg.Definitions(assets=dg.load_assets_from_current_module())\n"
_FACTORY = '''import dagster as dg


def make(name, deps):
    """One asset of a family."""
    @dg.asset(name=name, deps=deps, group_name="made", tags={"of": name})
    def made(context) -> None:
        context.log.info(name)

    return made


assets = []
for number in range(SIZE):
    above = [f"made_{number // 2:05}"] if number else []
    assets.append(make(f"made_{number:05}", above))

defs = dg.Definitions(assets=assets)
'''
_DEPTH = 30


@dataclass(frozen=True)
class Shape:
    """A project: its files by path, what to give to `assetgen analyze`, and what is in it."""

    files: Mapping[str, str]
    arguments: tuple[str, ...]
    assets: int


def module(size: int) -> Shape:
    count = size // _LINES
    assets = "".join(
        _ASSET.format(number=n, group=n % 20, deps=f'"asset_{n // 2:05}"' if n else "")
        for n in range(count)
    )
    files = {"large.py": "import dagster as dg\n" + assets + _DEFINITIONS}
    return Shape(files, ("-m", "large"), count)


def factory(size: int) -> Shape:
    return Shape({"made.py": _FACTORY.replace("SIZE", str(size))}, ("-m", "made"), size)


def nested(size: int) -> Shape:
    lines = ["import dagster as dg", "", "", "def make_0(name):"]
    lines += ["    @dg.asset(name=name)", "    def made() -> None: ...", "", "    return [made]"]
    for depth in range(1, _DEPTH):
        lines += ["", "", f"def make_{depth}(name):", f"    return make_{depth - 1}(name)"]
    lines += ["", "", f"assets = [a for n in range({size}) for a in make_{_DEPTH - 1}(f'a_{{n}}')]"]
    lines += ["defs = dg.Definitions(assets=assets)", ""]
    return Shape({"nested.py": "\n".join(lines)}, ("-m", "nested"), size)


def locations(size: int) -> Shape:
    files = {}
    named = []
    for number in range(size):
        name = f"location_{number:04}"
        assets = "".join(
            _ASSET.format(number=n, group=n, deps=f'"asset_{n - 1:05}"' if n else "")
            for n in range(5)
        )
        files[f"{name}.py"] = "import dagster as dg\n" + assets + _DEFINITIONS
        named.append(f"  - python_file: {name}.py\n")
    files["workspace.yaml"] = "load_from:\n" + "".join(named)
    return Shape(files, (".",), size * 5)


def fan_in(size: int) -> Shape:
    lines = ["import dagster as dg"]
    for number in range(size):
        lines += ["", "", "@dg.asset", f"def part_{number:05}() -> None: ..."]
    parts = [f"    part_{number:05}," for number in range(size)]
    lines += ["", "", "parts = [", *parts, "]", "", "", "@dg.asset(deps=parts)"]
    lines += ["def whole() -> None: ...", "", "", "defs = dg.Definitions([*parts, whole])", ""]
    return Shape({"fan_in.py": "\n".join(lines)}, ("-m", "fan_in"), size + 1)


SHAPES: Mapping[str, Callable[[int], Shape]] = {
    "module": module,
    "factory": factory,
    "nested": nested,
    "locations": locations,
    "fan_in": fan_in,
}


def write(shape: Shape, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in shape.files.items():
        (folder / path).write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("shape", choices=sorted(SHAPES))
    parser.add_argument("folder", type=Path)
    parser.add_argument("size", type=int)
    options = parser.parse_args()
    shape = SHAPES[options.shape](options.size)
    write(shape, options.folder)
    print(json.dumps({"arguments": shape.arguments, "assets": shape.assets}))


if __name__ == "__main__":
    main()
