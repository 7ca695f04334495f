"""Sources that a pipeline looks at and does not make."""

from dataclasses import dataclass, field
from typing import Any

from assetgen.runtime.asset_keys import key_parts
from assetgen.runtime.declarations import StepOutput
from assetgen.runtime.events import Observed
from assetgen.runtime.failures import StepError
from assetgen.runtime.metadata_values import normalize_metadata
from assetgen.runtime.step_results import AssetResult, DataVersion, Output


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

    def accept(self, attempt: Any, output: Output[Any], result: AssetResult | None) -> None:
        """Report what was learned."""
        version = output.data_version if result is not None else output.value
        tags = dict(output.tags or {})
        if isinstance(version, DataVersion):
            tags["dagster/data_version"] = version.value
            attempt.run.versions[self.asset_parts] = version.value
            if self.name != "result":
                tags["dagster/data_version_is_user_provided"] = "true"
        elif result is None:
            raise StepError(f"{type(version).__name__} was returned by an observation")
        metadata = normalize_metadata(output.metadata)
        attempt.run.report(Observed(attempt.unit.key, self.asset_parts, None, metadata, tags))
