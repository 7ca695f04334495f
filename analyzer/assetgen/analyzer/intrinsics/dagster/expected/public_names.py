"""All names and modules that are or were in Dagster itself, from version 1.0 on."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from assetgen.analyzer.intrinsics.dagster.expected.former_names import gone_in


def was_never_there(qualname: str) -> bool:
    """Whether no version of Dagster up to `KNOWN` has a name, or the module that it is in."""
    package, _, rest = qualname.partition(".")
    first = rest.partition(".")[0]
    if package != "dagster" or not first or first.startswith("__") or first in public_names():
        return False
    return gone_in(qualname) is None


@lru_cache(maxsize=1)
def public_names() -> frozenset[str]:
    """The names, also those of modules."""
    return frozenset(_NAMES.split())


KNOWN: Final = (1, 13, 29)
"""The newest version whose names are known."""

_NAMES: Final = """
    AddDynamicPartitionsRequest AllPartitionMapping AnchorBasedFilePathMapping Any Array
    AssetAttributesModel AssetCheckEvaluation AssetCheckExecutionContext AssetCheckKey
    AssetCheckResult AssetCheckSeverity AssetCheckSpec AssetChecksDefinition AssetDep
    AssetExecutionContext AssetIn AssetJobKey AssetKey AssetMaterialization AssetObservation
    AssetOrCheckKey AssetOut AssetPartitionStatus AssetPostProcessorModel AssetRecordsFilter
    AssetSelection AssetSensorDefinition AssetSpec AssetValueLoader AssetsDefinition
    AutoMaterializeAssetPartitionsFilter AutoMaterializePolicy AutoMaterializeRule
    AutoMaterializeSensorDefinition AutomationCondition AutomationConditionSensorDefinition
    AutomationContext AutomationResult BackfillPolicy Backoff BetaWarning BindResourcesToJobs
    Bool BoolMetadataValue BoolSource Callable CodeLocationSelector CodeReferencesMetadataValue
    Component ComponentFormConfig ComponentLoadContext ComponentTree ComponentTypeSpec Config
    ConfigArgumentWarning ConfigMapping ConfigSchema ConfigurableIOManager
    ConfigurableIOManagerFactory ConfigurableLegacyIOManagerAdapter
    ConfigurableLegacyResourceAdapter ConfigurableResource ConfigurableResourceFactory
    DagsterAssetMetadataValue DagsterConfigMappingFunctionError DagsterError DagsterEvent
    DagsterEventLogInvalidForRun DagsterEventType DagsterExecutionInterruptedError
    DagsterExecutionStepExecutionError DagsterExecutionStepNotFoundError DagsterInstance
    DagsterInvalidConfigDefinitionError DagsterInvalidConfigError DagsterInvalidDefinitionError
    DagsterInvalidInvocationError DagsterInvalidSubsetError DagsterInvariantViolationError
    DagsterJobMetadataValue DagsterLibraryRegistry DagsterLogManager DagsterResourceFunctionError
    DagsterRun DagsterRunMetadataValue DagsterRunNotFoundError DagsterRunStatus
    DagsterStepOutputNotFoundError DagsterSubprocessError DagsterType DagsterTypeCheckDidNotPass
    DagsterTypeCheckError DagsterTypeLoader DagsterTypeLoaderContext DagsterTypeMaterializer
    DagsterTypeMaterializerContext DagsterUnknownPartitionError DagsterUnknownResourceError
    DagsterUnmetExecutorRequirementsError DagsterUserCodeExecutionError DailyPartitionsDefinition
    DataProvenance DataVersion DataVersionsByPartition DefaultRunLauncher DefaultScheduleStatus
    DefaultSensorStatus Definitions DefinitionsComponent DefsFolderComponent
    DeleteDynamicPartitionsRequest DependencyDefinition Dict DimensionPartitionMapping DynamicOut
    DynamicOutput DynamicPartitionsDefinition Enum EnumValue EnvVar
    EvaluateAutomationConditionsResult EventLogEntry EventLogRecord EventRecordsFilter
    EventRecordsResult ExecuteInProcessResult ExecuteJobResult Executor ExecutorDefinition
    ExecutorRequirement ExpectationResult ExperimentalWarning Failure Field FileHandle
    FilePathMapping FilesystemIOManager Final Float FloatMetadataValue FreshnessPolicy
    FreshnessPolicySensorContext FreshnessPolicySensorDefinition FunctionComponent
    GraphDefinition GraphIn GraphOut HookContext HookDefinition HookExecutionResult
    HourlyPartitionsDefinition IAttachDifferentObjectToOpContext IOManager IOManagerDefinition
    IdentityPartitionMapping In InMemoryIOManager InitExecutorContext InitLoggerContext
    InitResourceContext Injected InputContext InputManager InputManagerDefinition InputMapping
    Int IntMetadataValue IntSource Jitter JobDefinition JobExecutionResult JobSelector
    JsonLogFormatter JsonMetadataValue LastPartitionMapping LegacyFreshnessPolicy List
    LocalFileCodeReference LocalFileHandle LoggerDefinition LogicalVersion
    LogicalVersionProvenance MAX_RUNTIME_SECONDS_TAG MEMOIZED_RUN_TAG Map Mapping
    MarkdownMetadataValue MaterializeResult MemoizableIOManager MetadataEntry MetadataValue
    MigrateIOStorageResult Model ModuleType MonthlyPartitionsDefinition
    MultiAssetSensorDefinition MultiAssetSensorEvaluationContext MultiDependencyDefinition
    MultiPartitionKey MultiPartitionMapping MultiPartitionsDefinition
    MultiToSingleDimensionPartitionMapping NodeInvocation Noneable NotebookMetadataValue Nothing
    NullMetadataValue ObserveResult OpDefinition OpExecutionContext OpVersionContext Optional Out
    Output OutputContext OutputMapping PaginatedResults Partition PartitionKeyRange
    PartitionMapping PartitionScheduleDefinition PartitionedConfig PartitionsDefinition
    PathMetadataValue PendingNodeInvocation Permissive PermissiveConfig
    PipesBlobStoreMessageReader PipesClient PipesClientCompletedInvocation
    PipesCompositeMessageReader PipesContextInjector PipesEnvContextInjector PipesExecutionResult
    PipesFileContextInjector PipesFileMessageReader PipesLaunchedData PipesLogReader
    PipesMessageHandler PipesMessageReader PipesSession PipesSubprocessClient
    PipesTempFileContextInjector PipesTempFileMessageReader PoolMetadataValue PreviewWarning
    PythonArtifactMetadataValue PythonObjectDagsterType PythonScriptComponent
    QueuedRunCoordinator ReexecutionOptions RepositoryData RepositoryDefinition
    RepositorySelector ResolutionContext Resolvable ResolvedAssetCheckSpec ResolvedAssetKey
    ResolvedAssetSpec Resolver ResourceDefinition ResourceDependency ResourceParam
    ResourceVersionContext RetryPolicy RetryRequested RootInputManager RootInputManagerDefinition
    RunConfig RunFailureSensorContext RunRecord RunRequest RunShardedEventsCursor
    RunStatusChangeRecordsFilter RunStatusSensorContext RunStatusSensorDefinition RunsFilter
    ScaffoldRequest Scaffolder ScalarUnion ScheduleDefinition ScheduleEvaluationContext Selector
    SensorDefinition SensorEvaluationContext SensorResult SensorReturnTypesUnion Sequence Set
    Shape SkipReason SourceAsset SourceHashVersionStrategy SpecificPartitionsPartitionMapping
    SqlComponent StateBackedComponent StaticPartitionMapping StaticPartitionsDefinition
    StepExecutionContext StepLauncher StepRunRef String StringSource SubmitRunContext
    SupersessionWarning TAG_NO_VALUE TYPE_CHECKING TableColumn TableColumnConstraints
    TableColumnDep TableColumnLineage TableColumnLineageMetadataValue TableConstraints
    TableMetadataValue TableRecord TableSchema TableSchemaMetadataValue TemplatedSqlComponent
    TextMetadataValue TimeWindow TimeWindowPartitionMapping TimeWindowPartitionsDefinition
    TimestampMetadataValue Tuple TypeCheck TypeCheckContext TypingAny TypingTuple
    UPathDefsStateStorage UPathIOManager UrlCodeReference UrlMetadataValue UvRunComponent
    VersionStrategy WeeklyPartitionsDefinition _DEPRECATED _DEPRECATED_RENAMED
    _DEPRECATED_WITH_ERROR _annotations _api _builtins _check _cli _config _core _daemon
    _experimental _generate _grpc _legacy _loggers _model _module_alias_map _record _scheduler
    _serdes _seven _symbol_annotations _time _utils _vendored additional_warn_text
    apply_freshness_policy asset asset_check asset_sensor breaking_version
    build_asset_check_context build_asset_context build_asset_reconciliation_sensor
    build_column_schema_change_checks build_component_defs build_defs_for_component
    build_freshness_checks_for_non_partitioned_assets
    build_freshness_checks_for_time_window_partitioned_assets
    build_freshness_policy_sensor_context build_hook_context build_init_logger_context
    build_init_resource_context build_input_context build_last_update_freshness_checks
    build_metadata_bounds_checks build_multi_asset_sensor_context build_op_context
    build_output_context build_reconstructable_job build_resources
    build_run_status_sensor_context build_schedule_context build_schedule_from_partitioned_job
    build_sensor_context build_sensor_for_freshness_checks build_time_partition_freshness_checks
    check_dagster_type colored_console_logger component_defs component_instance components
    config_from_files config_from_pkg_resources config_from_yaml_strings config_mapping
    configured create_repository_using_definitions_args custom_path_fs_io_manager
    dagster_type_loader dagster_type_materializer daily_partitioned_config default_loggers
    default_system_loggers define_asset_job definitions defs_from_component_yaml_path deprecated
    deprecation_warning deserialize_value dynamic_partitioned_config
    evaluate_automation_conditions execute_job executor external_asset_from_spec
    external_assets_from_specs external_instance_from_step_run_ref failure_hook
    file_relative_path freshness_policy_sensor fs_io_manager
    get_all_components_defs_within_project get_component_defs_within_project get_dagster_logger
    graph graph_asset graph_multi_asset hourly_partitioned_config importlib in_process_executor
    input_manager instance_for_test io_manager job json_console_logger
    link_code_references_to_git load_asset_checks_from_current_module
    load_asset_checks_from_modules load_asset_checks_from_package_module
    load_asset_checks_from_package_name load_assets_from_current_module load_assets_from_modules
    load_assets_from_package_module load_assets_from_package_name
    load_definitions_from_current_module load_definitions_from_module
    load_definitions_from_modules load_definitions_from_package_module
    load_definitions_from_package_name load_defs load_from_defs_folder local_file_manager logger
    make_email_on_run_failure_sensor make_python_type_usable_as_dagster_type make_values_resource
    map_asset_specs materialize materialize_to_memory mem_io_manager migrate_io_storage module
    monthly_partitioned_config multi_asset multi_asset_check multi_asset_sensor
    multi_observable_source_asset multi_or_in_process_executor
    multiple_process_executor_requirements multiprocess_executor observable_source_asset op
    open_pipes_session partition_loading_context partitioned_config preview
    raise_execution_interrupts reconstructable repository resource resources root_input_manager
    run_failure_sensor run_status_sensor run_step_from_ref scaffold_component scaffold_with
    schedule sensor serialize_value stacklevel static_partitioned_config
    step_context_to_step_run_ref step_run_ref_to_step_context success_hook sys template_var
    usable_as_dagster_type validate_run_config value version weekly_partitioned_config
    with_resources with_source_code_references
"""
