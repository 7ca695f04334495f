"""Random projects: Dagster and assetgen agree on them.

The normal run draws the same projects every time. More of them, and others each time:

    pytest tests/fuzz --fuzz-examples 5000

With FUZZ_REFUSALS set in the environment (and `-s`), projects are printed that Dagster refuses and
assetgen finds no error in.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from conformance.compare import differences, graph_of_dagster
from conformance.oracle import DagsterRefused, Oracle
from conformance.reader import diagnostics_of, graph_of, pipeline_of
from conformance.recipe import Recipe
from fuzz.drawing import drawing
from fuzz.grammar.projects import SourceProject, projects
from hypothesis import given

from assetgen.analyzer.lint.run import lint

EXAMPLES = 120
ALLOWED_REFUSALS = 0.25
"""The part of the drawn projects that Dagster may refuse without assetgen's knowing it."""


def test_dagster_and_assetgen_agree(oracle: Oracle, pytestconfig: pytest.Config) -> None:
    seen: Counter[str] = Counter()

    @drawing(pytestconfig, EXAMPLES)
    @given(projects())
    def agree(project: SourceProject) -> None:
        verdict, told = compared(project, oracle)
        seen[verdict] += 1
        if told:
            pytest.fail("\n".join((*told, "", str(project))), pytrace=False)

    agree()
    assert seen["refused, unnoticed"] <= ALLOWED_REFUSALS * seen.total(), seen


def compared(project: SourceProject, oracle: Oracle) -> tuple[str, list[str]]:
    """What became of a project, and what the two do not agree in."""
    with tempfile.TemporaryDirectory() as name, inside(Path(name)) as folder:
        project.write(folder)
        recipe = Recipe("drawn", folder, (folder,), module=project.module)
        pipeline = pipeline_of(recipe)
        try:
            dagster = graph_of_dagster(oracle.graph(recipe))
        except DagsterRefused as refusal:
            if any(each.severity.value == "error" for each in lint(pipeline).findings):
                return "refused, noticed", []
            if os.environ.get("FUZZ_REFUSALS"):
                print(refusal, project)
            return "refused, unnoticed", []
        told = differences(dagster, graph_of(pipeline, oracle))
        return "agreed", [*told, *(each for each in diagnostics_of(pipeline))]


class inside:
    """The current folder, for a while."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.before = Path.cwd()

    def __enter__(self) -> Path:
        os.chdir(self.folder)
        return self.folder

    def __exit__(self, *_: object) -> None:
        os.chdir(self.before)
