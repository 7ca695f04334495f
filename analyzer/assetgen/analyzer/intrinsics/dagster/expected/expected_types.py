"""The types that Dagster accepts for the arguments of its API.

Dagster checks most arguments when they are given, so that an argument of another type fails the
import. Parameters have the same names throughout its API: the table is keyed by the name of the
parameter, with exceptions keyed by the call as well.
"""

from __future__ import annotations

from assetgen.analyzer.intrinsics.dagster.expected.checked_calls import (
    CALLS,
    CHECK_BUILDERS,
    CLASSES,
    DBT_ASSETS,
    DLT_ASSETS,
    FROM_NODES,
    INTEGRATED,
    LOADERS,
    METADATA_VALUES,
    OF_OTHERS,
    ON_CRON,
    ON_NODES,
    SLING_ASSETS,
    TRANSLATORS,
)
from assetgen.analyzer.intrinsics.dagster.expected.expected import (
    ASSETS,
    BACKFILL,
    CALLED,
    CHECK_SPECS,
    CHECKED,
    CONDITION,
    CONFIG,
    COUNT,
    DEPS,
    DICT,
    DURATION,
    EXECUTOR,
    FLAG,
    FUNCTION,
    HOOKS,
    INTEGER,
    ITERABLE,
    JOB,
    JOBS,
    KEY,
    LIST,
    LOGGERS,
    MAPPING,
    MOMENT,
    MONITORED,
    NAMES,
    NUMBER,
    PARTITIONS,
    PREFIX,
    RETRY,
    SELECTION,
    SET,
    SEVERITY,
    SPECS,
    STATUS,
    TEXT,
    TEXTS,
    Expected,
    dictionary,
    of,
    one,
    or_none,
)


def expected_of(call: str, parameter: str) -> Expected | None:
    """What a parameter accepts, as far as it is known; `call` is a name in Dagster."""
    if call not in CALLS:
        return None
    if (call, parameter) in _BY_CALL:
        return _BY_CALL[call, parameter]
    return _BY_NAME.get(parameter)


_DICTS = frozenset(("dict",))
_TARGETS = (
    SELECTION.sorts | JOB.sorts | of("AssetsDefinition", "SourceAsset", "AssetChecksDefinition")
)

