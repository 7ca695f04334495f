"""A pipeline made by hand that has one of everything."""

from assetgen.analyzer.model.assets import Asset, AssetCheck, Dependency
from assetgen.analyzer.model.automation import Job, Resource, Schedule, Sensor
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Related
from assetgen.analyzer.model.environment import (
    EnvironmentEffect,
    EnvironmentRead,
    EnvironmentVariable,
)
from assetgen.analyzer.model.functions import FunctionRef
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.literals import Shown, Table
from assetgen.analyzer.model.partitions import PartitionMapping, Partitions, RetryPolicy
from assetgen.analyzer.model.pipeline import CodeLocation, Module, Pipeline, Unreached
from assetgen.analyzer.model.spans import Origin, Span
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


def key(text):
    return AssetKey(tuple(text.split("/")))


def span(line, path="shop/assets.py"):
    return Span(path, line, 1, line, 9)


def origin(line):
    return Origin(span(line), (span(90, "shop/factory.py"),))


def edge(text, how="deps", **more):
    return Dependency(key(text), key(text), how, span(5), **more)


DAILY = Partitions("DailyPartitionsDefinition", (("start_date", "2024-01-01"),))
REGIONS = Partitions("StaticPartitionsDefinition", (("partition_keys", ("eu", "us")),))
BOTH = Partitions("MultiPartitionsDefinition", (), (("date", DAILY), ("r", REGIONS)))
MAPPING = PartitionMapping("AllPartitionMapping")
OP = OpDefinition(
    "clean",
    FunctionRef("shop.assets", "shop/assets.py", "clean", span(40)),
    (Input("raw"), Input("start", is_nothing=True)),
    (Output("result", is_dynamic=True),),
    takes_context=True,
    resources=(("db", "warehouse"),),
    retry_policy=RetryPolicy(3, 0.5, "EXPONENTIAL", "FULL"),
)
GRAPH = GraphDefinition(
    "orders",
    None,
    (Input("raw"),),
    (Output("result"),),
    (
        Invocation("clean", OP, (("raw", GraphInputSource("raw")),), span(41)),
        Invocation(
            "clean_2",
            OP,
            (("raw", FanInSource((OutputSource("clean", "result", "mapped"),))),),
            span(42),
            RetryPolicy(),
        ),
    ),
    (("result", OutputSource("clean_2", "result", "collected")),),
)
SHOP = CodeLocation(
    name="shop",
    module="shop.definitions",
    path="shop/definitions.py",
    assets=(
        Asset(
            key("orders"),
            "materializable",
            origin(10),
            deps=(
                edge("raw/orders", "ins", partition_mapping=MAPPING),
                edge("crm/customers", loads_value=True),
                edge("crm/customers", resolution="group"),
            ),
            group_name="sales",
            description="All orders.",
            owners=("team:sales",),
            tags=(("tier", "1"),),
            kinds=("duckdb", "python"),
            metadata=(
                ("rows", 3),
                ("ratio", float("nan")),
                ("path", Shown("Path('a')")),
                ("schema", Table((("id", ("int", None)),))),
            ),
            code_version="1",
            io_manager_key="lake",
            partitions=DAILY,
            automation_condition="eager()",
            is_graph_backed=True,
            step="orders",
            output="result",
            conditional="os.environ['STAGE'] == 'prod'",
        ),
        Asset(key("raw/orders"), "external", origin(20), group_name="raw"),
        Asset(
            key("report"),
            "materializable",
            origin(30),
            deps=(edge("orders", "parameter"),),
            group_name="sales",
            partitions=BOTH,
            unknown=("deps", "kind", "step"),
        ),
        Asset(key("crm/customers"), "stub", origin(5)),
    ),
    checks=(AssetCheck(key("orders"), "no_nulls", origin(50), blocking=True),),
    steps=(
        AssetStep(
            "orders",
            "graph_asset",
            GRAPH,
            (AssetInput("raw", key("raw/orders"), key("raw/orders"), span(11)),),
            (("result", key("orders")),),
            (("result", key("orders"), "no_nulls"),),
        ),
        AssetStep("tidy", "asset", OP, (), ()),
    ),
    jobs=(
        Job("nightly", origin(60), "*", (key("orders"),), partitions=DAILY),
        Job("lost", origin(61), "select()", None, missing=(key("gone"),)),
        Job("ops", origin(62), graph=GRAPH),
    ),
    schedules=(Schedule("at_night", origin(63), "nightly", ("0 0 * * *",), "UTC"),),
    sensors=(Sensor("on_orders", origin(64), "asset_sensor", ("nightly",), (key("orders"),)),),
    resources=(Resource("lake", "shop.io.Lake", origin(65)),),
    duplicates=(Asset(key("orders"), "materializable", origin(70), step="tidy"),),
    environment=(
        EnvironmentVariable(
            "STAGE",
            False,
            (EnvironmentRead(span(3), has_default=True),),
            (EnvironmentEffect("asset", "orders", span(10), ("group_name",)),),
        ),
        EnvironmentVariable("LAKE", True, (EnvironmentRead(span(4), "run", is_required=True),)),
    ),
)
PIPELINE = Pipeline(
    (SHOP,),
    (
        diagnostic("cycle", "A circle.", span(10), related=(Related("here", span(11)),)),
        diagnostic("unresolved-dependency", "The deps of report are not known.", span(30)),
    ),
    (Unreached("asset", "forgotten", origin(80)),),
    (Module("shop.assets", "shop/assets.py", "/somewhere/shop/assets.py"),),
)
