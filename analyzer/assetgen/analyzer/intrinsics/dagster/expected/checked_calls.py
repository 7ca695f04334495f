"""The calls whose arguments are checked, and what they cannot be made without."""

from __future__ import annotations

from assetgen.analyzer.intrinsics.dagster.expected.expected import MAPPING, PARTITIONS, of
from assetgen.analyzer.intrinsics.dagster.expected.misspellings import ENUMERATIONS

CHECK_BUILDERS = tuple(
    f"build_{name}_checks"
    for name in ("last_update_freshness", "time_partition_freshness", "metadata_bounds")
)
FROM_NODES = ("AssetsDefinition.from_op", "AssetsDefinition.from_graph")
ON_CRON = ("AutomationCondition.on_cron", "AutomationCondition.cron_tick_passed")
OF_OTHERS = tuple(
    f"AutomationCondition.{name}_match"
    for name in ("any_deps", "all_deps", "any_checks", "all_checks")
)
HOOK_DECORATORS = ("success_hook", "failure_hook")
LOADERS = tuple(
    f"load_assets_from_{name}"
    for name in ("modules", "current_module", "package_module", "package_name")
)

METADATA_VALUES = {
    **dict.fromkeys(("int", "float", "bool", "timestamp"), ("value",)),
    **dict.fromkeys(("md", "json"), ("data",)),
    **dict.fromkeys(("path", "notebook"), ("path",)),
    "text": ("text",),
    "url": ("url",),
    "asset": ("asset_key",),
    "table_schema": ("schema",),
    "job": ("job_name", "location_name"),
}
"""The functions of `MetadataValue` that take one thing only, and their parameters."""
TABLES = {
    "TableSchema": ("columns", "constraints"),
    "TableColumn": ("name", "type", "description", "constraints", "tags"),
    "TableColumnConstraints": ("nullable", "unique", "other"),
    "TableColumnLineage": ("deps_by_column",),
}
ON_NODES = tuple(
    f"{node}.{method}"
    for node in ("OpDefinition", "GraphDefinition", "PendingNodeInvocation")
    for method in ("tag", "with_hooks", "with_retry_policy")
)
DBT_ASSETS, SLING_ASSETS, DLT_ASSETS = INTEGRATED = (
    "dagster_dbt.dbt_assets",
    "dagster_sling.sling_assets",
    "dagster_dlt.dlt_assets",
)
TRANSLATORS = frozenset(
    (
        "dagster_dbt.DagsterDbtTranslator",
        "dagster_sling.DagsterSlingTranslator",
        "dagster_dlt.DagsterDltTranslator",
    )
)

POSITIONAL: dict[str, tuple[str, ...]] = {
    "MultiPartitionsDefinition": ("partitions_defs",),
    "AssetKey": ("path",),
    "AssetSpec": ("key",),
    "AssetDep": ("asset",),
    "AssetIn": ("key",),
    "AssetCheckSpec": ("name",),
    "define_asset_job": ("name", "selection"),
    "StaticPartitionsDefinition": ("partition_keys",),
    "DailyPartitionsDefinition": ("start_date",),
    "HourlyPartitionsDefinition": ("start_date",),
    "WeeklyPartitionsDefinition": ("start_date",),
    "MonthlyPartitionsDefinition": ("start_date",),
    "RetryPolicy": ("max_retries", "delay"),
    "RunConfig": ("ops", "resources", "loggers", "execution"),
    "BackfillPolicy.multi_run": ("max_partitions_per_run",),
    "FreshnessPolicy.time_window": ("fail_window", "warn_window"),
    "FreshnessPolicy.cron": ("deadline_cron", "lower_bound_delta", "timezone"),
    "AutomationCondition.in_latest_time_window": ("lookback_delta",),
    "AutomationCondition.since": ("reset_condition",),
    "AutomationCondition.with_label": ("label",),
    "StaticPartitionMapping": ("downstream_partition_keys_by_upstream_partition_key",),
    "MultiPartitionMapping": ("downstream_mappings_by_upstream_dimension",),
    "DimensionPartitionMapping": ("dimension_name", "partition_mapping"),
    "MultiToSingleDimensionPartitionMapping": ("partition_dimension_name",),
    **dict.fromkeys(FROM_NODES, ("node",)),
    **dict.fromkeys(ON_CRON, ("cron_schedule", "cron_timezone")),
    **{f"MetadataValue.{name}": parameters for name, parameters in METADATA_VALUES.items()},
    **TABLES,
    **{
        name: ({"tag": "tags", "with_hooks": "hook_defs"}.get(method, "retry_policy"),)
        for name in ON_NODES
        for method in (name.partition(".")[2],)
    },
    **dict.fromkeys(
        (f"AssetSelection.{name}" for name in ("upstream", "downstream")),
        ("depth", "include_self"),
    ),
    **dict.fromkeys(OF_OTHERS, ("condition",)),
}
"""Parameters that may be given by position, and without which nothing can be made."""

