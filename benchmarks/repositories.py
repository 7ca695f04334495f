"""How long a cold analysis of real repositories takes, against parsing their relevant files.

    python benchmarks/repositories.py FOLDER [--rounds 3]

Each folder in FOLDER is a repository, analysed as it is. What must be found in them nobody says
here: that every run of one finds the same is checked, and how many assets that is stands beside it.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
from pathlib import Path

from analysis import PARSE
from measuring import Command, Ratio, assets_found, environment, measure, ratio, table


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(table("repositories", repositories(options.folder, options.rounds)))


def repositories(folder: Path, rounds: int) -> tuple[Ratio, ...]:
    """(cold analysis - 0.2 s) / F of every repository in a folder, the greatest first."""
    found = [
        compared(repository, rounds)
        for repository in sorted(folder.resolve().iterdir())
        if repository.is_dir() and not repository.name.startswith(".")
    ]
    return tuple(sorted(found, key=lambda item: -item.median))


def compared(repository: Path, rounds: int) -> Ratio:
    words = (sys.executable, "-m", "assetgen", "analyze", "--format", "json", "--no-cache", ".")
    parse = (sys.executable, "-c", PARSE, str(repository))
    commands = (
        Command("analyze", words, repository),
        Command("parse", parse, repository),
        Command("import libcst", (sys.executable, "-c", "import libcst"), repository),
    )
    assets = assets_found(words, repository)
    before = said(words, repository)
    measured = measure(commands, rounds)
    if said(words, repository) != before:
        raise SystemExit(f"{repository.name}: two runs say different things")
    values = [
        (entry["analyze"].cpu - 0.2) / max(entry["parse"].cpu - entry["import libcst"].cpu, 0.001)
        for entry in measured
    ]
    seconds = min(entry["analyze"].cpu for entry in measured)
    name = f"{repository.name}: {assets:,} assets in {seconds:.2f} s, (cold analyze - 0.2 s) / F"
    return ratio(name, values, "0.65")


def said(words: tuple[str, ...], folder: Path) -> bytes:
    """The digest of what an analysis says."""
    done = subprocess.run(words, cwd=folder, env=environment(), capture_output=True, check=True)
    return hashlib.blake2b(done.stdout).digest()


if __name__ == "__main__":
    main()
