"""Line 5: retry policies, and the exceptions that overrule them."""

import dagster as dg

SEEN = []


def failing(context, times, error=ValueError):
    SEEN.append((str(context.asset_key.to_user_string()), context.retry_number))
    if context.retry_number < times:
        raise error("again")
    return context.retry_number


@dg.asset(retry_policy=dg.RetryPolicy(max_retries=2))
def at_once(context):
    return failing(context, 2)


@dg.asset(retry_policy=dg.RetryPolicy(max_retries=1))
def exhausted(context):
    return failing(context, 9)


@dg.asset
def after_exhausted(exhausted):
    return 1


@dg.asset
def on_request_in_vain(context):
    raise dg.RetryRequested(max_retries=1)


@dg.asset(retry_policy=dg.RetryPolicy(max_retries=3))
def gives_up(context):
    SEEN.append(("gives_up", context.retry_number))
    raise dg.Failure("no use", allow_retries=False)


@dg.asset(retry_policy=dg.RetryPolicy(max_retries=1))
def fails_with_failure(context):
    SEEN.append(("fails_with_failure", context.retry_number))
    raise dg.Failure(description="some use", metadata={"a": 1})


@dg.asset(retry_policy=dg.RetryPolicy(max_retries=1))
def breaks_a_rule(context):
    SEEN.append(("breaks_a_rule", context.retry_number))
    yield 5


@dg.asset(retry_policy=dg.RetryPolicy(max_retries=1))
def wrong_type(context) -> int:
    SEEN.append(("wrong_type", context.retry_number))
    return "x"


@dg.asset(retry_policy=dg.RetryPolicy(max_retries=1))
def not_stored(context):
    SEEN.append(("not_stored", context.retry_number))
    return lambda: 1


@dg.asset(retry_policy=dg.RetryPolicy(max_retries=1))
def exits(context):
    SEEN.append(("exits", context.retry_number))
    raise SystemExit(1)


@dg.asset
def none_stored() -> None:
    return None


@dg.asset(retry_policy=dg.RetryPolicy(max_retries=1))
def not_loaded(none_stored):
    SEEN.append("never")


@dg.asset(retry_policy=dg.RetryPolicy(max_retries=1))
def partly(context):
    yield dg.AssetMaterialization("elsewhere", metadata={"try": context.retry_number})
    if context.retry_number == 0:
        raise ValueError("after a report")
    yield dg.Output(1)


ASSETS = [
    at_once,
    exhausted,
    after_exhausted,
    on_request_in_vain,
    gives_up,
    fails_with_failure,
    breaks_a_rule,
    wrong_type,
    not_stored,
    exits,
    none_stored,
    not_loaded,
    partly,
]
