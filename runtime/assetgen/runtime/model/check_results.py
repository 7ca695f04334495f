"""Verdicts of asset checks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from assetgen.runtime.model.asset_keys import AssetKey, key_parts
from assetgen.runtime.model.failures import StepError
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
        output = self.output_among(attempt.outputs.values())
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

    def output_among(self, outputs: Iterable[Any]) -> Any:
        """The output that is meant: of the asset and check that are named, or the only ones."""
        checks = [output for output in outputs if output.checked_parts]
        checked = {output.checked_parts for output in checks}
        if self.asset_key is None and len(checked) > 1:
            names = ", ".join(map("/".join, sorted(checked)))
            raise StepError(f"a verdict says no asset_key, and checks of the step are on {names}")
        parts = self.asset_key.parts if self.asset_key is not None else None
        of_asset = [output for output in checks if parts in (None, output.checked_parts)]
        found = [output for output in of_asset if self.check_name in (None, output.check)]
        if len(found) != 1:
            meant = " ".join(["/".join(parts or ()), self.check_name or "no check_name"]).strip()
            there = ", ".join(output.check for output in of_asset) or "none"
            raise StepError(f"a verdict says {meant}, and the checks of the step there are {there}")
        return found[0]
