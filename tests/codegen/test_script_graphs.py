"""Scripts with steps of several ops, several assets and checks."""

from __future__ import annotations

from tests.codegen.models import SPAN, key
from tests.codegen.projects import Project
from tests.codegen.scripts import asset_step, feed, made, refused

from assetgen.analyzer.model.assets import Asset, AssetCheck, Dependency
from assetgen.analyzer.model.automation import Resource
from assetgen.analyzer.model.spans import Origin
from assetgen.analyzer.model.steps import (
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


def test_a_graph_that_may_have_more_ops_is_refused(tmp_path):
    project = Project.of(tmp_path, ops=OPS)
    one = OpDefinition("one", project.function("ops:one"), (), (Output("result"),))
    result = (("result", OutputSource("one", "result")),)
    inner = GraphDefinition(
        "inner",
        None,
        (),
        (Output("result"),),
        (Invocation("one", one, (), SPAN),),
        result,
        is_partial=True,
    )
    outer = GraphDefinition(
        "outer",
        None,
        (),
        (Output("result"),),
        (Invocation("inner", inner, (), SPAN),),
        (("result", OutputSource("inner", "result")),),
    )
    step = AssetStep("outer", "graph_asset", outer, (), (("result", key("outer")),))
    (problem,) = refused(project.pipeline([step]))
    assert problem.message == "not all ops of `outer` are known"


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