_OPTIONAL = (
    *("RunConfig", "AssetIn", "AssetSelection.upstream", "AssetSelection.downstream"),
    *(*ON_NODES, *TABLES, *(f"MetadataValue.{name}" for name in METADATA_VALUES)),
    *(f"AutomationCondition.{name}" for name in ("with_label", "since")),
)
NEEDED: dict[str, tuple[str, ...]] = {
    **{name: taken for name, taken in POSITIONAL.items() if name not in _OPTIONAL},
    **dict.fromkeys(FROM_NODES, ("op_def", "graph_def")),
    "asset_check": ("asset",),
    "AssetCheckSpec": ("name", "asset"),
    "multi_asset_check": ("specs",),
    "multi_observable_source_asset": ("specs",),
    "asset_sensor": ("asset_key",),
    "multi_asset_sensor": ("monitored_assets",),
    "run_status_sensor": ("run_status",),
    "schedule": ("cron_schedule",),
    **dict.fromkeys(CHECK_BUILDERS, ("assets", "lower_bound_delta", "deadline_cron")),
    "build_metadata_bounds_checks": ("assets", "metadata_key"),
    DBT_ASSETS: ("manifest",),
    SLING_ASSETS: ("replication_config",),
    DLT_ASSETS: ("dlt_source", "dlt_pipeline"),
    "build_column_schema_change_checks": ("assets",),
}
"""All parameters without which nothing can be made."""

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
        *("MultiPartitionsDefinition", "DynamicPartitionsDefinition", "StaticPartitionMapping"),
        *("TimeWindowPartitionMapping", "TimeWindowPartitionsDefinition", "MultiPartitionMapping"),
        "MultiToSingleDimensionPartitionMapping",
        *("build_column_schema_change_checks", "build_sensor_for_freshness_checks"),
        *("build_schedule_from_partitioned_job", "AssetKey", "make_email_on_run_failure_sensor"),
        *("AssetSpec.replace_attributes", "AssetSpec.merge_attributes", "graph", "RunConfig"),
        *("FreshnessPolicy.time_window", "FreshnessPolicy.cron", "BackfillPolicy.multi_run"),
        *("AutomationCondition.in_latest_time_window", "AutomationCondition.asset_matches"),
        *("AutomationCondition.since", "AutomationCondition.with_label"),
        *("resource", "io_manager", "logger", "config_mapping", "Field"),
        *(*CHECK_BUILDERS, *FROM_NODES, *ON_CRON, *OF_OTHERS, *HOOK_DECORATORS, *LOADERS),
        *INTEGRATED,
        *(*TABLES, *ON_NODES, *(f"MetadataValue.{name}" for name in METADATA_VALUES)),
        *("AssetSelection.upstream", "AssetSelection.downstream", "GraphDefinition.to_job"),
    )
)
"""The calls whose arguments are checked."""

CLASSES = frozenset(
    (
        *PARTITIONS.sorts,
        *MAPPING.sorts,
        *of("AutomationCondition", "AutoMaterializePolicy", "RetryPolicy", "BackfillPolicy"),
        *of("FreshnessPolicy", "LegacyFreshnessPolicy", "AssetSelection", "AssetKey", "AssetDep"),
        *of("AssetSpec", "AssetsDefinition", "SourceAsset", "OpDefinition", "GraphDefinition"),
        *of("JobDefinition", "ScheduleDefinition", "SensorDefinition", "AssetIn", "AssetOut"),
        *of("AssetCheckSpec", "AssetChecksDefinition", "In", "Out", "FilesystemIOManager"),
        *of("InMemoryIOManager", "Definitions", "HookDefinition", "RunConfig", "Field"),
        *of("MetadataValue", *TABLES),
        *of(*ENUMERATIONS),
        *TRANSLATORS,
    )
)
"""Dagster's classes that do not derive from each other, except as `Expected` says."""
