"""Generated scripts: made of hand-made models, and run with nothing but Python."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from tests.codegen.models import SPAN, key
from tests.codegen.projects import Project

from assetgen.analyzer.model.assets import Asset, AssetCheck, Dependency
from assetgen.analyzer.model.automation import Resource
from assetgen.analyzer.model.diagnostics import Severity
from assetgen.analyzer.model.functions import (
    CallRef,
    Lost,
    NameRef,
    Plain,
    TableRef,
    TupleRef,
)
from assetgen.analyzer.model.partitions import PartitionMapping, Partitions, RetryPolicy
from assetgen.analyzer.model.spans import Origin
from assetgen.analyzer.model.steps import (
    AssetInput,
    AssetStep,
    FanInSource,
    GraphDefinition,
    GraphInputSource,
    Input,
    Invocation,
    OpDefinition,
    Output,
    OutputSource,
)
from assetgen.codegen.dagster_names import DECLARATIONS, PUBLIC, RUNTIME
from assetgen.codegen.options import PipelineOptions
from assetgen.codegen.pipeline import generate
from assetgen.codegen.verification import faults_of


def feed(name: str, asset: str = "", **attributes: object) -> AssetInput:
    return AssetInput(name, key(asset or name), key(asset or name), SPAN, **attributes)


def asset_step(name, function, *inputs, outputs=(), assets=(), kind="asset", checks=(), **op):
    definition = OpDefinition(
        name,
        function,
        tuple(Input(each.input, each.is_nothing) for each in inputs),
        outputs or (Output("result"),),
        **op,
    )
    return AssetStep(
        name,
        kind,
        definition,
        inputs,
        assets or ((("result", key(name)),) if kind == "asset" else ()),
        checks,
        origin=Origin(function.span),
    )


@pytest.fixture
def chain(tmp_path):
    """Three modules: an asset with a context, configuration and retries, and one downstream."""
    project = Project.of(
        tmp_path,
        first=(
            "import dagster as dg\n"
            "from shared import scale, LIMIT\n\n\n"
            "class OrdersConfig(dg.Config):\n"
            "    count: int = LIMIT\n\n\n"
            "def helper(x):\n"
            "    return x * 2\n\n\n"
            "attempts = []\n\n\n"
            "@dg.asset(retry_policy=dg.RetryPolicy(max_retries=2))\n"
            "def orders(context: dg.AssetExecutionContext, config: OrdersConfig) -> list:\n"
            '    """All orders."""\n'
            "    attempts.append(1)\n"
            "    if len(attempts) < 2:\n"
            '        raise ValueError("again")\n'
            "    return [helper(scale(i)) for i in range(config.count)]\n"
        ),
        second=(
            "from dagster import MaterializeResult, MetadataValue, asset\n"
            "import shared\n\n\n"
            "def helper(x):\n"
            "    return sum(x) + shared.scale(0)\n\n\n"
            '@asset(key_prefix="mart")\n'
            "def total(orders: list[int]):\n"
            "    value = helper(orders)\n"
            '    return MaterializeResult(value=value, metadata={"n": MetadataValue.int(value)})\n'
        ),
        shared="LIMIT = 3\n\n\ndef scale(x):\n    return x + LIMIT\n",
    )
    steps = (
        asset_step(
            "mart__total",
            project.function("second:total"),
            feed("orders"),
            assets=(("result", key("mart/total")),),
        ),
        asset_step(
            "orders",
            project.function("first:orders"),
            takes_context=True,
            config="OrdersConfig",
            retry_policy=RetryPolicy(2, 0.01, "EXPONENTIAL", "PLUS_MINUS"),
        ),
    )
    return project, project.pipeline(steps)


def test_a_script_runs_alone(chain):
    project, pipeline = chain
    run = project.run(made(pipeline))
    assert run.code == 0, run.err
    assert run.value("orders") == [6, 8, 10]
    assert run.value("mart", "total") == 27


def test_steps_stand_in_the_order_of_their_dependencies(chain):
    _, pipeline = chain
    text = made(pipeline)
    assert text.index("def orders(") < text.index("def total(")
    assert text.index('Step(\n            "orders"') < text.index('"mart__total"')


def test_the_same_model_gives_the_same_text_without_paths_of_this_machine(chain):
    project, pipeline = chain
    text = made(pipeline)
    assert text == made(pipeline)
    assert str(project.folder) not in text


def test_a_script_is_formatted(chain):
    project, pipeline = chain
    script = project.folder / "formatted.py"
    script.write_text(made(pipeline))
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--line-length", "100"]
    done = subprocess.run([*command, "--diff", str(script)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_generating_imports_neither_the_project_nor_the_runtime(chain):
    _, pipeline = chain
    made(pipeline)
    program = (
        "import sys\n"
        "import assetgen.codegen.pipeline\n"
        f"assert not [name for name in sys.modules if name.startswith({RUNTIME!r})]\n"
        "assert 'networkx' not in sys.modules and 'jinja2' not in sys.modules\n"
    )
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0


def test_the_runtime_can_stay_imported(chain):
    project, pipeline = chain
    text = made(pipeline, import_runtime=True)
    assert "class AssetKey" not in text
    assert "from assetgen.runtime import" in text
    assert '#     "assetgen",' in text
    script = project.folder / "short.py"
    script.write_text(text)
    done = subprocess.run([sys.executable, str(script)], cwd=project.folder, capture_output=True)
    assert done.returncode == 0, done.stderr


def test_a_selection_reads_the_rest_from_storage(chain):
    project, pipeline = chain
    assert project.run(made(pipeline)).code == 0
    text = made(pipeline, selection=frozenset({key("mart/total")}))
    assert "def orders(" not in text
    run = project.run(text)
    assert run.code == 0, run.err


def test_requirements_are_those_of_the_imports(tmp_path):
    project = Project.of(
        tmp_path,
        a=(
            "import json, os.path\n"
            "import yaml\n"
            "import pandas as pd\n"
            "import google.cloud.storage\n"
            "from sklearn.linear_model import Ridge\n"
            "from google.cloud import bigquery\n"
            "import unused\n\n\n"
            "def rows():\n"
            "    import duckdb, csv\n"
            "    from azure.storage import blob\n"
            "    return bigquery, yaml, pd, google.cloud.storage, Ridge, json, os.path\n"
        ),
    )
    pipeline = project.pipeline([asset_step("rows", project.function("a:rows"))])
    text = made(pipeline, requirements=("pandas[parquet]>=2.1,<3", "PyYAML==6.0.2", "unused"))
    assert text.startswith(
        "# /// script\n"
        '# requires-python = ">=3.10"\n'
        "# dependencies = [\n"
        '#     "azure-storage-blob",\n'
        '#     "duckdb",\n'
        '#     "google-cloud-bigquery",\n'
        '#     "google-cloud-storage",\n'
        '#     "pandas[parquet]>=2.1,<3",\n'
        '#     "PyYAML==6.0.2",\n'
        '#     "scikit-learn",\n'
        "# ]\n"
        "# ///\n"
    )


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


OPS = """
import dagster as dg


