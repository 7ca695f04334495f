"""Lines 1, 3 and 4: the order of steps, what a failure stops, and values that are copies."""

import dagster as dg

SEEN = []


@dg.asset
def bb():
    return [1]


@dg.asset
def zz():
    return {"a": [1]}


@dg.asset
def aa(context):
    context.log.info("in aa")
    return (1, 2)


@dg.asset
def cc(bb):
    bb.append(2)
    SEEN.append(("cc", bb))
    return bb


@dg.asset
def mm(bb, zz):
    SEEN.append(("mm", bb, zz))
    zz["b"] = 1
    return zz


@dg.asset(key_prefix=["deep", "er"])
def keyed(zz):
    SEEN.append(("keyed", zz))
    return zz


@dg.asset(
    ins={"other": dg.AssetIn(key_prefix="deep"), "keyed": dg.AssetIn(["deep", "er", "keyed"])}
)
def reads_keyed(keyed, other):
    return keyed


@dg.asset(key=["deep", "other"])
def other():
    return None


@dg.asset(name="with_dash")
def dashed(aa):
    return aa


@dg.asset
def fails(bb):
    raise ValueError("on purpose")


@dg.asset
def after_failure(fails, zz):
    SEEN.append("never")


@dg.asset(deps=[after_failure])
def after_that():
    SEEN.append("never")


@dg.asset(deps=[after_failure, "aa"])
def after_both():
    SEEN.append("never")


@dg.asset
def exits(aa):
    raise SystemExit(0)


@dg.asset
def unpicklable():
    return lambda: 1


@dg.asset(deps=[unpicklable])
def after_unpicklable():
    return 1


@dg.asset
def asserts():
    assert 1 == 2


ASSETS = [
    bb,
    zz,
    aa,
    cc,
    mm,
    keyed,
    reads_keyed,
    other,
    dashed,
    fails,
    after_failure,
    after_that,
    after_both,
    exits,
    unpicklable,
    after_unpicklable,
    asserts,
]
