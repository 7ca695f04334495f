"""A run of a pipeline: steps in their turn, failures kept apart, everything in an event log."""

import gc
import os
from collections.abc import Callable, Mapping
from threading import get_ident
from time import perf_counter
from typing import Any

from assetgen.runtime.config.config_validators import OutsideLimits
from assetgen.runtime.execution.attempts import Attempt
from assetgen.runtime.execution.plan import Handle, Plan, make_plan
from assetgen.runtime.execution.retries import pause_before_retry
from assetgen.runtime.execution.run_config import (
    check_config,
    op_config,
    run_tags,
    validate_config,
    whole_config,
)
from assetgen.runtime.execution.schedule import Schedule
from assetgen.runtime.execution.units import Unit
from assetgen.runtime.execution.versions import Versions
from assetgen.runtime.model.declarations import AssetOutput, FromAsset, Pipeline, Step, source_parts
from assetgen.runtime.model.events import (
    StepFailed,
    StepNotRun,
    StepSkipped,
    StepStarted,
    StepSucceeded,
    StepUpForRetry,
)
from assetgen.runtime.model.failures import PipelineError


def run_pipeline(
    pipeline: Pipeline,
    storage: Any,
    *,
    chosen: Mapping[str, frozenset[str] | None] | None = None,
    plan: Plan | None = None,
    partition_key: str | None = None,
    config: Mapping[str, Any] | None = None,
    tags: Mapping[str, str] | None = None,
    instance: Any = None,
    observer: Callable[[Any], None] | None = None,
    raise_on_error: bool = False,
    jobs: int = 1,
) -> "Run":
    """Run the chosen steps (all of them by default), and return the finished run.

    `chosen` maps the names of steps to the outputs wanted, None for all of them; or `plan` is
    what `make_plan` made of them. `observer` is told each event when it happens, never two at
    once. With `raise_on_error` the first failure ends the run and is raised. PipelineError says
    why a run cannot start. A KeyboardInterrupt fails the running step, closes the resources and
    is raised. With several `jobs` as many steps run at once, each in a thread; those that run
    when the run is broken off end by themselves.
    """
    if plan is None:
        every = dict.fromkeys(step.name for step in pipeline.steps)
        plan = make_plan(pipeline, every if chosen is None else chosen)
    run = Run(pipeline, plan, storage, config or {}, tags or {}, observer, instance)
    run.take_partition(partition_key)
    for step in plan.steps:
        try:  # noqa: SIM105 -- which takes longer than most steps do
            check_config(step, run.config)
        except OutsideLimits:
            pass  # It is the step that fails.
    try:
        run.open_resources()
        gc.freeze()  # What is there by now stays until the end: garbage is not looked for in it.
        if jobs > 1:
            from assetgen.runtime.execution.parallel_work import work_in_threads

            work_in_threads(run, jobs, raise_on_error)
        else:
            run.work(raise_on_error)
    finally:
        gc.unfreeze()
        run.close_resources()
    return run


