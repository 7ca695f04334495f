"""What the context says, in the order of how often projects ask it."""

import dagster as dg

SEEN = []


@dg.asset(key_prefix="p", group_name="g")
def one(context: dg.AssetExecutionContext):
    context.log.debug("debug")
    SEEN.append(context.asset_key.to_user_string())
    SEEN.append(context.asset_key_for_output().to_user_string())
    SEEN.append(context.asset_key_for_output("result").path)
    SEEN.append(sorted(context.selected_output_names))
    SEEN.append([k.to_user_string() for k in context.selected_asset_keys])
    SEEN.append(context.has_partition_key)
    SEEN.append(context.retry_number)
    SEEN.append(context.op_config or None)
    SEEN.append(context.job_name == context.run.job_name)
    SEEN.append(context.get_tag("team"))
    SEEN.append(context.run_tags.get("team"))
    SEEN.append(context.has_partition_key_range)
    SEEN.append(context.op_execution_context.retry_number)
    SEEN.append(context.run.run_id == context.run_id)
    SEEN.append(context.run.tags.get("team"))
    SEEN.append(context.has_tag("team"))
    SEEN.append(context.output_for_asset_key(dg.AssetKey(["p", "one"])))
    context.add_output_metadata({"rows": 3, "list": [1, {"a": 2}]})
    context.add_output_metadata({"rows": 4})
    context.add_asset_metadata({"more": "text"})
    context.add_asset_metadata({"mine": 1.5}, asset_key=["p", "one"])
    return 1


@dg.asset(ins={"one": dg.AssetIn(key_prefix="p")})
def two(_, one):
    return one


@dg.asset(ins={"x": dg.AssetIn(["p", "one"])})
def three(context, x):
    SEEN.append(context.asset_key_for_input("x").to_user_string())
    context.log_event(dg.AssetMaterialization("external", metadata={"n": 1}))
    context.log_event(dg.AssetObservation("external", metadata={"n": 2}))
    return x


@dg.multi_asset(outs={"m1": dg.AssetOut(key_prefix="q"), "m2": dg.AssetOut(is_required=False)})
def multi(context):
    SEEN.append(context.asset_key_for_output("m1").to_user_string())
    context.add_output_metadata({"which": 1}, output_name="m1")
    yield dg.Output(1, "m1")
    context.add_output_metadata({"which": 2}, output_name="m2")
    context.add_asset_metadata({"late": True}, asset_key="m2")
    yield dg.Output(2, output_name="m2", metadata={"own": dg.MetadataValue.md("# x")})


@dg.asset
def kinds_of_metadata():
    return dg.MaterializeResult(
        metadata={
            "text": "t",
            "int": 1,
            "float": 1.5,
            "bool": True,
            "none": None,
            "json": {"a": [1]},
            "md": dg.MetadataValue.md("# a"),
            "url": dg.MetadataValue.url("http://a"),
            "path": dg.MetadataValue.path("/a"),
            "timestamp": dg.MetadataValue.timestamp(5.0),
            "float of int": dg.MetadataValue.float(1.0),
            "key": dg.AssetKey(["a", "b"]),
        },
        tags={"a": "b"},
        data_version=dg.DataVersion("7"),
    )


@dg.op
def an_op(context: dg.OpExecutionContext):
    SEEN.append(sorted(context.selected_output_names))
    context.add_output_metadata({"from": "op"})
    return 1


@dg.graph_asset(group_name="g", key_prefix="gr")
def composed():
    return an_op()


ASSETS = [one, two, three, multi, kinds_of_metadata, composed]
RUNS = [{"tags": {"team": "data"}}]
