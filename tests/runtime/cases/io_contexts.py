"""What IO managers are told: partitions, windows, types; and resources that stand for others."""

import dagster as dg

SEEN = []
DAYS = dg.DailyPartitionsDefinition(start_date="2024-01-01", end_date="2024-01-05")
VALUES = {}


class Shelf(dg.ConfigurableIOManager):
    def handle_output(self, context: dg.OutputContext, obj):
        SEEN.append(("out", context.asset_key.path, context.dagster_type.typing_type))
        if context.has_asset_partitions:
            window = context.asset_partitions_time_window
            SEEN.append((context.asset_partition_key, window.start.day, window.end.day))
            SEEN.append(type(context.asset_partitions_def).__name__)
        VALUES[tuple(context.asset_key.path)] = obj

    def load_input(self, context: dg.InputContext):
        SEEN.append(("in", context.asset_key.path, context.dagster_type.typing_type))
        if context.has_asset_partitions:
            window = context.asset_partitions_time_window
            SEEN.append((sorted(context.asset_partition_keys), window.start.day, window.end.day))
        return VALUES[tuple(context.asset_key.path)]


@dg.asset(partitions_def=DAYS, io_manager_key="shelf")
def rows() -> str:
    return "one"


@dg.asset(partitions_def=DAYS, io_manager_key="shelf")
def count(rows: str) -> int:
    return len(rows)


@dg.asset(
    partitions_def=DAYS,
    io_manager_key="shelf",
    ins={
        "count": dg.AssetIn(
            partition_mapping=dg.TimeWindowPartitionMapping(start_offset=-1, end_offset=0)
        )
    },
)
def both(count):
    return count


@dg.asset(required_resource_keys={"mocked", "empty"}, io_manager_key="shelf")
def stand_ins(context):
    context.resources.mocked.connect("x").run(1)
    return context.resources.empty


ASSETS = [rows, count, both, stand_ins]
RESOURCES = {
    "shelf": Shelf(),
    "mocked": dg.ResourceDefinition.mock_resource(),
    "empty": dg.ResourceDefinition.none_resource(),
}
RUNS = [{"partition_key": "2024-01-03"}]
