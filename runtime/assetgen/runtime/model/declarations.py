"""What a pipeline is: steps, the places their arguments come from, and the assets they make.

These are plain data, written as literals at the end of a generated script and read by people::

    PIPELINE = Pipeline(
        "sales",
        steps=(
            Step("daily_sales", daily_sales),
            Step(
                "weekly_report",
                weekly_report,
                context=True,
                inputs=(FromAsset("daily_sales"), After("exchange_rates")),
                outputs=(AssetOutput("weekly_report", group="reports"),),
            ),
        ),
    )

A *key* is written as a string when it has one part and as a tuple of strings when it has more:
``"orders"``, ``("warehouse", "orders")``. A slash inside a string does not divide it.

Nobody changes them. They are not frozen because that would make them several times as slow to make.

Inputs and outputs that only some pipelines need are in modules of `definitions`: `FromStep`,
`AfterStep`, `FanIn` and `Constant` in `graph_inputs`, `OpOutput` in `op_outputs`,
`DynamicOpOutput`, `Mapped` and `Collected` in `dynamic_steps`, `CheckOutput` in `check_outputs`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from assetgen.runtime.model.asset_keys import key_parts
from assetgen.runtime.model.instances import Instance
from assetgen.runtime.model.step_results import Output


class StepInput:
    """Where a step's argument comes from, or merely what it waits for.

    `parameter` is empty if no argument is passed. `unfolds` says whether the step is run once
    per mapping key of a dynamic output (``"map"``), once for all of them (``"collect"``), or
    neither. With `any_suffices` the step is skipped only if none of the origins was made. What is
    `configured` is said by the run's configuration, which its `given` looks into.
    """

    __slots__ = ()
    parameter: str
    type: Any
    unfolds: ClassVar[str] = ""
    any_suffices: ClassVar[bool] = False
    configured: ClassVar[bool] = False

    def origins(self, producers: Mapping[Any, tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """The steps and outputs waited for; `producers` says which of them makes an asset."""
        return ()

    def argument(self, run: Any, unit: Any) -> Any:
        """The argument's value, for one unit of a run."""
        return None

    def given(self, step: Any, config: Mapping[str, Any]) -> Any:
        """The value in the configuration of a run; PipelineError if there is none that fits."""
        return None

    def unfolding(self, plan: Any) -> Any:
        """The `Unfolding` of a plan, from an input that unfolds."""
        return None


