"""Scripts with functions that hold on to values, and with those that decorators wrap."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.codegen.models import SPAN
from tests.codegen.projects import Project
from tests.codegen.scripts import asset_step, feed, made, refused

from assetgen.analyzer.analysis import Request, analyze
from assetgen.analyzer.model.functions import (
    CallRef,
    Lost,
    NameRef,
    Plain,
    TableRef,
    TupleRef,
)
from assetgen.codegen.pipeline import generate

FACTORY = '''
import dagster as dg


class Loader:
    def __init__(self, base, *, tags=()):
        self.base = base
        self.tags = tags

    def load(self, n):
        return self.base * n, list(self.tags)


def shout(text):
    return text.upper()


def build(name, loader, settings, transform):
    import math
    prefix = f"{name}-"

    @dg.asset(name=name, tags=settings)
    def _asset():
        """An asset
        made by a factory."""
        text = """
kept as it is"""
        return prefix, loader.load(2), settings["n"], transform(name), math.floor(1.5), text

    return _asset
'''


def test_functions_of_a_factory_share_a_builder(tmp_path):
    project = Project.of(tmp_path, factory=FACTORY)
    double = project.function("factory:shout")

    def captures(name, number, transform):
        return (
            ("prefix", Plain(f"'{name}-'")),
            (
                "loader",
                CallRef(
                    NameRef("factory", "Loader"),
                    ((None, Plain(str(number))), ("tags", TupleRef("list", (Plain("'it\\'s'"),)))),
                ),
            ),
            ("settings", TableRef((("n", Plain("1.5")),))),
            ("transform", transform),
            ("name", Plain(repr(name))),
            ("math", NameRef("math", "")),
            ("unused", Lost("nobody reads it", SPAN)),
        )

    steps = [
        asset_step("one", project.function("factory:_asset", *captures("one", 3, double))),
        asset_step(
            "two",
            project.function("factory:_asset", *captures("two", 4, NameRef("factory", "shout"))),
        ),
    ]
    text = made(project.pipeline(steps))
    assert text.count("def _asset():") == 1
    run = project.run(text)
    assert run.code == 0, run.err
    assert run.value("one") == ("one-", (6, ["it's"]), 1.5, "ONE", 1, "\nkept as it is")
    assert run.value("two") == ("two-", (8, ["it's"]), 1.5, "TWO", 1, "\nkept as it is")


def test_a_lost_capture_is_an_error_where_it_was_lost(tmp_path):
    project = Project.of(
        tmp_path, a="def build(x):\n    def inner():\n        return x\n    return inner\n"
    )
    function = project.function("a:inner", ("x", Lost("it comes from the network", SPAN)))
    (problem,) = refused(project.pipeline([asset_step("lost", function)]))
    assert problem.span == SPAN
    assert "it comes from the network" in problem.message


def test_functions_in_loops_and_lambdas(tmp_path):
    project = Project.of(
        tmp_path,
        a=(
            "made = []\n"
            "for number in (1, 2):\n"
            "    # Each has its own number.\n"
            "    def numbered(number=number):\n"
            "        return number * FACTOR\n"
            "    made.append(numbered)\n"
            "FACTOR = 10\n"
            "shown = str(\n"
            "    lambda numbered_1: (\n        numbered_1,\n        'two  spaces')\n)\n\n\n"
            "def again():\n    return 1\n\n\n"
            "first = again\n\n\n"
            "def again():\n    return 2 if FACTOR else again()\n"
        ),
    )
    one = project.function("a:numbered", ("number", Plain("1")))
    two = project.function("a:numbered", ("number", Plain("2")))
    steps = [
        asset_step("numbered_1", one),
        asset_step("numbered_2", two),
        asset_step("shown", project.function("a:<lambda>"), feed("numbered_1")),
        asset_step("early", project.function("a:again")),
    ]
    run = project.run(made(project.pipeline(steps)))
    assert run.code == 0, run.err
    values = [run.value(name) for name in ("numbered_1", "numbered_2", "shown", "early")]
    assert values == [10, 20, (10, "two  spaces"), 1]


def test_wrappers_of_decorators_enums_and_methods(tmp_path):
    project = Project.of(
        tmp_path,
        a=(
            "import enum\nimport functools\nimport dagster as dg\n\n\n"
            "class Size(enum.Enum):\n    BIG = 3\n\n\n"
            "def counted(times):\n"
            "    def decorate(function):\n"
            "        @functools.wraps(function)\n"
            "        def wrapper(*args, **kwargs):\n"
            "            return [function(*args, **kwargs)] * times.value\n"
            "        return wrapper\n"
            "    return decorate\n\n\n"
            "@dg.asset\n@counted(Size.BIG)\ndef orders():\n    return 1\n\n\n"
            "class Jobs:\n"
            "    @staticmethod\n    def compute():\n        return 5\n"
        ),
    )
    wrapper = project.function(
        "a:wrapper", ("function", NameRef("a", "orders")), ("times", NameRef("a", "Size.BIG"))
    )
    method = replace(project.function("a:compute"), qualname="Jobs.compute", is_nested=False)
    steps = [asset_step("orders", wrapper), asset_step("method", method)]
    run = project.run(made(project.pipeline(steps)))
    assert run.code == 0, run.err
    assert run.value("orders") == [1, 1, 1]
    assert run.value("method") == 5


def test_wraps_of_a_function_that_is_not_at_hand_goes(tmp_path):
    project = Project.of(
        tmp_path,
        a=(
            "from functools import wraps\n\n\n"
            "def factory(name):\n"
            "    def decorate(function):\n"
            "        @wraps(function)\n"
            "        def wrapper():\n"
            "            return name\n"
            "        return wrapper\n"
            "    return decorate\n"
        ),
    )
    step = asset_step("named", project.function("a:wrapper", ("name", Plain("'x'"))))
    text = made(project.pipeline([step]))
    assert "wraps" not in text.partition("# What runs them")[0]
    assert project.run(text).value("named") == "x"


def test_paths_of_the_project_are_written_from_its_folder(tmp_path):
    project = Project.of(
        tmp_path,
        a="def build(here, name, other):\n    def inner():\n        return here, name, other\n"
        "    return inner\n",
    )
    folder = tmp_path / "project"
    captures = (
        ("here", CallRef(NameRef("pathlib", "Path"), ((None, Plain(repr(f"{folder}/data"))),))),
        ("name", Plain(repr([str(folder), f"{folder}/x.csv", f"in {folder}"]))),
        ("other", Plain(repr(f"{folder}2/y"))),
    )
    result = generate(
        project.pipeline([asset_step("inner", project.function("a:inner", *captures))])
    )
    assert result.text is not None
    assert f'(Path("data"), [".", "x.csv", "in {folder}"], "{folder}2/y")' in result.text
    assert {each.rule for each in result.diagnostics} == {"rewritten-path"}


@pytest.mark.parametrize(
    "changes",
    [
        "    schema = {}\n    for each in (1, 2):\n        schema = {'n': each}\n",
        "    schema = {'n': int}\n    schema = {'m': int}\n",
        "    schema = {'n': int}\n    def change():\n        nonlocal schema\n",
    ],
)
def test_what_a_decorator_was_given_is_not_taken_from_a_variable_that_changes(tmp_path, changes):
    (tmp_path / "a.py").write_text(
        "import dagster as dg\n\n\n"
        f"def make():\n{changes}"
        "    @dg.asset(config_schema=schema)\n"
        "    def inner(context):\n"
        "        return context.op_config\n\n"
        "    return inner\n\n\n"
        "inner = make()\n",
        encoding="utf-8",
    )
    (problem,) = refused(analyze(Request(paths=(tmp_path,))).pipeline)
    assert "`schema` is a variable of the function around" in problem.message


@pytest.mark.parametrize("use", ["module", "module.made", "setattr(module, 'a', 1)"])
def test_a_module_that_is_more_than_its_plain_parts_is_refused(tmp_path, use):
    (tmp_path / "parts.py").write_text(
        "import dagster as dg\n\n\n@dg.asset\ndef made():\n    return 1\n", encoding="utf-8"
    )
    (tmp_path / "a.py").write_text(
        "import dagster as dg\n"
        "import parts\n\n\n"
        "def make(module):\n"
        "    @dg.asset\n"
        f"    def inner():\n        return {use}\n\n"
        "    return inner\n\n\n"
        "inner = make(parts)\n",
        encoding="utf-8",
    )
    pipeline = analyze(Request(paths=(tmp_path / "a.py",), source_roots=(tmp_path,))).pipeline
    (problem,) = refused(pipeline)
    assert "module `parts` is used as a value" in problem.message
