"""Names of Dagster's API that only carry data: calling one makes a record of its arguments."""

from __future__ import annotations

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.statements.failures import OPEN
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    External,
    Function,
    Mapping,
    Record,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters


def _record(call: Call) -> Value:
    return Record(call.name, dict(call.kwargs), call.args, call.site, call.losses)


_ENV = Parameters("name, /")


def _env_var(call: Call) -> Value:
    """`EnvVar("NAME")`: read when a run starts, and by `get_value` at once."""
    name = _ENV.bind(call)["name"]
    if isinstance(name, Constant) and isinstance(name.value, str):
        call.machine.report_environment(name.value, None, call.site, is_required=True, when="run")
    return Record(call.name, {"name": name}, (), call.site)


_DEFAULT = Parameters("default=None")


def _env_value(call: Call) -> Value:
    record, default = call.receiver, _DEFAULT.bind(call)["default"]
    name = record.fields.get("name") if isinstance(record, Record) else None
    if not isinstance(name, Constant) or not isinstance(name.value, str):
        return call.unknown("environment", "the name of the variable is not known")
    call.machine.report_environment(name.value, None if default == NONE else default, call.site)
    known = call.machine.environment.get(name.value)
    if name.value not in call.machine.withheld:
        if known is not None:
            return Constant(known)
        if call.machine.environment.is_unset(name.value):
            return default
    unknown = call.unknown("environment", f"the environment variable {name.value} has no value")
    return unknown if default == NONE else call.machine.join([default, unknown], unknown)


def _env_text(call: Call) -> Value:
    """Dagster lets nobody use an `EnvVar` as a string, since it has no value yet."""
    raise Raised(
        "builtins.RuntimeError",
        "an EnvVar has no value as a string before the run: use get_value()",
    )


_FILE = Parameters("dunderfile, relative_path")


def _file_relative_path(call: Call) -> Value:
    """`file_relative_path(__file__, "x")`: beside the file."""
    bound = _FILE.bind(call)
    directory = call.invoke(External("os.path.dirname"), bound["dunderfile"])
    if isinstance(directory, Unknown):
        return directory
    return call.invoke(External("os.path.join"), directory, bound["relative_path"])


def _first_argument(call: Call) -> Value:
    """What passes its argument through: decorators of functions that nothing else reads. Given a
    schema instead, they make a decorator."""
    if not call.args or isinstance(call.args[0], Mapping):
        return External("dagster.<identity>")
    function = call.args[0]
    if isinstance(function, Function):
        call.machine.bind(function.attributes, OPEN, NONE)
    return function


