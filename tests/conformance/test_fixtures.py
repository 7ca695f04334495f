"""Every fixture: Dagster loads it, and assetgen says of it what Dagster says."""

import pytest
from conformance.oracle import Oracle
from conformance.recipe import Recipe, fixture_recipes
from conftest import ROOT

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
