"""Line 8: mappings, schedules of different lengths, partitions of graphs, checks and specs."""

import dagster as dg

SEEN = []
daily = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-20")
hourly = dg.HourlyPartitionsDefinition("2024-01-01-00:00", end_date="2024-01-03-00:00")
weekly = dg.WeeklyPartitionsDefinition("2024-01-01", end_date="2024-01-22")
letters = dg.StaticPartitionsDefinition(["a", "b"])
digits = dg.StaticPartitionsDefinition(["1", "2", "3"])
grid = dg.MultiPartitionsDefinition({"letter": letters, "digit": digits})
signs = dg.MultiPartitionsDefinition(
    {"sign": dg.StaticPartitionsDefinition(["+", "-"]), "letter": letters}
)
added = dg.DynamicPartitionsDefinition(name="added")


@dg.asset(partitions_def=daily)
def day(context):
    return context.partition_key


@dg.asset(partitions_def=weekly)
def week(context, day):
    SEEN.append(("week", context.partition_key, day))
    return sorted(day) if isinstance(day, dict) else day


@dg.asset(partitions_def=letters)
def letter(context):
    return context.partition_key


@dg.asset(
    partitions_def=digits,
    ins={
        "letter": dg.AssetIn(
            partition_mapping=dg.StaticPartitionMapping({"a": ["1", "2"], "b": "3"})
        )
    },
)
def digit(letter):
    SEEN.append(("digit", letter))
    return letter


@dg.asset(ins={"letter": dg.AssetIn(partition_mapping=dg.LastPartitionMapping())})
def last(letter):
    return letter


@dg.asset(
    ins={"letter": dg.AssetIn(partition_mapping=dg.SpecificPartitionsPartitionMapping(["a"]))}
)
def specific(letter):
    return letter


@dg.asset(
    partitions_def=letters,
    ins={"letter": dg.AssetIn(partition_mapping=dg.AllPartitionMapping())},
)
def every(letter):
    return letter


@dg.asset(
    partitions_def=letters, ins={"letter": dg.AssetIn(metadata={"allow_missing_partitions": True})}
)
def same(letter):
    return letter


@dg.asset(partitions_def=grid)
def cell(context, letter, digit):
    SEEN.append((dict(context.partition_key.keys_by_dimension), letter, digit))
    return letter + str(digit)


@dg.asset(
    partitions_def=signs,
    ins={
        "cell": dg.AssetIn(
            partition_mapping=dg.MultiPartitionMapping(
                {
                    "letter": dg.DimensionPartitionMapping(
                        dimension_name="letter", partition_mapping=dg.IdentityPartitionMapping()
                    ),
                    "digit": dg.DimensionPartitionMapping(
                        dimension_name="sign",
                        partition_mapping=dg.StaticPartitionMapping({"1": "+", "3": ["+", "-"]}),
                    ),
                }
            )
        )
    },
)
def signed(cell):
    SEEN.append(("signed", cell))
    return cell


@dg.asset(
    partitions_def=signs,
    ins={
        "cell": dg.AssetIn(
            partition_mapping=dg.MultiPartitionMapping(
                {
                    "letter": dg.DimensionPartitionMapping(
                        dimension_name="letter", partition_mapping=dg.IdentityPartitionMapping()
                    )
                }
            ),
            metadata={"allow_missing_partitions": True},
        )
    },
)
def half(cell):
    SEEN.append(("half", cell))
    return cell


@dg.asset
def whole(cell):
    SEEN.append(("whole", sorted(cell.items())))
    return len(cell)


@dg.op
def first(context, letter):
    SEEN.append(("first", context.partition_key, context.has_partition_key, letter))
    return letter


@dg.op
def second(x):
    return x * 2


@dg.graph_asset(partitions_def=letters)
def composed(letter):
    return second(first(letter))


@dg.multi_asset(specs=[dg.AssetSpec("s1"), dg.AssetSpec("s2")], partitions_def=letters)
def specs(context):
    SEEN.append(context.partition_key)
    yield dg.MaterializeResult(asset_key="s1", metadata={"p": context.partition_key})


@dg.asset(partitions_def=added)
def dynamic(context):
    return context.partition_key


@dg.asset
def adds(context):
    context.instance.add_dynamic_partitions("added", ["x", "y"])
    return context.instance.get_dynamic_partitions("added")


@dg.asset
def of_dynamic(dynamic):
    return dynamic


@dg.asset(partitions_def=hourly)
def hour(context):
    return context.partition_time_window.start.isoformat()


@dg.asset(
    partitions_def=hourly,
    ins={"day": dg.AssetIn(partition_mapping=dg.TimeWindowPartitionMapping())},
)
def hour_of_day(day):
    return day


@dg.asset_check(asset=letter)
def letter_check(letter):
    SEEN.append(("check", letter))
    return dg.AssetCheckResult(passed=True)


ASSETS = [
    day,
    week,
    letter,
    digit,
    last,
    specific,
    every,
    same,
    cell,
    signed,
    half,
    whole,
    composed,
    specs,
    dynamic,
    adds,
    of_dynamic,
    hour,
    hour_of_day,
    letter_check,
]
RUNS = [
    *({"partition_key": f"2024-01-{n:02}", "selection": [day]} for n in range(1, 14)),
    {"partition_key": "2024-01-07", "selection": [week]},
    {"partition_key": "2024-01-14", "selection": [week]},
    {"partition_key": "a", "selection": [same]},
    {"partition_key": "a", "selection": [letter]},
    {"selection": [last]},
    {"partition_key": "b", "selection": [letter]},
    {"partition_key": "1", "selection": [digit]},
    {"partition_key": "3", "selection": [digit]},
    {"selection": [last, specific]},
    {"partition_key": "b", "selection": [every]},
    {"partition_key": "1|a", "selection": [cell]},
    {"partition_key": dg.MultiPartitionKey({"letter": "b", "digit": "3"}), "selection": [cell]},
    {"partition_key": "a|1", "selection": [cell]},
    {"partition_key": "b|-", "selection": [signed]},
    {"partition_key": "b|+", "selection": [signed]},
    {"partition_key": "b|+", "selection": [half]},
    {"partition_key": "a|+", "selection": [half]},
    {"selection": [whole]},
    {"partition_key": "a", "selection": [composed]},
    {"partition_key": "b", "selection": [specs]},
    {"partition_key": "x", "selection": [dynamic]},
    {"selection": [adds]},
    {"partition_key": "x", "selection": [dynamic]},
    {"partition_key": "y", "selection": [dynamic]},
    {"selection": [of_dynamic]},
    {"partition_key": "2024-01-01-05:00", "selection": [hour]},
    {"partition_key": "2024-01-02-05:00", "selection": [hour_of_day]},
]
