"""Configuration by partition, which gives a job both its configuration and its partitions."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import NONE, Mapping, Record, Value
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.declared.jobs import PartitionedConfigValue
from assetgen.analyzer.intrinsics.dagster.functions.decorating import decorator
from assetgen.analyzer.intrinsics.dagster.partitions.partitions import partitions_of
from assetgen.analyzer.intrinsics.dagster.plain import Doubts
from assetgen.analyzer.model.partitions import Partitions


def partitions_of_job(call: Call, bound: Bound) -> Partitions | None:
    """The partitions that a job has by `partitions_def=`, or else by its `config=`."""
    given = Doubts().first_option(bound["partitions_def"])
    return partitions_of_config(call, bound) if given == NONE else partitions_of(call, given)


def partitions_of_config(call: Call, bound: Bound) -> Partitions | None:
    """The partitions of a job's `config=`, if that is a partitioned one."""
    config = Doubts().first_option(bound["config"])
    if not isinstance(config, PartitionedConfigValue):
        return None
    return partitions_of(call, Doubts().first_option(config.partitions))


def unknown_of_job(call: Call, bound: Bound) -> tuple[str, ...]:
    """ "partitions" if a job may have others than `partitions_of_job` returns."""
    given, config = bound["partitions_def"], bound["config"]
    if given != NONE:
        return () if partitions_of(call, given) is not None else ("partitions",)
    if isinstance(config, PartitionedConfigValue):
        return () if partitions_of_config(call, bound) is not None else ("partitions",)
    known = config == NONE or isinstance(config, (Mapping, Record))
    return () if known and not call.losses else ("partitions",)


_PARTITIONED = Parameters(
    "partitions_def, run_config_for_partition_fn=None, decorated_fn=None, "
    "tags_for_partition_fn=None, run_config_for_partition_key_fn=None, "
    "tags_for_partition_key_fn=None"
)


def _partitioned_config(call: Call) -> Value:
    bound = _PARTITIONED.bind(call)
    return PartitionedConfigValue(bound["partitions_def"], bound["decorated_fn"])


def _config_decorator(kind: str, parameters: str) -> dict[str, Intrinsic]:
    """The rows of a decorator that passes its arguments on to the class of partitions `kind`."""
    declared = Parameters(f"{parameters}, tags_for_partition_fn=None")

    def decorate(call: Call, bound: Bound, function: Value) -> Value:
        given = {name: bound[name] for name in bound if not name.startswith("tags_for_")}
        made = call.machine.intrinsic(f"dagster.{kind}PartitionsDefinition")
        return PartitionedConfigValue(call.invoke(made, **given), function)

    return decorator(f"dagster.{kind.lower()}_partitioned_config", declared, None, decorate)


_OF_PARTITIONS = Parameters("partitions_def, tags_for_partition_key_fn=None")


def _of_partitions(call: Call, bound: Bound, function: Value) -> Value:
    return PartitionedConfigValue(bound["partitions_def"], function)


def _called(call: Call) -> Value:
    """Calling it calls the function that was decorated."""
    config = call.receiver
    function = config.function if isinstance(config, PartitionedConfigValue) else NONE
    return call.invoke(function, *call.args, **call.kwargs)


_TIMES = "timezone=None, fmt=None, end_offset=0, exclusions=None"

TABLE: dict[str, Intrinsic] = {
    "dagster.PartitionedConfig": _partitioned_config,
    "dagster.PartitionedConfig.__call__": _called,
    **decorator("dagster.partitioned_config", _OF_PARTITIONS, None, _of_partitions),
    **_config_decorator("Static", "partition_keys, tags_for_partition_key_fn=None"),
    **_config_decorator("Dynamic", "partition_fn, tags_for_partition_key_fn=None"),
    **_config_decorator("Hourly", f"start_date, minute_offset=0, {_TIMES}"),
    **_config_decorator("Daily", f"start_date, minute_offset=0, hour_offset=0, {_TIMES}"),
    **_config_decorator(
        "Weekly", f"start_date, minute_offset=0, hour_offset=0, day_offset=0, {_TIMES}"
    ),
    **_config_decorator(
        "Monthly", f"start_date, minute_offset=0, hour_offset=0, day_offset=1, {_TIMES}"
    ),
}
"""The intrinsics of configuration by partition."""
