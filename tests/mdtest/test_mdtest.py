"""Runs every page of tests/mdtest, and the page of every lint rule.

Each case is held against its expectations, and against real Dagster: Dagster loads it, or the case
expects an error; what `reveal` shows is what Python computes.
"""

from pathlib import Path

import pytest
from conformance.oracle import DagsterRefused, Oracle
from conformance.recipe import Recipe
from conftest import ROOT
from mdtest.document import Case, read_page
from mdtest.expectations import expectations

PAGES = (
    *sorted((ROOT / "tests/mdtest").glob("*.md")),
    *sorted((ROOT / "analyzer/assetgen/analyzer/lint/rules").glob("*.md")),
)
CASES = tuple(case for page in PAGES for case in read_page(page))
IN_DAGSTER = tuple(case for case in CASES if case.mark("dagster") is None)


def by_name(case: Case) -> str:
    return f"{case.page.stem}: {case.name}"


def recipe_of(case: Case, folder: Path) -> Recipe:
    case.write(folder)
    return Recipe(
        name=case.name,
        folder=folder,
        roots=tuple(folder / root for root in case.roots()),
        module=case.module(),
        env=case.env(),
    )


@pytest.mark.parametrize("case", IN_DAGSTER, ids=by_name)
def test_dagster_agrees_with_the_page(case: Case, oracle: Oracle, tmp_path: Path) -> None:
    expected = expectations(case)
    try:
        document = oracle.graph(recipe_of(case, tmp_path))
    except DagsterRefused as refusal:
        if not any(each.severity == "error" for each in expected):
            reason = str(refusal).partition("\n")[0]
            pytest.fail(f"Dagster refuses what the page calls right: {reason}", pytrace=False)
        return

    revealed = {
        (each["path"], each["line"], each["value"])
        for each in document["revealed"]
        if each["value"] is not None
    }
    lines = {(path, line) for path, line, _ in revealed}
    written = {(each.path, each.line, each.message) for each in expected if each.rule == "revealed"}
    assert {each for each in written if each[:2] in lines} == revealed
