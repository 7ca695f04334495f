"""The classes of Dagster's records: of which others they are derived, and those of what methods
make. `isinstance` and `type` ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.call import Intrinsic
from assetgen.analyzer.evaluate.objects.instances import BASES_OF_RECORD
from assetgen.analyzer.evaluate.values import External, Sequence, Value

_TUPLES: Final = (
    *("AddDynamicPartitionsRequest", "AssetCheckEvaluation", "AssetCheckResult"),
    *("AssetMaterialization", "AssetObservation", "BackfillPolicy", "CodeLocationSelector"),
    *("ConfigMapping", "DataProvenance", "DataVersion", "DataVersionsByPartition"),
    *("DeleteDynamicPartitionsRequest", "DependencyDefinition", "DimensionPartitionMapping"),
    *("ExpectationResult", "HookExecutionResult", "JobSelector", "LegacyFreshnessPolicy"),
    *("MaterializeResult", "MetadataEntry", "MultiDependencyDefinition", "NodeInvocation"),
    *("ObserveResult", "PartitionKeyRange", "RepositorySelector", "RetryPolicy", "RunRequest"),
    *("RunsFilter", "SensorResult", "SkipReason", "TableColumn", "TableColumnConstraints"),
    *("TableColumnDep", "TableColumnLineage", "TableConstraints", "TableRecord", "TableSchema"),
    *("TimeWindow", "TypeCheck"),
)
_PARTITIONS: Final = "PartitionsDefinition"
_TIMED: Final = ("Daily", "Hourly", "Monthly", "Weekly")
_MAPPINGS: Final = (
    *("All", "Identity", "Last", "Multi", "MultiToSingleDimension", "SpecificPartitions", "Static"),
    "TimeWindow",
)
_METADATA: Final[ReadOnlyMapping[str, str]] = {
    **{name: name.title() for name in ("bool", "float", "int", "json", "notebook", "null", "path")},
    **{name: name.title() for name in ("table", "text", "timestamp", "url")},
    "asset": "DagsterAsset",
    "column_lineage": "TableColumnLineage",
    "dagster_run": "DagsterRun",
    "job": "DagsterJob",
    "md": "Markdown",
    "python_artifact": "PythonArtifact",
    "table_schema": "TableSchema",
}
_MADE: Final[ReadOnlyMapping[str, tuple[str, ...]]] = {
    "BackfillPolicy": ("multi_run", "single_run"),
    "TableSchema": ("from_name_type_dict",),
}


def _bases() -> Iterator[tuple[str, tuple[str, ...]]]:
    """By what makes a record: the names of its class and of the bases of that."""
    for name in _TUPLES:
        yield name, (name, "tuple")
    for name, methods in _MADE.items():
        for method in methods:
            yield f"{name}.{method}", (name, "tuple")
    for name in _TIMED:
        of_time = f"TimeWindow{_PARTITIONS}"
        yield f"{name}{_PARTITIONS}", (f"{name}{_PARTITIONS}", of_time, _PARTITIONS, "tuple")
    for name in ("Dynamic", "TimeWindow"):
        yield f"{name}{_PARTITIONS}", (f"{name}{_PARTITIONS}", _PARTITIONS, "tuple")
    for name in ("Multi", "Static"):
        yield f"{name}{_PARTITIONS}", (f"{name}{_PARTITIONS}", _PARTITIONS)
    for name in _MAPPINGS:
        own = f"{name}PartitionMapping"
        yield own, (own, "PartitionMapping", "tuple")
    for kind, name in _METADATA.items():
        names = (f"{name}MetadataValue", "MetadataValue", "tuple")
        yield from ((each, names) for each in (names[0], f"MetadataValue.{kind}"))
    for name in ("EnvVar", "MultiPartitionKey"):
        yield name, (name, "str")


_OF_PYTHON: Final = ("str", "tuple")

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {}
VALUES: Final[ReadOnlyMapping[str, Value]] = {
    f"dagster.{maker}.{BASES_OF_RECORD}": Sequence(
        "tuple",
        [External(f"{'builtins' if name in _OF_PYTHON else 'dagster'}.{name}") for name in names],
    )
    for maker, names in _bases()
}
"""By the qualified names of records."""
