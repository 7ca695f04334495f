"""How long an analysis takes, against parsing alone and against real Dagster.

    python benchmarks/analysis.py [--assets 500] [--rounds 9]

Everything is a ratio taken in one run: the CPU time of each round's A is divided by that round's
B. F is what `libcst.parse_module` alone takes over the same relevant files, the collector off. The
graph that is timed is checked against what the generator says must be found.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measuring import Command, Ratio, Round, apart, instructions_of, measure, ratio, table

HERE = Path(__file__).parent
PARSE = """
import gc, sys, libcst
from pathlib import Path
skipped = {".git", ".venv", "venv", "node_modules"}
paths = sorted(Path(sys.argv[1]).rglob("*.py"))
files = [path.read_bytes() for path in paths if path.is_file() and skipped.isdisjoint(path.parts)]
relevant = [data for data in files if b"dagster" in data]
gc.disable()
for data in relevant:
    try:
        libcst.parse_module(data)
    except (libcst.ParserSyntaxError, UnicodeError, SyntaxError):
        pass  # what it did until there counts
"""
IN_PROCESS = """
import gc, sys, time
from pathlib import Path
from assetgen.analyzer.analysis import Request, analyze
gc.disable()
started = time.process_time()
analyze(Request(modules=("synth.definitions",), source_roots=(Path(sys.argv[1]),)))
print(time.process_time() - started)
"""
BY_DAGSTER = """
import sys, time
import dagster
sys.path.insert(0, sys.argv[1])
started = time.process_time()
from synth.definitions import defs
defs.get_repository_def().asset_graph.get_all_asset_keys()
print(time.process_time() - started)
"""
DAGSTER = "dagster definitions validate"
NOT_COMPILED = "analyze, nothing compiled"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--assets", type=int, default=500, help="size of the generated project")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--without-dagster", action="store_true", help="leave Dagster out")
    options = parser.parse_args()
    with_dagster = not options.without_dagster
    ratios = benchmark(options.assets, options.rounds, with_dagster=with_dagster)
    print(table(f"{options.assets} assets, {options.rounds} rounds", ratios))


def benchmark(assets: int, rounds: int, *, with_dagster: bool) -> tuple[Ratio, ...]:
    """The ratios of one size; raises SystemExit if what is timed is not right."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        apart("analysis", "make_checked", project, assets)
        shutil.copytree(project, never_compiled(project))
        commands = commands_for(project, with_dagster=with_dagster)
        measured = measure(commands, rounds)
        alone = [in_process(IN_PROCESS, project) for _ in range(rounds)]
        found = ratios_of(measured, alone)
        if with_dagster:
            found += against_importing(measured, project)
    return tuple(found)


