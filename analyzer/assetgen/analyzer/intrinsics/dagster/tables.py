"""Everything that is known about Dagster's API, in one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from assetgen.analyzer.evaluate.call import Family, Intrinsic
from assetgen.analyzer.intrinsics.dagster import records
from assetgen.analyzer.intrinsics.dagster.refusals.refusals import TABLE as REFUSED
from assetgen.analyzer.intrinsics.dagster.refusals.refusals import checking
from assetgen.analyzer.intrinsics.data_arguments import taking_data
from assetgen.analyzer.intrinsics.directories import on_demand

_DIRECTORY: Final = {
    "annotation_marks": (
        "beta beta_param deprecated deprecated_param experimental experimental_param hidden_param "
        "preview public superseded"
    ),
    "assets.asset_constructor": "AssetsDefinition",
    "assets.assets": "asset",
    "assets.assets_definitions": "AssetsDefinition",
    "assets.check_specs": "AssetCheckSpec",
    "assets.deps": "AssetDep",
    "assets.graph_assets": "graph_asset graph_multi_asset",
    "assets.mapping_specs": (
        "AssetsDefinition Definitions SourceAsset external_asset_from_spec "
        "external_assets_from_specs link_code_references_to_git map_asset_specs "
        "with_source_code_references"
    ),
    "assets.multi_assets": "multi_asset",
    "assets.source_assets": "SourceAsset multi_observable_source_asset observable_source_asset",
    "assets.source_changes": "SourceAsset",
    "assets.specs": "AssetSpec apply_freshness_policy",
    "automation.automation": "AutoMaterializePolicy AutoMaterializeRule AutomationCondition",
    "automation.changed": "ScheduleDefinition SensorDefinition",
    "automation.graph_jobs": "GraphDefinition JobDefinition PendingNodeInvocation job",
    "automation.jobs": (
        "ScheduleDefinition build_schedule_from_partitioned_job define_asset_job schedule"
    ),
    "automation.sensors": (
        "AssetSensorDefinition AutomationConditionSensorDefinition MultiAssetSensorDefinition "
        "RunStatusSensorDefinition SensorDefinition asset_sensor build_sensor_for_freshness_checks "
        "freshness_policy_sensor make_email_on_run_failure_sensor multi_asset_sensor "
        "run_failure_sensor run_status_sensor sensor"
    ),
    "checks.asset_checks": "asset_check multi_asset_check",
    "checks.built_checks": (
        "build_column_schema_change_checks build_last_update_freshness_checks "
        "build_metadata_bounds_checks build_time_partition_freshness_checks"
    ),
    "configs.config_files": (
        "config_from_files config_from_yaml_strings load_yaml_from_globs load_yaml_from_path "
        "merge_yaml_strings merge_yamls"
    ),
    "configs.config_models": (
        "Config ConfigurableIOManager ConfigurableIOManagerFactory ConfigurableResource "
        "ConfigurableResourceFactory PermissiveConfig"
    ),
    "configs.configuring": "GraphDefinition OpDefinition configured",
    "configs.resources": "ResourceDefinition input_manager io_manager resource",
    "definitions.definition_loaders": (
        "load_definitions_from_current_module load_definitions_from_module "
        "load_definitions_from_modules load_definitions_from_package_module "
        "load_definitions_from_package_name"
    ),
    "definitions.definitions": "Definitions LazyDefinitions definitions with_resources",
    "definitions.loaders": (
        "find_modules_in_package load_asset_checks_from_current_module "
        "load_asset_checks_from_modules load_asset_checks_from_package_module "
        "load_asset_checks_from_package_name load_assets_from_current_module "
        "load_assets_from_modules load_assets_from_package_module load_assets_from_package_name"
    ),
    "definitions.repositories": "create_repository_using_definitions_args repository",
    "expected.enumerations": (
        "AssetCheckSeverity Backoff DagsterRunStatus DefaultScheduleStatus DefaultSensorStatus "
        "Jitter"
    ),
    "functions.loadable_types": "make_python_type_usable_as_dagster_type",
    "invariants": "check is_valid_name is_valid_strict_tag_value is_valid_tag_key",
    "keys": "AssetCheckKey AssetKey",
    "ops.graphs": "graph",
    "ops.handles": (
        "AssetsDefinition GraphDefinition InvokedNodeOutputHandle InvokedNodeOutputs JobDefinition "
        "OpDefinition PendingNodeInvocation"
    ),
    "ops.handmade": "GraphDefinition OpDefinition",
    "ops.hooks": "HookDefinition JobDefinition event_list_hook failure_hook success_hook",
    "ops.inputs": "AssetIn GraphIn In",
    "ops.ops": "op",
    "ops.outputs": "AssetOut DynamicOut GraphOut Out",
    "partitions.partition_members": (
        "DailyPartitionsDefinition DynamicPartitionsDefinition HourlyPartitionsDefinition "
        "MonthlyPartitionsDefinition MultiPartitionsDefinition StaticPartitionsDefinition "
        "TimeWindowPartitionsDefinition WeeklyPartitionsDefinition"
    ),
    "partitions.partitioned_configs": (
        "PartitionedConfig daily_partitioned_config dynamic_partitioned_config "
        "hourly_partitioned_config monthly_partitioned_config partitioned_config "
        "static_partitioned_config weekly_partitioned_config"
    ),
    "partitions.partitions": (
        "AllPartitionMapping DailyPartitionsDefinition DimensionPartitionMapping "
        "DynamicPartitionsDefinition HourlyPartitionsDefinition IdentityPartitionMapping "
        "LastPartitionMapping MonthlyPartitionsDefinition MultiPartitionMapping "
        "MultiPartitionsDefinition MultiToSingleDimensionPartitionMapping RetryPolicy "
        "SpecificPartitionsPartitionMapping StaticPartitionMapping StaticPartitionsDefinition "
        "TimeWindowPartitionMapping TimeWindowPartitionsDefinition WeeklyPartitionsDefinition"
    ),
    "partitions.time_partitions": (
        "DailyPartitionsDefinition HourlyPartitionsDefinition MonthlyPartitionsDefinition "
        "MultiPartitionsDefinition TimeWindowPartitionsDefinition WeeklyPartitionsDefinition"
    ),
    "record_bases": (
        "AddDynamicPartitionsRequest AllPartitionMapping AssetCheckEvaluation AssetCheckResult "
        "AssetMaterialization AssetObservation BackfillPolicy BoolMetadataValue "
        "CodeLocationSelector ConfigMapping DagsterAssetMetadataValue DagsterJobMetadataValue "
        "DagsterRunMetadataValue DailyPartitionsDefinition DataProvenance DataVersion "
        "DataVersionsByPartition DeleteDynamicPartitionsRequest DependencyDefinition "
        "DimensionPartitionMapping DynamicPartitionsDefinition EnvVar ExpectationResult "
        "FloatMetadataValue HookExecutionResult HourlyPartitionsDefinition "
        "IdentityPartitionMapping IntMetadataValue JobSelector JsonMetadataValue "
        "LastPartitionMapping LegacyFreshnessPolicy MarkdownMetadataValue MaterializeResult "
        "MetadataEntry MetadataValue MonthlyPartitionsDefinition MultiDependencyDefinition "
        "MultiPartitionKey MultiPartitionMapping MultiPartitionsDefinition "
        "MultiToSingleDimensionPartitionMapping NodeInvocation NotebookMetadataValue "
        "NullMetadataValue ObserveResult PartitionKeyRange PathMetadataValue "
        "PythonArtifactMetadataValue RepositorySelector RetryPolicy RunRequest RunsFilter "
        "SensorResult SkipReason SpecificPartitionsPartitionMapping StaticPartitionMapping "
        "StaticPartitionsDefinition TableColumn TableColumnConstraints TableColumnDep "
        "TableColumnLineage TableColumnLineageMetadataValue TableConstraints TableMetadataValue "
        "TableRecord TableSchema TableSchemaMetadataValue TextMetadataValue TimeWindow "
        "TimeWindowPartitionMapping TimeWindowPartitionsDefinition TimestampMetadataValue "
        "TypeCheck UrlMetadataValue WeeklyPartitionsDefinition"
    ),
    "record_members": (
        "BackfillPolicy MetadataValue RetryPolicy RunConfig TableColumn TableColumnConstraints "
        "TableColumnDep TableColumnLineage TableSchema"
    ),
    "refusals.frozen_models": (
        "Config ConfigurableIOManager ConfigurableIOManagerFactory ConfigurableResource "
        "PermissiveConfig"
    ),
    "selections.resolved": "AssetSelection",
    "selections.selections": "AssetSelection",
}
"""By module, the names in `dagster` that have rows there."""

_OTHERS: Final = {
    "assets.mapping_specs": ("dagster_cloud",),
    "automation.sensors": ("dagster_msteams", "dagster_slack"),
    "configs.config_files": ("dagster_shared",),
    "invariants": ("dagster_shared",),
    "ops.hooks": ("dagster_mlflow", "dagster_msteams", "dagster_pagerduty", "dagster_slack"),
}
"""By module, the other packages of which it has rows."""


def _finished(rows: Mapping[str, Intrinsic]) -> Mapping[str, Intrinsic]:
    return taking_data(checking(rows))


DAGSTER: Final = Family(_finished({**records.TABLE, **REFUSED}))
"""What is only carried, and what Dagster refuses."""

DAGSTER_LATER: Final[Mapping[str, Callable[[], Family]]] = on_demand(
    __package__,
    {
        module: (*(f"dagster.{name}" for name in names.split()), *_OTHERS.get(module, ()))
        for module, names in _DIRECTORY.items()
    },
    _finished,
)
"""By names in `dagster`, and by packages."""


def canonical(qualname: str, has_row: Callable[[str], bool]) -> str:
    """The name under which the tables know something with several names: Dagster's private modules,
    and assetgen's runtime, export the same objects. `has_row` tells whether they have a name."""
    for prefix in _ALIASES:
        if qualname.startswith(prefix):
            return _public(qualname[len(prefix) :], has_row)
    return qualname


_ALIASES = (
    "dagster._",
    "dagster_core.",
    "assetgen.runtime.",
    "dagster.components.",
    "dagster.preview.",
)


def _public(rest: str, has_row: Callable[[str], bool]) -> str:
    """`core.definitions.decorators.asset_decorator.asset` -> `dagster.asset`: modules are lower
    case with an underscore, or known; what follows them is the name and its attributes."""
    parts = rest.split(".")
    for index, part in enumerate(parts):
        name = f"dagster.{'.'.join(parts[index:])}"
        if part[:1].isupper() or has_row(name):
            return name
    return f"dagster.{parts[-1]}"


def may_declare(qualname: str) -> bool:
    """Whether the result of a name in Dagster or an integration may be a definition, judging by how
    integrations name other things."""
    package, _, rest = qualname.partition(".")
    return package.startswith("dagster") and not rest.endswith(_NO_DEFINITIONS)


_NO_DEFINITIONS = (
    *("Resource", "IOManager", "io_manager", "resource", "Project", "Client", "Config", "logger"),
    *("Credentials", "Connection", "Workspace", "executor", "Settings", "Translator", "Args"),
    *("EnvVar", "Policy", "Condition", "Selection", "_op", ".configured", "_hook", "_type"),
)