@dataclass(slots=True, unsafe_hash=True)
class FromAsset(StepInput):
    """An argument loaded from what is stored under an asset key.

    `parameter` is the name of the function's parameter. `key` is the asset's key; empty, it is
    the parameter's name. `type` is the annotation that the loaded value is checked against.
    `partition_mapping` says which partitions of a partitioned asset are read (the same one by
    default; all of them, as a dict by partition key, when the reading step has no partitions),
    and `allow_missing_partitions` leaves out those that have no stored value.
    `input_manager` names the resource that loads the value in place of the pipeline's storage;
    `metadata` is what such a one is told of the input.
    """

    parameter: str
    key: str | tuple[str, ...] = ()
    type: Any = Any
    partition_mapping: Any = None
    allow_missing_partitions: bool = False
    input_manager: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict, compare=False)
    key_parts: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Take the key apart."""
        self.key_parts = key_parts(self.key or self.parameter)

    def origins(self, producers: Mapping[Any, tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """The output that makes the asset, if this pipeline makes it."""
        origin = producers.get(self.key_parts)
        return () if origin is None else (origin,)

    def argument(self, run: Any, unit: Any) -> Any:
        """The stored value or values of the asset."""
        return run.load_asset(self, unit)


@dataclass(slots=True, unsafe_hash=True)
class After(StepInput):
    """The step starts after the asset is made; nothing is loaded and no argument is passed."""

    key: str | tuple[str, ...]
    parameter: str = field(default="", init=False, repr=False)
    key_parts: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Take the key apart."""
        self.key_parts = key_parts(self.key)

    def origins(self, producers: Mapping[Any, tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """The output that makes the asset, if this pipeline makes it."""
        origin = producers.get(self.key_parts)
        return () if origin is None else (origin,)


def source_parts(source: StepInput) -> tuple[str, ...]:
    """The key of the asset that an input reads or waits for, or nothing."""
    parts: tuple[str, ...] = getattr(source, "key_parts", ())
    return parts


class StepOutput:
    """What a step makes.

    `asset_parts`, `checked_parts` and `gated_parts` are the key of the asset that it is, of the
    asset that it is the verdict of a check on, and of the asset whose dependents wait for it; they
    are empty for most. `check` is the name of the check. `dynamic` outputs are made any number of
    times. A `nothing` output has no value, and a `required` one fails the step if it is not made.
    """

    __slots__ = ()
    name: str
    check: str
    required: bool
    nothing: bool
    type: Any
    dynamic: ClassVar[bool] = False

    @property
    def asset_parts(self) -> tuple[str, ...]:
        """The asset that is made."""
        return ()

    @property
    def checked_parts(self) -> tuple[str, ...]:
        """The asset that is checked."""
        return ()

    @property
    def gated_parts(self) -> tuple[str, ...]:
        """The asset whose dependents wait."""
        return ()

    def accept(self, attempt: Any, output: Output[Any], result: Any) -> None:
        """Store a value of this output; `result` is what the function said, if more than that."""


@dataclass(slots=True, unsafe_hash=True)
class AssetOutput(StepOutput):
    """An asset that a step makes.

    `name` is the output's name, as `Output(output_name=...)` says it; a step with several
    outputs gives each its own. `type` is the annotation that the value is checked against.
    `nothing` marks an output without a value (``-> None``, or an asset spec): nothing is stored,
    a value other than None fails the step, and it is made when the step succeeds even if the
    function did not mention it. An output that is not `required` may stay unmade: its dependents
    are then skipped. `partitions` is a partitions definition. `io_manager` names the resource
    that stores the value in place of the pipeline's storage. `deps` are the keys that this
    asset depends on, when they are not all of the step's inputs; other assets of the same step
    may stand there.
    """

    key: str | tuple[str, ...]
    group: str = "default"
    description: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    owners: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    code_version: str = ""
    name: str = "result"
    type: Any = Any
    nothing: bool = False
    required: bool = True
    partitions: Any = None
    io_manager: str = ""
    deps: tuple[str | tuple[str, ...], ...] | None = None
    asset_parts: tuple[str, ...] = field(init=False, repr=False, compare=False)
    dep_parts: tuple[tuple[str, ...], ...] | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Take the keys apart."""
        self.asset_parts = key_parts(self.key)
        dep_parts = None if self.deps is None else tuple(map(key_parts, self.deps))
        self.dep_parts = dep_parts

    def accept(self, attempt: Any, output: Output[Any], result: Any) -> None:
        """Store the value, unless there is none, and report that the asset was made."""
        if self.nothing or (result is not None and not result.valued and self.type in (Any, None)):
            attempt.materialize(self, output, {})
        else:
            place = attempt.run.asset_place(self.asset_parts, self.partitions)
            attempt.materialize(self, output, attempt.store(self, place, output.value))


@dataclass(slots=True, unsafe_hash=True)
class Step:
    """One call of one function: the unit that starts, fails, is retried and is reported.

    `name` is unique in the pipeline; an op inside a graph has a dotted name (``ga.inner.f2``),
    which is also where run configuration finds it. `outputs` left out means one asset whose key
    is the step's name; the order is that of a returned tuple.

    The function is called with keyword arguments: one per input that has a parameter, one per
    name in `resources`, and `config`, an instance of the class `config`, if that is given.
    With `context`, an execution context is the first positional argument.
    `required_resources` are only reached through ``context.resources``; `config_schema`, a
    `ConfigSchema`, says what ``context.op_config`` holds.
    `can_subset` allows a selection of some of the outputs. `hooks` are told how the step ends.
    Of the steps that could run those of the highest `priority` do so first. A step that `is_part`
    makes some of what its function can make.
    """

    name: str
    function: Callable[..., Any]
    inputs: tuple[StepInput, ...] = ()
    outputs: tuple[StepOutput, ...] | None = None
    context: bool = False
    config: Any = None
    config_schema: Any = None
    resources: tuple[str, ...] = ()
    required_resources: tuple[str, ...] = ()
    retry_policy: Any = None
    can_subset: bool = False
    description: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    hooks: Any = ()
    priority: int = 0
    is_part: bool = False
    makes: tuple[StepOutput, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """`makes` are the outputs, or the asset that is meant if they are left out."""
        made = (AssetOutput(self.name),) if self.outputs is None else self.outputs
        self.makes = made


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Everything that one run may execute.

    `steps` may stand in any order. `resources` are the objects handed to the steps by name; one
    named ``io_manager`` stores all values. `external` are assets that the pipeline reads and
    does not make, declared where something is to be known of them (their partitions, their
    IO manager). `config` is configuration of the steps that no run can change, `defaults` what a
    run's configuration has where it does not say otherwise, `tags` what all runs are tagged with:
    texts, or what JSON can say. `instance` is the class of what outlives a run; one that is
    ``noting`` is told what happens.
    """

    name: str = "pipeline"
    steps: tuple[Step, ...] = ()
    resources: Mapping[str, Any] = field(default_factory=dict)
    external: tuple[AssetOutput, ...] = ()
    config: Mapping[str, Any] = field(default_factory=dict)
    defaults: Any = field(default_factory=dict)
    tags: Mapping[str, Any] | None = None
    instance: Any = Instance
