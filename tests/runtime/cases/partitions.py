"""Line 8: partitions of assets and how they are read."""

import dagster as dg

SEEN = []

daily = dg.DailyPartitionsDefinition(start_date="2024-01-01", end_date="2024-01-06")
weekly = dg.WeeklyPartitionsDefinition(start_date="2024-01-01", end_date="2024-02-06")
static = dg.StaticPartitionsDefinition(["a", "b", "k/1"])
multi = dg.MultiPartitionsDefinition(
    {"region": dg.StaticPartitionsDefinition(["us", "eu"]), "date": daily}
)


@dg.asset(partitions_def=daily)
def day(context):
    context.add_asset_metadata({"pm": 1}, partition_key=context.partition_key)
    SEEN.append(
        repr(
            (
                context.partition_key,
                [
                    t.isoformat()
                    for t in (
                        context.partition_time_window.start,
                        context.partition_time_window.end,
                    )
                ],
                context.has_partition_key,
                context.partition_keys,
                context.partition_key_range.start,
                context.asset_partition_key_for_output(),
                context.run.tags["dagster/partition"],
                context.get_tag("dagster/partition"),
            )
        )
    )
    return context.partition_key


@dg.asset
def alld(day):
    SEEN.append(
        repr(
            (
                "alld",
                day,
            )
        )
    )
    return day


@dg.asset(
    partitions_def=daily,
    ins={"day": dg.AssetIn(partition_mapping=dg.TimeWindowPartitionMapping(start_offset=-1))},
)
def prev(context, day):
    SEEN.append(
        repr(
            (
                "prev",
                day,
                context.asset_partition_keys_for_input("day"),
            )
        )
    )
    return 1


@dg.asset(partitions_def=weekly)
def wk(day):
    SEEN.append(
        repr(
            (
                "wk",
                day,
            )
        )
    )
    return 1


@dg.asset(partitions_def=static)
def st(context):
    SEEN.append(context.asset_partition_keys_for_output())
    SEEN.append(context.asset_partitions_def_for_output().get_partition_keys())
    return context.partition_key


@dg.asset(partitions_def=multi)
def mu(context):
    SEEN.append(
        repr(
            (
                repr(context.partition_key),
                context.partition_key.keys_by_dimension,
                context.multi_partition_key == context.partition_key,
                {
                    name: str(text)
                    for name, text in sorted(context.run_tags.items())
                    if name != "dagster/partition_set"
                },
            )
        )
    )
    return str(context.partition_key)


@dg.asset(partitions_def=multi)
def mu2(mu, day):
    SEEN.append(
        repr(
            (
                "mu2",
                mu,
                day,
            )
        )
    )
    return 1


@dg.asset(partitions_def=daily)
def frommu(mu):
    SEEN.append(("frommu", sorted(mu.items())))
    return 1


@dg.asset(ins={"day": dg.AssetIn(metadata={"allow_missing_partitions": True})})
def miss(day):
    SEEN.append(
        repr(
            (
                "miss",
                day,
            )
        )
    )
    return 1


@dg.asset(
    partitions_def=daily,
    ins={
        "selfd": dg.AssetIn(
            partition_mapping=dg.TimeWindowPartitionMapping(start_offset=-1, end_offset=-1)
        )
    },
)
def selfd(selfd):
    SEEN.append(
        repr(
            (
                "selfd",
                selfd,
            )
        )
    )
    return (selfd or 0) + 1


@dg.asset
def un(context):
    window = context.partition_time_window if context.has_partition_key else None
    SEEN.append(window and window.start.isoformat())
    return 4


@dg.asset(partitions_def=daily)
def of_no_dimensions(context):
    return context.multi_partition_key


@dg.asset(partitions_def=daily)
def useun(un):
    return un


ASSETS = [day, alld, prev, wk, st, mu, mu2, frommu, miss, selfd, un, useun, of_no_dimensions]
RUNS = [
    {"partition_key": "2024-01-01", "selection": [day]},
    {"partition_key": "2024-01-02", "selection": [day, alld]},
    {"selection": [day]},
    {"partition_key": "2024-03-02", "selection": [day]},
    {"partition_key": "2024-01-01", "selection": [day, prev]},
    {"partition_key": "2024-01-02", "selection": [day, prev]},
    {"partition_key": "2024-01-01", "selection": [wk]},
    {"partition_key": "2024-01-03", "selection": [day]},
    {"partition_key": "2024-01-04", "selection": [day]},
    {"partition_key": "2024-01-05", "selection": [day]},
    {"selection": [alld]},
    {"partition_key": "k/1", "selection": [st]},
    {
        "partition_key": dg.MultiPartitionKey({"region": "us", "date": "2024-01-02"}),
        "selection": [mu],
    },
    {"partition_key": "2024-01-02|us", "selection": [mu]},
    {"partition_key": "2024-01-02|eu", "selection": [mu, mu2]},
    {"partition_key": "2024-01-02", "selection": [frommu]},
    {"selection": [miss]},
    {"partition_key": "2024-01-01", "selection": [selfd]},
    {"partition_key": "2024-01-02", "selection": [selfd]},
    {"partition_key": "2024-01-02", "selection": [un, useun]},
    {"selection": [un, useun]},
    {"partition_key": "2024-01-02", "selection": [of_no_dimensions]},
    {"partition_key": "2024-01-02", "selection": [day, st]},
    {"partition_key": "zz", "selection": [un]},
    {"partition_key": "2024-01-02", "selection": [wk, day]},
]
