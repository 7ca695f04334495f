"""Where the arguments of ops inside a graph come from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from assetgen.runtime.execution.run_config import entry_of
from assetgen.runtime.model.declarations import StepInput
from assetgen.runtime.model.failures import PipelineError
from assetgen.runtime.types.type_checks import conforms


@dataclass(frozen=True, slots=True)
class FromStep(StepInput):
    """An argument that is the value of another step's output.

    `step` is the other step's name and `output` the name of its output. If that step runs once
    per mapping key (see `Mapped`), so does this one, and each gets the value of its own key.
    """

    parameter: str
    step: str
    output: str = "result"
    type: Any = Any

    def origins(self, producers: Mapping[Any, tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """The other step's output."""
        return ((self.step, self.output),)

    def argument(self, run: Any, unit: Any) -> Any:
        """The output's stored value."""
        return run.load_output(self, unit)


@dataclass(frozen=True, slots=True)
class AfterStep(StepInput):
    """The step starts after another step's output is made; no argument is passed."""

    step: str
    output: str = "result"
    parameter: str = field(default="", init=False, repr=False)

    def origins(self, producers: Mapping[Any, tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """The other step's output."""
        return ((self.step, self.output),)


@dataclass(frozen=True, slots=True)
class FanIn(StepInput):
    """An argument that is a list: one element per source, in order.

    Sources are `FromStep` or `FromAsset`; their own `parameter` says nothing. Those that were
    not made are left out of the list, and the step is skipped only if none was made.
    """

    parameter: str
    sources: tuple[StepInput, ...]
    type: Any = Any
    any_suffices: ClassVar[bool] = True

    def origins(self, producers: Mapping[Any, tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """The outputs of all sources."""
        return tuple(origin for source in self.sources for origin in source.origins(producers))

    def argument(self, run: Any, unit: Any) -> Any:
        """The values of the sources that were made."""
        return [
            source.argument(run, unit)
            for source in self.sources
            if all(run.was_made(*origin, unit) for origin in source.origins(run.plan.producers))
        ]


@dataclass(frozen=True, slots=True)
class FromConfig(StepInput):
    """An argument that the run's configuration says, among the ``inputs`` of the step, or as
    `of_run` among those of the run.

    What has a type may stand there as it is; all else is the ``value`` of a mapping.
    """

    parameter: str
    type: Any = Any
    of_run: str = ""
    configured: ClassVar[bool] = True

    def argument(self, run: Any, unit: Any) -> Any:
        """The value."""
        return self.given(unit.step, run.config)

    def given(self, step: Any, config: Mapping[str, Any]) -> Any:
        """The value; PipelineError if there is none, or it does not fit."""
        inputs = (config if self.of_run else entry_of(step, config)).get("inputs") or {}
        name = self.of_run or self.parameter
        owner = "the run" if self.of_run else f'"{step.name}"'
        place = f'the input "{name}" of {owner}'
        if name not in inputs:
            raise PipelineError(f"{place} is missing in the configuration")
        value = inputs[name]
        if isinstance(value, Mapping) and value.keys() == {"value"}:
            value = value["value"]
        elif isinstance(value, Mapping) or self.type is Any:
            raise PipelineError(f'{place} is no mapping with a "value"')
        if not conforms(value, self.type):
            raise PipelineError(f"{place} is {value!r}, not {self.type}")
        others = inputs.keys() - {each.parameter for each in step.inputs if each.configured}
        if others and not self.of_run:
            raise PipelineError(f'"{step.name}" takes no "{min(others)}" from the configuration')
        return value


@dataclass(frozen=True, slots=True)
class Constant(StepInput):
    """An argument known beforehand, such as the default value of an input left unconnected."""

    parameter: str
    value: Any
    type: Any = field(default=Any, init=False, repr=False)

    def argument(self, run: Any, unit: Any) -> Any:
        """The value itself."""
        return self.value
