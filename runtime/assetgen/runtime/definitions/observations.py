"""Sources that a pipeline looks at and does not make."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assetgen.runtime.model.asset_keys import key_parts
from assetgen.runtime.model.declarations import StepOutput
from assetgen.runtime.model.events import Observed
from assetgen.runtime.model.failures import StepError
from assetgen.runtime.model.metadata_values import normalize_metadata
from assetgen.runtime.model.step_results import DataVersion, Output


@dataclass(frozen=True, slots=True)
class ObservedSource(StepOutput):
    """What a step learns of an asset that is made elsewhere: a version, and metadata.

    Its function returns a `DataVersion` or an `ObserveResult`, or yields the latter for each of
    several sources. Nothing is stored.
    """

    key: str | tuple[str, ...]
    name: str = "result"
    type: Any = field(default=Any, init=False, repr=False)
    nothing: bool = field(default=False, init=False, repr=False)
    required: bool = field(default=True, init=False, repr=False)

    @property
    def asset_parts(self) -> tuple[str, ...]:
        """The source."""
        return key_parts(self.key)

    def accept_all(self, attempt: Any, versions: "DataVersionsByPartition") -> None:
        """Report what was learned of each partition."""
        for partition, version in versions.data_versions_by_partition.items():
            tags = {"dagster/data_version": version.value}
            attempt.run.report(Observed(attempt.unit.key, self.asset_parts, partition, {}, tags))

    def accept(self, attempt: Any, output: Output[Any], result: Any) -> None:
        """Report what was learned."""
        if isinstance(output.value, DataVersionsByPartition):
            self.accept_all(attempt, output.value)
            return
        version = output.data_version if result is not None else output.value
        tags = dict(output.tags or {})
        if isinstance(version, DataVersion):
            tags["dagster/data_version"] = version.value
            attempt.run.versions.known[self.asset_parts] = version.value
            if self.name != "result":
                tags["dagster/data_version_is_user_provided"] = "true"
        elif result is None:
            raise StepError(f"{type(version).__name__} was returned by an observation")
        metadata = normalize_metadata(output.metadata)
        attempt.run.report(Observed(attempt.unit.key, self.asset_parts, None, metadata, tags))


class DataVersionsByPartition:
    """The versions of an asset's partitions."""

    def __init__(self, data_versions_by_partition: Mapping[str, "str | DataVersion"]) -> None:
        """By the keys of the partitions."""
        self.data_versions_by_partition = {
            key: each if isinstance(each, DataVersion) else DataVersion(each)
            for key, each in data_versions_by_partition.items()
        }
