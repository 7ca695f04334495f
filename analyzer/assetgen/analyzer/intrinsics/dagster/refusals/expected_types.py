"""The types that Dagster takes for the arguments of its API.

Dagster checks most arguments when they are given, so that one of another type cannot be imported.
It names its parameters alike everywhere: the table goes by the name of the parameter, with the
exceptions by that of the call before it.
"""

from __future__ import annotations

from assetgen.analyzer.model.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Expected:
    """What a parameter takes: `what` names it for the user, `sorts` are the types of values.

    A type is the name of one of Python's own, or the qualified name of one of Dagster's. `items`
    is what the members of a collection, or the values of a dictionary, have to be.
    """

    what: str
    sorts: frozenset[str]
    items: Expected | None = None


def expected_of(call: str, parameter: str) -> Expected | None:
    """What a parameter takes, as far as it is known; `call` is a name of Dagster's."""
    if call not in CALLS:
        return None
    if (call, parameter) in _BY_CALL:
        return _BY_CALL[call, parameter]
    return _BY_NAME.get(parameter)


def article(name: str) -> str:
    return "an" if name[:1] in "AEIO" else "a"


SET = frozenset(("set", "frozenset"))
_LIST = frozenset(("list", "tuple", "deque"))
_ITERABLE = _LIST | SET | {"dict", "generator"}


def _of(*classes: str) -> frozenset[str]:
    return frozenset(f"dagster.{name}" for name in classes)


def _one(name: str, *more: str) -> Expected:
    return Expected(f"{article(name)} {name}", _of(name, *more))


TEXT = Expected("a text", frozenset(("str",)))
_NUMBER = Expected("a number", frozenset(("int", "float", "bool")))
_INTEGER = Expected("a whole number", frozenset(("int", "bool")))
_FLAG = Expected("True or False", frozenset(("bool",)))
_TEXTS = Expected("a list of texts", _LIST, TEXT)
_NAMES = Expected("a set of texts", SET, TEXT)
_DICT = Expected("a dictionary", frozenset(("dict",)))
_PARTITIONS = Expected(
    "a partitions definition",
    _of(
        *("StaticPartitionsDefinition", "TimeWindowPartitionsDefinition"),
        *("HourlyPartitionsDefinition", "DailyPartitionsDefinition", "WeeklyPartitionsDefinition"),
        *("MonthlyPartitionsDefinition", "DynamicPartitionsDefinition"),
        *("MultiPartitionsDefinition", "PartitionsDefinition"),
    ),
)
_MAPPING = Expected(
    "a partition mapping",
    _of(
        *("IdentityPartitionMapping", "AllPartitionMapping", "LastPartitionMapping"),
        *("SpecificPartitionsPartitionMapping", "StaticPartitionMapping"),
        *("TimeWindowPartitionMapping", "MultiPartitionMapping", "PartitionMapping"),
        *("MultiToSingleDimensionPartitionMapping",),
    ),
)
_CONDITION = _one("AutomationCondition")
_BACKFILL = _one("BackfillPolicy")
_RETRY = _one("RetryPolicy")
_FRESHNESS = _one("FreshnessPolicy")
_LEGACY_FRESHNESS = _one("LegacyFreshnessPolicy", "FreshnessPolicy")
_KEY_SORTS = _LIST | {"str", "dagster.AssetKey"}
_KEY = Expected("an asset key", _KEY_SORTS)
_PREFIX = Expected("a text or a list of texts", _ITERABLE | {"str"})
_DEPS = Expected("a list of assets or keys", _ITERABLE | {"str"})
_NAMED_IN = Expected("a dictionary of names and AssetIns", frozenset(("dict",)))
_NAMED_OUT = Expected("a dictionary of names and AssetOuts", frozenset(("dict",)), _one("AssetOut"))
_SPECS = Expected("a list of AssetSpecs", _LIST, _one("AssetSpec"))
_CHECK_SPECS = Expected("a list of AssetCheckSpecs", _LIST, _one("AssetCheckSpec"))
_HOOKS = Expected("a set of hooks", SET, _one("HookDefinition"))
_JOB = Expected("a job", _of("JobDefinition", "GraphDefinition", "UnresolvedAssetJobDefinition"))
_JOBS = Expected("a list of jobs", _LIST, _JOB)
_MOMENT = Expected("a text or a datetime", frozenset(("str", "datetime")))
_DURATION = Expected("a timedelta", frozenset(("timedelta",)))
_ASSETS = Expected("a list of assets or keys", _LIST)
_CONFIG = Expected(
    "a dictionary, a RunConfig or a PartitionedConfig",
    frozenset(("dict", "function")) | _of("RunConfig", "PartitionedConfig", "ConfigMapping"),
)
_SELECTION = Expected("a selection of assets", _KEY_SORTS | _of("AssetSelection"))
_STATUS = Expected("a DefaultScheduleStatus or DefaultSensorStatus", frozenset())
_EXECUTOR = Expected("an executor", frozenset(("function",)))

