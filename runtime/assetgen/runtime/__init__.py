"""What generated pipelines run on, and decorators to write pipelines without Dagster.

Everything is standard library. Names are loaded when they are first asked for, so that a script
that needs little loads little.
"""

from importlib import import_module
from typing import Any

HOME = {
    "AllPartitionMapping": "partition_mappings",
    "AssetCheckEvaluation": "check_results",
    "AssetCheckExecutionContext": "contexts",
    "AssetCheckResult": "check_results",
    "AssetCheckSeverity": "check_results",
    "AssetCheckSpec": "asset_specs",
    "AssetDep": "asset_specs",
    "AssetExecutionContext": "contexts",
    "AssetIn": "asset_specs",
    "AssetKey": "asset_keys",
    "AssetMaterialization": "step_results",
    "AssetObservation": "step_results",
    "AssetOut": "asset_specs",
    "AssetSpec": "asset_specs",
    "AssetsDefinition": "asset_definitions",
    "AutoMaterializePolicy": "standing_orders",
    "AutoMaterializeRule": "standing_orders",
    "AutomationCondition": "standing_orders",
    "BackfillPolicy": "standing_orders",
    "Backoff": "retries",
    "Config": "config_classes",
    "ConfigurableIOManager": "io_managers",
    "ConfigurableResource": "resources",
    "DailyPartitionsDefinition": "time_windows",
    "DataVersion": "step_results",
    "Definitions": "definitions",
    "DuckDBResource": "duckdb_resources",
    "DynamicOut": "asset_specs",
    "DynamicOutput": "dynamic_steps",
    "DynamicPartitionsDefinition": "partitions",
    "EnvVar": "config_classes",
    "Failure": "failures",
    "Field": "config_classes",
    "FilesystemIOManager": "io_managers",
    "FreshnessPolicy": "standing_orders",
    "GraphIn": "asset_specs",
    "GraphOut": "asset_specs",
    "HourlyPartitionsDefinition": "time_windows",
    "IOManager": "io_managers",
    "IdentityPartitionMapping": "partition_mappings",
    "In": "asset_specs",
    "InputContext": "io_managers",
    "Instance": "instances",
    "Jitter": "retries",
    "LastPartitionMapping": "partition_mappings",
    "MaterializeResult": "step_results",
    "MetadataValue": "metadata_values",
    "MonthlyPartitionsDefinition": "time_windows",
    "MultiPartitionKey": "multi_partitions",
    "MultiPartitionsDefinition": "multi_partitions",
    "MultiToSingleDimensionPartitionMapping": "partition_mappings",
    "Nothing": "asset_specs",
    "ObserveResult": "step_results",
    "OpExecutionContext": "contexts",
    "Out": "asset_specs",
    "Output": "step_results",
    "OutputContext": "io_managers",
    "PermissiveConfig": "config_classes",
    "Pipeline": "declarations",
    "PipelineError": "failures",
    "ResourceDefinition": "resources",
    "ResourceDependency": "resources",
    "ResourceParam": "resources",
    "RetryPolicy": "retries",
    "RetryRequested": "failures",
    "RunConfig": "direct_runs",
    "RunResult": "run_result",
    "S3Resource": "s3_resources",
    "SourceAsset": "asset_specs",
    "SpecificPartitionsPartitionMapping": "partition_mappings",
    "StaticPartitionMapping": "partition_mappings",
    "StaticPartitionsDefinition": "partitions",
    "Step": "declarations",
    "StepError": "failures",
    "TableColumn": "metadata_tables",
    "TableColumnConstraints": "metadata_tables",
    "TableColumnDep": "metadata_tables",
    "TableColumnLineage": "metadata_tables",
    "TableConstraints": "metadata_tables",
    "TableRecord": "metadata_tables",
    "TableSchema": "metadata_tables",
    "TimeWindow": "time_windows",
    "TimeWindowPartitionMapping": "partition_mappings",
    "TimeWindowPartitionsDefinition": "time_windows",
    "WeeklyPartitionsDefinition": "time_windows",
    "asset": "asset_definitions",
    "asset_check": "check_definitions",
    "backoff": "backoffs",
    "execute": "run_result",
    "file_relative_path": "file_paths",
    "get_dagster_logger": "logs",
    "graph": "op_composition",
    "graph_asset": "graph_assets",
    "graph_multi_asset": "graph_assets",
    "io_manager": "resources",
    "load_asset_checks_from_current_module": "module_loading",
    "load_asset_checks_from_modules": "module_loading",
    "load_assets_from_current_module": "module_loading",
    "load_assets_from_modules": "module_loading",
    "load_assets_from_package_module": "module_loading",
    "load_assets_from_package_name": "module_loading",
    "main": "command_line",
    "materialize": "direct_runs",
    "materialize_to_memory": "direct_runs",
    "multi_asset": "asset_definitions",
    "multi_asset_check": "check_definitions",
    "op": "op_composition",
    "resource": "resources",
}
"""The module of this package in which each exported name is defined."""

__all__ = sorted(HOME)


def __getattr__(name: str) -> Any:
    """Load an exported name from the module that defines it."""
    if name not in HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{HOME[name]}"), name)


def __dir__() -> list[str]:
    """The exported names."""
    return sorted(HOME)