def instructions(assets: int) -> dict[str, int | None]:
    """Instruction counts of a cold analysis and of a lint when nothing changed."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        make_project(project, assets)
        wanted = ("analyze", "warm lint", "python")
        commands = commands_for(project, with_dagster=False)
        measure([command for command in commands if command.name in wanted], 1)
        return {item.name: instructions_of(item) for item in commands if item.name in wanted}


def make_checked(project: Path, assets: int) -> None:
    """A generated project, in which everything is found; raises SystemExit if it is not."""
    check_generated(project, check(project, make_project(project, assets)))


def make_project(folder: Path, assets: int) -> dict[str, object]:
    """A generated project, and what must be found in it."""
    expectation = folder.parent / "expected.json"
    generator = [sys.executable, str(HERE / "make_project.py"), str(folder)]
    arguments = ["--assets", str(assets), "--style", "mixed", "--expect", str(expectation)]
    subprocess.run([*generator, *arguments], check=True, stdout=subprocess.DEVNULL)
    before = time.time() - 3600
    for file in folder.rglob("*"):
        os.utime(file, (before, before))  # what was written just now, no cache trusts
    loaded: dict[str, object] = json.loads(expectation.read_text())
    return loaded


def never_compiled(project: Path) -> Path:
    """Where a copy of the project lies in which nothing is compiled: Dagster does not run there."""
    return project.parent / "copy"


def assetgen(project: Path, *words: str) -> tuple[str, ...]:
    module = ("-m", "synth.definitions", "--source-root", str(project))
    return (sys.executable, "-m", "assetgen", *words, *module)


def analyze(project: Path) -> tuple[str, ...]:
    return assetgen(project, "analyze", "--format", "json", "--no-cache")


def lint(project: Path) -> tuple[str, ...]:
    """The warnings of the generated project, which are right, are ignored: they exit with 1."""
    cache = str(project.parent / "cache")
    return assetgen(project, "lint", "--ignore", "implicit-group-match", "--cache-dir", cache)


def generate(project: Path) -> tuple[str, ...]:
    script = str(project.parent / "pipeline.py")
    return (*assetgen(project, "generate", "pipeline"), "--no-cache", "-o", script, "--force")


def check_generated(project: Path, runnable: set[str]) -> None:
    """The script that is generated lists the assets that can be run."""
    subprocess.run(generate(project), capture_output=True, check=True, cwd=project)
    words = (sys.executable, "pipeline.py", "--list")
    done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=project.parent)
    listed = {line.split()[0] for line in done.stdout.splitlines()[1:] if line.strip()}
    if listed != runnable:
        raise SystemExit("the generated script does not have the assets that it must have")


def check(project: Path, expected: dict[str, object]) -> set[str]:
    """The assets that can be run. Speed is not measured without correctness."""
    done = subprocess.run(analyze(project), capture_output=True, check=True, cwd=project)
    model = json.loads(done.stdout)
    assets = [asset for asset in model["assets"] if not asset["stub"]]
    keys = sorted("/".join(asset["key"]) for asset in assets)
    edges = sorted(
        ["/".join(dep), "/".join(asset["key"])] for asset in assets for dep in asset["deps"]
    )
    if keys != expected["asset_keys"] or edges != expected["edge_list"]:
        raise SystemExit("the analysis does not find the graph that it must find")
    return {"/".join(asset["key"]) for asset in assets if asset["is_executable"]}


def commands_for(project: Path, *, with_dagster: bool) -> tuple[Command, ...]:
    python = sys.executable
    changed = next(path for path in sorted(project.rglob("*.py")) if "dagster" in path.read_text())

    made = itertools.count()

    def move() -> None:
        changed.write_text(f"# moved\n{changed.read_text()}")

    def change() -> None:
        name = f"typed_{next(made)}"
        asset = f'@typed.asset(deps=["{name}_source"])\ndef {name}(): ...\n'
        changed.write_text(f"{changed.read_text()}\n\nimport dagster as typed\n\n\n{asset}")

    commands = [
        Command("analyze", analyze(project), project),
        Command(NOT_COMPILED, analyze(never_compiled(project)), project),
        Command("generate", generate(project), project),
        Command("lint, lines moved", lint(project), project, move),
        Command("lint, graph changed", lint(project), project, change),
        Command("warm lint", lint(project), project),
        Command("parse", (python, "-c", PARSE, str(project)), project),
        Command("import libcst", (python, "-c", "import libcst"), project),
        Command("python", (python, "-c", "pass"), project),
    ]
    if with_dagster:
        words = ("-m", "dagster", "definitions", "validate", "-m", "synth.definitions")
        commands.append(Command(DAGSTER, (python, *words), project))
    return tuple(commands)


def in_process(program: str, project: Path) -> float:
    """CPU seconds that a program measures itself: the start of Python and imports are left out."""
    words = (sys.executable, "-c", program, str(project))
    done = subprocess.run(words, check=True, capture_output=True, text=True, cwd=project)
    return float(done.stdout)


def against_importing(rounds: list[Round], project: Path) -> list[Ratio]:
    """A cold analysis against what Dagster takes to import the modules and resolve the graph."""
    taken = [in_process(BY_DAGSTER, project) for _ in rounds]
    found = []
    for name in ("analyze", NOT_COMPILED):
        ratios = [entry[name].cpu / one for entry, one in zip(rounds, taken, strict=True)]
        title = f"cold {name} / importing and resolving with Dagster"
        found.append(ratio(title, ratios, "0.5 at 5,000"))
    return found


def ratios_of(rounds: list[Round], alone: list[float]) -> list[Ratio]:
    cpu = [{name: usage.cpu for name, usage in entry.items()} for entry in rounds]
    floor = [entry["parse"] - entry["import libcst"] for entry in cpu]
    above = [entry["analyze"] - entry["python"] for entry in cpu]
    pairs = [*zip(above, floor, strict=True)]
    uncompiled = [
        (entry[NOT_COMPILED] - entry["python"] - 0.2) / f
        for entry, f in zip(cpu, floor, strict=True)
    ]
    found = [
        ratio("cold analyze, less the start of Python / F", [a / f for a, f in pairs]),
        ratio("(cold analyze - 0.2 s) / F", [(a - 0.2) / f for a, f in pairs], "0.35 at 5,000"),
        ratio(f"(cold {NOT_COMPILED} - 0.2 s) / F", uncompiled, "0.35 at 5,000"),
        ratio("analysis in process / F", [a / f for a, f in zip(alone, floor, strict=True)]),
        ratio(
            "(generate pipeline - analyze) / F",
            [(e["generate"] - e["analyze"]) / f for e, f in zip(cpu, floor, strict=True)],
            "0.05",
        ),
        ratio("warm lint / bare Python", [e["warm lint"] / e["python"] for e in cpu], "6"),
        ratio("cold analyze, CPU s", [e["analyze"] for e in cpu]),
        ratio("cold analyze, peak MB", [e["analyze"].peak for e in rounds], "100 at 5,000"),
        ratio("warm lint, peak MB", [e["warm lint"].peak for e in rounds], "40"),
    ]
    if DAGSTER in cpu[0]:
        goals = (
            ("analyze", "4"),
            ("warm lint", "25, 100 at 5,000"),
            ("lint, lines moved", "8, 30 at 5,000"),
            ("lint, graph changed", "8, 30 at 5,000"),
        )
        for name, goal in goals:
            found.append(ratio(f"{DAGSTER} / {name}", [e[DAGSTER] / e[name] for e in cpu], goal))
    return found


if __name__ == "__main__":
    main()
