"""Windows and deadlines of freshness policies that Dagster refuses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.intrinsics.dagster.partitions.cron_strings import interval_of
from assetgen.analyzer.intrinsics.dagster.refusals.checks import Refusal, plain_of


def window(call: Call) -> Iterator[Refusal]:
    """Windows that are too short, or warn too late."""
    fail, warn = plain_of(call, "fail_window", 0), plain_of(call, "warn_window", 1)
    for name, given in (("fail_window", fail), ("warn_window", warn)):
        if isinstance(given, timedelta) and given and given < _MINUTE:
            yield "invalid-definition", name, f"{name} is less than a minute"
            return
    if isinstance(fail, timedelta) and isinstance(warn, timedelta) and warn >= fail:
        yield "invalid-definition", "warn_window", "warn_window is not less than fail_window"


def least_bound(call: Call) -> Iterator[Refusal]:
    """A lower bound that is too short, or longer than the interval of the deadlines."""
    bound = plain_of(call, "lower_bound_delta", 1)
    if not isinstance(bound, timedelta):
        return
    if bound < _MINUTE:
        problem = "lower_bound_delta is less than a minute"
        yield "invalid-definition", "lower_bound_delta", problem
    cron = plain_of(call, "deadline_cron", 0)
    interval = interval_of(cron) if isinstance(cron, str) else None
    if interval is not None and bound > interval:
        problem = f"lower_bound_delta is longer than {interval}, the interval of the deadlines"
        yield "invalid-definition", "lower_bound_delta", problem


_MINUTE = timedelta(minutes=1)


def abstract_policy(call: Call) -> Iterator[Refusal]:
    """Before Dagster 1.11, this was another class."""
    if (call.args or call.kwargs) and not call.machine.project.has_dagster_before(1, 11):
        problem = "since Dagster 1.11, FreshnessPolicy takes no arguments"
        remedy = "call FreshnessPolicy.time_window or .cron"
        yield "invalid-definition", "", f"{problem}: {remedy}"