_BY_NAME: dict[str, Expected] = {
    **dict.fromkeys(
        (
            *("description", "group_name", "code_version", "io_manager_key", "input_manager_key"),
            *("pool", "name", "job_name", "compute_kind"),
        ),
        TEXT,
    ),
    **dict.fromkeys(
        (
            *("output_required", "can_subset", "is_virtual", "skippable", "blocking"),
            *("is_required", "allow_nonexistent_upstream_partitions", "emit_backfills"),
        ),
        _FLAG,
    ),
    **dict.fromkeys(
        ("tags", "op_tags", "run_tags", "metadata", "resource_defs", "resources", "loggers"), _DICT
    ),
    **dict.fromkeys(
        ("minimum_interval_seconds", "max_retries", "start_offset", "end_offset"), _INTEGER
    ),
    **dict.fromkeys(("minute_offset", "hour_offset", "day_offset"), _INTEGER),
    **dict.fromkeys(("delay", "auto_observe_interval_minutes"), _NUMBER),
    **dict.fromkeys(("automation_condition", "default_condition"), _CONDITION),
    **dict.fromkeys(("retry_policy", "op_retry_policy"), _RETRY),
    **dict.fromkeys(("start_date", "end_date", "start", "end"), _MOMENT),
    **dict.fromkeys(("jobs", "request_jobs"), _JOBS),
    **dict.fromkeys(("job", "request_job"), _JOB),
    **dict.fromkeys(("executor", "executor_def"), _EXECUTOR),
    **dict.fromkeys(("deps", "additional_deps"), _DEPS),
    **dict.fromkeys(("ins", "additional_ins"), _NAMED_IN),
    "owners": _TEXTS,
    "exclusions": Expected("a list of cron strings and datetimes", _LIST),
    "partitions_def": _PARTITIONS,
    "partition_mapping": _MAPPING,
    "backfill_policy": _BACKFILL,
    "freshness_policy": _FRESHNESS,
    "legacy_freshness_policy": _LEGACY_FRESHNESS,
    "required_resource_keys": _NAMES,
    "hooks": _HOOKS,
    "dagster_type": Expected(
        "a type", frozenset(("class",)) | _of("DagsterType", "PythonObjectDagsterType")
    ),
    "key": _KEY,
    "key_prefix": _PREFIX,
    "outs": _NAMED_OUT,
    "internal_asset_deps": Expected(
        "a dictionary of sets of AssetKeys",
        frozenset(("dict",)),
        Expected("a set of AssetKeys", SET),
    ),
    "specs": _SPECS,
    "check_specs": _CHECK_SPECS,
    "monitored_jobs": Expected(
        "a list of jobs",
        _LIST,
        Expected(
            "a job", _JOB.sorts | _of("CodeLocationSelector", "JobSelector", "RepositorySelector")
        ),
    ),
    "default_status": _STATUS,
    "lower_bound_delta": _DURATION,
    "execution_timezone": TEXT,
    "cron_schedule": Expected("a cron string or a list of them", _LIST | {"str"}, TEXT),
    "selection": _SELECTION,
    "non_argument_deps": Expected("a set of texts or AssetKeys", SET),
}
_ANYTHING = None
TEXT_KEYED = frozenset(("tags", "run_tags", "metadata", "resources", "resource_defs"))
"""Dictionaries whose keys have to be texts."""
_BUILDERS = ("last_update_freshness", "time_partition_freshness", "metadata_bounds")
_CHECKED = Expected("an asset or its key", _KEY_SORTS | _of("AssetsDefinition", "SourceAsset"))
_BY_CALL: dict[tuple[str, str], Expected | None] = {
    **{
        (call, name): _ANYTHING
        for call in ("Out", "DynamicOut", "GraphOut")
        for name in ("description", "code_version", "metadata")
    },
    **{("AssetOut", name): _ANYTHING for name in ("io_manager_key", "is_required", "key_prefix")},
    ("AssetOut", "backfill_policy"): _ANYTHING,
    ("op", "ins"): Expected("a dictionary of names and Ins", frozenset(("dict",))),
    ("op", "required_resource_keys"): _ANYTHING,
    ("observable_source_asset", "required_resource_keys"): _ANYTHING,
    ("asset_check", "compute_kind"): _ANYTHING,
    ("multi_asset_check", "compute_kind"): _ANYTHING,
    ("multi_asset_check", "specs"): _CHECK_SPECS,
    ("graph_asset", "ins"): Expected("a dictionary of names and AssetIns", frozenset(("dict",))),
    ("graph_asset", "config"): _ANYTHING,
    ("graph", "ins"): _ANYTHING,
    ("define_asset_job", "config"): _CONFIG,
    ("job", "config"): _CONFIG,
    ("SourceAsset", "required_resource_keys"): _ANYTHING,
    **{
        ("Definitions", name): Expected(
            "a list of definitions", _LIST | SET | {"dict", "deque", "generator"}
        )
        for name in ("assets", "asset_checks", "jobs", "schedules", "sensors")
    },
    ("Definitions", "jobs"): Expected("a list of jobs", _ITERABLE, _JOB),
    ("Definitions", "loggers"): Expected(
        "a dictionary of loggers",
        frozenset(("dict",)),
        Expected("a logger", frozenset(("function",)) | _of("LoggerDefinition", "configured")),
    ),
    ("build_schedule_from_partitioned_job", "tags"): _ANYTHING,
    ("build_schedule_from_partitioned_job", "metadata"): _ANYTHING,
    ("StaticPartitionsDefinition", "partition_keys"): Expected(
        "a list of texts", _LIST | {"str"}, TEXT
    ),
    ("AssetOut", "kinds"): Expected("a set of texts", SET, TEXT),
    **{(call, "asset"): _CHECKED for call in ("asset_check", "AssetCheckSpec")},
    ("asset_sensor", "asset_key"): _one("AssetKey"),
    ("multi_asset_sensor", "monitored_assets"): Expected(
        "a selection of assets or a list of AssetKeys",
        _LIST | _of("AssetSelection"),
        _one("AssetKey"),
    ),
    ("run_status_sensor", "run_status"): Expected("a DagsterRunStatus", frozenset()),
    ("op", "out"): Expected(
        "an Out or a dictionary of names and Outs",
        frozenset(("dict",)) | _of("Out", "DynamicOut", "GraphOut"),
    ),
    ("observable_source_asset", "auto_observe_interval_minutes"): _ANYTHING,
    ("MultiPartitionsDefinition", "partitions_defs"): Expected(
        "a dictionary of partitions definitions", frozenset(("dict",)), _PARTITIONS
    ),
    ("AssetKey", "path"): Expected("a text or a list of texts", _LIST | {"str"}, TEXT),
    **{(f"build_{name}_checks", "assets"): _ASSETS for name in _BUILDERS},
}
_CHECKS = tuple(f"build_{name}_checks" for name in _BUILDERS)
POSITIONAL: dict[str, tuple[str, ...]] = {
    "MultiPartitionsDefinition": ("partitions_defs",),
    "AssetKey": ("path",),
    "AssetSpec": ("key",),
    "AssetCheckSpec": ("name",),
    "define_asset_job": ("name", "selection"),
    "StaticPartitionsDefinition": ("partition_keys",),
    "DailyPartitionsDefinition": ("start_date",),
    "HourlyPartitionsDefinition": ("start_date",),
    "WeeklyPartitionsDefinition": ("start_date",),
    "MonthlyPartitionsDefinition": ("start_date",),
    "RetryPolicy": ("max_retries", "delay"),
}
"""Parameters that may be given by position; what is called cannot be made without them."""
NEEDED: dict[str, tuple[str, ...]] = {
    **POSITIONAL,
    "asset_check": ("asset",),
    "AssetCheckSpec": ("name", "asset"),
    "multi_asset_check": ("specs",),
    "multi_observable_source_asset": ("specs",),
    "asset_sensor": ("asset_key",),
    "multi_asset_sensor": ("monitored_assets",),
    "run_status_sensor": ("run_status",),
    "schedule": ("cron_schedule",),
    "DimensionPartitionMapping": ("dimension_name", "partition_mapping"),
    **dict.fromkeys(_CHECKS, ("assets", "lower_bound_delta")),
}
"""All parameters without which what is called cannot be made."""

