"""Line 5: retry policies, their pauses, and how they grow."""

import dagster as dg

SEEN = []


def failing(context, times, error=ValueError):
    SEEN.append((str(context.asset_key.to_user_string()), context.retry_number))
    if context.retry_number < times:
        raise error("again")
    return context.retry_number


@dg.asset(retry_policy=dg.RetryPolicy(max_retries=2, delay=0.05))
def delayed(context):
    return failing(context, 2)


@dg.asset(retry_policy=dg.RetryPolicy(max_retries=3, delay=0.01, backoff=dg.Backoff.LINEAR))
def linear(context):
    return failing(context, 3)


@dg.asset(retry_policy=dg.RetryPolicy(max_retries=4, delay=0.01, backoff=dg.Backoff.EXPONENTIAL))
def exponential(context):
    return failing(context, 4)


@dg.asset
def after_retried(delayed):
    return delayed


@dg.asset
def on_request(context):
    SEEN.append(("on_request", context.retry_number))
    if context.retry_number < 2:
        raise dg.RetryRequested(max_retries=2, seconds_to_wait=0.02)
    return "done"


@dg.op(retry_policy=dg.RetryPolicy(max_retries=1))
def flaky(context):
    SEEN.append(("flaky", context.retry_number))
    if context.retry_number == 0:
        raise ValueError("once")
    return 3


@dg.op
def doubled(x):
    return 2 * x


@dg.graph_asset
def through_ops():
    return doubled(flaky.with_retry_policy(dg.RetryPolicy(max_retries=2, delay=0.01))())


ASSETS = [delayed, linear, exponential, after_retried, on_request, through_ops]
UNORDERED = True