_RECORDS = (
    # runtime events and results
    *("Output", "DynamicOutput", "MaterializeResult", "ObserveResult", "AssetMaterialization"),
    *("AssetObservation", "AssetCheckResult", "AssetCheckEvaluation", "ExpectationResult"),
    *("Failure", "RetryRequested", "RunRequest", "SkipReason", "SensorResult", "RunConfig"),
    *("AutomationResult", "AddDynamicPartitionsRequest", "DeleteDynamicPartitionsRequest"),
    *("DataVersion", "DataProvenance", "DataVersionsByPartition", "TypeCheck", "HookContext"),
    # metadata and tables
    *("TableSchema", "TableColumn", "TableColumnConstraints", "TableConstraints", "TableRecord"),
    *("TableColumnDep", "TableColumnLineage", "MarkdownMetadataValue", "TextMetadataValue"),
    *("UrlMetadataValue", "PathMetadataValue", "JsonMetadataValue", "IntMetadataValue"),
    *("FloatMetadataValue", "BoolMetadataValue", "NotebookMetadataValue", "NullMetadataValue"),
    *("TableMetadataValue", "TableSchemaMetadataValue", "TableColumnLineageMetadataValue"),
    *("TimestampMetadataValue", "PythonArtifactMetadataValue", "DagsterRunMetadataValue"),
    *("DagsterAssetMetadataValue", "DagsterJobMetadataValue", "CodeReferencesMetadataValue"),
    *("LocalFileCodeReference", "UrlCodeReference", "AnchorBasedFilePathMapping", "MetadataEntry"),
    # partitions, time, policies
    *("PartitionKeyRange", "TimeWindow", "MultiPartitionKey", "Partition"),
    *("FreshnessPolicy", "LegacyFreshnessPolicy", "BackfillPolicy", "CodeLocationSelector"),
    *("JobSelector", "RepositorySelector", "RunsFilter", "EventRecordsFilter"),
    # configuration and types
    *("Field", "Array", "Map", "Noneable", "Permissive", "Selector", "Shape", "ScalarUnion"),
    *("Enum", "EnumValue", "ConfigMapping", "DagsterType", "PythonObjectDagsterType"),
    *("ConfigSchema", "Any", "Bool", "Float", "Int", "String", "StringSource", "IntSource"),
    # resources, executors, loggers
    *("ResourceDefinition", "IOManagerDefinition", "FilesystemIOManager", "InMemoryIOManager"),
    *("InputManagerDefinition", "PipesSubprocessClient", "ExecutorDefinition", "LoggerDefinition"),
    *("in_process_executor", "multiprocess_executor", "multi_or_in_process_executor"),
    *("build_resources", "build_init_resource_context", "build_op_context", "build_asset_context"),
    *("build_input_context", "build_output_context", "build_sensor_context"),
    *("build_schedule_context", "PipesEnvContextInjector", "PipesTempFileMessageReader"),
    *("PipesFileContextInjector", "PipesFileMessageReader", "HookExecutionResult"),
    # dependencies by hand
    *("DependencyDefinition", "MultiDependencyDefinition", "DynamicCollectDependencyDefinition"),
    *(
        "NodeInvocation",
        "InputMapping",
        "OutputMapping",
        "get_dagster_logger",
        "BindResourcesToJobs",
        "DagsterInstance",
    ),
    *("make_values_resource", "build_reconstructable_job", "reconstructable"),
    "custom_path_fs_io_manager",
)
_STATIC = (
    *(
        f"MetadataValue.{name}"
        for name in (
            *("asset", "bool", "code_location_reconstruction", "column_lineage", "dagster_run"),
            *("float", "int", "job", "json", "md", "notebook", "null", "path", "pool"),
            *("python_artifact", "table", "table_schema", "text", "timestamp", "url"),
        )
    ),
    *("FreshnessPolicy.time_window", "FreshnessPolicy.cron"),
    *("BackfillPolicy.single_run", "BackfillPolicy.multi_run"),
    *("ResourceDefinition.none_resource", "ResourceDefinition.hardcoded_resource"),
    *("ResourceDefinition.mock_resource", "ResourceDefinition.string_resource"),
    *("DagsterInstance.get", "DagsterInstance.ephemeral", "TableSchema.from_name_type_dict"),
)
_FUNCTION_DECORATORS = (
    *("logger", "executor", "config_mapping", "dagster_type_loader", "usable_as_dagster_type"),
)

TABLE: dict[str, Intrinsic] = {
    **{f"dagster.{name}": _record for name in _RECORDS},
    **{f"dagster.{name}": _record for name in _STATIC},
    **{f"dagster.{name}": _first_argument for name in _FUNCTION_DECORATORS},
    "dagster.<identity>": _first_argument,
    "dagster.scaffold_with": lambda call: External("dagster.<identity>"),
    "dagster.EnvVar": _env_var,
    "dagster.EnvVar.int": _env_var,
    "dagster.EnvVar.get_value": _env_value,
    **{f"dagster.EnvVar.{name}": _env_text for name in ("__str__", "__format__")},
    "dagster.file_relative_path": _file_relative_path,
}
"""The intrinsics of what is only carried."""
