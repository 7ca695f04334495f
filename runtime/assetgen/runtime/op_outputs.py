"""What ops inside a graph hand to one another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class OpOutput:
    """A value that other steps of the same run read, and that is no asset.

    The fields mean what they do for `AssetOutput`.
    """

    name: str = "result"
    type: Any = Any
    nothing: bool = False
    required: bool = True
    io_manager: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)
