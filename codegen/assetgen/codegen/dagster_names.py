"""Which names of Dagster's have an equal in the runtime, and where the runtime defines them."""

from __future__ import annotations

from assetgen.codegen.link.resolve import Substitutes

DAGSTER = "dagster"
RUNTIME = "assetgen.runtime"

# By name, the module of the runtime that defines it; the package exports all of these.
PUBLIC = {
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
    "ResourceDefinition": "resources",
    "ResourceDependency": "resources",
    "ResourceParam": "resources",
    "RetryPolicy": "retries",
    "RetryRequested": "failures",
    "RunConfig": "direct_runs",
    "SourceAsset": "asset_specs",
    "SpecificPartitionsPartitionMapping": "partition_mappings",
    "StaticPartitionMapping": "partition_mappings",
    "StaticPartitionsDefinition": "partitions",
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
    "file_relative_path": "file_paths",
    "get_dagster_logger": "logs",
    "graph": "op_composition",
    "graph_asset": "graph_assets",
    "graph_multi_asset": "graph_assets",
    "io_manager": "resources",
    "materialize": "direct_runs",
    "materialize_to_memory": "direct_runs",
    "multi_asset": "asset_definitions",
    "multi_asset_check": "check_definitions",
    "op": "op_composition",
    "resource": "resources",
}
# What only generated code and the runtime itself mention.
DECLARATIONS = {
    "After": "declarations",
    "AfterStep": "graph_inputs",
    "AssetOutput": "declarations",
    "CheckOutput": "check_outputs",
    "Collected": "dynamic_steps",
    "DynamicOpOutput": "dynamic_steps",
    "FanIn": "graph_inputs",
    "FromAsset": "declarations",
    "FromStep": "graph_inputs",
    "Mapped": "dynamic_steps",
    "MappedAfter": "dynamic_steps",
    "OpOutput": "op_outputs",
    "Pipeline": "declarations",
    "Step": "declarations",
    "main": "command_line",
}
# Decorators whose meaning the declaration of the pipeline carries: they go.
DECLARING = frozenset(
    {
        "asset",
        "asset_check",
        "asset_sensor",
        "graph",
        "graph_asset",
        "graph_multi_asset",
        "job",
        "multi_asset",
        "multi_asset_check",
        "multi_asset_sensor",
        "multi_observable_source_asset",
        "observable_source_asset",
        "op",
        "run_failure_sensor",
        "run_status_sensor",
        "schedule",
        "sensor",
    }
)
# Of those the ones whose function may also be called directly, as plain Python.
CALLABLE = frozenset(
    {
        "asset",
        "asset_check",
        "multi_asset",
        "multi_asset_check",
        "multi_observable_source_asset",
        "observable_source_asset",
        "op",
    }
)
# Libraries whose names begin with Dagster's, and that work without it.
INDEPENDENT = frozenset({"dagster_pipes"})

# The same for libraries that need Dagster, by package.
PLUGIN_NAMES = {
    "dagster_duckdb": {"DuckDBResource": "duckdb_resources"},
}

SUBSTITUTES = Substitutes(
    api=DAGSTER,
    runtime=RUNTIME,
    names=PUBLIC,
    declaring=DECLARING,
    callable=CALLABLE,
    plugins="dagster_",
    independent=INDEPENDENT,
    plugin_names=PLUGIN_NAMES,
)
