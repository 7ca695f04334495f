"""How long an analysis takes, against parsing alone and against real Dagster.

    python benchmarks/analysis.py [--assets 500] [--rounds 9] [--project DIR --module NAME]

Everything is a ratio taken in one run: the commands are run in turn, A B C A B C, each as a whole
process, and the CPU time of each round's A is divided by that round's B. F is what
`libcst.parse_module` alone takes over the same relevant files, the collector off. The graph that
is timed is checked against what the generator says must be found. Prints a Markdown table; `--json
FILE` also writes every round.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
PARSE = """
import gc, sys, libcst
from pathlib import Path
files = [path.read_bytes() for path in sorted(Path(sys.argv[1]).rglob("*.py"))]
relevant = [data for data in files if b"dagster" in data]
gc.disable()
for data in relevant:
    libcst.parse_module(data)
"""
IMPORT = "import libcst"


@dataclass(frozen=True)
class Command:
    """A whole process to be timed, under the name that the table gives it."""

    name: str
    words: tuple[str, ...]
    folder: Path


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--assets", type=int, default=500, help="size of the generated project")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--json", type=Path, help="write all measurements here")
    parser.add_argument("--without-dagster", action="store_true", help="leave Dagster out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        expected = make_project(project, options.assets)
        check(project, expected)
        commands = commands_for(project, with_dagster=not options.without_dagster)
        rounds = measure(commands, options.rounds)
    report(options.assets, rounds)
    if options.json:
        options.json.write_text(json.dumps({"assets": options.assets, "rounds": rounds}, indent=1))


def make_project(folder: Path, assets: int) -> dict[str, object]:
    """A generated project, and what must be found in it."""
    expectation = folder.parent / "expected.json"
    generator = [sys.executable, str(HERE / "make_project.py"), str(folder)]
    arguments = ["--assets", str(assets), "--style", "mixed", "--expect", str(expectation)]
    subprocess.run([*generator, *arguments], check=True, stdout=subprocess.DEVNULL)
    loaded: dict[str, object] = json.loads(expectation.read_text())
    return loaded


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
    """A script of the whole project; what it costs beside `analyze` is what is told."""
    target = str(project.parent / "pipeline.py")
    return assetgen(project, "generate", "pipeline", "-o", target, "--force")


def check(project: Path, expected: dict[str, object]) -> None:
    """Speed is not measured without correctness."""
    done = subprocess.run(analyze(project), capture_output=True, check=True, cwd=project)
    model = json.loads(done.stdout)
    assets = [asset for asset in model["assets"] if not asset["stub"]]
    keys = sorted("/".join(asset["key"]) for asset in assets)
    edges = sorted(
        ["/".join(dep), "/".join(asset["key"])] for asset in assets for dep in asset["deps"]
    )
    if keys != expected["asset_keys"] or edges != expected["edge_list"]:
        raise SystemExit("the analysis does not find the graph that it must find")


def commands_for(project: Path, *, with_dagster: bool) -> tuple[Command, ...]:
    dagster = (
        sys.executable,
        "-m",
        "dagster",
        "definitions",
        "validate",
        "-m",
        "synth.definitions",
    )
    commands = [
        Command("analyze", analyze(project), project),
        Command("generate", generate(project), project),
        Command("warm lint", lint(project), project),
        Command("parse", (sys.executable, "-c", PARSE, str(project)), project),
        Command("import libcst", (sys.executable, "-c", IMPORT), project),
        Command("python", (sys.executable, "-c", "pass"), project),
    ]
    if with_dagster:
        commands.append(Command("dagster definitions validate", dagster, project))
    return tuple(commands)


def measure(commands: tuple[Command, ...], rounds: int) -> list[dict[str, float]]:
    """CPU seconds of each command, by round; the order turns from round to round."""
    for command in commands:
        cpu_seconds(command)
    measured = []
    for number in range(rounds):
        turn = number % len(commands)
        order = commands[turn:] + commands[:turn]
        measured.append({command.name: cpu_seconds(command) for command in order})
    return measured


def cpu_seconds(command: Command) -> float:
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command.words, check=True, cwd=command.folder, env=environment, capture_output=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def report(assets: int, rounds: list[dict[str, float]]) -> None:
    print(f"{assets} assets, {len(rounds)} rounds, median (least to most) of the ratios by round\n")
    print("| measure | ratio |\n| --- | --- |")
    floor = [entry["parse"] - entry["import libcst"] for entry in rounds]
    start = [entry["python"] for entry in rounds]
    row(
        "analyze / F",
        [(e["analyze"] - s) / f for e, f, s in zip(rounds, floor, start, strict=True)],
    )
    row(
        "generate beyond analyze / F",
        [(e["generate"] - e["analyze"]) / f for e, f in zip(rounds, floor, strict=True)],
    )
    row("analyze / bare interpreter", [e["analyze"] / e["python"] for e in rounds])
    row("warm lint / bare interpreter", [e["warm lint"] / e["python"] for e in rounds])
    name = "dagster definitions validate"
    if name in rounds[0]:
        row(f"{name} / warm lint", [e[name] / e["warm lint"] for e in rounds])
        row(f"{name} / analyze", [e[name] / e["analyze"] for e in rounds])


def row(name: str, ratios: list[float]) -> None:
    print(f"| {name} | {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}) |")


if __name__ == "__main__":
    main()
