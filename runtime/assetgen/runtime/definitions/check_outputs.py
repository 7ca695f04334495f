"""Checks of assets as outputs of steps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assetgen.runtime.model.asset_keys import key_parts, op_name
from assetgen.runtime.model.declarations import StepOutput


@dataclass(frozen=True, slots=True)
class CheckOutput(StepOutput):
    """The verdict of a check on an asset.

    It belongs to the step that computes it: one of its own (an ``asset_check`` function), or
    the one that makes the asset and reports its checks with it. `asset` is the key of the
    checked asset and `check` the check's name. If `blocking`, a failed check of severity ERROR
    fails the step, and whatever depends on the asset does not run.
    `name` is the output's name; empty, it is made of the key and the check's name. A step that ends
    without a verdict that is `required` fails.
    """

    asset: str | tuple[str, ...]
    check: str
    blocking: bool = False
    description: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""
    required: bool = True
    type: Any = field(default=Any, init=False, repr=False)
    nothing: bool = field(default=False, init=False, repr=False)

    def __post_init__(self) -> None:
        """Name the output after the asset and the check."""
        if not self.name:
            object.__setattr__(self, "name", f"{op_name(key_parts(self.asset))}_{self.check}")

    @property
    def checked_parts(self) -> tuple[str, ...]:
        """The checked asset."""
        return key_parts(self.asset)

    @property
    def gated_parts(self) -> tuple[str, ...]:
        """The checked asset, if the check blocks."""
        return key_parts(self.asset) if self.blocking else ()
