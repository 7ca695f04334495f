"""Line 9: graphs of ops as assets, dynamic outputs, optional branches."""

import dagster as dg

SEEN = []


@dg.op
def one(x):
    return x


@dg.asset
def base():
    return 3


@dg.op(out=dg.DynamicOut())
def load(base):
    for i in range(base):
        yield dg.DynamicOutput(i, mapping_key=f"k{i}")


@dg.op
def f1(x):
    if x == 99:
        raise ValueError
    return x * 2


@dg.op
def f2(context, x, y):
    SEEN.append(("f2", str(context.op_handle), x, y))
    return x + y


@dg.op
def other():
    SEEN.append("other")
    return 10


@dg.op
def total(xs):
    SEEN.append(xs)
    return sum(xs)


@dg.graph
def inner(b):
    d = load(b)
    o = other()
    return total(d.map(lambda x: f2(f1(x), o)).collect())


@dg.graph_asset
def ga(base):
    return one.alias("last")(inner(base))


@dg.asset
def useg(ga):
    return ga


@dg.op(out={"a": dg.Out(is_required=False), "b": dg.Out(is_required=False)})
def branch():
    yield dg.Output(1, "a")


@dg.op
def fan(xs):
    return xs


@dg.graph_asset
def gf():
    a, b = branch()
    return fan([one(a), one.alias("two")(b)])


@dg.op(out=dg.DynamicOut())
def load_l():
    return [dg.DynamicOutput(1, "a"), dg.DynamicOutput(2, "b")]


@dg.op
def failing(x):
    if x == 1:
        raise ValueError("no")
    return x


@dg.op
def aft(x):
    return x


@dg.graph_asset
def gx():
    return total.alias("tot")(load_l().map(failing).map(aft).collect())


@dg.op(out=dg.DynamicOut(is_required=False))
def load_n():
    if False:
        yield


@dg.graph_asset
def gempty():
    return fan.alias("fanempty")(load_n().map(one.alias("onee")).collect())


@dg.asset
def after_empty(gempty):
    return gempty


@dg.op
def noneop():
    return None


@dg.op(ins={"start": dg.In(dg.Nothing)})
def ordered():
    return 5


@dg.op
def annot() -> None:
    SEEN.append("annot")


@dg.graph_asset
def gn():
    return ordered(start=[annot(), noneop()])


@dg.graph_multi_asset(outs={"g1": dg.AssetOut(), "g2": dg.AssetOut(is_required=False)})
def gm():
    a, b = branch.alias("br")()
    return {"g1": one.alias("o1")(a), "g2": b}


@dg.op(ins={"z": dg.In(), "after": dg.In(dg.Nothing), "b": dg.In(int, default_value=5)})
def placed(x, b, z):
    return [x, b, z]


@dg.op(ins={"after": dg.In(dg.Nothing)})
def follows(x):
    return [x]


@dg.graph_asset
def gplaces():
    first = follows(ordered.alias("five")(), annot.alias("before")())
    return placed(first, z=noneop.alias("none")(), after=[annot.alias("b1")(), first])


@dg.op
def base_of():
    return "x"


@dg.graph_asset
def gthird():
    return placed.alias("third")(base_of(), ordered.alias("b")(), noneop.alias("z")())


ASSETS = [gplaces, gthird, base, ga, useg, gf, gx, gempty, after_empty, gn, gm]
