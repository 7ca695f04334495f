"""Hooks are told how steps end, and steps of a higher priority come first."""

import dagster as dg

SEEN = []


@dg.success_hook(required_resource_keys={"place"})
def done(context):
    SEEN.append((context.resources.place, context.op.name, dict(context.op_output_values)))


@dg.failure_hook
def failed(context):
    SEEN.append((context.op.name, type(context.op_exception).__name__))


@dg.asset(hooks={done})
def early():
    return 1


@dg.asset(op_tags={"dagster/priority": "2"}, hooks={done, failed})
def important():
    return len(SEEN)


@dg.asset(hooks={done, failed}, retry_policy=dg.RetryPolicy(max_retries=1))
def late(context, early, important):
    if context.retry_number:
        return len(SEEN)
    raise ValueError("too early")


@dg.multi_asset(outs={"left": dg.AssetOut(), "right": dg.AssetOut()}, hooks={failed})
def pair(late):
    raise KeyError("left")


@dg.op
def three(context):
    return 3


@dg.op(required_resource_keys={"place"})
def more(context, number):
    return number + 1


@dg.graph
def inner(number):
    return more.alias("again")(more(number))


@dg.graph_asset(hooks={done})
def composed():
    return more.alias("last")(inner(three()))


@dg.graph_asset
def hooked():
    return inner.with_hooks({done})(more.with_hooks({done, failed})(three()))


@dg.asset
def report(late):
    return sorted(SEEN, key=str)


ASSETS = [early, important, late, pair, composed, hooked, report]
RESOURCES = {"place": dg.ResourceDefinition.hardcoded_resource("here")}
RUNS = [{}]
