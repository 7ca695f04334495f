"""What became of a run."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assetgen.runtime.execution.execution import run_pipeline
from assetgen.runtime.execution.plan import Plan
from assetgen.runtime.model.asset_keys import key_parts
from assetgen.runtime.model.declarations import AssetOutput, Pipeline
from assetgen.runtime.model.events import (
    CheckEvaluated,
    Materialized,
    Observed,
    StepFailed,
    StepStarted,
)


@dataclass(frozen=True)
class RunResult:
    """A finished run.

    `events` are in the order of happening. `outcomes` has ``"succeeded"``, ``"failed"``,
    ``"skipped"`` or ``"not run"`` for each step.
    """

    run_id: str
    events: Sequence[Any]
    outcomes: Mapping[str, str]
    plan: Plan
    storage: Any
    op_place: Callable[..., tuple[str, ...]]

    @property
    def success(self) -> bool:
        """Whether no step failed."""
        return "failed" not in self.outcomes.values()

    def steps(self, outcome: str) -> list[str]:
        """The steps that ended so, sorted."""
        return sorted(key for key, ended in self.outcomes.items() if ended == outcome)

    @property
    def materializations(self) -> list[Materialized]:
        """What was made, in order."""
        return [event for event in self.events if isinstance(event, Materialized)]

    @property
    def observations(self) -> list[Observed]:
        """What was looked at, in order."""
        return [event for event in self.events if isinstance(event, Observed)]

    def get_asset_check_evaluations(self) -> list[Any]:
        """The verdicts of the checks, in order."""
        return [event.evaluation for event in self.events if isinstance(event, CheckEvaluated)]

    def asset_materializations_for_node(self, node_name: str) -> list[Materialized]:
        """What a step made."""
        return [event for event in self.materializations if event.step == node_name]

    def attempts(self, step: str) -> int:
        """How often a step was tried."""
        return sum(1 for e in self.events if isinstance(e, StepStarted) and e.step == step)

    def error(self, step: str) -> BaseException | None:
        """Why a step failed."""
        errors = [e.error for e in self.events if isinstance(e, StepFailed) and e.step == step]
        return errors[-1] if errors else None

    def asset_value(self, key: Any, partition: Any = None) -> Any:
        """The stored value of an asset, or of one of its partitions; FileNotFoundError if none."""
        parts = key_parts(key)
        asset = self.plan.assets.get(parts)
        if partition is not None and asset is not None and asset.partitions is not None:
            parts = (*parts, *asset.partitions.place_of(partition))
        return self.storage.load(parts)

    def output_for_node(self, node_name: str, output_name: str = "result") -> Any:
        """The stored value of a step's output; for a graph, of the output of its last step."""
        name = node_name
        if name not in self.plan.outputs:
            name = [step for step in self.plan.outputs if step.startswith(name + ".")][-1]
        declared = self.plan.outputs[name][output_name]
        if isinstance(declared, AssetOutput):
            partitions = [e.partition for e in self.materializations if e.step == name]
            return self.asset_value(declared.key, partitions[-1] if partitions else None)
        return self.storage.load(self.op_place(name, output_name))


def execute(pipeline: Pipeline, storage: Any, **options: Any) -> RunResult:
    """Run a pipeline and say what became of it; the options are those of `run_pipeline`."""
    events: list[Any] = []
    observer = options.pop("observer", None)

    def note(event: Any) -> None:
        """Keep an event, and tell who else wants to know."""
        events.append(event)
        observer(event)

    run = run_pipeline(pipeline, storage, observer=note if observer else events.append, **options)
    return RunResult(run.run_id, events, run.schedule.outcomes, run.plan, storage, run.op_place)
