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
]
