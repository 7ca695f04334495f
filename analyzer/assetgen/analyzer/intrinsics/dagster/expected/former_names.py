"""Public names that newer versions of Dagster do not have any more."""

from __future__ import annotations

from typing import Final

Minor = tuple[int, int]


def gone_in(qualname: str) -> Minor | None:
    """A minor version of Dagster which, like all later ones, lacks a name that there once was; None
    if it has the name, or if there never was such a name.

    Modules are asked for by their names, or with the name of something in them.
    """
    package, _, rest = qualname.partition(".")
    names = _NAMES.get(package)
    if names is None:
        return None
    first, _, further = rest.partition(".")
    if package == "dagster" and first in _MODULES:
        return _MODULES_GONE
    return None if further else names.get(first)


_MODULES: Final = frozenset(
    (
        *("api", "builtins", "check", "cli", "config", "core", "daemon", "experimental"),
        *("generate", "grpc", "loggers", "serdes", "seven", "utils"),
    )
)
_MODULES_GONE: Final = (1, 13)

_DAGSTER: Final[dict[Minor, tuple[str, ...]]] = {
    (1, 0): (
        *("AssetGroup", "CompositeSolidDefinition", "CompositeSolidExecutionResult"),
        *("DagsterAssetMetadataEntryData", "DagsterPipelineRunMetadataEntryData"),
        *("DagsterPipelineRunMetadataValue", "DynamicOutputDefinition", "EventMetadata"),
        *("FloatMetadataEntryData", "InputDefinition", "IntMetadataEntryData"),
        *("JsonMetadataEntryData", "MarkdownMetadataEntryData", "Materialization"),
        *("ModeDefinition", "OutputDefinition", "PartitionSetDefinition"),
        *("PathMetadataEntryData", "PipelineDefinition", "PipelineExecutionResult"),
        *("PipelineFailureSensorContext", "PipelineRun", "PipelineRunStatus"),
        *("PresetDefinition", "PythonArtifactMetadataEntryData", "ScheduleExecutionContext"),
        *("SensorExecutionContext", "SolidDefinition", "SolidExecutionContext"),
        *("SolidExecutionResult", "SolidInvocation", "TableMetadataEntryData"),
        *("TableSchemaMetadataEntryData", "TextMetadataEntryData", "UrlMetadataEntryData"),
        *("build_assets_job", "build_solid_context", "composite_solid"),
        *("create_offset_partition_selector", "daily_schedule", "date_partition_range"),
        *("default_executors", "execute_pipeline", "execute_pipeline_iterator"),
        *("execute_solid", "execute_solid_within_pipeline", "execute_solids_within_pipeline"),
        *("hourly_schedule", "identity_partition_selector", "lambda_solid"),
        *("monthly_schedule", "pipeline", "pipeline_failure_sensor", "reexecute_pipeline"),
        *("reexecute_pipeline_iterator", "schedule_from_partitions", "solid"),
        "weekly_schedule",
    ),
    (1, 2): (
        *("DagsterTypeMaterializer", "DagsterTypeMaterializerContext", "EventMetadataEntry"),
        *("LogicalVersion", "LogicalVersionProvenance", "PartitionScheduleDefinition"),
        "dagster_type_materializer",
    ),
    (1, 4): (
        *("ConfigurableLegacyResourceAdapter", "ConfigurableResourceFactory"),
        *("ExecuteJobResult", "RootInputManager", "RootInputManagerDefinition"),
        *("build_asset_reconciliation_sensor", "root_input_manager"),
    ),
    (1, 8): (
        *("AutoMaterializeSensorDefinition", "MEMOIZED_RUN_TAG", "MemoizableIOManager"),
        *("OpVersionContext", "ResourceVersionContext", "SourceHashVersionStrategy"),
        *("TAG_NO_VALUE", "VersionStrategy"),
        "build_freshness_checks_for_non_partitioned_assets",
        "build_freshness_checks_for_time_window_partitioned_assets",
    ),
    (1, 9): (
        *("FreshnessPolicySensorContext", "FreshnessPolicySensorDefinition"),
        *("build_freshness_policy_sensor_context", "external_asset_from_spec"),
        *("external_assets_from_specs", "freshness_policy_sensor"),
    ),
    (1, 10): ("ExperimentalWarning",),
    (1, 11): ("AssetPostProcessorModel", "defs_from_component_yaml_path"),
}
_DAGSTER_DBT: Final[dict[Minor, tuple[str, ...]]] = {
    (1, 4): (
        *("DagsterDbtRpcUnexpectedPollOutputError", "DbtCloudResourceV2", "DbtRpcOutput"),
        *("DbtRpcResource", "DbtRpcSyncResource", "dbt_rpc_resource", "dbt_rpc_sync_resource"),
        "local_dbt_rpc_resource",
    ),
    (1, 8): (
        *("DagsterDbtCliFatalRuntimeError", "DagsterDbtCliHandledRuntimeError"),
        *("DagsterDbtCliOutputsNotFoundError", "DagsterDbtCliUnexpectedOutputError"),
        *("DbtArtifacts", "DbtCliClientResource", "DbtCliOutput", "DbtOutput", "DbtResource"),
        *("KeyPrefixDagsterDbtTranslator", "dbt_build_op", "dbt_cli_resource"),
        *("dbt_compile_op", "dbt_docs_generate_op", "dbt_ls_op", "dbt_run_op", "dbt_seed_op"),
        *("dbt_snapshot_op", "dbt_test_op", "load_assets_from_dbt_manifest"),
        "load_assets_from_dbt_project",
    ),
}
"""What each version lacks; that which took a name out may be the one before it."""

_NAMES: Final = {
    package: {name: minor for minor, names in gone.items() for name in names}
    for package, gone in (("dagster", _DAGSTER), ("dagster_dbt", _DAGSTER_DBT))
}
