"""Partitions definitions and mappings, and retry policies: records from which those of the model
are read."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, datetime

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Class,
    Constant,
    External,
    Instance,
    Record,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.partitions.partition_members import (
    dimensions_of,
    with_dimensions,
)
from assetgen.analyzer.intrinsics.dagster.places import argument_place
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, shown, why
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.literals import Literal, Shown
from assetgen.analyzer.model.partitions import PartitionMapping, Partitions, RetryPolicy

_TIME = "end_date=None, minute_offset=0, hour_offset=0, timezone=None, fmt=None, end_offset=0"
_PARTITIONS: dict[str, Parameters] = {
    "DailyPartitionsDefinition": Parameters(f"start_date, {_TIME}, exclusions=None, **rest"),
    "HourlyPartitionsDefinition": Parameters(
        "start_date, end_date=None, minute_offset=0, timezone=None, fmt=None, end_offset=0, "
        "exclusions=None, **rest"
    ),
    "WeeklyPartitionsDefinition": Parameters(
        "start_date, end_date=None, minute_offset=0, hour_offset=0, day_offset=0, timezone=None, "
        "fmt=None, end_offset=0, exclusions=None, **rest"
    ),
    "MonthlyPartitionsDefinition": Parameters(
        "start_date, end_date=None, minute_offset=0, hour_offset=0, day_offset=1, timezone=None, "
        "fmt=None, end_offset=0, exclusions=None, **rest"
    ),
    "TimeWindowPartitionsDefinition": Parameters(
        "start, fmt, end=None, schedule_type=None, timezone=None, end_offset=0, "
        "minute_offset=None, hour_offset=None, day_offset=None, cron_schedule=None, exclusions=None"
    ),
    "StaticPartitionsDefinition": Parameters("partition_keys"),
    "MultiPartitionsDefinition": Parameters("partitions_defs"),
    "DynamicPartitionsDefinition": Parameters("partition_fn=None, name=None"),
}
_MAPPINGS: dict[str, Parameters] = {
    "AllPartitionMapping": Parameters(""),
    "IdentityPartitionMapping": Parameters(""),
    "LastPartitionMapping": Parameters(""),
    "SpecificPartitionsPartitionMapping": Parameters("partition_keys"),
    "StaticPartitionMapping": Parameters("downstream_partition_keys_by_upstream_partition_key"),
    "TimeWindowPartitionMapping": Parameters(
        "start_offset=0, end_offset=0, allow_nonexistent_upstream_partitions=False"
    ),
    "MultiPartitionMapping": Parameters("downstream_mappings_by_upstream_dimension"),
    "MultiToSingleDimensionPartitionMapping": Parameters("partition_dimension_name=None"),
    "DimensionPartitionMapping": Parameters("dimension_name, partition_mapping"),
}
_RETRY = Parameters("max_retries=1, delay=None, backoff=None, jitter=None")


def partitions_of(call: Call, value: Value) -> Partitions | None:
    """The partitions of the model; None for anything that is not a known partitions definition."""
    if isinstance(value, Instance):
        return (
            Partitions(kind=value.cls.name)
            if _is_subclass(value.cls, "PartitionsDefinition")
            else None
        )
    if not isinstance(value, Record):
        return None
    kind = value.qualname.removeprefix("dagster.")
    if kind not in _PARTITIONS:
        return None
    if kind == "MultiPartitionsDefinition":
        return _multi(call, value)
    parameters, unknown = _literals(value)
    return Partitions(kind, parameters, unknown=unknown)


def mapping_of(value: Value) -> PartitionMapping | None:
    """The partition mapping of the model, with the kind "unknown" if it is not known; None for
    none."""
    if isinstance(value, (Unknown, External)):
        return PartitionMapping("unknown")
    if isinstance(value, Instance):
        known = _is_subclass(value.cls, "PartitionMapping")
        return PartitionMapping(value.cls.name) if known else None
    if not isinstance(value, Record):
        return None
    kind = value.qualname.removeprefix("dagster.")
    if kind not in _MAPPINGS:
        return None
    parameters, unknown = _literals(value)
    return PartitionMapping(kind, (*parameters, *((name, _UNKNOWN) for name in unknown)))


def tell_mapping(call: Call, doubts: Doubts) -> None:
    """Report what is not known of the partition mapping that a call is given."""
    for doubt in doubts.found:
        message = f"the partition mapping is not known: {why(doubt)}"
        call.report("unresolved-attribute", message, argument_place(call, "partition_mapping"))


_UNKNOWN = Shown("?")


def retry_policy_of(value: Value) -> RetryPolicy | None:
    """The retry policy of the model; unknown parts have Dagster's defaults."""
    if not isinstance(value, Record) or value.qualname != "dagster.RetryPolicy":
        return None
    doubts = Doubts()
    retries = doubts.first_option(value.fields.get("max_retries", Constant(1)))
    delay = doubts.first_option(value.fields.get("delay", NONE))
    count = retries.value if isinstance(retries, Constant) else 1
    seconds = delay.value if isinstance(delay, Constant) else None
    return RetryPolicy(
        max_retries=count if isinstance(count, int) else 1,
        delay=float(seconds) if isinstance(seconds, (int, float)) else None,
        backoff=_member(value.fields.get("backoff")),
        jitter=_member(value.fields.get("jitter")),
    )