class Run:
    """The state of one run.

    `made` are the outputs made so far, `mapping_keys` the keys of the dynamic ones,
    `versions` the data versions of the assets.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        plan: Plan,
        storage: Any,
        config: Mapping[str, Any],
        tags: Mapping[str, str],
        observer: Callable[[Any], None] | None,
        instance: Any,
    ) -> None:
        """Nothing has run yet."""
        self.pipeline = pipeline
        self.plan = plan
        self.storage = storage
        self.config = whole_config(pipeline, config)
        self.tags = {**run_tags(pipeline), **tags}
        self.run_id = new_run_id()
        self.instance = instance or pipeline.instance(getattr(storage, "folder", None))
        note = getattr(self.instance, "noting", None)
        self.report = note(self, observer or ignore) if note else observer or ignore
        self.partition_key: Any = None
        self.partitions: Any = None
        self.resources: dict[str, Any] = {}
        self.made: set[Handle] = set()
        self.mapping_keys: dict[tuple[str, str], list[str]] = {}
        self.versions = Versions(self.run_id)
        self.retries: dict[str, int] = {}
        self.lives: list[Any] = []
        self.loops: dict[int, Any] = {}
        self.returns_output: dict[Any, bool | None] = {}
        self._logger: Any = None
        self.schedule = Schedule(plan, self.made.__contains__, self.keys_of)

    @property
    def success(self) -> bool:
        """Whether no step has failed."""
        return "failed" not in self.schedule.outcomes.values()

    def work(self, raise_on_error: bool) -> None:
        """Run unit after unit until none is left."""
        schedule = self.schedule
        while (unit := schedule.next()) is not None:
            self.conclude(unit, self.try_unit(unit, raise_on_error))

    def conclude(self, unit: Unit, outcome: "str | float") -> None:
        """Let others take their turn after a try of a unit, or the unit itself after a pause."""
        if not isinstance(outcome, str):
            self.schedule.retry(unit, outcome)
            return
        for ended, verdict, reasons in self.schedule.end(unit, outcome):
            event = StepSkipped if verdict == "skipped" else StepNotRun
            self.report(event(ended.key, reasons))

    def try_unit(self, unit: Unit, raise_on_error: bool) -> "str | float":
        """One try of a unit: how it ended, or after how many seconds it is to be tried again."""
        key = unit.key
        number = self.retries.get(key, 0) if self.retries else 0
        self.report(StepStarted(key, number))
        started = perf_counter()
        attempt = Attempt(self, unit, number)
        try:
            attempt.perform()
        except KeyboardInterrupt as interrupt:
            self.report(StepFailed(key, interrupt, perf_counter() - started))
            raise
        except BaseException as error:
            pause = pause_before_retry(error, unit.step.retry_policy, number)
            if pause is not None:
                self.report(StepUpForRetry(key, error, pause))
                self.retries[key] = number + 1
                return pause
            self.report(StepFailed(key, error, perf_counter() - started))
            for hook in unit.step.hooks:
                hook.heed(attempt, "failed", error)
            if raise_on_error:
                raise
            return "failed"
        is_followed = bool(self.schedule.ready) and not unit.step.hooks
        self.report(StepSucceeded(key, perf_counter() - started, is_followed))
        for hook in unit.step.hooks:
            hook.heed(attempt, "succeeded", None)
        return "succeeded"

    def keys_of(self, step: str, output: str) -> list[str]:
        """The mapping keys yielded for a dynamic output, in order."""
        return self.mapping_keys.get((step, output), [])

    # Values

    def load_asset(self, source: FromAsset, unit: Unit) -> Any:
        """The stored value of an asset; of several partitions, a dict by partition key."""
        parts = source.key_parts
        asset = self.plan.assets.get(parts)
        manager = self.io_manager(source.input_manager or (asset.io_manager if asset else ""))
        if manager is not None:
            return manager.fetch_asset(self, unit, source, asset)
        if asset is not None and asset.partitions is not None:
            return asset.partitions.load(self, unit, source)
        try:
            return self.storage.load(parts)
        except FileNotFoundError:
            raise FileNotFoundError(
                f"nothing is stored for {'/'.join(parts)} at {self.storage.location(parts)}: "
                "it has to be made first"
            ) from None

    def load_output(self, source: Any, unit: Unit, mapping_key: str = "") -> Any:
        """The value of another step's output, of the same mapping key if it has one."""
        step, output = source.step, source.output
        declared = self.plan.outputs[step][output]
        manager = self.io_manager(getattr(declared, "io_manager", ""))
        if isinstance(declared, AssetOutput):
            place = self.asset_place(declared.asset_parts, declared.partitions)
        else:
            place = self.op_place(self.unit_key(step, unit), output, mapping_key)
        if manager is not None:
            return manager.fetch(self, source, self.unit_key(step, unit), declared, place)
        return self.storage.load(place)

    def was_made(self, step: str, output: str, unit: Unit) -> bool:
        """Whether another step's output was made, for the unit's mapping key."""
        return step not in self.plan.outputs or (self.unit_key(step, unit), output, "") in self.made

    def unit_key(self, step: str, unit: Unit) -> str:
        """The unit of a step that a unit takes its arguments from."""
        return f"{step}[{unit.mapping_key}]" if step in self.schedule.mapped else step

    def asset_place(self, parts: tuple[str, ...], partitions: Any) -> tuple[str, ...]:
        """Where the value of an asset is stored: the key, then the partition."""
        if partitions is None or self.partition_key is None:
            return parts
        return (*parts, *partitions.place_of(self.partition_key))

    def op_place(self, unit: str, output: str, mapping_key: str = "") -> tuple[str, ...]:
        """Where a value that is no asset is stored: below the run."""
        place = (self.run_id, unit, output)
        return (*place, mapping_key) if mapping_key else place

    def io_manager(self, name: str) -> Any:
        """The resource that stores values in place of the storage, if there is one."""
        return self.resources.get(name or "io_manager")

    # Configuration and resources

    def config_of(self, step: Step) -> Any:
        """The instance of the step's config class."""
        return validate_config(step, self.config)

    def raw_config_of(self, step: Step) -> Any:
        """The step's configuration as plain data."""
        return op_config(step, self.config)

    def open_resources(self) -> None:
        """Get ready what the chosen steps use; PipelineError if something is not there."""
        depths: dict[str, int] = {}
        for name in self.needed_resources():
            self.check_resource(name, depths)
        for name in sorted(depths, key=lambda name: (depths[name], name)):
            self.open_resource(name)

    def check_resource(self, name: str, depths: dict[str, int]) -> int:
        """How many others have to be there before a resource, one for the other; PipelineError
        unless they are all known. Also noted in `depths`."""
        if name not in self.pipeline.resources:
            raise PipelineError(f'there is no resource "{name}"')
        needed = getattr(self.pipeline.resources[name], "required_resource_keys", ())
        below = [self.check_resource(other, depths) for other in needed]
        depths[name] = max(below, default=-1) + 1
        return depths[name]

    def open_resource(self, name: str) -> None:
        """Get a resource ready."""
        resource = self.pipeline.resources[name]
        start = getattr(resource, "start_resource", None)
        if start is None:
            self.resources[name] = resource
            return
        given = (self.config.get("resources") or {}).get(name) or {}
        try:
            self.resources[name] = start(given.get("config", {}), self)
        except Exception as error:
            raise PipelineError(f'resource "{name}" could not start: {error}') from error

    def needed_resources(self) -> list[str]:
        """The names of the resources that the chosen steps use, in order."""
        names = {"io_manager"}
        managers = {parts: a.io_manager for parts, a in self.plan.assets.items() if a.io_manager}
        for step in self.plan.steps:
            if step.resources or step.required_resources:
                names.update(step.resources, step.required_resources)
            for output in step.makes:
                names.add(getattr(output, "io_manager", ""))
            for source in step.inputs:
                named = getattr(source, "input_manager", "")
                names.add(named or (managers and managers.get(source_parts(source))) or "")
        names.discard("")
        if "io_manager" not in self.pipeline.resources:
            names.discard("io_manager")
        return sorted(names)

    def start_shared(self, resource: Any) -> Any:
        """A resource held by another one: the pipeline's, if it is one of them, or its own."""
        for name, known in self.pipeline.resources.items():
            if known is resource and name in self.resources:
                return self.resources[name]
        return resource.start_resource({}, self)

    def on_close(self, life: Any) -> None:
        """Leave a context manager when the run is over."""
        self.lives.append(life)

    def close_resources(self) -> None:
        """Let go of what was opened, the last first; what cannot be closed is logged."""
        while self.lives:
            try:
                self.lives.pop().__exit__(None, None, None)
            except Exception:
                self.logger.exception("a resource could not be closed")
        for loop in self.loops.values():
            loop.close()

    def wait_for(self, awaitable: Any) -> Any:
        """The result of an awaitable; all steps that run in one thread share an event loop."""
        thread = get_ident()
        if thread not in self.loops:
            import asyncio

            self.loops[thread] = asyncio.new_event_loop()
        return self.loops[thread].run_until_complete(awaitable)

    @property
    def logger(self) -> Any:
        """Where ``context.log`` goes: a logger of this run alone, which writes to stderr."""
        if self._logger is None:
            import logging

            handler = logging.StreamHandler()
            handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
            self._logger = logging.Logger(self.pipeline.name, logging.DEBUG)
            self._logger.addHandler(handler)
        return self._logger

    # Partitions

    def take_partition(self, key: str | None) -> None:
        """Run for a partition, if one is given; PipelineError if there is none such."""
        if key is None:
            return
        found: list[Any] = []
        for outputs in self.plan.outputs.values():
            for output in outputs.values():
                partitions = getattr(output, "partitions", None)
                if partitions is not None and partitions not in found:
                    found.append(partitions)
        if not found:
            raise PipelineError("a partition is given, but no chosen asset has partitions")
        if len(found) > 1:
            raise PipelineError("the chosen assets do not share one partitions definition")
        self.partitions = found[0]
        self.partition_key = self.partitions.checked(key, self)
        dimensions = self.partitions.tags_of(self.partition_key)
        self.tags = {**self.tags, "dagster/partition": self.partition_key, **dimensions}

    def partitions_of(self, step: Step) -> Any:
        """The partitions of the assets of a step, or of the graph that it is part of."""
        node = step.name.partition(".")[0]
        for name, outputs in self.plan.outputs.items():
            if name == step.name or name.partition(".")[0] == node:
                for output in outputs.values():
                    partitions = getattr(output, "partitions", None)
                    if partitions is not None:
                        return partitions
        return None

    def partitions_read(self, source: FromAsset, step: Step) -> list[Any]:
        """The partitions of an asset that an input of a step is loaded from."""
        asset = self.plan.assets.get(source.key_parts)
        if asset is None or asset.partitions is None:
            raise PipelineError(f"{'/'.join(source.key_parts)} has no partitions")
        keys: list[Any] = asset.partitions.keys_read(self, source, self.partitions_of(step))
        return keys


def ignore(event: Any) -> None:
    """What is told of events where nobody listens."""


def new_run_id() -> str:
    """A fresh random id, written as a UUID is."""
    digits = os.urandom(16).hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