@dg.op(out=dg.DynamicOut())
def load(numbers):
    for number in numbers:
        yield dg.DynamicOutput(number, mapping_key=f"k{number}")


@dg.op
def double(number):
    return number * 2


@dg.op
def add(number, extra):
    return number + extra


@dg.op
def one():
    return 100


@dg.op
def total(numbers, more):
    return sum(numbers) + sum(more)


@dg.asset
def numbers():
    return [1, 2, 3]
"""


def test_graphs_of_ops_with_nesting_and_dynamic_outputs(tmp_path):
    project = Project.of(tmp_path, ops=OPS)

    def op(name, *inputs, dynamic=False):
        return OpDefinition(
            name,
            project.function(f"ops:{name}"),
            tuple(Input(each) for each in inputs),
            (Output("result", is_dynamic=dynamic),),
        )

    def use(definition, **inputs):
        return Invocation(definition.name, definition, tuple(inputs.items()), SPAN)

    inner = GraphDefinition(
        "inner",
        None,
        (Input("number"), Input("extra")),
        (Output("result"),),
        (
            use(op("double", "number"), number=GraphInputSource("number")),
            use(
                op("add", "number", "extra"),
                number=OutputSource("double", "result"),
                extra=GraphInputSource("extra"),
            ),
        ),
        (("result", OutputSource("add", "result")),),
    )
    outer = GraphDefinition(
        "doubled",
        None,
        (Input("numbers"),),
        (Output("result"),),
        (
            use(op("one")),
            use(op("load", "numbers", dynamic=True), numbers=GraphInputSource("numbers")),
            use(
                inner,
                number=OutputSource("load", "result", "mapped"),
                extra=OutputSource("one", "result"),
            ),
            use(
                op("total", "numbers", "more"),
                numbers=OutputSource("inner", "result", "collected"),
                more=FanInSource((OutputSource("one", "result"), OutputSource("one", "result"))),
            ),
        ),
        (("result", OutputSource("total", "result")),),
    )
    steps = [
        asset_step("numbers", project.function("ops:numbers")),
        AssetStep(
            "doubled", "graph_asset", outer, (feed("numbers"),), (("result", key("doubled")),)
        ),
    ]
    text = made(project.pipeline(steps))
    assert '"doubled.inner.add"' in text
    run = project.run(text)
    assert run.code == 0, run.err
    assert run.value("doubled") == 2 + 4 + 6 + 300 + 200


MULTI = """
import dagster as dg