def _member(value: Value | None) -> str | None:
    """The name of a member of an enumeration, such as `EXPONENTIAL`."""
    if isinstance(value, External):
        return value.qualname.rpartition(".")[2]
    return None


def _is_subclass(cls: Class, base: str) -> bool:
    """Whether one of the base classes from outside of the project has the name `base`."""
    return any(isinstance(one, External) and one.qualname.endswith(base) for one in cls.mro)


def _multi(call: Call, value: Record) -> Partitions:
    doubts = Doubts()
    dimensions: list[tuple[str, Partitions]] = []
    unknown: set[str] = set()
    given, losses = dimensions_of(value)
    for name, dimension in given:
        found = partitions_of(call, doubts.first_option(dimension))
        if found is None:
            unknown.add(name)
        else:
            dimensions.append((name, found))
    if doubts.found or losses:
        unknown.add("partitions_defs")
    return Partitions(
        "MultiPartitionsDefinition", (), tuple(sorted(dimensions)), tuple(sorted(unknown))
    )


def _literals(value: Record) -> tuple[tuple[tuple[str, Literal], ...], tuple[str, ...]]:
    parameters: list[tuple[str, Literal]] = []
    unknown: list[str] = []
    for name, item in value.fields.items():
        doubts = Doubts()
        literal = _time(item) or doubts.literal(item)
        if doubts.found:
            unknown.append(name)
        else:
            parameters.append((name, literal))
    if value.losses:
        unknown.append("*")
    return tuple(parameters), tuple(sorted(unknown))


def _time(value: Value) -> Literal:
    if isinstance(value, Constant) and isinstance(value.value, (datetime, date)):
        return value.value.isoformat()
    if isinstance(value, (Record, External)):
        return Shown(shown(value))
    return None


# -- what calls of the constructors make


def _record(parameters: Parameters) -> Intrinsic:
    def make(call: Call) -> Value:
        bound = parameters.bind(call)
        if call.name == "dagster.StaticPartitionsDefinition":
            _check_static(call, bound["partition_keys"])
        for name in ("start_date", "end_date", "start", "end"):
            if name in bound:
                _check_moment(call, name, bound)
        fields = {**bound.passed, **bound.rest}
        if call.name == "dagster.MultiPartitionsDefinition":
            fields = with_dimensions(fields)
        return PartitionsRecord(call.name, fields, (), call.site, call.losses)

    return make


@dataclass(slots=True, eq=False)
class PartitionsRecord(Record):
    """Partitions, some of whose arguments are read back as what Dagster makes of them."""

    def attribute(self, name: str) -> Value | None:
        return None if name in _CONVERTED else self.fields.get(name)


_CONVERTED = ("start", "end", "timezone", "cron_schedule", "fmt")


def _check_moment(call: Call, name: str, bound: Bound) -> None:
    """A moment given as a string must have the format of the partitions; a UTC offset may
    follow."""
    moment, given = bound.plain(name), bound.plain("fmt")
    hourly = call.name == "dagster.HourlyPartitionsDefinition"
    fmt = given or ("%Y-%m-%d-%H:%M" if hourly else "%Y-%m-%d")
    if not isinstance(moment, str) or not isinstance(fmt, str) or not (moment or name in _STARTS):
        return
    if not _is_written_as(moment, fmt) and not _is_written_as(moment, f"{fmt}%z"):
        message = f'{name} "{moment}" is not in the format {fmt}'
        call.report("bad-partitions", message, argument_place(call, name))


_STARTS = ("start", "start_date")  # an empty end is none


def _is_written_as(moment: str, fmt: str) -> bool:
    try:
        datetime.strptime(moment, fmt)
    except (ValueError, re.error):
        return False
    return True


def _check_static(call: Call, keys: Value) -> None:
    texts = Doubts().texts(call, keys)
    doubled = sorted(key for key, times in Counter(texts).items() if times > 1)
    if doubled:
        is_text = isinstance(keys, Constant) and isinstance(keys.value, str)
        why = ": each letter of a string is a key" if is_text else ""
        call.report("bad-partitions", f'partition key "{doubled[0]}" is given twice{why}')
    for key in texts:
        reserved = next((part for part in _RESERVED if part in key), None)
        if reserved is not None:
            shown = reserved if reserved == "..." else repr(reserved)[1:-1]
            message = f'partition key {json.dumps(key)} holds "{shown}", which is reserved'
            call.report("bad-partitions", message)


_RESERVED = ("...", *"\a\b\f\n\r\t\v\0")


def _retry_policy(call: Call) -> Value:
    bound = _RETRY.bind(call)
    return Record(call.name, dict(bound.passed), (), call.site, call.losses)


TABLE: dict[str, Intrinsic] = {
    **{f"dagster.{name}": _record(parameters) for name, parameters in _PARTITIONS.items()},
    **{f"dagster.{name}": _record(parameters) for name, parameters in _MAPPINGS.items()},
    "dagster.RetryPolicy": _retry_policy,
}
