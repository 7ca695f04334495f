"""Scripts have what they use of the runtime, and leave the rest out."""

from __future__ import annotations

import ast
import pickle
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from conformance.reader import pipeline_of
from conformance.recipe import ROOT, Recipe, fixture_recipes
from script_faults import faults_of
from tests.codegen.projects import Project
from tests.codegen.test_pipeline import asset_step

from assetgen import runtime
from assetgen.analyzer.analysis import Request, analyze
from assetgen.codegen.pipeline import generate

RUNNABLE = [each for each in fixture_recipes(ROOT / "fixtures") if each.run is not None]


@cache
def methods_of_the_runtime() -> dict[str, frozenset[str]]:
    """By class, the methods that it defines."""
    (folder,) = runtime.__path__
    trees = [ast.parse(path.read_text()) for path in sorted(Path(folder).rglob("*.py"))]
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
    assert len(small.split("\n")) < 2_270
    assert not re.search(r"\n    # [^\n]*\n\n+(    #|\S)", small), "a heading of nothing"


def test_what_a_factory_makes_without_variables_is_written_once(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    file = tmp_path / "project" / "assets.py"
    file.write_text(FACTORY)
    text = generate(analyze(Request((file,))).pipeline).text
    assert text is not None
    assert text.count("return 'the same'") == 1
    assert text.count("return label") == 1
    script = tmp_path / "script.py"
    script.write_text(text)
    words = [sys.executable, str(script), "--storage", str(tmp_path / "values")]
    subprocess.run(words, check=True, capture_output=True)
    kept = {path.name: path.read_bytes() for path in (tmp_path / "values").rglob("*")}
    found = {name: pickle.loads(kept[name]) for name in ("one", "two", "three", "four")}
    assert found == {"one": "the same", "two": "the same", "three": "3", "four": "4"}


FACTORY = """\
import dagster as dg


def same(name):
    @dg.asset(name=name)
    def built():
        return 'the same'

    return built


def labelled(name, label):
    @dg.asset(name=name)
    def built():
        return label

    return built


defs = dg.Definitions([same("one"), same("two"), labelled("three", "3"), labelled("four", "4")])
"""
