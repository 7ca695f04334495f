"""Outputs whose number is known only when they are made, and the steps that follow from them.

`load` yields two `DynamicOutput`s, `double` runs once for each, `total` once for all::

    Step("ga.load", load, outputs=(DynamicOpOutput(),)),
    Step("ga.double", double, inputs=(Mapped("number", "ga.load"),), outputs=(OpOutput(),)),
    Step("ga.total", total, inputs=(Collected("numbers", "ga.double"),), outputs=...),
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from assetgen.runtime.execution.unfolding import Unfolding
from assetgen.runtime.execution.units import Unit
from assetgen.runtime.model.declarations import StepInput, StepOutput
from assetgen.runtime.model.failures import StepError
from assetgen.runtime.model.step_results import Output


class DynamicOutput(Output[Any]):
    """One value of a dynamic output, with the mapping key that tells it from the others."""

    __slots__ = ("mapping_key",)

    def __init__(
        self,
        value: Any,
        mapping_key: str,
        output_name: str = "result",
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        """A mapping key is made of letters, digits and underscores."""
        super().__init__(value, output_name, metadata)
        if not mapping_key.isascii() or not mapping_key.replace("_", "a").isalnum():
            raise StepError(f'"{mapping_key}" is no mapping key: use A-Z, a-z, 0-9 and _')
        self.mapping_key = mapping_key


def mapping_key_of(output: Output[Any]) -> str:
    """The mapping key of a value for a dynamic output; StepError if it has none."""
    if isinstance(output, DynamicOutput):
        return output.mapping_key
    raise StepError(f'output "{output.output_name}" is dynamic: yield DynamicOutput, not Output')


@dataclass(frozen=True, slots=True)
class DynamicOpOutput(StepOutput):
    """An output made any number of times, each with its own mapping key."""

    name: str = "result"
    type: Any = Any
    required: bool = True
    io_manager: str = ""
    nothing: bool = field(default=False, init=False, repr=False)
    dynamic: ClassVar[bool] = True

    def accept(self, attempt: Any, output: Output[Any], result: Any) -> None:
        """Store the value for this run under its mapping key."""
        key = mapping_key_of(output)
        place = attempt.run.op_place(attempt.unit.key, self.name, key)
        attempt.store(self, place, output.value)
        attempt.run.mapping_keys.setdefault((attempt.unit.key, self.name), []).append(key)


@dataclass(frozen=True, slots=True)
class Mapped(StepInput):
    """An argument that is one value of a dynamic output: the step runs once for each of them.

    `step` and `output` name the dynamic output. The runs are named ``ga.double[key]``.
    Steps further down the same branch take their arguments by `FromStep`.
    """

    parameter: str
    step: str
    output: str = "result"
    type: Any = Any
    unfolds: ClassVar[str] = "map"

    def origins(self, producers: Mapping[Any, tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """The dynamic output."""
        return ((self.step, self.output),)

    def unfolding(self, plan: Any) -> Any:
        """The units that depend on dynamic outputs."""
        return Unfolding(plan)

    def argument(self, run: Any, unit: Any) -> Any:
        """The value of the unit's own mapping key."""
        return run.load_output(self, unit, unit.mapping_key)


@dataclass(frozen=True, slots=True)
class MappedAfter(StepInput):
    """The step runs once for each value of a dynamic output, and gets no argument from it."""

    step: str
    output: str = "result"
    parameter: str = field(default="", init=False, repr=False)
    unfolds: ClassVar[str] = "map"

    def origins(self, producers: Mapping[Any, tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """The dynamic output."""
        return ((self.step, self.output),)

    def unfolding(self, plan: Any) -> Any:
        """The units that depend on dynamic outputs."""
        return Unfolding(plan)


@dataclass(frozen=True, slots=True)
class Collected(StepInput):
    """An argument that is the list of all values of a dynamic branch, in the order of yielding.

    `step` is the step that yields them, or one that runs once for each. An empty `parameter`
    only waits for them.
    """

    parameter: str
    step: str
    output: str = "result"
    type: Any = Any
    unfolds: ClassVar[str] = "collect"
    any_suffices: ClassVar[bool] = True

    def origins(self, producers: Mapping[Any, tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """The output of the collected step."""
        return ((self.step, self.output),)

    def unfolding(self, plan: Any) -> Any:
        """The units that depend on dynamic outputs."""
        return Unfolding(plan)

    def argument(self, run: Any, unit: Any) -> Any:
        """The values made, in the order of their mapping keys."""
        mapped = run.schedule.mapped
        keys = run.keys_of(*mapped.get(self.step, (self.step, self.output)))
        if self.step not in mapped:
            return [run.load_output(self, unit, key) for key in keys]
        siblings = [Unit(unit.step, "", key) for key in keys]
        return [
            run.load_output(self, sibling)
            for sibling in siblings
            if run.was_made(self.step, self.output, sibling)
        ]
