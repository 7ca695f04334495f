"""Every fixture: Dagster loads it, assetgen says of it what Dagster says, and the pipeline that
assetgen generates does what Dagster does."""

from pathlib import Path

import pytest
from conformance.compare import differences, graph_of_dagster
from conformance.oracle import Oracle
from conformance.pipeline_run import run_differences, run_pipeline
from conformance.reader import diagnostics_of, graph_of, pipeline_of
from conformance.recipe import ROOT, Recipe, fixture_recipes

from assetgen.cli.application import application

RECIPES = fixture_recipes(ROOT / "fixtures")
RUNNABLE = tuple(recipe for recipe in RECIPES if recipe.run is not None)


def by_name(recipe: Recipe) -> str:
    return recipe.name


@pytest.mark.parametrize("recipe", RECIPES, ids=by_name)
def test_loads_in_dagster(recipe: Recipe, oracle: Oracle) -> None:
    document = oracle.graph(recipe)

    assert document["assets"]
    assert all(asset["key"] for asset in document["assets"])


@pytest.mark.parametrize("recipe", RUNNABLE, ids=by_name)
def test_runs_in_dagster(recipe: Recipe, oracle: Oracle) -> None:
    document = oracle.run(recipe)

    assert "succeeded" in document["steps"].values()
    assert document["success"] is ("failed" not in document["steps"].values())


@pytest.mark.parametrize("recipe", RECIPES, ids=by_name)
def test_graph_is_that_of_dagster(recipe: Recipe, oracle: Oracle) -> None:
    dagster = graph_of_dagster(oracle.graph(recipe))
    pipeline = pipeline_of(recipe)

    told = differences(dagster, graph_of(pipeline, oracle), unknown=recipe.unknown)

    if told:
        pytest.fail("\n".join((*told, "", *diagnostics_of(pipeline))), pytrace=False)


@pytest.mark.parametrize("recipe", RUNNABLE, ids=by_name)
def test_generated_pipeline_does_what_dagster_does(
    recipe: Recipe, oracle: Oracle, tmp_path: Path
) -> None:
    script = tmp_path / "pipeline.py"
    words = ["generate", "pipeline", *recipe.analyze_arguments(), "-o", str(script)]
    assert not application.main(words, prog_name="assetgen", standalone_mode=False)

    dagster = oracle.run(recipe)
    ran = run_pipeline(script, recipe.run or {}, tmp_path)

    told = run_differences(dagster, ran.document)
    if ran.exit_code != (0 if dagster["success"] else 1):
        told.append(f"exit code {ran.exit_code}")
    if told:
        pytest.fail("\n".join((*told, "", ran.output)), pytrace=False)
