"""Reporting partitions, and times of their schedules, that Dagster refuses."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.values import Constant, Sequence
from assetgen.analyzer.evaluate.values import Mapping as MappingValue
from assetgen.analyzer.intrinsics.dagster.keys import is_given
from assetgen.analyzer.intrinsics.dagster.partitions.cron_strings import cron_problem
from assetgen.analyzer.intrinsics.dagster.refusals.checks import Refusal, plain_of, value_of


def offsets(call: Call) -> Iterator[Refusal]:
    """Offsets of hours, days and the like that are out of range."""
    for name, (least, most) in {**_RANGES, **_RANGES_OF.get(call.name, {})}.items():
        number = plain_of(call, name)
        if isinstance(number, int) and not least <= number <= most:
            yield "bad-partitions", name, f"{name} is from {least} to {most}, not {number}"


def exclusions(call: Call) -> Iterator[Refusal]:
    """What is excluded is a moment, or a cron string."""
    given = value_of(call, "exclusions")
    for item in given.items if isinstance(given, Sequence) else ():
        text = item.value if isinstance(item, Constant) else None
        problem = cron_problem(text) if isinstance(text, str) else None
        if problem:
            yield (
                "bad-partitions",
                "exclusions",
                f'"{text}" is neither a moment nor cron: {problem}',
            )


_RANGES: dict[str, tuple[float, float]] = {
    "minute_offset": (0, 59),
    "hour_offset": (0, 23),
    "day_offset": (0, 31),
}
_ANY = (-inf, inf)
_RANGES_OF: dict[str, dict[str, tuple[float, float]]] = {
    "dagster.HourlyPartitionsDefinition": {"hour_offset": _ANY, "day_offset": _ANY},
    "dagster.DailyPartitionsDefinition": {"day_offset": _ANY},
    "dagster.WeeklyPartitionsDefinition": {"day_offset": (0, 7)},
}
"""Dagster takes offsets that are longer than a partition, and does nothing with them."""


def times(call: Call) -> Iterator[Refusal]:
    """Times of schedules that are out of range."""
    for name, (least, most) in _TIMES.items():
        number = plain_of(call, name)
        if isinstance(number, int) and not least <= number <= most:
            yield "bad-cron", name, f"{name} is from {least} to {most}, not {number}"


_TIMES = {
    "minute_of_hour": (0, 59),
    "hour_of_day": (0, 23),
    "day_of_week": (0, 7),
    "day_of_month": (1, 31),
}


def dynamic(call: Call) -> Iterator[Refusal]:
    """Dynamic partitions without a name, or with a function beside it."""
    function, name = value_of(call, "partition_fn", 0), value_of(call, "name", 1)
    if isinstance(function, Constant):
        problem = 'takes a function first: write name="..." for the name'
        yield "bad-partitions", "", f"DynamicPartitionsDefinition {problem}"
    elif function is None and name is None:
        yield "bad-partitions", "", "DynamicPartitionsDefinition needs a name"
    elif function is not None and is_given(name):
        yield "bad-partitions", "name", "partition_fn and name cannot be given together"


def dimensions(call: Call) -> Iterator[Refusal]:
    """Dimensions that are not two, or of a kind that cannot be one."""
    given = value_of(call, "partitions_defs", 0)
    if not isinstance(given, MappingValue) or given.losses:
        return
    if len(given.entries) != 2:
        count = len(given.entries)
        problem = f"a MultiPartitionsDefinition has two dimensions, and this has {count}"
        yield "bad-partitions", "partitions_defs", problem
        return
    for dimension, value in given.text_entries():
        fields = getattr(value, "fields", {})
        kind = getattr(value, "qualname", "")
        if kind == "dagster.MultiPartitionsDefinition":
            problem = f"the dimension `{dimension}` cannot have dimensions of its own"
            yield "bad-partitions", "partitions_defs", problem
        elif kind == "dagster.DynamicPartitionsDefinition" and "partition_fn" in fields:
            problem = f"the dynamic dimension `{dimension}` needs a name, not a function"
            yield "bad-partitions", "partitions_defs", problem
        elif kind == "dagster.StaticPartitionsDefinition":
            keys = fields.get("partition_keys")
            for key in keys.items if isinstance(keys, Sequence) else ():
                text = key.value if isinstance(key, Constant) else None
                if isinstance(text, str) and set(text) & set("|,[]"):
                    problem = f'"{text}" cannot be a key of a dimension: it holds | , [ or ]'
                    yield "bad-partitions", "partitions_defs", problem


def windows(call: Call) -> Iterator[Refusal]:
    """Time windows without a cron schedule."""
    if not any(value_of(call, name) is not None for name in ("cron_schedule", "schedule_type")):
        problem = "TimeWindowPartitionsDefinition needs a cron_schedule"
        yield "bad-partitions", "", problem
