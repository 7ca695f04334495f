"""Tags and metadata with values that Dagster cannot store."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.objects.weight import is_heavy
from assetgen.analyzer.evaluate.values import (
    Class,
    Constant,
    Declared,
    External,
    Function,
    Instance,
    Iterator_,
    Record,
    Sequence,
    Value,
)
from assetgen.analyzer.evaluate.values import Mapping as MappingValue
from assetgen.analyzer.intrinsics.dagster.declared.jobs import JobValue
from assetgen.analyzer.intrinsics.dagster.expected.checked_calls import CLASSES
from assetgen.analyzer.intrinsics.dagster.plain import shown
from assetgen.analyzer.intrinsics.dagster.plain_objects import is_plain_object
from assetgen.analyzer.intrinsics.dagster.refusals.checks import Check, Refusal, value_of


def _tags(parameter: str) -> Check:
    """Values of tags are strings, or values that survive being written as JSON and read again."""

    def check(call: Call) -> Iterator[Refusal]:
        for name, value in _entries(call, parameter):
            problem = None if is_heavy(value) else _json_problem(value)
            if problem:
                yield "bad-tag", parameter, f'the value of tag "{name}" is {problem}'

    return check


def _metadata(call: Call) -> Iterator[Refusal]:
    for name, value in _entries(call, "metadata"):
        if isinstance(value, (Sequence, MappingValue)):
            is_kept = not isinstance(value, Sequence) or value.kind == "list"
            inner = None if is_heavy(value) or not is_kept else _never_json(value)
            if inner is not None:
                problem = f'the metadata "{name}" holds {shown(inner)}, which JSON cannot'
                yield "wrong-type", "metadata", problem
        elif isinstance(value, Constant):
            is_kept = value.value is None or isinstance(value.value, _KEPT)
        else:
            is_kept = not _is_other(value) or _is_kept_by_dagster(value)
        if not is_kept:
            problem = f'the metadata "{name}" is {shown(value)}, which Dagster cannot keep'
            yield "wrong-type", "metadata", problem


def _entries(call: Call, parameter: str) -> Iterator[tuple[str, Value]]:
    given = value_of(call, parameter)
    return given.text_entries() if isinstance(given, MappingValue) else iter(())


def _json_problem(value: Value) -> str | None:
    """What in a value cannot be written as JSON, or changes by it; None if that is not known."""
    if isinstance(value, Constant):
        if isinstance(value.value, float) and math.isnan(value.value):
            return "not a number"
        is_json = value.value is None or isinstance(value.value, (str, int, float))
        return None if is_json else f"{shown(value)}, which cannot be written as JSON"
    if isinstance(value, Sequence):
        if value.kind == "tuple":
            return "a tuple, which JSON makes a list: write [...]"
        if value.kind != "list":
            return f"a {value.kind}, which cannot be written as JSON"
        return next(filter(None, map(_json_problem, value.items)), None)
    if isinstance(value, MappingValue):
        keys = (key for key, _ in value.entries.values())
        if any(isinstance(key, Constant) and not isinstance(key.value, str) for key in keys):
            return "a dictionary with keys that are not strings"
        return next(filter(None, (_json_problem(item) for _, item in value.text_entries())), None)
    return f"{shown(value)}, which cannot be written as JSON" if _is_other(value) else None


def _never_json(value: Value) -> Value | None:
    """What in a value certainly cannot be written as JSON."""
    if isinstance(value, Constant):
        is_json = value.value is None or isinstance(value.value, (str, int, float))
        return None if is_json else value
    if isinstance(value, Sequence):
        if value.kind not in ("list", "tuple"):
            return value
        return next(filter(None, map(_never_json, value.items)), None)
    if isinstance(value, MappingValue):
        return next(filter(None, (_never_json(item) for _, item in value.text_entries())), None)
    return value if _is_other(value) else None


def _reserved(call: Call) -> Iterator[Refusal]:
    """Schedules may not set Dagster's own tags, but for a few."""
    for name, _ in _entries(call, "tags"):
        if name.startswith("dagster/") and name not in _USER_TAGS:
            problem = f'the tag "{name}" is one that only Dagster may set on a schedule'
            yield "bad-tag", "tags", problem


def _text_tags(call: Call) -> Iterator[Refusal]:
    """Tags of a schedule whose job gets its partitions only when it is resolved are strings."""
    job = value_of(call, "job", 0)
    if not isinstance(job, JobValue) or job.graph is not None or job.partitions is not None:
        return
    if "partitions" in job.unknown or job.partitions_of_config is not None:
        return
    for name, value in _entries(call, "tags"):
        is_text = isinstance(value, Constant) and isinstance(value.value, str)
        is_known = isinstance(value, (Constant, Sequence, MappingValue)) or _is_other(value)
        if is_known and not is_text:
            yield "bad-tag", "tags", f'the value of tag "{name}" is not a string'


def _is_other(value: Value) -> bool:
    """Whether a value is certainly no text, number or collection."""
    if isinstance(value, Function):
        return value.decorated is None
    if isinstance(value, Instance):
        return is_plain_object(value)
    if isinstance(value, External):
        return value.qualname in _TYPES
    if isinstance(value, Record):
        return value.qualname in CLASSES
    if isinstance(value, Declared):
        return value.type_name.startswith("dagster.")
    return isinstance(value, (Class, Iterator_))


def _is_kept_by_dagster(value: Value) -> bool:
    if isinstance(value, Declared):
        name = value.qualname if isinstance(value, Record) else value.type_name
        return name.startswith(_KEPT_OF_DAGSTER)
    return False


_KEPT = (str, int, float, PurePath)
_KEPT_OF_DAGSTER = (
    *("dagster.AssetKey", "dagster.MetadataValue", "dagster.TableSchema"),
    *("dagster.TableColumnLineage", "dagster.CodeReferences"),
)
_USER_TAGS = frozenset(
    f"dagster/{name}"
    for name in (
        *("priority", "max_retries", "retry_strategy", "max_runtime", "isolation"),
        "retry_on_asset_or_op_failure",
    )
)
"""Dagster's own tags that everybody may set."""
_TYPES = frozenset(f"builtins.{name}" for name in ("int", "str", "float", "bool", "dict", "list"))
_SENSORS = (
    *("sensor", "asset_sensor", "multi_asset_sensor", "run_status_sensor", "run_failure_sensor"),
    "SensorDefinition",
)
_TAGGED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("asset", "multi_asset", "asset_check", "multi_asset_check"), ("op_tags",)),
    **dict.fromkeys(("op", "graph", "ScheduleDefinition", "schedule", *_SENSORS), ("tags",)),
    **dict.fromkeys(
        ("job", "define_asset_job", "AutomationConditionSensorDefinition"), ("tags", "run_tags")
    ),
    **dict.fromkeys(("RunRequest", "GraphDefinition.to_job"), ("tags",)),
}
_DESCRIBED = ("ScheduleDefinition", "schedule", "job", "define_asset_job", *_SENSORS)
_SCHEDULES = ("ScheduleDefinition", "schedule")
TAG_CHECKS: Mapping[str, tuple[Check, ...]] = {
    **{f"dagster.{call}": tuple(map(_tags, names)) for call, names in _TAGGED.items()},
    "dagster.Definitions": (_metadata,),
    **{f"dagster.{call}": (*map(_tags, _TAGGED[call]), _metadata) for call in _DESCRIBED},
    **{f"dagster.{call}": (_tags("tags"), _metadata, _reserved) for call in _SCHEDULES},
    "dagster.build_schedule_from_partitioned_job": (_text_tags,),
}
