"""Line 7: functions that make several assets."""

import dagster as dg

SEEN = []


@dg.multi_asset(outs={"a": dg.AssetOut(is_required=False), "b": dg.AssetOut(is_required=False)})
def ma(context):
    SEEN.append(
        (
            sorted(context.selected_output_names),
            sorted(k.to_user_string() for k in context.selected_asset_keys),
        )
    )
    yield dg.Output(1, "a")


@dg.asset
def da(a):
    return a


@dg.asset
def db(b):
    return b


@dg.asset
def ddb(db):
    return db


@dg.multi_asset(
    specs=[dg.AssetSpec("s1"), dg.AssetSpec("s2", skippable=True), dg.AssetSpec("s3", deps=["s1"])]
)
def ms():
    yield dg.MaterializeResult(asset_key="s1", metadata={"k": 1}, value=7)


@dg.multi_asset(specs=[dg.AssetSpec("n1"), dg.AssetSpec(["p", "n2"])])
def mnone():
    return None


@dg.multi_asset(specs=[dg.AssetSpec("v1"), dg.AssetSpec("v2")])
def mval():
    return dg.MaterializeResult(asset_key="v1", metadata={"k": 1}), dg.MaterializeResult(
        asset_key="v2"
    )


@dg.asset(deps=["s2"])
def ds2():
    return 1


@dg.asset(deps=["s3"])
def ds3():
    return 1


@dg.multi_asset(specs=[dg.AssetSpec("w1"), dg.AssetSpec("w2")])
def wrong():
    yield dg.MaterializeResult(asset_key="zz")


@dg.multi_asset(specs=[dg.AssetSpec("t1"), dg.AssetSpec("t2", deps=["t1"])])
def wrongorder():
    yield dg.MaterializeResult(asset_key="t2")
    yield dg.MaterializeResult(asset_key="t1")


@dg.multi_asset(outs={"x": dg.AssetOut(), "y": dg.AssetOut()})
def tup():
    return 1, 2


@dg.multi_asset(outs={"x1": dg.AssetOut(), "y1": dg.AssetOut()})
def tup3():
    return 1, 2, 3


@dg.multi_asset(outs={"x2": dg.AssetOut(), "y2": dg.AssetOut()})
def tuplist():
    return [1, 2]


@dg.multi_asset(outs={"x3": dg.AssetOut(), "y3": dg.AssetOut()})
def tupannot() -> tuple[int, str]:
    return (1, 2)


@dg.multi_asset(outs={"x4": dg.AssetOut(), "y4": dg.AssetOut()})
def missing():
    yield dg.Output(1, "x4")


@dg.multi_asset(outs={"x5": dg.AssetOut(), "y5": dg.AssetOut()})
def unknownout():
    yield dg.Output(1, "nope")


@dg.multi_asset(outs={"x6": dg.AssetOut(dagster_type=int), "y6": dg.AssetOut(key=["q", "y6"])})
def namedout():
    return dg.Output(1, metadata={"u": 1}), dg.Output(2, output_name="y6", metadata={"u": 2})


ASSETS = [
    ma,
    da,
    db,
    ddb,
    ms,
    mnone,
    mval,
    ds2,
    ds3,
    wrong,
    wrongorder,
    tup,
    tup3,
    tuplist,
    tupannot,
    missing,
    unknownout,
    namedout,
]