_BY_NAME: dict[str, Expected] = {
    **dict.fromkeys(
        (
            *("description", "group_name", "code_version", "io_manager_key", "input_manager_key"),
            *("pool", "name", "job_name", "compute_kind", "version", "label", "fmt", "timezone"),
            *("cron_timezone", "deadline_cron", "metadata_key", "dimension_name"),
            *("partition_dimension_name", "execution_timezone"),
        ),
        TEXT,
    ),
    **dict.fromkeys(
        (
            *("output_required", "can_subset", "is_virtual", "skippable", "blocking"),
            *("is_required", "allow_nonexistent_upstream_partitions", "emit_backfills"),
            *("monitor_all_code_locations", "monitor_all_repositories", "blocking_only"),
            *("exclusive_min", "exclusive_max", "receive_processed_config_values"),
        ),
        FLAG,
    ),
    **dict.fromkeys(
        (
            *("tags", "op_tags", "run_tags", "metadata", "resource_defs", "resources", "loggers"),
            *("input_values", "keys_by_input_name", "keys_by_output_name", "ops", "execution"),
        ),
        DICT,
    ),
    **dict.fromkeys(
        ("minimum_interval_seconds", "max_retries", "start_offset", "end_offset"), INTEGER
    ),
    **dict.fromkeys(("minute_offset", "hour_offset", "day_offset"), COUNT),
    **dict.fromkeys(("minute_of_hour", "hour_of_day", "day_of_week", "day_of_month"), COUNT),
    "max_partitions_per_run": INTEGER,
    **dict.fromkeys(("delay", "auto_observe_interval_minutes"), NUMBER),
    **dict.fromkeys(("min_value", "max_value"), NUMBER),
    **dict.fromkeys(
        ("automation_condition", "default_condition", "condition", "reset_condition"), CONDITION
    ),
    **dict.fromkeys(("retry_policy", "op_retry_policy"), RETRY),
    **dict.fromkeys(("start_date", "end_date", "start", "end"), MOMENT),
    **dict.fromkeys(("jobs", "request_jobs"), JOBS),
    **dict.fromkeys(("job", "request_job"), JOB),
    **dict.fromkeys(("executor", "executor_def"), EXECUTOR),
    **dict.fromkeys(("deps", "additional_deps"), DEPS),
    **dict.fromkeys(
        ("ins", "additional_ins"), Expected("a dictionary of names and AssetIns", _DICTS)
    ),
    **dict.fromkeys(
        ("run_config_fn", "tags_fn", "should_execute", "execution_fn", "evaluation_fn"), FUNCTION
    ),
    **dict.fromkeys(("lower_bound_delta", "fail_window", "warn_window"), DURATION),
    "lookback_delta": DURATION,
    **dict.fromkeys(("hooks", "hook_defs"), HOOKS),
    **dict.fromkeys(("key_prefix", "source_key_prefix"), PREFIX),
    **dict.fromkeys(("monitored_jobs", "job_selection"), MONITORED),
    "environment_vars": dictionary("strings", TEXT),
    "logger_defs": DICT,
    "target": Expected("a job or a selection of assets", _TARGETS),
    "severity": SEVERITY,
    "backoff": one("Backoff"),
    "jitter": one("Jitter"),
    "owners": TEXTS,
    "exclusions": Expected(
        "a list of cron strings and datetimes", LIST, Expected("one", MOMENT.sorts)
    ),
    "partitions_def": PARTITIONS,
    "partition_mapping": MAPPING,
    "backfill_policy": BACKFILL,
    "freshness_policy": one("FreshnessPolicy"),
    "legacy_freshness_policy": one("LegacyFreshnessPolicy", "FreshnessPolicy"),
    "required_resource_keys": NAMES,
    "dagster_type": Expected(
        "a type", frozenset(("class",)) | of("DagsterType", "PythonObjectDagsterType")
    ),
    "key": KEY,
    "outs": dictionary("names and AssetOuts", one("AssetOut")),
    "internal_asset_deps": dictionary("sets of AssetKeys", Expected("a set of AssetKeys", SET)),
    "specs": SPECS,
    "check_specs": CHECK_SPECS,
    "default_status": STATUS,
    "cron_schedule": Expected("a cron string or a list of them", LIST | {"str"}, TEXT),
    "selection": SELECTION,
    "non_argument_deps": Expected("a set of strings or AssetKeys", SET),
}
_ANYTHING = None
TEXT_KEYED = frozenset(
    (
        *("tags", "op_tags", "run_tags", "metadata", "resources", "resource_defs"),
        *("keys_by_input_name", "keys_by_output_name", "environment_vars", "input_values"),
        *("ins", "outs", "out", "additional_ins", "logger_defs"),
    )
)
"""Dictionaries whose keys must be strings."""
ANY_KEYED = frozenset(
    (
        ("AssetIn", "metadata"),
        ("RunConfig", "resources"),
        ("SourceAsset", "op_tags"),
        ("observable_source_asset", "op_tags"),
    )
)
"""Those whose keys Dagster does not check."""

