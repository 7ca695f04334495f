"""What a step's function returns or yields when it says more than a value.

Each class knows how it enters a running step: `deliver` hands its parts to the attempt, the
one running try of the step.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from assetgen.runtime.model.asset_keys import AssetKey, key_parts
from assetgen.runtime.model.metadata_values import normalize_metadata

T = TypeVar("T")


@dataclass(frozen=True)
class DataVersion:
    """A name for the content of an asset."""

    value: str


class StepResult:
    """Anything that a step may yield; what is none of these is taken for a plain value.

    What `is_for_output` may be returned in place of a value; what `is_beside_outputs` may not.
    """

    __slots__ = ()
    is_for_output = False
    is_beside_outputs = False
    check_results: Sequence[Any] = ()

    def deliver(self, attempt: Any) -> None:
        """Hand the parts to the attempt."""
        raise TypeError(f"{self!r} cannot be yielded")


class Output(StepResult, Generic[T]):
    """The value of one output, with its metadata, tags and version."""

    __slots__ = ("data_version", "metadata", "output_name", "tags", "value")
    is_for_output = True
    mapping_key = ""

    def __init__(
        self,
        value: T,
        output_name: str = "result",
        metadata: Mapping[str, Any] | None = None,
        data_version: DataVersion | None = None,
        *,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        """`output_name` may be left out by a step with one output, or in a returned tuple."""
        self.value = value
        self.output_name = output_name
        self.metadata = normalize_metadata(metadata) if metadata else {}
        self.data_version = data_version
        self.tags = tags

    def deliver(self, attempt: Any) -> None:
        """The value becomes that of the output."""
        attempt.accept(self, None)


class NoValue:
    """Stands for the value of a result that has none; ``None`` is a value."""


class AssetResult(StepResult):
    """What a step says of one of its assets."""

    __slots__ = ("asset_key", "check_results", "data_version", "metadata", "tags", "value")
    is_for_output = True

    def __init__(
        self,
        asset_key: Any = None,
        metadata: Mapping[str, Any] | None = None,
        check_results: Sequence[Any] | None = None,
        data_version: DataVersion | None = None,
        tags: Mapping[str, str] | None = None,
        value: Any = NoValue,
    ) -> None:
        """`asset_key` may be left out by a step with one asset."""
        self.asset_key = None if asset_key is None else AssetKey(key_parts(asset_key))
        self.metadata = metadata
        self.check_results = tuple(check_results or ())
        self.data_version = data_version
        self.tags = tags
        self.value = value

    @property
    def valued(self) -> bool:
        """Whether there is a value."""
        return self.value is not NoValue

    def deliver(self, attempt: Any) -> None:
        """The asset is made, and its checks are reported."""
        name = attempt.output_name_of_asset(self.asset_key)
        value = self.value if self.valued else None
        output = Output(value, name, self.metadata, self.data_version, tags=self.tags)
        attempt.accept(output, self)
        for check_result in self.check_results:
            check_result.deliver(attempt)


class MaterializeResult(AssetResult, Generic[T]):
    """An asset was made. Its value is stored only if one is given."""

    __slots__ = ()


class ObserveResult(AssetResult):
    """An asset that is made elsewhere was looked at."""

    __slots__ = ()


class AssetEvent(StepResult):
    """A fact about any asset, reported by a step beside its outputs."""

    __slots__ = ("asset_key", "description", "metadata", "partition", "tags")
    is_beside_outputs = True

    def __init__(
        self,
        asset_key: Any,
        description: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        partition: str | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        """`asset_key` takes every form of a key; a text is divided where it has other signs than
        letters, digits and underscores."""
        divided = isinstance(asset_key, str)
        parts = re.findall(r"[a-zA-Z0-9_]+", asset_key) if divided else key_parts(asset_key)
        self.asset_key = AssetKey(parts)
        self.description = description
        self.metadata = normalize_metadata(metadata)
        self.partition = partition
        self.tags = dict(tags or {})


class AssetMaterialization(AssetEvent):
    """An asset was made, wherever it is defined."""

    __slots__ = ()

    def deliver(self, attempt: Any) -> None:
        """The fact enters the event log."""
        attempt.report_materialization(self)


class AssetObservation(AssetEvent):
    """An asset was looked at."""

    __slots__ = ()

    def deliver(self, attempt: Any) -> None:
        """The fact enters the event log."""
        attempt.report_observation(self)
