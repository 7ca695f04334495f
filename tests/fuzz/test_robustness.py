"""Modules of the standard library, evaluated by force.

A sample of it; the whole, and any other tree, by `python tests/fuzz/robustness.py FOLDER...`.
Modules that are mostly data are compared with what Python itself makes of them.
"""

from __future__ import annotations

import importlib
import os
import shutil
import sys
from pathlib import Path

import pytest
from fuzz.robustness import evaluate_by_force, outcome_of
from intrinsics_python.evaluation import plain_object, plain_value

from assetgen.analyzer.evaluate.budget import Budget
from assetgen.analyzer.evaluate.objects.conversion import NotPlain

LIBRARY = Path(os.__file__).parent
SAMPLE = (
    "argparse",
    "ast",
    "bdb",
    "collections",
    "contextlib",
    "dataclasses",
    "email._header_value_parser",
    "enum",
    "functools",
    "heapq",
    "json.decoder",
    "logging",
    "optparse",
    "re._parser",
    "shlex",
    "typing",
    "xml.dom.minidom",
)
DATA = (
    "colorsys",
    "curses.ascii",
    "encodings.aliases",
    "html.entities",
    "keyword",
    "string",
    "stringprep",
    "textwrap",
    "token",
)
HARD = {
    "catastrophe": "import re\nfound = re.match('(a+)+$', 'a' * 40 + 'b')",
    "circle": "a = []\na.append(a)\ntext, same, order = str(a), a == a, sorted([a, a])\n"
    "import copy, json\nother = copy.deepcopy(a)\nshown = json.dumps(a)",
    "endless": "import itertools\nitems = list(itertools.count())\n"
    "pairs = [(a, b) for a in itertools.count() for b in itertools.count()]",
    "huge": "text, number = 'x' * 10**10, 2 ** 10**10\nitems = list(range(10**10))\n"
    "padded = f\"{'a':>10000000000}\"",
    "products": "import itertools\nitems = list(itertools.product(range(1000), repeat=10))",
    "recursion": "def deep(n):\n    return deep(n - 1) if n else 0\nresult = deep(10**6)\n"
    "def many(n):\n    return n if n < 2 else many(n - 1) + many(n - 2)\nother = many(60)",
    "forever": "number = 0\nwhile True:\n    number += 1",
    "generator": "def numbers():\n    while True:\n        yield 1\nfound = list(numbers())",
}
SECONDS = 20


def modules_of(names: tuple[str, ...]) -> list[str]:
    """Those of the names that this Python has as a file."""
    return [name for name in names if (LIBRARY / f"{name.replace('.', '/')}.py").exists()]


@pytest.mark.skipif(sys.platform != "linux", reason="limits of processes")
@pytest.mark.parametrize("name", modules_of(SAMPLE))
def test_standard_library_is_evaluated(name: str, tmp_path: Path) -> None:
    file = f"{name.replace('.', '/')}.py"
    (tmp_path / "alone.py").write_bytes((LIBRARY / file).read_bytes())

    outcome = outcome_of(tmp_path, "alone", SECONDS, 1500)

    assert not outcome.crash
    assert not outcome.raising


@pytest.mark.skipif(sys.platform != "linux", reason="limits of processes")
@pytest.mark.parametrize("name", sorted(HARD))
def test_bounds_hold(name: str, tmp_path: Path) -> None:
    (tmp_path / "hard.py").write_text(HARD[name] + "\n")

    outcome = outcome_of(tmp_path, "hard", SECONDS, 1500)

    assert not outcome.crash


@pytest.mark.parametrize("name", modules_of(DATA))
def test_data_is_that_of_python(name: str, tmp_path: Path) -> None:
    last = name.rpartition(".")[2]
    shutil.copy(LIBRARY / f"{name.replace('.', '/')}.py", tmp_path / f"data_{last}.py")
    machine = evaluate_by_force(tmp_path, f"data_{last}", Budget())
    evaluated = machine.modules[f"data_{last}"].scope.names
    compared = 0

    for global_name, value in vars(importlib.import_module(name)).items():
        plain = plain_object(value)
        if plain is NotImplemented or global_name.startswith("__"):
            continue
        try:
            found = plain_value(evaluated[global_name])
        except NotPlain:
            continue
        assert (global_name, found) == (global_name, plain)
        compared += 1
    assert compared
