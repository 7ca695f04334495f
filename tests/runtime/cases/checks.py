"""Line 6: checks, blocking and not."""

import dagster as dg

SEEN = []


@dg.asset(
    check_specs=[
        dg.AssetCheckSpec("c1", asset="chk"),
        dg.AssetCheckSpec("c2", asset="chk", blocking=True),
    ]
)
def chk():
    yield dg.Output(3)
    yield dg.AssetCheckResult(check_name="c1", passed=False, metadata={"a": 1})
    yield dg.AssetCheckResult(check_name="c2", passed=False)


@dg.asset
def dchk(chk):
    return chk


@dg.asset
def plain():
    return 5


@dg.asset_check(asset=plain, blocking=True)
def bc(plain):
    return dg.AssetCheckResult(passed=plain > 10, metadata={"v": plain})


@dg.asset_check(asset=plain)
def nb(context, plain):
    return dg.AssetCheckResult(passed=False, severity=dg.AssetCheckSeverity.WARN)


@dg.asset_check(asset=plain)
def boolcheck(plain):
    return plain == 5


@dg.asset
def dplain(plain):
    return plain


@dg.asset
def plain2():
    return 5


@dg.asset_check(asset=plain2, blocking=True)
def bw():
    return dg.AssetCheckResult(passed=False, severity=dg.AssetCheckSeverity.WARN)


@dg.asset_check(asset=plain2)
def raises():
    raise ValueError("x")


@dg.asset
def dplain2(plain2):
    return plain2


@dg.asset(check_specs=[dg.AssetCheckSpec("c1", asset="mrchk")])
def mrchk():
    return dg.MaterializeResult(value=4, check_results=[dg.AssetCheckResult(passed=True)])


@dg.asset(check_specs=[dg.AssetCheckSpec("c1", asset="nochk")])
def nochk():
    return 1


@dg.asset(check_specs=[dg.AssetCheckSpec("c1", asset="tupchk")])
def tupchk():
    return 1, dg.AssetCheckResult(passed=True)


@dg.multi_asset_check(
    specs=[dg.AssetCheckSpec("m1", asset="plain"), dg.AssetCheckSpec("m2", asset="plain2")]
)
def mchecks():
    yield dg.AssetCheckResult(asset_key="plain", check_name="m1", passed=True)
    yield dg.AssetCheckResult(asset_key="plain2", check_name="m2", passed=False)


@dg.asset_check(asset=plain2, additional_ins={"other": dg.AssetIn("plain")})
def across_blocked(plain2, other):
    return dg.AssetCheckResult(passed=plain2 == other)


@dg.asset_check(asset=plain, additional_deps=[plain2])
def across_free(plain):
    return dg.AssetCheckResult(passed=True)


@dg.asset(check_specs=[dg.AssetCheckSpec("c1", asset="untold")])
def untold():
    yield dg.Output(1)


@dg.multi_asset(
    outs={"once": dg.AssetOut(), "twice": dg.AssetOut()},
    check_specs=[dg.AssetCheckSpec("c1", asset="once"), dg.AssetCheckSpec("c1", asset="twice")],
)
def told_of_one():
    yield dg.Output(1, "once")
    yield dg.AssetCheckResult(asset_key="once", check_name="c1", passed=True)
    yield dg.Output(2, "twice")


@dg.multi_asset(
    outs={"some": dg.AssetOut(is_required=False), "none": dg.AssetOut(is_required=False)},
    check_specs=[dg.AssetCheckSpec("c1", asset="some"), dg.AssetCheckSpec("c2", asset="none")],
    can_subset=True,
)
def told_of_any():
    yield dg.Output(1, "some")


@dg.multi_asset(
    specs=[dg.AssetSpec("left"), dg.AssetSpec("right")],
    check_specs=[dg.AssetCheckSpec("c1", asset="left"), dg.AssetCheckSpec("c2", asset="right")],
)
def on_which():
    yield dg.MaterializeResult(
        "left", check_results=[dg.AssetCheckResult(check_name="c1", passed=True)]
    )


@dg.asset(
    check_specs=[dg.AssetCheckSpec("c1", asset="named"), dg.AssetCheckSpec("c2", asset="named")]
)
def named():
    yield dg.Output(1)
    yield dg.AssetCheckResult(passed=True)


@dg.asset_check(asset=plain)
def silent():
    yield from ()


@dg.asset_check(asset=plain)
def nothing_said():
    return None


@dg.multi_asset_check(
    specs=[dg.AssetCheckSpec("h1", asset="plain"), dg.AssetCheckSpec("h2", asset="plain2")]
)
def half():
    yield dg.AssetCheckResult(asset_key="plain", check_name="h1", passed=True)


@dg.multi_asset_check(
    specs=[dg.AssetCheckSpec("s1", asset="plain"), dg.AssetCheckSpec("s2", asset="plain2")],
    can_subset=True,
)
def some_of_them():
    yield dg.AssetCheckResult(asset_key="plain", check_name="s1", passed=True)


ASSETS = [
    across_blocked,
    across_free,
    chk,
    dchk,
    plain,
    bc,
    nb,
    boolcheck,
    dplain,
    plain2,
    bw,
    raises,
    dplain2,
    mrchk,
    nochk,
    tupchk,
    mchecks,
    untold,
    told_of_one,
    told_of_any,
    on_which,
    named,
    silent,
    nothing_said,
    half,
    some_of_them,
]
