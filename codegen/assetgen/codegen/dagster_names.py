"""Which names of Dagster's have an equal in the runtime; all are called alike."""

from __future__ import annotations

from assetgen.codegen.link.resolve import Substitutes

DAGSTER = "dagster"
RUNTIME = "assetgen.runtime"

# The runtime calls these as Dagster does.
_SAME = (
    "AllPartitionMapping",
    "AssetCheckEvaluation",
    "AssetCheckExecutionContext",
    "AssetCheckResult",
    "AssetCheckSeverity",
    "AssetExecutionContext",
    "AssetKey",
    "AssetMaterialization",
    "AssetObservation",
    "Backoff",
    "Config",
    "ConfigurableIOManager",
    "ConfigurableResource",
    "DailyPartitionsDefinition",
    "DataVersion",
    "DynamicOutput",
    "DynamicPartitionsDefinition",
    "EnvVar",
    "Failure",
    "HourlyPartitionsDefinition",
    "IOManager",
    "IdentityPartitionMapping",
    "InitResourceContext",
    "InputContext",
    "Jitter",
    "LastPartitionMapping",
    "MaterializeResult",
    "MetadataValue",
    "MonthlyPartitionsDefinition",
    "MultiPartitionKey",
    "MultiPartitionsDefinition",
    "MultiToSingleDimensionPartitionMapping",
    "ObserveResult",
    "OpExecutionContext",
    "Output",
    "OutputContext",
    "RetryPolicy",
    "RetryRequested",
    "SpecificPartitionsPartitionMapping",
    "StaticPartitionMapping",
    "StaticPartitionsDefinition",
    "TableColumn",
    "TableColumnConstraints",
    "TableColumnDep",
    "TableColumnLineage",
    "TableConstraints",
    "TableRecord",
    "TableSchema",
    "TimeWindow",
    "TimeWindowPartitionMapping",
    "TimeWindowPartitionsDefinition",
    "WeeklyPartitionsDefinition",
    "get_dagster_logger",
)
NAMES = {name: name for name in _SAME}
# Libraries whose names begin with Dagster's, and that work without it.
INDEPENDENT = frozenset({"dagster_pipes"})

SUBSTITUTES = Substitutes(
    api=DAGSTER, runtime=RUNTIME, names=NAMES, plugins="dagster_", independent=INDEPENDENT
)
