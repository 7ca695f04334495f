"""What one keystroke in an editor costs: the findings of the whole project, brought up to date.

    python benchmarks/editor.py [--assets 5000] [--rounds 15] [--json FILE]

In one process, a session holds a generated project of some 1,000 modules. Each round types into a
module, every time another one: a character in the body of a function, a line there, which moves
what follows, and an asset with a dependency.
The CPU time counts until the findings stand; beside it stands what a new analysis of the same text
and its findings take in another process, in the same round. The findings must be equal every time.
"""

from __future__ import annotations

import argparse
import gc
import json
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from analysis import make_project
from measuring import Ratio, ratio

from assetgen.analyzer.analysis import Request, analyze
from assetgen.analyzer.incremental.linting import LintSession
from assetgen.analyzer.lint.options import LintOptions
from assetgen.analyzer.lint.report import LintReport
from assetgen.analyzer.lint.run import lint
from assetgen.analyzer.lint.sources import sources_on_disk
from assetgen.analyzer.project.disk import Disk


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--assets", type=int, default=5000, help="size of the generated project")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", type=Path, help="write all measurements here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        make_project(project, options.assets)
        rounds = measure(project, options.rounds)
    report(options.assets, rounds)
    if options.json:
        options.json.write_text(json.dumps({"assets": options.assets, "rounds": rounds}, indent=1))


def a_character(text: str, number: int) -> str:
    return text.replace("\n    rows = ", "\n    rows  = ", 1)


def a_line(text: str, number: int) -> str:
    return text.replace("\n    return ", f"\n    typed = {number}\n    return ", 1)


def a_new_asset(text: str, number: int) -> str:
    made = f'@typed.asset(deps=["typed_{number}"])\ndef typed_asset_{number}():\n    ...\n'
    return f"{text}\n\nimport dagster as typed\n\n\n{made}"


EDITS: dict[str, Callable[[str, int], str]] = {
    "a character in a body": a_character,
    "a line in a body": a_line,
    "a new asset": a_new_asset,
}


def measure(project: Path, rounds: int) -> list[dict[str, float]]:
    """CPU seconds by kind of edit and round, of the session and of a new run.

    New runs are made by another process, which an editor's has beside it no more than any other.
    """
    request = Request(modules=("synth.definitions",), source_roots=(project,))
    session = LintSession(request, lambda _: LintOptions())
    session.update({})
    gc.collect()
    gc.freeze()
    files = sorted((project / "synth" / "assets").rglob("part_*.py"))
    measured: list[dict[str, float]] = []
    with multiprocessing.get_context("spawn").Pool(1) as other:
        for number in range(rounds):
            file = files[number * 7 % len(files)]
            entry: dict[str, float] = {}
            for name, edit in EDITS.items():
                text = edit(file.read_text(), number)
                file.write_text(text)
                update, updated = timed(partial(findings_after, session, file))
                anew, cold = other.apply(timed_anew, (request,))
                if updated != cold:
                    raise SystemExit("the session's findings are not those of a new run")
                entry |= {name: update, f"{name}, anew": anew}
            measured.append(entry)
    return measured


def findings_after(session: LintSession, file: Path) -> LintReport:
    return session.update({file: None}).report


def timed_anew(request: Request) -> tuple[float, LintReport]:
    gc.collect()
    return timed(partial(lint_anew, request))


def lint_anew(request: Request) -> LintReport:
    disk = Disk()
    pipeline = analyze(request, disk).pipeline
    return lint(pipeline, sources=sources_on_disk(pipeline, disk))


def timed(work: Callable[[], LintReport]) -> tuple[float, LintReport]:
    """The CPU seconds until the findings stand, and these; the collector is off."""
    gc.disable()
    begin = time.process_time()
    report = work()
    seconds = time.process_time() - begin
    gc.enable()
    return seconds, report


def keystrokes(assets: int, rounds: int) -> tuple[Ratio, ...]:
    """What each kind of edit takes, and how much more a new analysis does."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        make_project(project, assets)
        measured = measure(project, rounds)
    found = []
    for name in EDITS:
        updates = [entry[name] for entry in measured]
        anew = [entry[f"{name}, anew"] / entry[name] for entry in measured]
        found.append(ratio(f"{name}: ms of CPU", [one * 1000 for one in updates], "50"))
        found.append(ratio(f"{name}: a new analysis / it", anew))
    return tuple(found)


def report(assets: int, rounds: list[dict[str, float]]) -> None:
    print(f"{assets} assets, {len(rounds)} rounds, medians; ratio with its least and most\n")
    print("| edit | ms of CPU | anew | anew / update |\n| --- | --- | --- | --- |")
    for name in EDITS:
        update = statistics.median(entry[name] for entry in rounds) * 1000
        anew = statistics.median(entry[f"{name}, anew"] for entry in rounds) * 1000
        ratios = [entry[f"{name}, anew"] / entry[name] for entry in rounds]
        spread = f"{statistics.median(ratios):.1f} ({min(ratios):.1f} to {max(ratios):.1f})"
        print(f"| {name} | {update:.0f} | {anew:.0f} | {spread} |")


if __name__ == "__main__":
    main()
