"""The comparison itself: it accepts what is equal, and notices every kind of difference."""

import copy
from dataclasses import replace
from typing import Any

import pytest
from conformance.compare import Graph, differences, graph_of_dagster
from conformance.oracle import Oracle
from conformance.recipe import ROOT, Recipe, fixture_recipes

RECIPES = {recipe.name: recipe for recipe in fixture_recipes(ROOT / "fixtures")}
RICH = RECIPES["multi_assets"]
KINDS = ("assets", "checks", "jobs", "schedules", "sensors", "resources")


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_a_graph_is_equal_to_itself(recipe: Recipe, oracle: Oracle) -> None:
    graph = graph_of_dagster(oracle.graph(recipe))

    assert differences(graph, copy.deepcopy(graph)) == []


def test_every_field_of_an_asset_is_compared(oracle: Oracle) -> None:
    graph = graph_of_dagster(oracle.graph(RICH))
    fields = graph.assets["survey/answers"]

    for name in fields:
        wrong = copy.deepcopy(graph)
        wrong.assets["survey/answers"][name] = "something else"
        assert [line.split(": ")[1] for line in differences(graph, wrong)] == [name]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_missing_or_too_much_is_told(kind: str, oracle: Oracle) -> None:
    both = [graph_of_dagster(oracle.graph(RECIPES[name])) for name in ("multi_assets", JOBS)]
    whole = next(graph for graph in both if getattr(graph, kind))
    less = without_one(whole, kind)

    assert differences(whole, less)[0].endswith(": missing")
    assert differences(less, whole)[0].endswith(": not in Dagster")


JOBS = "resources_and_jobs"


def without_one(graph: Graph, kind: str) -> Graph:
    entries: dict[str, Any] = dict(getattr(graph, kind))
    entries.pop(sorted(entries)[0])
    return replace(graph, **{kind: entries})


def test_unknown_fields_are_differences_unless_allowed(oracle: Oracle) -> None:
    graph = graph_of_dagster(oracle.graph(RICH))
    said = replace(copy.deepcopy(graph), unknown={"overview": frozenset({"tags"})})
    said.assets["overview"]["tags"] = {"made": "up"}

    assert differences(graph, said) == ["asset overview: tags is unknown"]
    assert differences(graph, said, unknown={"overview": ("tags",)}) == []
    assert differences(graph, said, unknown={"*": ("tags",)}) == []
    assert differences(graph, said, partial=True) == []


def test_a_part_may_lack_something_but_say_nothing_wrong(oracle: Oracle) -> None:
    graph = graph_of_dagster(oracle.graph(RICH))
    less = without_one(graph, "assets")
    less.assets["publication"]["deps"] = ["overview"]
    wrong = copy.deepcopy(graph)
    wrong.assets["publication"]["deps"] = ["elsewhere"]

    assert differences(graph, less, partial=True) == []
    assert len(differences(graph, wrong, partial=True)) == 1
