"""Scripts with partitions."""

from __future__ import annotations

from tests.codegen.models import SPAN, key
from tests.codegen.projects import Project
from tests.codegen.scripts import asset_step, feed, made

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
    from datetime import date

    run = project.run(text, "--partition", date.today().isoformat())
    assert run.code == 0, run.err
