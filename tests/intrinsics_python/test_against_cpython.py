"""Each file in `cases/` is run by CPython and evaluated, and its globals are the same.

A case is a line in one of these files: a name and an expression whose value is plain data. A file
whose name ends in `_since_3_11` is for Python 3.11 and newer.
"""

import re
import sys
from pathlib import Path

import pytest
from intrinsics_python.evaluation import evaluated, executed, plain_value

CASES = Path(__file__).parent / "cases"


def is_for_this_python(path: Path) -> bool:
    since = re.search(r"_since_(\d+)_(\d+)$", path.stem)
    return since is None or sys.version_info >= (int(since[1]), int(since[2]))


def as_before(value: object) -> object:
    """A message of Python 3.14 as older ones, which we follow, write it."""
    if isinstance(value, tuple):
        return tuple(as_before(each) for each in value)
    if not isinstance(value, str):
        return value
    text = re.sub(r"cannot use '.*' as a (?:dict key|set element) \((.*)\)", r"\1", value)
    if text == "object is not iterable":
        return "cannot convert dictionary update sequence element #0 to a sequence"
    return text


FILES = sorted(filter(is_for_this_python, CASES.glob("*.py")))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_globals_are_those_of_cpython(path: Path) -> None:
    expected = executed(path)
    machine, found = evaluated(path)
    differences = []
    for name, value in expected.items():
        try:
            actual = plain_value(found[name]) if name in found else "<missing>"
        except AssertionError as error:
            actual = f"<{error}>"
        if sys.version_info >= (3, 14):
            value = as_before(value)
        if actual != value or type(actual) is not type(value):
            differences.append(f"{name}: {actual!r}, in CPython {value!r}")
    told = [str(d.message) for d in machine.diagnostics.values()]
    assert differences == [], told
    assert told == []
    assert len(expected) > 3