_TUPLES = of(
    *("AssetSpec", "AssetIn", "Out", "RetryPolicy", "AutoMaterializePolicy", "BackfillPolicy")
)
"""Some of Dagster's objects can be iterated over."""
_FILE = Expected(
    "a path or a dictionary",
    frozenset(("dict", "str", "PurePosixPath", "PosixPath", "PureWindowsPath", "WindowsPath")),
)
_PATH = Expected("a path", _FILE.sorts - {"dict"})
_METADATA_VALUES: dict[str, tuple[Expected, ...]] = {
    **dict.fromkeys(("text", "url", "md"), (TEXT,)),
    **dict.fromkeys(("path", "notebook"), (_PATH,)),
    "int": (INTEGER,),
    "float": (Expected("a float", frozenset(("float",))),),
    "bool": (FLAG,),
    "json": (Expected("a list or a dictionary", LIST | _TUPLES | {"dict", "str"}),),
    "asset": (one("AssetKey"),),
    "timestamp": (Expected("a float or a datetime", frozenset(("float", "datetime"))),),
    "table_schema": (one("TableSchema"),),
    "job": (TEXT, TEXT),
}
_GRAPH_CONFIG = Expected("a dictionary or a ConfigMapping", _DICTS | of("ConfigMapping"))
_OUTS = Expected("an Out or a dictionary of names and Outs", _DICTS | of("Out", "DynamicOut"))
_NODE = Expected("an op or a graph", of("OpDefinition", "GraphDefinition"))
_KEY_VALUES = dictionary("AssetKeys", one("AssetKey"))
_BY_CALL: dict[tuple[str, str], Expected | None] = {
    **{
        (call, name): _ANYTHING
        for call in ("Out", "DynamicOut", "GraphOut")
        for name in ("description", "code_version", "metadata")
    },
    ("AssetOut", "backfill_policy"): _ANYTHING,
    ("AssetIn", "key_prefix"): Expected(
        "a string or a list of strings", frozenset(("str", "list")), TEXT
    ),
    ("op", "ins"): Expected("a dictionary of names and Ins", _DICTS),
    ("op", "required_resource_keys"): Expected("a set of strings", ITERABLE | {"str"}),
    ("observable_source_asset", "required_resource_keys"): Expected(
        "a set of strings", ITERABLE | {"str"}
    ),
    ("asset_check", "compute_kind"): _ANYTHING,
    ("multi_asset_check", "compute_kind"): _ANYTHING,
    ("multi_asset_check", "config_schema"): DICT,
    ("multi_asset_check", "specs"): CHECK_SPECS,
    ("graph_asset", "ins"): Expected("a dictionary of names and AssetIns", _DICTS),
    **{(call, "config"): _GRAPH_CONFIG for call in ("graph_asset", "graph_multi_asset", "graph")},
    ("graph", "ins"): Expected("a dictionary of names and GraphIns", _DICTS),
    ("graph", "out"): Expected(
        "a GraphOut or a dictionary of names and GraphOuts", _DICTS | of("GraphOut", "Out")
    ),
    **{("graph", name): Expected("a list of definitions", LIST) for name in ("input_defs",)},
    ("graph", "output_defs"): Expected("a list of definitions", LIST),
    ("define_asset_job", "config"): CONFIG,
    ("job", "config"): CONFIG,
    ("SourceAsset", "required_resource_keys"): _ANYTHING,
    **{
        ("Definitions", name): Expected(
            "a list of definitions", LIST | SET | {"dict", "deque", "generator"}
        )
        for name in ("assets", "asset_checks", "jobs", "schedules", "sensors")
    },
    ("Definitions", "jobs"): Expected("a list of jobs", ITERABLE, JOB),
    ("Definitions", "loggers"): LOGGERS,
    ("job", "logger_defs"): LOGGERS,
    ("build_schedule_from_partitioned_job", "tags"): _ANYTHING,
    ("build_schedule_from_partitioned_job", "metadata"): _ANYTHING,
    ("StaticPartitionsDefinition", "partition_keys"): Expected(
        "a list of strings", LIST | {"str"}, TEXT
    ),
    ("AssetOut", "kinds"): Expected("a set of strings", SET, TEXT),
    **{
        (call, "kinds"): Expected("a set of strings", ITERABLE | {"str", "bytes"} | _TUPLES)
        for call in ("asset", "graph_asset", "AssetSpec")
    },
    **{(call, "asset"): CHECKED for call in ("asset_check", "AssetCheckSpec")},
    ("AssetDep", "asset"): Expected(
        "an asset or its key",
        frozenset(("str", "list")) | of("AssetKey", "AssetSpec", "AssetsDefinition", "SourceAsset"),
        TEXT,
    ),
    **{
        (call, "key"): Expected(KEY.what, KEY.sorts, TEXT)
        for call in ("AssetOut", "AssetIn", "SourceAsset", "AutomationCondition.asset_matches")
    },
    ("asset_sensor", "asset_key"): one("AssetKey"),
    ("In", "asset_key"): Expected("an AssetKey", CALLED | of("AssetKey")),
    ("In", "asset_partitions"): Expected("a set of strings", CALLED | SET),
    ("multi_asset_sensor", "monitored_assets"): Expected(
        "a selection of assets or a list of AssetKeys",
        LIST | of("AssetSelection"),
        one("AssetKey"),
    ),
    ("run_status_sensor", "run_status"): one("DagsterRunStatus"),
    **{
        (call, "default_status"): one("DefaultScheduleStatus")
        for call in ("ScheduleDefinition", "schedule", "build_schedule_from_partitioned_job")
    },
    ("op", "out"): Expected(_OUTS.what, _OUTS.sorts | of("GraphOut")),
    ("observable_source_asset", "auto_observe_interval_minutes"): _ANYTHING,
    ("MultiPartitionsDefinition", "partitions_defs"): dictionary(
        "partitions definitions", PARTITIONS
    ),
    ("StaticPartitionMapping", "downstream_partition_keys_by_upstream_partition_key"): dictionary(
        "partition keys", Expected("a key or several", ITERABLE | {"str"})
    ),
    ("MultiPartitionMapping", "downstream_mappings_by_upstream_dimension"): dictionary(
        "DimensionPartitionMappings", one("DimensionPartitionMapping")
    ),
    ("AssetKey", "path"): Expected("a string or a list of strings", LIST | {"str"}, TEXT),
    **{(call, "cron_schedule"): TEXT for call in ON_CRON},
    ("TimeWindowPartitionsDefinition", "cron_schedule"): TEXT,
    **{(call, "metadata"): _ANYTHING for call in OF_OTHERS},
    **{(call, "assets"): ASSETS for call in CHECK_BUILDERS},
    ("build_column_schema_change_checks", "assets"): Expected(
        "a list of assets", ITERABLE | {"str"}
    ),
    **{
        (call, name): expected
        for call in FROM_NODES
        for name, expected in (
            *(("op_def", _NODE), ("graph_def", _NODE), ("node", _NODE)),
            *(("keys_by_input_name", _KEY_VALUES), ("keys_by_output_name", _KEY_VALUES)),
            ("partition_mappings", dictionary("partition mappings", MAPPING)),
        )
    },
    **{
        (call, f"{name}_by_output_name"): dictionary(what, or_none(expected))
        for call in FROM_NODES
        for name, what, expected in (
            ("group_names", "strings", TEXT),
            ("descriptions", "strings", TEXT),
            ("metadata", "dictionaries", DICT),
            ("tags", "dictionaries", DICT),
            ("automation_conditions", "conditions", CONDITION),
            ("owners", "lists of owners", TEXTS),
            ("code_versions", "strings", TEXT),
        )
    },
    **{
        (call, name): Expected(PREFIX.what, PREFIX.sorts | CLASSES)
        for call in LOADERS
        for name in ("key_prefix", "source_key_prefix")
    },
    **dict.fromkeys(
        (
            *(("schedule", "tags_fn"), ("schedule", "should_execute")),
            ("build_column_schema_change_checks", "severity"),
            ("build_sensor_for_freshness_checks", "tags"),
            ("Field", "config"),
            *((call, "automation_condition") for call in LOADERS),
        ),
        _ANYTHING,
    ),
    **{
        (f"MetadataValue.{call}", name): expected
        for call, names in METADATA_VALUES.items()
        for name, expected in zip(names, _METADATA_VALUES[call], strict=True)
    },
    ("TableSchema", "columns"): Expected("a list of TableColumns", LIST, one("TableColumn")),
    ("TableSchema", "constraints"): _ANYTHING,
    ("TableColumn", "type"): TEXT,
    ("TableColumn", "constraints"): one("TableColumnConstraints"),
    **{("TableColumnConstraints", name): FLAG for name in ("nullable", "unique")},
    ("TableColumnConstraints", "other"): TEXTS,
    ("TableColumnLineage", "deps_by_column"): dictionary("lists of TableColumnDeps", ASSETS),
    **{(call, "hook_defs"): HOOKS for call in ON_NODES},
    **{
        (f"AssetSelection.{call}", name): expected
        for call in ("upstream", "downstream")
        for name, expected in (("depth", INTEGER), ("include_self", FLAG))
    },
    ("GraphDefinition.to_job", "config"): CONFIG,
    ("GraphDefinition.to_job", "logger_defs"): LOGGERS,
    ("AssetSpec.replace_attributes", "legacy_freshness_policy"): _ANYTHING,
    **{("GraphDefinition.to_job", name): _ANYTHING for name in ("resource_defs", "run_tags")},
    (DBT_ASSETS, "manifest"): _FILE,
    **{(DBT_ASSETS, name): TEXT for name in ("select", "exclude", "selector")},
    (SLING_ASSETS, "replication_config"): _FILE,
    (DLT_ASSETS, "dlt_source"): Expected(
        "what a source gives", frozenset(("dlt.DltSource", "dlt.DltResource"))
    ),
    (DLT_ASSETS, "dlt_pipeline"): Expected("a pipeline", frozenset(("dlt.Pipeline",))),
    **{
        (call, f"dagster_{name}_translator"): Expected("an object of a translator", TRANSLATORS)
        for call, name in zip(INTEGRATED, ("dbt", "sling", "dlt"), strict=True)
    },
    **{
        (call, "name"): Expected("a string", frozenset(("str",)) | CALLED)
        for call in ("success_hook", "failure_hook")
    },
}
