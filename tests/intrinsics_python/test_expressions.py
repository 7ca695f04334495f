"""Random expressions have the values that CPython gives them; none of them is unknown."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intrinsics_python.evaluation import evaluated, plain_value
from intrinsics_python.expressions import expression, program


@settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**32))
def test_values_are_those_of_cpython(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    assert differences(tmp_path, [expression(random, "any", 3) for _ in range(20)]) == []


@settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**32))
def test_programs_end_as_in_cpython(tmp_path: Path, seed: int) -> None:
    text = program(Random(seed))
    assert differences_of_program(tmp_path, text) == [], text


def differences_of_program(folder: Path, text: str) -> list[str]:
    """Where variables end as others than in CPython; none if the program raises there."""
    names: dict[str, object] = {}
    try:
        exec(text, names)  # noqa: S102 -- the text is our own
    except Exception:
        return []
    path = folder / "drawn.py"
    path.write_text(text, "utf-8")
    machine, found = evaluated(path)
    told = [each.message for each in machine.diagnostics.values()]
    for name in ("n", "t", "ns", "ts", "d"):
        try:
            actual = plain_value(found[name])
        except AssertionError as error:
            actual = error
        if repr(actual) != repr(names[name]):
            told.append(f"{name} is {names[name]!r}, but {actual!r}")
    return told


def differences(folder: Path, expressions: list[str]) -> list[str]:
    """Where the evaluator says another value than CPython, or none."""
    path = folder / "drawn.py"
    path.write_text("".join(f"v{n} = {text}\n" for n, text in enumerate(expressions)), "utf-8")
    _, found = evaluated(path)
    told = []
    for number, text in enumerate(expressions):
        try:
            expected = eval(text)  # noqa: S307 -- the text is our own
        except Exception:  # what it raises on the way may come from anywhere in it
            continue
        try:
            actual = plain_value(found[f"v{number}"])
        except AssertionError as error:
            told.append(f"{text} is {expected!r}, but {error}")
            continue
        if actual != expected or repr(actual) != repr(expected):
            told.append(f"{text} is {expected!r}, but said to be {actual!r}")
    return told


@pytest.mark.parametrize(
    "text", ["f'{(7):>05d}'", "format((3), 'c')", "('%5.1f' % (2))", "sorted({'b', 'a'})[0]"]
)
def test_some(tmp_path: Path, text: str) -> None:
    assert differences(tmp_path, [text]) == []
