"""Runs every page of tests/mdtest, and the page of every lint rule.

Each case is held against its expectations and snapshots, and against real Dagster: Dagster loads
it and sees the same graph, or the case expects an error; what `reveal` shows is what Python
computes. A case that expects something unresolved may know less than Dagster, but nothing else.
"""

from pathlib import Path

import pytest
from conformance.compare import differences, graph_of_dagster
from conformance.oracle import DagsterRefused, Oracle
from conformance.reader import diagnostics_of, graph_of, pipeline_of
from conformance.recipe import ROOT, Recipe
from mdtest.document import Case, read_page, rewrite
from mdtest.expectations import Expectation, expectations, mismatches
from mdtest.snapshots import RENDERERS

from assetgen.analyzer.lint.run import lint

PAGES = (
    *sorted((ROOT / "tests/mdtest").glob("*.md")),
    *sorted((ROOT / "analyzer/assetgen/analyzer/lint/rules").glob("*.md")),
)
CASES = tuple(case for page in PAGES for case in read_page(page))
IN_DAGSTER = tuple(case for case in CASES if case.mark("dagster") is None)
WITH_SNAPSHOTS = tuple(case for case in CASES if case.snapshots)

EMPTY = "empty-code-location"


def by_name(case: Case) -> str:
    return f"{case.page.stem}: {case.name}"


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_page_says_what_assetgen_says(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    findings = lint(pipeline_of(recipe_of(case, tmp_path))).findings

    expected = expectations(case)
    said = [
        Expectation(each.span.path, each.span.line, each.severity.value, each.rule, each.message)
        for each in findings
    ]
    if not any(each.rule == EMPTY for each in expected):
        # Cases of Python alone need no definitions.
        said = [each for each in said if each.rule != EMPTY]
    if told := mismatches(expected, said):
        pytest.fail("\n".join(told), pytrace=False)


@pytest.mark.parametrize("case", WITH_SNAPSHOTS, ids=by_name)
def test_snapshots_are_fresh(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    monkeypatch.chdir(tmp_path)
    pipeline = pipeline_of(recipe_of(case, tmp_path))

    texts = [RENDERERS[snapshot.kind](pipeline) for snapshot in case.snapshots]

    if pytestconfig.getoption("--update-mdtest"):
        rewrite(case, texts)
    else:
        assert [snapshot.text for snapshot in case.snapshots] == texts


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

    written = {(each.path, each.line, each.message) for each in expected if each.rule == "revealed"}
    unknown = {each[:2] for each in written if "Unknown(" in each[2]}
    revealed = {
        (each["path"], each["line"], each["value"])
        for each in document["revealed"]
        if each["value"] is not None and (each["path"], each["line"]) not in unknown
    }
    lines = {(path, line) for path, line, _ in revealed}
    assert {each for each in written if each[:2] in lines} == revealed


@pytest.mark.parametrize("case", IN_DAGSTER, ids=by_name)
def test_graph_is_that_of_dagster(
    case: Case, oracle: Oracle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = recipe_of(case, tmp_path)
    try:
        dagster = graph_of_dagster(oracle.graph(recipe))
    except DagsterRefused:
        return  # there is no graph; the page has an error in its place
    monkeypatch.chdir(tmp_path)

    pipeline = pipeline_of(recipe)

    partial = any(each.rule.startswith("unresolved-") for each in expectations(case))
    if told := differences(dagster, graph_of(pipeline, oracle), partial=partial):
        pytest.fail("\n".join((*told, "", *diagnostics_of(pipeline))), pytrace=False)


def recipe_of(case: Case, folder: Path) -> Recipe:
    case.write(folder)
    return Recipe(
        name=case.name,
        folder=folder,
        roots=tuple(folder / root for root in case.roots()),
        module=None if case.mark("defs") else case.module(),
        defs_module=case.mark("defs"),
        env=case.env(),
        unset=case.unset(),
    )
