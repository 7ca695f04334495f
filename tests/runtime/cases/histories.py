"""What was made and looked at before, in this run and in others."""

import dagster as dg

SEEN = []
PARTS = dg.StaticPartitionsDefinition(["a", "b"])


def shown(entry):
    if entry is None:
        return None
    made = entry.asset_materialization
    facts = {name: fact.value for name, fact in made.metadata.items() if name != "path"}
    return entry.step_key, made.asset_key.to_user_string(), made.partition, facts


@dg.asset
def counted(context):
    last = context.instance.get_latest_materialization_event(context.asset_key)
    SEEN.append(shown(last))
    number = last.asset_materialization.metadata["n"].value + 1 if last else 1
    context.add_output_metadata({"n": number})
    return number


@dg.asset(deps=[counted])
def watcher(context):
    instance = context.instance
    key = dg.AssetKey("counted")
    last = instance.get_latest_materialization_event(key)
    SEEN.append(shown(last))
    event = last.dagster_event
    SEEN.append((event.event_type_value, event.asset_key.path, event.partition, event.step_key))
    SEEN.append(event.event_specific_data.materialization.metadata["n"].value)
    SEEN.append(last.run_id == context.run_id)
    SEEN.append((last.asset_observation, last.dagster_event_type.value))
    SEEN.append(instance.get_latest_materialization_event(dg.AssetKey("nothing")))
    page = instance.fetch_materializations(key, limit=1)
    SEEN.append([shown(each.event_log_entry) for each in page.records])
    SEEN.append((len(page), page.has_more))
    then = instance.fetch_materializations(key, limit=5, cursor=page.cursor)
    SEEN.append([shown(each.event_log_entry) for each in then.records])
    SEEN.append(then.has_more)
    up = instance.fetch_materializations(
        dg.AssetRecordsFilter(key, after_storage_id=page.records[0].storage_id - 1),
        limit=5,
        ascending=True,
    )
    SEEN.append([each.asset_event.metadata["n"].value for each in up.records])
    records = instance.get_event_records(
        dg.EventRecordsFilter(dg.DagsterEventType.ASSET_MATERIALIZATION, asset_key=key), limit=2
    )
    SEEN.append(
        [(each.asset_key.path, each.partition_key, each.event_type.value) for each in records]
    )
    SEEN.append([each.asset_materialization.metadata["n"].value for each in records])
    SEEN.append([each.timestamp == each.event_log_entry.timestamp for each in records])
    wanted = dg.EventRecordsFilter(
        event_type=dg.DagsterEventType.ASSET_MATERIALIZATION,
        asset_key=key,
        before_cursor=records[0].storage_id,
    )
    SEEN.append(
        [each.asset_event.metadata["n"].value for each in instance.get_event_records(wanted)]
    )
    late = dg.AssetRecordsFilter(key, after_timestamp=records[0].timestamp)
    SEEN.append(len(instance.fetch_materializations(late, limit=5).records))
    SEEN.append(instance.get_latest_materialization_events([key])[key] is not None)


@dg.asset(deps=[watcher])
def reporter(context):
    context.instance.report_runless_asset_event(
        dg.AssetMaterialization("elsewhere", metadata={"rows": 3}, partition="x")
    )
    context.log_event(dg.AssetObservation("elsewhere", metadata={"seen": 1}))
    last = context.instance.get_latest_materialization_event(dg.AssetKey("elsewhere"))
    SEEN.append(shown(last))
    looked = context.instance.fetch_observations(dg.AssetKey("elsewhere"), limit=3)
    SEEN.append([each.asset_observation.metadata["seen"].value for each in looked.records])


@dg.asset_check(asset=counted)
def grows(context):
    key = dg.AssetKey("counted")
    records = context.instance.fetch_materializations(key, limit=2).records
    numbers = [each.asset_materialization.metadata["n"].value for each in records]
    return dg.AssetCheckResult(passed=numbers == sorted(numbers, reverse=True))


@dg.asset(partitions_def=PARTS)
def parted(context):
    key = context.asset_key
    SEEN.append(sorted(context.instance.get_materialized_partitions(key)))
    wanted = dg.EventRecordsFilter(
        dg.DagsterEventType.ASSET_MATERIALIZATION, key, asset_partitions=["a"]
    )
    SEEN.append([each.partition_key for each in context.instance.get_event_records(wanted)])
    return 1


ASSETS = [counted, watcher, reporter, grows, parted]
FLAT = ["counted", "watcher", "reporter"]
RUNS = [
    {"selection": FLAT},
    {"selection": FLAT},
    {"selection": ["parted"], "partition_key": "a"},
    {"selection": ["parted"], "partition_key": "b"},
    {"selection": ["parted"], "partition_key": "b"},
    {"selection": FLAT},
]
