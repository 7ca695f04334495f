"""What ops inside a graph hand to one another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assetgen.runtime.model.declarations import StepOutput
from assetgen.runtime.model.step_results import Output


@dataclass(frozen=True, slots=True)
class OpOutput(StepOutput):
    """A value that other steps of the same run read, and that is no asset.

    The fields mean what they do for `AssetOutput`.
    """

    name: str = "result"
    type: Any = Any
    nothing: bool = False
    required: bool = True
    io_manager: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)

    def accept(self, attempt: Any, output: Output[Any], result: Any) -> None:
        """Store the value for this run, unless there is none."""
        if not self.nothing:
            attempt.store(self, attempt.run.op_place(attempt.unit.key, self.name), output.value)
