"""Where Dagster checks the type of an empty argument, too.

Many of its checks take whatever is empty or false for nothing given, and others only None. Which
do which has no rule to it: these were found by giving each of them `""`, `0`, `False`, `[]`, `()`,
`{}` and `set()`.
"""

from __future__ import annotations


def is_checked_empty(call: str, parameter: str) -> bool:
    """Whether an empty argument has to be of the right type; `call` is a name in Dagster."""
    return parameter in _CHECKED.get(call, ())


_CHECKED_TEXT = {
    "AssetCheckSpec": "asset automation_condition blocking description name",
    "AssetDep": "asset partition_mapping",
    "AssetIn": "dagster_type input_manager_key key key_prefix metadata partition_mapping",
    "AssetKey": "path",
    "AssetOut": (
        "automation_condition code_version dagster_type description group_name io_manager_key "
        "is_required key kinds metadata owners"
    ),
    "AssetSelection.upstream": "depth include_self",
    "AssetSpec": (
        "automation_condition code_version description group_name key metadata owners "
        "partitions_def skippable"
    ),
    "AssetSpec.replace_attributes": (
        "automation_condition code_version description group_name key metadata owners "
        "partitions_def"
    ),
    "AssetsDefinition.from_graph": (
        "graph_def group_name keys_by_input_name keys_by_output_name partitions_def"
    ),
    "AutomationCondition.any_deps_match": "condition",
    "AutomationCondition.on_cron": "cron_schedule cron_timezone",
    "AutomationCondition.since": "reset_condition",
    "AutomationCondition.with_label": "label",
    "AutomationConditionSensorDefinition": (
        "default_status description emit_backfills minimum_interval_seconds name run_tags tags "
        "target"
    ),
    "BackfillPolicy.multi_run": "max_partitions_per_run",
    "DailyPartitionsDefinition": "end_offset start_date timezone",
    "Definitions": "asset_checks assets executor jobs loggers metadata resources schedules sensors",
    "DynamicPartitionsDefinition": "name",
    "Field": "description is_required",
    "FreshnessPolicy.cron": "deadline_cron lower_bound_delta timezone",
    "FreshnessPolicy.time_window": "fail_window",
    "GraphDefinition.to_job": (
        "config executor_def hooks metadata op_retry_policy partitions_def tags"
    ),
    "HourlyPartitionsDefinition": "end_offset start_date timezone",
    "In": "asset_key asset_partitions dagster_type description input_manager_key metadata",
    "MonthlyPartitionsDefinition": "start_date timezone",
    "MultiPartitionsDefinition": "partitions_defs",
    "MultiToSingleDimensionPartitionMapping": "partition_dimension_name",
    "Out": "dagster_type io_manager_key is_required",
    "RetryPolicy": "delay max_retries",
    "RunConfig": "execution loggers ops resources",
    "ScheduleDefinition": (
        "cron_schedule default_status description environment_vars execution_timezone job "
        "job_name metadata should_execute tags target"
    ),
    "SourceAsset": "description io_manager_key key metadata partitions_def resource_defs",
    "StaticPartitionMapping": "downstream_partition_keys_by_upstream_partition_key",
    "StaticPartitionsDefinition": "partition_keys",
    "TableColumn": "constraints description name type",
    "TableColumnLineage": "deps_by_column",
    "TableSchema": "columns",
    "TimeWindowPartitionMapping": "allow_nonexistent_upstream_partitions end_offset start_offset",
    "TimeWindowPartitionsDefinition": "cron_schedule end_offset fmt start timezone",
    "WeeklyPartitionsDefinition": "end_offset start_date",
    "asset": (
        "automation_condition backfill_policy check_specs code_version compute_kind description "
        "group_name hooks kinds metadata output_required owners partitions_def pool "
        "required_resource_keys resource_defs retry_policy tags"
    ),
    "asset_check": (
        "asset automation_condition blocking partitions_def pool required_resource_keys "
        "resource_defs retry_policy"
    ),
    "asset_sensor": "asset_key default_status minimum_interval_seconds name tags",
    "build_column_schema_change_checks": "assets",
    "build_last_update_freshness_checks": (
        "assets blocking deadline_cron lower_bound_delta severity timezone"
    ),
    "build_metadata_bounds_checks": (
        "assets exclusive_min max_value metadata_key min_value severity"
    ),
    "build_schedule_from_partitioned_job": "day_of_week default_status description job name",
    "build_time_partition_freshness_checks": "assets deadline_cron severity timezone",
    "define_asset_job": (
        "config description executor_def hooks metadata name op_retry_policy partitions_def "
        "run_tags selection tags"
    ),
    "graph": "config description ins name out tags",
    "graph_asset": (
        "backfill_policy check_specs config description group_name kinds partitions_def tags"
    ),
    "graph_multi_asset": "can_subset check_specs config group_name outs partitions_def",
    "io_manager": "description required_resource_keys version",
    "job": (
        "config executor_def hooks input_values logger_defs metadata op_retry_policy "
        "partitions_def run_tags tags"
    ),
    "load_assets_from_modules": "backfill_policy group_name key_prefix source_key_prefix",
    "multi_asset": (
        "backfill_policy can_subset check_specs code_version compute_kind description ins "
        "internal_asset_deps outs pool required_resource_keys retry_policy specs"
    ),
    "multi_asset_check": "can_subset config_schema description required_resource_keys retry_policy",
    "multi_asset_sensor": "minimum_interval_seconds name",
    "observable_source_asset": (
        "automation_condition description io_manager_key metadata partitions_def resource_defs tags"
    ),
    "op": "code_version description ins name out pool retry_policy tags",
    "resource": "description required_resource_keys version",
    "run_failure_sensor": "default_status minimum_interval_seconds monitor_all_code_locations",
    "run_status_sensor": "run_status",
    "schedule": (
        "cron_schedule default_status description execution_timezone job metadata "
        "required_resource_keys tags target"
    ),
    "sensor": (
        "default_status description metadata minimum_interval_seconds name "
        "required_resource_keys tags"
    ),
}
_CHECKED = {call: frozenset(names.split()) for call, names in _CHECKED_TEXT.items()}
