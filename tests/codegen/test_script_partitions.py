"""Scripts with partitions."""

from __future__ import annotations

from datetime import date

from tests.codegen.models import SPAN, key
from tests.codegen.projects import Project
from tests.codegen.scripts import asset_step, feed, made

from assetgen.analyzer.analysis import Request, analyze
from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.partitions import PartitionMapping, Partitions
from assetgen.analyzer.model.spans import Origin


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
    run = project.run(text, "--partition", date.today().isoformat())
    assert run.code == 0, run.err


def test_partitions_that_a_graph_or_a_factory_is_given_are_those_of_the_code(tmp_path):
    (tmp_path / "a.py").write_text(
        "from datetime import date\n"
        "import dagster as dg\n\n"
        "FIRST = date.today().replace(day=1).isoformat()\n"
        "DAYS = dg.DailyPartitionsDefinition(start_date=FIRST, end_offset=1)\n"
        "SHOPS = dg.StaticPartitionsDefinition(['eu', 'us'])\n\n\n"
        "@dg.op\n"
        "def load(context):\n"
        "    return str(context.partition_key)\n\n\n"
        "@dg.graph_asset(partitions_def=DAYS)\n"
        "def by_graph():\n"
        "    return load()\n\n\n"
        "def make(name, partitions):\n"
        "    @dg.asset(name=name, partitions_def=partitions)\n"
        "    def inner(context):\n"
        "        return str(context.partition_key)\n\n"
        "    return inner\n\n\n"
        "by_factory = make('by_factory', DAYS)\n\n\n"
        "@dg.asset(partitions_def=dg.MultiPartitionsDefinition({'day': DAYS, 'shop': SHOPS}))\n"
        "def by_two(context):\n"
        "    return str(context.partition_key)\n",
        encoding="utf-8",
    )
    text = made(analyze(Request(paths=(tmp_path,))).pipeline)
    assert text.count("partitions=DAYS") == 2
    project, today = Project(tmp_path, {}), date.today().isoformat()
    for name, *place in (("by_graph", today), ("by_factory", today), ("by_two", today, "eu")):
        run = project.run(text, "--select", name, "--partition", "|".join(place))
        assert run.code == 0, run.err
        assert run.value(name, *place) == "|".join(place)
