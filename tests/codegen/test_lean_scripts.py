"""Scripts have what they use of the runtime, and leave the rest out."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from conformance.reader import pipeline_of
from conformance.recipe import ROOT, Recipe, fixture_recipes
from tests.codegen.projects import Project
from tests.codegen.test_pipeline import asset_step

from assetgen import runtime
from assetgen.codegen.pipeline import generate
from assetgen.codegen.verification import faults_of

RUNNABLE = [each for each in fixture_recipes(ROOT / "fixtures") if each.run is not None]


@cache
def methods_of_the_runtime() -> dict[str, frozenset[str]]:
    """By class, the methods that it defines."""
    (folder,) = runtime.__path__
    trees = [ast.parse(path.read_text()) for path in sorted(Path(folder).glob("*.py"))]
    classes = [each for tree in trees for each in tree.body if isinstance(each, ast.ClassDef)]
    return {each.name: frozenset(names_of_methods(each)) for each in classes}


def names_of_methods(node: ast.ClassDef) -> list[str]:
    return [each.name for each in node.body if isinstance(each, ast.FunctionDef)]


@pytest.mark.parametrize("recipe", RUNNABLE, ids=lambda recipe: recipe.name)
def test_no_method_is_left_out_that_anything_mentions(recipe: Recipe) -> None:
    text = generate(pipeline_of(recipe)).text
    assert text is not None
    assert faults_of(text, "pipeline.py") == ()
    tree = ast.parse(text)
    words = {each.attr for each in ast.walk(tree) if isinstance(each, ast.Attribute)}
    words |= {str(each.value) for each in ast.walk(tree) if isinstance(each, ast.Constant)}
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            known = methods_of_the_runtime().get(node.name, frozenset())
            gone = known - {*names_of_methods(node)}
            assert not gone & words, f"{node.name} has lost what the script mentions"


def test_what_nobody_uses_is_left_out(tmp_path: Path) -> None:
    project = Project.of(
        tmp_path,
        a="def small(context):\n    return context.run_id, context.log\n"
        "def large(context):\n    return str(context.has_partition_key), context.asset_key.path\n",
    )
    small = generate(project.pipeline([asset_step("small", project.function("a:small"))])).text
    large = generate(project.pipeline([asset_step("large", project.function("a:large"))])).text
    assert small is not None
    assert large is not None
    for name in ("has_partition_key", "add_asset_metadata", "from_user_string"):
        assert f"def {name}(" not in small
    assert "def has_partition_key(" in large
    assert "def path(" in large
    assert len(small.split("\n")) < 2_240
    assert not re.search(r"\n    # [^\n]*\n\n+(    #|\S)", small), "a heading of nothing"
