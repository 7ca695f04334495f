"""What a step's function is told about its run, and what it may report."""

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from types import SimpleNamespace
from typing import Any

from assetgen.runtime.model.asset_keys import AssetKey
from assetgen.runtime.model.declarations import FromAsset
from assetgen.runtime.model.failures import StepError
from assetgen.runtime.model.step_results import StepResult
from assetgen.runtime.partitioning.time_windows import TimeWindow


class AssetExecutionContext:
    """The context of one try of a step."""

    def __init__(self, attempt: Any) -> None:
        """Made by the runtime for each try."""
        self._attempt = attempt
        self._run = attempt.run
        self._step = attempt.unit.step

    @staticmethod
    def get() -> "AssetExecutionContext":
        """The context of the step that is running here; StepError if there is none."""
        attempt = CURRENT.get()
        if attempt is None:
            raise StepError("no step is running")
        return AssetExecutionContext(attempt)

    @property
    def op_execution_context(self) -> "AssetExecutionContext":
        """The context itself: steps of assets and of ops have one kind of context."""
        return self

    @property
    def log(self) -> Any:
        """A standard `logging.Logger`."""
        return self._run.logger

    @property
    def resources(self) -> Any:
        """The step's resources, as attributes."""
        names = (*self._step.resources, *self._step.required_resources)
        found = {name: self._run.resources[name] for name in names}
        for name, value in found.items():
            if hasattr(value, "object_for_context"):
                found[name] = value.object_for_context()
        return SimpleNamespace(**found)

    @property
    def op_config(self) -> Any:
        """The step's configuration."""
        return self._run.raw_config_of(self._step)

    @property
    def run(self) -> Any:
        """The run, with its `run_id`, `tags`, `run_config` and `job_name`."""
        return SimpleNamespace(
            run_id=self.run_id,
            tags=self.run_tags,
            run_config=self.run_config,
            job_name=self.job_name,
        )

    @property
    def dagster_run(self) -> Any:
        """The run."""
        return self.run

    @property
    def run_id(self) -> str:
        """The run's id."""
        return str(self._run.run_id)

    @property
    def run_config(self) -> Mapping[str, Any]:
        """The run's configuration."""
        config: Mapping[str, Any] = self._run.config
        return config

    @property
    def run_tags(self) -> Mapping[str, str]:
        """The run's tags."""
        tags: Mapping[str, str] = self._run.tags
        return tags

    def has_tag(self, key: str) -> bool:
        """Whether the run has a tag."""
        return key in self.run_tags

    def get_tag(self, key: str) -> str | None:
        """A tag of the run."""
        return self.run_tags.get(key)

    @property
    def job_name(self) -> str:
        """The pipeline's name."""
        return str(self._run.pipeline.name)

    @property
    def instance(self) -> Any:
        """What outlives the run: its storage folder and the dynamic partitions."""
        return self._run.instance

    @property
    def retry_number(self) -> int:
        """0 in the first try, 1 in the second."""
        return int(self._attempt.retry_number)

    @property
    def op(self) -> Any:
        """The op that the step runs, with its `name` and `tags`."""
        return SimpleNamespace(name=self._step.name.rpartition(".")[2], tags=dict(self._step.tags))

    @property
    def op_def(self) -> Any:
        """The same."""
        return self.op

    @property
    def op_handle(self) -> str:
        """The step's dotted name."""
        return str(self._step.name)

    def get_mapping_key(self) -> str | None:
        """The mapping key of a step that runs once for each."""
        return self._attempt.unit.mapping_key or None

    # What is made

    @property
    def outputs_to_make(self) -> list[Any]:
        """The declarations of the outputs to make."""
        return list(self._attempt.outputs.values())

    @property
    def step_tags(self) -> Mapping[str, str]:
        """The tags of the step."""
        tags: Mapping[str, str] = self._step.tags
        return tags

    @property
    def selected_output_names(self) -> set[str]:
        """The names of the outputs to make."""
        return set(self._attempt.outputs)

    @property
    def selected_asset_keys(self) -> set[AssetKey]:
        """The keys of the assets to make."""
        return {AssetKey(o.asset_parts) for o in self._attempt.outputs.values() if o.asset_parts}

    @property
    def is_subset(self) -> bool:
        """Whether only some of the step's outputs are to be made."""
        return self._step.is_part or len(self._attempt.outputs) < len(self._step.makes)

    @property
    def asset_key(self) -> AssetKey:
        """The key of the one asset that the step makes."""
        keys = self.selected_asset_keys
        if len(keys) != 1:
            raise StepError(f"the step makes {len(keys)} assets: ask for asset_key_for_output")
        return next(iter(keys))

    def asset_key_for_output(self, output_name: str = "result") -> AssetKey:
        """The key of the asset that an output is."""
        for output in self._step.makes:
            if output.name == output_name and output.asset_parts:
                return AssetKey(output.asset_parts)
        raise StepError(f'output "{output_name}" is no asset')

    def output_for_asset_key(self, asset_key: AssetKey) -> str:
        """The name of the output that makes an asset."""
        return str(self._attempt.output_name_of_asset(asset_key))

    def asset_key_for_input(self, input_name: str) -> AssetKey:
        """The key of the asset that an input is loaded from."""
        return AssetKey(self._source(input_name).key_parts)

    # Partitions

    @property
    def has_partition_key(self) -> bool:
        """Whether the run is for one partition."""
        return self._run.partition_key is not None

    @property
    def partition_key(self) -> Any:
        """The partition that the run is for; StepError if it is for none."""
        if self._run.partition_key is None:
            raise StepError("the run has no partition key")
        return self._run.partition_key

    @property
    def multi_partition_key(self) -> Any:
        """The partition that the run is for, one key per dimension; StepError if it has none."""
        if not hasattr(self.partition_key, "keys_by_dimension"):
            raise StepError("the partition of the run has no dimensions")
        return self.partition_key

    @property
    def partition_keys(self) -> list[Any]:
        """The partition that the run is for, as a list."""
        return [self.partition_key]

    @property
    def partition_key_range(self) -> Any:
        """The partition that the run is for, as `start` and `end`."""
        return SimpleNamespace(start=self.partition_key, end=self.partition_key)

    @property
    def has_partition_key_range(self) -> bool:
        """Runs are for one partition, never for a range of several."""
        return False

    @property
    def partition_time_window(self) -> Any:
        """The `TimeWindow` of the partition that the run is for."""
        key = self.partition_key
        return self._run.partitions.time_window_for_partition_key(key)

    def asset_partition_key_for_output(self, output_name: str = "result") -> Any:
        """The partition to make."""
        return self.partition_key

    def asset_partition_keys_for_output(self, output_name: str = "result") -> list[Any]:
        """The partition to make, as a list."""
        return self.partition_keys

    def asset_partition_key_range_for_output(self, output_name: str = "result") -> Any:
        """The partition to make, as a range."""
        return self.partition_key_range

    def asset_partitions_time_window_for_output(self, output_name: str = "result") -> Any:
        """The `TimeWindow` of the partition to make."""
        return self.partition_time_window

    def asset_partitions_def_for_output(self, output_name: str = "result") -> Any:
        """The partitions definition of the asset to make."""
        return self._partitions_def()

    def asset_partition_keys_for_input(self, input_name: str) -> Sequence[Any]:
        """The partitions that an input is loaded from."""
        keys: Sequence[Any] = self._run.partitions_read(self._source(input_name), self._step)
        return keys

    def asset_partition_key_range_for_input(self, input_name: str) -> Any:
        """The first and the last partition that an input is loaded from."""
        keys = self.asset_partition_keys_for_input(input_name)
        return SimpleNamespace(start=keys[0], end=keys[-1])

    def asset_partitions_time_window_for_input(self, input_name: str = "result") -> Any:
        """The `TimeWindow` from the first partition that an input is loaded from to the last."""
        definition = self._run.plan.assets[self._source(input_name).key_parts].partitions
        keys = self.asset_partition_keys_for_input(input_name)
        first, last = (definition.time_window_for_partition_key(keys[place]) for place in (0, -1))
        return TimeWindow(first.start, last.end)

    def asset_partition_key_for_input(self, input_name: str) -> Any:
        """The one partition that an input is loaded from."""
        keys = self.asset_partition_keys_for_input(input_name)
        if len(keys) != 1:
            raise StepError(f'input "{input_name}" is loaded from {len(keys)} partitions')
        return keys[0]

    # Talking back

    def add_output_metadata(
        self,
        metadata: Mapping[str, Any],
        output_name: str | None = None,
        mapping_key: str | None = None,
    ) -> None:
        """Add metadata to an output that is not made yet."""
        name = output_name or self._only_output()
        added = self._attempt.output_metadata.setdefault((name, mapping_key or ""), {})
        added.update(metadata)

    def add_asset_metadata(
        self,
        metadata: Mapping[str, Any],
        asset_key: Any = None,
        partition_key: str | None = None,
    ) -> None:
        """Add metadata to what is reported of an asset, or of one of its partitions."""
        parts = (self.asset_key if asset_key is None else AssetKey.from_coercible(asset_key)).parts
        self._attempt.asset_metadata.setdefault((parts, partition_key), {}).update(metadata)

    def log_event(self, event: StepResult) -> None:
        """Report a materialization, an observation or a check's verdict."""
        event.deliver(self._attempt)

    def _only_output(self) -> str:
        """The name of the only output."""
        names = list(self._attempt.outputs)
        if len(names) != 1:
            raise StepError(f"the step has {len(names)} outputs: say output_name")
        return str(names[0])

    def _source(self, input_name: str) -> FromAsset:
        """The input of a parameter that is loaded from an asset."""
        for source in self._step.inputs:
            if isinstance(source, FromAsset) and source.parameter == input_name:
                return source
        raise StepError(f'input "{input_name}" is not loaded from an asset')

    def _partitions_def(self) -> Any:
        """The partitions definition of the step's assets."""
        found = self._run.partitions_of(self._step)
        if found is None:
            raise StepError("the step's assets have no partitions")
        return found


CURRENT: ContextVar[Any] = ContextVar("CURRENT", default=None)
"""The try of a step that is running."""

OpExecutionContext = AssetExecutionContext
AssetCheckExecutionContext = AssetExecutionContext
