"""The parameters of calls that only carry data, or are only shown: calls with other parameters are
refused."""

from __future__ import annotations

from collections.abc import Mapping

from assetgen.analyzer.intrinsics.arguments import Parameters

_NO_PARAMETERS = (
    *("all_deps_blocking_checks_passed", "any_deps_in_progress", "any_deps_missing"),
    *("any_deps_updated", "any_downstream_conditions", "backfill_in_progress", "check_failed"),
    *("check_passed", "code_version_changed", "data_version_changed", "eager"),
    *("executed_with_root_target", "execution_failed", "freshness_failed", "freshness_passed"),
    *("freshness_warned", "in_progress", "initial_evaluation", "missing", "newly_missing"),
    *("newly_requested", "newly_updated", "on_missing", "run_in_progress", "will_be_requested"),
)
"""Conditions that take nothing."""

_TAKEN: Mapping[str, str] = {
    "AssetSelection.all_asset_checks": "",
    "BackfillPolicy.single_run": "",
    "AnchorBasedFilePathMapping": "local_file_anchor, file_anchor_path_in_repository",
    "Array": "inner_type",
    "AssetSelection.all": "include_sources=None",
    "AssetSelection.from_coercible": "selection",
    "AssetSelection.from_string": "string, include_sources=None",
    "AssetSelection.groups": "*group_strs, include_sources=None",
    "AssetSelection.key_prefixes": "*key_prefixes, include_sources=None",
    "AssetSelection.key_substring": "key_substring, include_sources=None",
    "AssetSelection.kind": "kind, include_sources=None",
    "AssetSelection.owner": "owner",
    "AssetSelection.tag": "key, value, include_sources=None",
    "AssetSelection.tag_string": "string, include_sources=None",
    "AutoMaterializePolicy.eager": "max_materializations_per_minute=None",
    "AutoMaterializePolicy.from_automation_condition": "automation_condition",
    "AutoMaterializePolicy.lazy": "max_materializations_per_minute=None",
    "AutomationCondition.all_checks_match": "condition, blocking_only=None",
    "AutomationCondition.all_deps_match": "condition",
    "AutomationCondition.all_deps_updated_since_cron": "cron_schedule, cron_timezone=None",
    "AutomationCondition.all_job_root_assets_match": "condition",
    "AutomationCondition.all_new_updates_have_run_tags": "*, tag_keys=None, tag_values=None",
    "AutomationCondition.any_checks_match": "condition, blocking_only=None",
    "AutomationCondition.any_deps_match": "condition",
    "AutomationCondition.any_job_root_assets_match": "condition",
    "AutomationCondition.any_new_update_has_run_tags": "*, tag_keys=None, tag_values=None",
    "AutomationCondition.asset_matches": "key, condition",
    "AutomationCondition.cron_tick_passed": "cron_schedule, cron_timezone=None",
    "AutomationCondition.executed_with_tags": "*, tag_keys=None, tag_values=None",
    "AutomationCondition.in_latest_time_window": "lookback_delta=None",
    "AutomationCondition.on_cron": "cron_schedule, cron_timezone=None",
    "BackfillPolicy.multi_run": "max_partitions_per_run=None",
    "CodeReferencesMetadataValue": "*, code_references",
    "ConfigMapping": "config_fn, config_schema=None, receive_processed_config_values=None",
    "Enum": "name, enum_values",
    "EnumValue": "config_value, python_value=None, description=None",
    "Field": "config, default_value=None, is_required=None, description=None, is_secret=None",
    "FreshnessPolicy.cron": "deadline_cron, lower_bound_delta, timezone=None",
    "FreshnessPolicy.time_window": "fail_window, warn_window=None",
    "JobSelector": "location_name, repository_name=None, job_name=None",
    "LegacyFreshnessPolicy": (
        "*, maximum_lag_minutes, cron_schedule=None, cron_schedule_timezone=None"
    ),
    "LocalFileCodeReference": "*, file_path, line_number=None, label=None",
    "Map": "key_type, inner_type, key_label_name=None",
    "Noneable": "inner_type",
    "PartitionKeyRange": "start, end",
    "Permissive": "fields=None, description=None",
    "ResourceDefinition": (
        "resource_fn, config_schema=None, description=None, "
        "required_resource_keys=None, version=None"
    ),
    "ResourceDefinition.hardcoded_resource": "value, description=None",
    "ResourceDefinition.mock_resource": "description=None",
    "ResourceDefinition.none_resource": "description=None",
    "ResourceDefinition.string_resource": "description=None",
    "RunConfig": "ops=None, resources=None, loggers=None, execution=None",
    "Selector": "fields, description=None",
    "Shape": "fields, description=None, field_aliases=None",
    "TableColumn": "name, type=None, description=None, constraints=None, tags=None",
    "TableColumnConstraints": "nullable=None, unique=None, other=None",
    "TableColumnDep": "asset_key, column_name",
    "TableColumnLineage": "deps_by_column",
    "TableConstraints": "other",
    "TableSchema": "columns, constraints=None",
    "TimeWindow": "start, end",
    "UrlCodeReference": "*, url, label=None",
}
TAKEN: Mapping[str, Parameters] = {
    f"dagster.{name}": Parameters(text)
    for name, text in (
        *((f"AutomationCondition.{name}", "") for name in _NO_PARAMETERS),
        *_TAKEN.items(),
    )
}
"""By the names of the calls."""
