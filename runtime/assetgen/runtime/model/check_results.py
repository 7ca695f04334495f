"""Verdicts of asset checks."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from assetgen.runtime.model.asset_keys import AssetKey, key_parts
from assetgen.runtime.model.metadata_values import MetadataFact, normalize_metadata
from assetgen.runtime.model.step_results import Output, StepResult


class AssetCheckSeverity(Enum):
    """How bad it is that a check did not pass."""

    WARN = "WARN"
    ERROR = "ERROR"


@dataclass(frozen=True)
class AssetCheckEvaluation:
    """The verdict of one check on one asset, as the event log keeps it."""

    asset_key: AssetKey
    check_name: str
    passed: bool
    metadata: Mapping[str, MetadataFact]
    severity: AssetCheckSeverity = AssetCheckSeverity.ERROR
    description: str | None = None
    blocking: bool = False

    @property
    def fails_step(self) -> bool:
        """Whether the step that reports it fails."""
        return self.blocking and not self.passed and self.severity is AssetCheckSeverity.ERROR


class AssetCheckResult(StepResult):
    """The verdict of a check, as the step says it."""

    __slots__ = ("asset_key", "check_name", "description", "metadata", "passed", "severity")

    def __init__(
        self,
        *,
        passed: bool,
        asset_key: Any = None,
        check_name: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        severity: AssetCheckSeverity = AssetCheckSeverity.ERROR,
        description: str | None = None,
    ) -> None:
        """`asset_key` and `check_name` may be left out where only one check can be meant."""
        self.passed = passed
        self.asset_key = None if asset_key is None else AssetKey(key_parts(asset_key))
        self.check_name = check_name
        self.metadata = normalize_metadata(metadata)
        self.severity = severity
        self.description = description

    def deliver(self, attempt: Any) -> None:
        """The verdict enters the event log; if it blocks, the step will fail at its end."""
        output = attempt.check_output(self.asset_key, self.check_name)
        attempt.accept(Output(None, output.name), None)
        attempt.report_check(
            AssetCheckEvaluation(
                AssetKey(key_parts(output.asset)),
                output.check,
                self.passed,
                self.metadata,
                self.severity,
                self.description,
                output.blocking,
            )
        )
