"""How an analysis grows with the number of modules, from 500 assets to 50,000 in 10,000 modules.

python benchmarks/modules.py [--rounds 3] [--fraction 1.0]
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from analysis import analyze
from measuring import Command, Ratio, apart, measure, table
from shapes import growth_of

LARGE = 50_000
SMALL = 500
LEAST = 20


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--fraction", type=float, default=1.0, help="of the largest, for a trial")
    options = parser.parse_args()
    print(table("many modules", many_modules(options.rounds, options.fraction)))


def many_modules(rounds: int, fraction: float = 1.0) -> tuple[Ratio, ...]:
    """The growth exponent, and what the largest project takes; all that is in it is found."""
    large = max(int(LARGE * fraction), SMALL * 2)
    sizes = {"least": LEAST, "small": SMALL, "large": large}
    with tempfile.TemporaryDirectory() as folder:
        commands = []
        for name, assets in sizes.items():
            project = Path(folder) / name / "project"
            project.parent.mkdir()
            apart("analysis", "make_checked", project, assets)
            commands.append(Command(name, analyze(project), project))
        measured = measure(commands, rounds)
    return growth_of("modules", measured, large, large / SMALL)


if __name__ == "__main__":
    main()
