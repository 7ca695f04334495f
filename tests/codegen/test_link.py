"""The linker: before and after, and that both compute the same."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import ModuleType

import pytest
from tests.codegen.linked_text import importable, link, modules_of, read_cases, write_cases

FILES = sorted(Path(__file__).with_name("link_cases").glob("*.txt"))
CASES = [(path, case) for path in FILES for case in read_cases(path)]
IDS = [f"{path.stem}: {case.title}" for path, case in CASES]


@pytest.mark.parametrize(("path", "case"), CASES, ids=IDS)
def test_linked_text_is_as_recorded(path, case, tmp_path):
    """`ASSETGEN_UPDATE=1` records the texts anew, to be read in the difference."""
    text, problems, _ = link(modules_of(case.files, tmp_path), case.roots)
    found = {"problems": problems} if "error:" in problems else {"linked": text}
    if "warning:" in problems:
        found["problems"] = problems
    if os.environ.get("ASSETGEN_UPDATE"):
        kept = [pair for pair in case.sections if pair[0] not in ("linked", "problems")]
        cases = [
            each if each.title != case.title else type(each)(each.title, (*kept, *found.items()))
            for each in read_cases(path)
        ]
        write_cases(path, cases)
    else:
        recorded = {name: text for name, text in case.sections if name in ("linked", "problems")}
        assert found == recorded


@pytest.mark.parametrize(
    "case",
    [case for _, case in CASES if "linked" in dict(case.sections)],
    ids=lambda case: case.title,
)
def test_linked_functions_return_what_the_originals_do(case, tmp_path):
    text, _, names = link(modules_of(case.files, tmp_path), case.roots)
    script = ModuleType("linked")
    sys.modules["linked"] = script  # where dataclasses look for the names in annotations
    exec(compile(text, "linked.py", "exec", dont_inherit=True), vars(script))  # noqa: S102
    with importable(tmp_path):
        for (module, root), name in zip(case.roots, names, strict=True):
            original = getattr(__import__(module, fromlist=[root]), root)
            assert getattr(script, name)() == original()