@dg.multi_asset(specs=[dg.AssetSpec("left"), dg.AssetSpec("right", deps=["left"])])
def split(context: dg.AssetExecutionContext, source):
    for name in ("left", "right"):
        yield dg.MaterializeResult(asset_key=name, metadata={"n": len(source)})


@dg.multi_asset(outs={"a": dg.AssetOut(), "b": dg.AssetOut(is_required=False)})
def some(source) -> tuple[int, int]:
    yield dg.Output(1, "a")


@dg.asset_check(asset="source", blocking=True)
def not_empty(source):
    return dg.AssetCheckResult(passed=bool(source), metadata={"n": len(source)})


@dg.asset
def source(database, api):
    return database.rows() + [api]


class Database(dg.ConfigurableResource):
    url: str

    def rows(self):
        return [self.url]


def connect(url):
    return Database(url=url)


defs = dg.Definitions(resources={"database": connect("db://"), "api": "key"})
"""


def test_multi_assets_checks_and_resources(tmp_path):
    project = Project.of(tmp_path, multi=MULTI)
    source = project.function("multi:source")
    steps = [
        asset_step(
            "split",
            project.function("multi:split"),
            feed("source"),
            outputs=(Output("left", is_nothing=True), Output("right", is_nothing=True)),
            assets=(("left", key("left")), ("right", key("right"))),
            takes_context=True,
        ),
        asset_step(
            "some",
            project.function("multi:some"),
            feed("source"),
            outputs=(Output("a"), Output("b", is_required=False)),
            assets=(("a", key("a")), ("b", key("b"))),
        ),
        asset_step(
            "source_not_empty",
            project.function("multi:not_empty"),
            feed("source"),
            outputs=(Output("result"),),
            kind="check",
            checks=(("result", key("source"), "not_empty"),),
        ),
        asset_step("source", source, resources=(("database", "database"), ("api", "api"))),
    ]
    origin = Origin(SPAN)
    dependency = Dependency(key("left"), key("left"), "internal", SPAN)
    pipeline = project.pipeline(
        steps,
        [
            Asset(
                key("right"),
                "materializable",
                origin,
                (dependency,),
                group_name="halves",
                description='The "right" half.',
                owners=("team:data",),
                kinds=("python",),
                tags=(("tier", "1"),),
                metadata=(("note", "x"), ("more", (1, 2.5, None))),
                code_version="2",
            )
        ],
        [AssetCheck(key("source"), "not_empty", origin, "source_not_empty", blocking=True)],
        resources=(
            Resource("api", "str", Origin(project.expression("multi", '"key"'))),
            Resource(
                "database", "Database", Origin(project.expression("multi", 'connect("db://")'))
            ),
            Resource("unused", "X", origin),
        ),
    )
    run = project.run(made(pipeline))
    assert run.code == 0, run.out + run.err
    assert run.value("source") == ["db://", "key"]
    assert run.value("a") == 1
    assert not (run.storage / "b").exists()
    assert "not_empty" in run.out
    listed = project.run(made(pipeline), "--list").out
    assert "halves" in listed


def test_partitions_are_declared(tmp_path):
    project = Project.of(
        tmp_path,
        a=(
            "def daily(context):\n    return context.partition_key\n\n\n"
            "def weekly(daily):\n    return daily\n"
        ),
    )
    days = Partitions("DailyPartitionsDefinition", (("start_date", "2024-01-01"),))
    steps = [
        asset_step("daily", project.function("a:daily"), takes_context=True),
        asset_step(
            "weekly",
            project.function("a:weekly"),
            feed(
                "daily",
                partition_mapping=PartitionMapping(
                    "TimeWindowPartitionMapping", (("start_offset", -1),)
                ),
            ),
        ),
    ]
    pipeline = project.pipeline(
        steps,
        [
            Asset(key(name), "materializable", Origin(SPAN), partitions=days)
            for name in ("daily", "weekly")
        ],
    )
    text = made(pipeline)
    assert 'partitions=DailyPartitionsDefinition(start_date="2024-01-01")' in text
    assert "partition_mapping=TimeWindowPartitionMapping(start_offset=-1)" in text


def test_what_cannot_be_a_pipeline_is_refused(tmp_path):
    project = Project.of(tmp_path, a="def f(b=1):\n    return 1\n\n\ndef g(a=1):\n    return 1\n")
    f, g = project.function("a:f"), project.function("a:g")
    circle = [asset_step("a", f, feed("b")), asset_step("b", g, feed("a"))]
    (problem,) = refused(project.pipeline(circle))
    assert "in a circle: a -> b -> a" in problem.message
    twice = [asset_step("a", f), asset_step("a", g)]
    assert any("2 steps" in each.message for each in refused(project.pipeline(twice)))
    assert "no asset here" in refused(project.pipeline([]))[0].message
    one = project.pipeline([asset_step("a", f)])
    unknown = PipelineOptions(selection=frozenset({key("zzz")}))
    assert "no asset here" in generate(one, unknown).diagnostics[0].message
    lost = Asset(key("a"), "materializable", Origin(SPAN), unknown=("partitions", "owners"))
    (problem,) = refused(project.pipeline([asset_step("a", f)], [lost]))
    assert "`partitions` of `a`" in problem.message
    needy = project.pipeline([asset_step("a", f, required_resource_keys=("db",))])
    assert "no resource `db`" in refused(needy)[0].message


def test_an_asset_under_a_condition_is_made_with_a_warning(tmp_path):
    project = Project.of(tmp_path, a="def f():\n    return 1\n")
    asset = Asset(key("a"), "materializable", Origin(SPAN), conditional="PROD")
    result = generate(project.pipeline([asset_step("a", project.function("a:f"))], [asset]))
    assert result.text is not None
    (warning,) = result.diagnostics
    assert warning.severity is Severity.WARNING
    assert "PROD" in warning.message


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


def test_a_mapping_of_resources_is_looked_into(tmp_path):
    project = Project.of(
        tmp_path,
        a=(
            "import dagster as dg\n"
            "ALL = {'db': [1], 'api': dg.unknown()}\n"
            "BOTH = dict(db=[2])\n\n\n"
            "def f(db):\n    return db\n\n\n"
            "one = dg.Definitions(resources={'db': [3], 'api': dg.unknown()})\n"
            "two = dg.Definitions(resources=BOTH)\n"
        ),
    )
    step = asset_step("f", project.function("a:f"), resources=(("db", "db"),))
    for text, expected in (("{'db': [3], 'api': dg.unknown()}", [3]), ("BOTH", [2])):
        place = project.expression("a", f"resources={text}")
        span = replace(place, column=place.column + len("resources="))
        resources = (Resource("db", None, Origin(span)),)
        run = project.run(made(project.pipeline([step], resources=resources)))
        assert run.value("f") == expected, run.err


def test_resources_of_a_function(tmp_path):
    project = Project.of(
        tmp_path,
        a=(
            "def f(db):\n    return db\n\n\n"
            "def definitions(place):\n"
            "    from fractions import Fraction\n"
            "    return [Fraction(1, 2), Fraction(place)]\n"
        ),
    )
    step = asset_step("f", project.function("a:f"), resources=(("db", "db"),))

    def bound(text):
        return (Resource("db", None, Origin(project.expression("a", text))),)

    run = project.run(made(project.pipeline([step], resources=bound("Fraction(1, 2)"))))
    assert str(run.value("f")) == "1/2"
    (problem,) = refused(project.pipeline([step], resources=bound("Fraction(place)")))
    assert "`place` is a variable of the function around" in problem.message


def test_locations_that_disagree_are_not_put_together(tmp_path):
    project = Project.of(tmp_path, a="A = 1\nB = 2\n\n\ndef f(db):\n    return db\n")
    step = asset_step("f", project.function("a:f"), resources=(("db", "db"),))
    one = project.pipeline(
        [step], resources=(Resource("db", None, Origin(project.expression("a", "1"))),)
    )
    other = project.pipeline(
        [], resources=(Resource("db", None, Origin(project.expression("a", "2"))),)
    )
    both = replace(one, locations=(replace(one.locations[0], name="one"), *other.locations))
    assert any("several code locations" in each.message for each in refused(both))
    assert generate(both, PipelineOptions(location="one")).text is not None


def test_modules_that_the_analysis_did_not_read_are_found(tmp_path):
    project = Project.of(
        tmp_path,
        a="def f():\n    from later import value\n    return value\n",
        later="value = 5\n",
    )
    seen = {name: each for name, each in project.modules.items() if name != "later"}
    pipeline = replace(
        project.pipeline([asset_step("f", project.function("a:f"))]), modules=tuple(seen.values())
    )
    assert project.run(made(pipeline)).value("f") == 5


def test_the_project_comes_before_what_runs_it(chain):
    _, pipeline = chain
    text = made(pipeline)
    titles = ["What the project builds on", "What the functions below need"]
    titles += ["The functions of the steps", "What runs them", "The pipeline"]
    places = [text.index(f"\n# {title}") for title in titles]
    assert places == sorted(places)
    assert 'def orders(context: "AssetExecutionContext", config: OrdersConfig) -> list:' in text


def test_syntax_newer_than_the_running_python(tmp_path):
    project = Project.of(
        tmp_path,
        a="from b import first\n\n\ndef f():\n    return first([1])\n",
        b="def first[T](values: list[T]) -> T:\n    return values[0]\n",
    )
    text = made(project.pipeline([asset_step("f", project.function("a:f"))]))
    assert "def first[T](values: list[T]) -> T:" in text


def test_a_function_that_is_gone_is_an_error(tmp_path):
    project = Project.of(tmp_path, a="def f():\n    return 1\n")
    function = replace(project.function("a:f"), qualname="gone")
    (problem,) = refused(project.pipeline([asset_step("a", function)]))
    assert problem.span == function.span


def test_the_table_of_names_is_that_of_the_runtime():
    from importlib import import_module

    runtime = import_module(RUNTIME)
    assert PUBLIC.items() <= runtime.HOME.items()
    for name, home in (PUBLIC | DECLARATIONS).items():
        assert hasattr(import_module(f"{RUNTIME}.{home}"), name), name


def made(pipeline, **options) -> str:
    result = generate(pipeline, PipelineOptions(**options))
    assert result.text is not None, result.diagnostics
    assert faults_of(result.text, "pipeline.py") == ()
    return result.text


def refused(pipeline):
    result = generate(pipeline)
    assert result.text is None
    return [each for each in result.diagnostics if each.severity is Severity.ERROR]


def test_partitions_that_only_the_run_knows_are_those_of_the_code(tmp_path):
    project = Project.of(
        tmp_path,
        a=(
            "import dagster as dg\n"
            "from datetime import date\n\n"
            "FIRST = date.today().replace(day=1)\n"
            "DAYS = dg.DailyPartitionsDefinition(start_date=FIRST.isoformat(), end_offset=1)\n\n\n"
            "@dg.asset(partitions_def=DAYS)\n"
            "def rows(context):\n"
            "    return context.partition_key\n"
        ),
    )
    unknown = Partitions("DailyPartitionsDefinition", unknown=("start_date",))
    steps = [asset_step("rows", project.function("a:rows"), takes_context=True)]
    assets = [Asset(key("rows"), "materializable", Origin(SPAN), partitions=unknown)]
    text = made(project.pipeline(steps, assets))
    assert "partitions=DAYS" in text
    from datetime import date

    run = project.run(text, "--partition", date.today().isoformat())
    assert run.code == 0, run.err


def test_a_package_that_needs_dagster_and_has_an_equal(tmp_path):
    project = Project.of(
        tmp_path,
        a=(
            "import dagster_duckdb\n"
            "from dagster_duckdb import DuckDBResource as Database\n"
            "from dagster._utils.backoff import backoff\n\n\n"
            "def rows(db: Database):\n"
            "    kind = dagster_duckdb.DuckDBResource\n"
            "    return backoff(lambda: isinstance(db, kind), (OSError,))\n"
            "\n\nRESOURCES = {'db': Database(database=':memory:')}\n"
        ),
    )
    span = project.expression("a", "Database(database=':memory:')")
    resources = (Resource("db", None, Origin(span)),)
    step = asset_step("rows", project.function("a:rows"), resources=(("db", "db"),))
    text = made(project.pipeline([step], resources=resources))
    assert '#     "duckdb",' in text
    assert "import dagster" not in text
    assert "from dagster" not in text
    assert project.run(text).value("rows") is True


def test_a_step_that_runs_dbt(tmp_path):
    project = Project.of(
        tmp_path,
        a=(
            "from dagster_dbt import DbtCliResource, dbt_assets, DagsterDbtTranslator\n\n"
            'SKIPPED = "old"\n\n\n'
            "@dbt_assets(manifest={}, exclude=SKIPPED, translator=DagsterDbtTranslator)\n"
            "def models(context, dbt: DbtCliResource):\n"
            '    yield from dbt.cli(["build"], context=context).stream()\n\n\n'
            'RESOURCES = {"dbt": DbtCliResource("shop")}\n'
        ),
    )
    stg = Asset(
        key("stg"),
        "materializable",
        Origin(SPAN),
        kinds=("dbt", "duckdb"),
        metadata=(("dagster_dbt/unique_id", "model.shop.stg"),),
    )
    step = asset_step(
        "models",
        project.function("a:models"),
        outputs=(Output("stg", is_required=False, is_nothing=True),),
        assets=(("stg", key("stg")),),
        kind="multi_asset",
        takes_context=True,
        resources=(("dbt", "dbt"),),
    )
    span = project.expression("a", 'DbtCliResource("shop")')
    resources = (Resource("dbt", None, Origin(span)),)
    text = made(project.pipeline([step], [stg], resources=resources))
    assert '#     "dbt-core",\n#     "dbt-duckdb",\n' in text
    assert 'tags={"dagster_dbt/select": "fqn:*", "dagster_dbt/exclude": SKIPPED}' in text
    assert "dbt_assets" not in text
    assert "DagsterDbtTranslator" not in text
    listed = project.run(text, "--list")
    assert listed.code == 0, listed.err


def test_what_a_class_of_the_runtime_lacks_is_told(tmp_path):
    project = Project.of(
        tmp_path,
        a=(
            "import dagster as dg\n\n\n"
            "class Store(dg.ConfigurableIOManager):\n"
            "    def handle_output(self, context, obj):\n"
            "        context.lost_by_method()\n\n"
            "    def load_input(self, context: dg.InputContext):\n"
            "        return context.upstream_output.name\n\n\n"
            "def helped(ctx: dg.AssetExecutionContext, context):\n"
            "    return ctx.lost_by_annotation, context.anything\n\n\n"
            "@dg.asset\n"
            "def rows(context):\n"
            "    helped(context, 1)\n"
            "    context.log.info(context.partition_key)\n"
            "    kind = dg.MetadataValue.lost_class_member(1)\n"
            "    return Store, context.lost_by_place, dg.AssetKey.from_user_string('a/b'), kind\n"
        ),
    )
    step = asset_step("rows", project.function("a:rows"), takes_context=True)
    messages = {each.message.split("`")[1] for each in refused(project.pipeline([step]))}
    assert messages == {
        "AssetExecutionContext.lost_by_annotation",
        "AssetExecutionContext.lost_by_place",
        "MetadataValue.lost_class_member",
        "OutputContext.lost_by_method",
    }


def test_validators_that_nobody_would_ask_are_told(tmp_path):
    project = Project.of(
        tmp_path,
        a=(
            "import dagster as dg\n"
            "import pydantic\n"
            "from pydantic import BaseModel, Field, field_validator\n\n\n"
            "class Base(dg.Config):\n"
            "    n: int = Field(default=1, gt=0)\n\n\n"
            "class Settings(Base):\n"
            '    @field_validator("n")\n'
            "    def even(cls, value):\n"
            "        return value\n\n"
            '    @field_validator("n", mode="wrap")\n'
            "    def odd(cls, value, handler):\n"
            "        return value\n\n"
            "    @pydantic.field_serializer\n"
            "    def told(self):\n"
            "        return 1\n\n\n"
            "class Own(BaseModel):\n"
            "    n: int\n\n"
            '    @field_validator("n")\n'
            "    def even(cls, value):\n"
            "        return value\n\n\n"
            "@dg.asset\n"
            "def rows():\n"
            "    return Settings, Own\n"
        ),
    )
    problems = refused(project.pipeline([asset_step("rows", project.function("a:rows"))]))
    said = "is pydantic's, which the script does not ask"
    assert [(each.message, each.span.line) for each in problems] == [
        (f'`field_validator("n", mode="wrap")` {said}', 15),
        (f"`pydantic.field_serializer` {said}", 19),
    ]
