"""Keys of one part mean an asset of the same group whose key ends in them."""

import dagster as dg

SEEN = []


@dg.asset(key_prefix="raw", group_name="sales")
def orders():
    return "raw orders"


@dg.asset(group_name="sales")
def report(orders):
    return orders


@dg.asset(group_name="sales", deps=["orders"])
def after_report():
    return 1


@dg.asset
def cfg(config_value="default", *, keyword=3):
    return (config_value, keyword)


@dg.asset
def config_value():
    return "made"


@dg.asset_check(asset=dg.AssetKey(["raw", "orders"]))
def any_name(whatever):
    return dg.AssetCheckResult(passed=whatever == "raw orders", description="d")


@dg.asset_check(
    asset=report, additional_ins={"cfg": dg.AssetIn("cfg")}, additional_deps=[after_report]
)
def with_more(report, cfg):
    return dg.AssetCheckResult(passed=True, metadata={"cfg": str(cfg)})


@dg.asset_check(asset=report, name="renamed")
def not_renamed():
    yield dg.AssetCheckResult(passed=False, severity=dg.AssetCheckSeverity.WARN)


elsewhere = dg.AssetSpec("elsewhere")


@dg.asset(deps=[elsewhere, dg.AssetDep("nowhere")])
def after_external():
    return 1


@dg.multi_asset(
    specs=[dg.AssetSpec("s1"), dg.AssetSpec("s2", deps=["s1", report])], can_subset=True
)
def subsettable(context):
    SEEN.append(sorted(k.to_user_string() for k in context.selected_asset_keys))
    for key in sorted(context.selected_asset_keys):
        yield dg.MaterializeResult(asset_key=key)


@dg.asset(deps=["s1"])
def after_s1():
    return 1


@dg.multi_asset(outs={"o1": dg.AssetOut(), "o2": dg.AssetOut()}, can_subset=True)
def subset_outs(context):
    SEEN.append(sorted(context.op_execution_context.selected_output_names))
    for name in sorted(context.op_execution_context.selected_output_names):
        yield dg.Output(name, output_name=name)


@dg.multi_asset(specs=[dg.AssetSpec("all1"), dg.AssetSpec("all2")])
def all_or_none():
    pass


ASSETS = [
    orders,
    report,
    after_report,
    cfg,
    config_value,
    any_name,
    with_more,
    not_renamed,
    elsewhere,
    after_external,
    subsettable,
    after_s1,
    subset_outs,
    all_or_none,
]
RUNS = [
    {},
    {"selection": [report]},
    {"selection": "s2"},
    {"selection": "+key:after_s1"},
    {"selection": "key:o1+"},
    {"selection": "group:sales"},
    {"selection": 'key:"raw/*"'},
    {"selection": "key:raw/orders+1"},
    {"selection": "1+key:s2"},
    {"selection": "key:raw/orders+"},
]
