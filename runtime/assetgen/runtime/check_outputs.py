"""Checks of assets as outputs of steps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class CheckOutput:
    """The verdict of a check on an asset.

    It belongs to the step that computes it: one of its own (an ``asset_check`` function), or
    the one that makes the asset and reports its checks with it. `asset` is the key of the
    checked asset and `check` the check's name. If `blocking`, a failed check of severity ERROR
    fails the step, and whatever depends on the asset does not run.
    `name` is the output's name; empty, it is made of the key and the check's name.
    """

    asset: str | tuple[str, ...]
    check: str
    blocking: bool = False
    description: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""
    required: bool = True
