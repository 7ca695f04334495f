"""Line 9: dynamic outputs: none, failing, optional, collected directly, retried."""

import dagster as dg

SEEN = []


@dg.op
def fan(xs):
    SEEN.append(("fan", xs))
    return xs


@dg.op
def one(x):
    return x


@dg.op(out=dg.DynamicOut())
def load_z():
    if False:
        yield


@dg.graph_asset
def gz():
    return fan(load_z().map(one).collect())


@dg.asset
def agz(gz):
    return 1


@dg.op(out=dg.DynamicOut())
def load3():
    for k in "cab":
        yield dg.DynamicOutput(k, k)


@dg.op(out=dg.Out(is_required=False))
def maybe(x):
    if x != "a":
        yield dg.Output(x)


@dg.graph_asset
def gopt():
    return fan.alias("fanopt")(load3().map(maybe).collect())


@dg.graph_asset
def gdirect():
    return fan.alias("fandirect")(load3.alias("l3")().collect())


@dg.op
def allm(x):
    return x


@dg.op(out=dg.Out(is_required=False))
def never(x):
    if False:
        yield


@dg.graph_asset
def gnever():
    return fan.alias("fannever")(load3.alias("l3n")().map(never).collect())


@dg.op(out=dg.DynamicOut())
def dupl():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(1, "a")


@dg.graph_asset
def gdup():
    return fan.alias("fandup")(dupl().collect())


@dg.op(out=dg.DynamicOut())
def faild():
    yield dg.DynamicOutput(1, "a")
    raise ValueError


@dg.graph_asset
def gfail():
    return fan.alias("fanfail")(faild().map(one.alias("onef")).collect())


@dg.op(out=dg.DynamicOut())
def badkey():
    yield dg.DynamicOutput(1, "a/b")


@dg.graph_asset
def gbad():
    return fan.alias("fanbad")(badkey().map(one.alias("oneb")).collect())


@dg.op(out={"vals": dg.DynamicOut(), "n": dg.Out()})
def two():
    yield dg.DynamicOutput(1, "a", output_name="vals")
    yield dg.Output(7, "n")


@dg.op
def addn(x, n):
    return x + n


@dg.graph_asset
def gtwo():
    vals, n = two()
    return fan.alias("fantwo")(vals.map(lambda v: addn(v, n)).collect())


@dg.op(retry_policy=dg.RetryPolicy(max_retries=2))
def flaky(context, x):
    SEEN.append(("flaky", context.retry_number, x, context.get_mapping_key()))
    if context.retry_number < 1:
        raise ValueError
    return x


@dg.graph_asset
def gflaky():
    return fan.alias("fanflaky")(load3.alias("l3f")().map(flaky).collect())


ASSETS = [gz, agz, gopt, gdirect, gnever, gdup, gfail, gbad, gtwo, gflaky]
UNKNOWN_TO_DAGSTER = [
    "gbad.badkey",
    "gbad.fanbad",
    "gbad.oneb[?]",
    "gdup.fandup",
    "gfail.fanfail",
    "gfail.onef[?]",
]