CALLS = frozenset(
    (
        *("asset", "multi_asset", "graph_asset", "graph_multi_asset", "op", "job", "asset_check"),
        *("multi_asset_check", "observable_source_asset", "multi_observable_source_asset"),
        *("AssetSpec", "AssetOut", "AssetIn", "AssetDep", "AssetCheckSpec", "SourceAsset", "In"),
        *("Out", "DynamicOut", "define_asset_job", "ScheduleDefinition", "schedule", "sensor"),
        *("asset_sensor", "multi_asset_sensor", "run_status_sensor", "run_failure_sensor"),
        *("AutomationConditionSensorDefinition", "SensorDefinition", "Definitions", "RetryPolicy"),
        *("StaticPartitionsDefinition", "DailyPartitionsDefinition", "HourlyPartitionsDefinition"),
        *("WeeklyPartitionsDefinition", "MonthlyPartitionsDefinition", "DimensionPartitionMapping"),
        "MultiPartitionsDefinition",
        *("TimeWindowPartitionMapping", "TimeWindowPartitionsDefinition"),
        *("build_last_update_freshness_checks", "build_time_partition_freshness_checks"),
        *("build_metadata_bounds_checks", "build_schedule_from_partitioned_job", "AssetKey"),
        *("AssetSpec.replace_attributes", "AssetSpec.merge_attributes"),
    )
)
"""The calls whose arguments are looked at."""

CLASSES = frozenset(
    (
        *_PARTITIONS.sorts,
        *_MAPPING.sorts,
        *_of("AutomationCondition", "AutoMaterializePolicy", "RetryPolicy", "BackfillPolicy"),
        *_of("FreshnessPolicy", "LegacyFreshnessPolicy", "AssetSelection", "AssetKey", "AssetDep"),
        *_of("AssetSpec", "AssetsDefinition", "SourceAsset", "OpDefinition", "GraphDefinition"),
        *_of("JobDefinition", "ScheduleDefinition", "SensorDefinition", "AssetIn", "AssetOut"),
        *_of("AssetCheckSpec", "AssetChecksDefinition", "In", "Out", "FilesystemIOManager"),
        *_of("InMemoryIOManager", "Definitions", "HookDefinition"),
    )
)
"""Classes of Dagster's of which none is another's base, but as `Expected` says."""
