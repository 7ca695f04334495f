"""Storing values in the user's own way."""

from collections.abc import Iterator, Mapping
from types import GeneratorType, SimpleNamespace
from typing import Any

from assetgen.runtime.definitions.resources import ConfigurableResource
from assetgen.runtime.model.asset_keys import AssetKey
from assetgen.runtime.model.failures import StepError
from assetgen.runtime.model.metadata_values import MetadataFact, normalize_metadata
from assetgen.runtime.model.step_results import AssetMaterialization
from assetgen.runtime.storage.storage import FileStorage


class InputManager:
    """Base of what only loads values: `load_input` reads one."""

    def load_input(self, context: Any) -> Any:
        """The value for an input; `context` is an `InputContext`."""
        raise TypeError(f"{type(self).__name__} does not say how to load an input")

    def fetch_asset(self, run: Any, unit: Any, source: Any, asset: Any) -> Any:
        """The value for an input that is an asset."""
        parts = source.key_parts
        keys: list[Any] = []
        if asset is not None and asset.partitions is not None:
            keys = run.partitions_read(source, unit.step)
        maker, name = run.plan.producers.get(parts, ("none", parts[-1]))
        upstream = OutputContext(run, maker, asset, parts)
        upstream.name = name
        return self.load_input(InputContext(run, source, upstream, keys))

    def fetch(
        self, run: Any, source: Any, step_key: str, output: Any, place: tuple[str, ...]
    ) -> Any:
        """The value for an input that is the output of the step `step_key`."""
        upstream = OutputContext(run, step_key, output, place)
        return self.load_input(InputContext(run, source, upstream, []))


class IOManager(InputManager):
    """Base of IO managers: `handle_output` stores a value, `load_input` reads it back."""

    def handle_output(self, context: Any, obj: Any) -> Any:
        """Store `obj`; `context` is an `OutputContext`."""
        raise TypeError(f"{type(self).__name__} does not say how to handle an output")

    def keep(self, attempt: Any, output: Any, place: tuple[str, ...], value: Any) -> dict[str, Any]:
        """Store what a step made, and return the metadata that came of it."""
        context = OutputContext(attempt.run, attempt.unit.key, output, place)
        told = self.handle_output(context, value)
        events: list[AssetMaterialization] = []
        for item in told if isinstance(told, GeneratorType) else (told,):
            if isinstance(item, Mapping):
                context.add_output_metadata(item)
            elif isinstance(item, AssetMaterialization):
                events.append(item)
            elif item is not None:
                raise StepError(
                    f"the IO manager of {output.name!r} gives {type(item).__name__}: "
                    "it may give metadata and AssetMaterialization, and nothing else"
                )
        for event in events:
            event.metadata = {**event.metadata, **context.added}
            event.deliver(attempt)
        return context.added


class ConfigurableIOManager(IOManager, ConfigurableResource[Any]):
    """An IO manager with fields."""


class IOContext:
    """What inputs and outputs have in common."""

    def __init__(
        self,
        run: Any,
        parts: tuple[str, ...],
        partition_keys: list[Any],
        partitions: Any,
        annotation: Any,
    ) -> None:
        """`partition_keys` are empty if there are no partitions."""
        self._run = run
        self._partitions = partitions
        self._type = annotation
        self._parts = parts
        self._keys = partition_keys

    @property
    def log(self) -> Any:
        """The run's logger."""
        return self._run.logger

    @property
    def run_id(self) -> str:
        """The run's id."""
        return str(self._run.run_id)

    @property
    def has_asset_key(self) -> bool:
        """Whether the value is an asset."""
        return bool(self._parts)

    @property
    def asset_key(self) -> AssetKey:
        """The asset's key."""
        return AssetKey(self._parts)

    @property
    def has_asset_partitions(self) -> bool:
        """Whether the asset has partitions."""
        return bool(self._keys)

    @property
    def has_partition_key(self) -> bool:
        """Whether the run is for one partition."""
        return self._run.partition_key is not None

    @property
    def partition_key(self) -> Any:
        """The partition that the run is for."""
        return self._run.partition_key

    @property
    def asset_partition_keys(self) -> list[Any]:
        """The partitions to store or load."""
        return list(self._keys)

    @property
    def asset_partition_key_range(self) -> Any:
        """The first and the last partition to store or load, as `start` and `end`."""
        return SimpleNamespace(start=self._keys[0], end=self._keys[-1])

    @property
    def asset_partition_key(self) -> Any:
        """The one partition to store or load."""
        if len(self._keys) != 1:
            raise ValueError(f"there are {len(self._keys)} partitions")
        return self._keys[0]

    @property
    def asset_partitions_def(self) -> Any:
        """The asset's partitions definition; ValueError if it has none."""
        if self._partitions is None:
            raise ValueError("the asset has no partitions")
        return self._partitions

    @property
    def asset_partitions_time_window(self) -> Any:
        """The `TimeWindow` from the first partition to store or load to the last."""
        partitions = self.asset_partitions_def
        windows = [partitions.time_window_for_partition_key(key) for key in self._keys]
        return type(windows[0])(windows[0].start, windows[-1].end)

    @property
    def dagster_type(self) -> Any:
        """What the value is annotated as, in `typing_type`."""
        return SimpleNamespace(typing_type=self._type)

    @property
    def instance(self) -> Any:
        """What outlives the run."""
        return self._run.instance

    @property
    def job_name(self) -> str:
        """The pipeline's name."""
        return str(self._run.pipeline.name)

    @property
    def resources(self) -> Any:
        """The run's resources."""
        return SimpleNamespace(**self._run.resources)


class OutputContext(IOContext):
    """What an IO manager is told of the value it stores."""

    def __init__(self, run: Any, step_key: str, output: Any, place: tuple[str, ...]) -> None:
        """`step_key` is the step that makes the value ("none" if this run has none such), `place`
        where the default storage would keep it."""
        parts = output.asset_parts if output is not None else place
        partitions = getattr(output, "partitions", None)
        key = run.partition_key
        keys = [key] if partitions is not None and key is not None else []
        super().__init__(run, parts, keys, partitions, getattr(output, "type", Any))
        self.step_key = step_key
        self.name = output.name if output is not None else "result"
        self.metadata: Mapping[str, Any] = getattr(output, "metadata", {})
        self.definition_metadata = self.metadata
        self.added: dict[str, MetadataFact] = {}
        self._place = place

    def get_identifier(self) -> list[str]:
        """Names under which the value can be stored: the asset's, or run, step and output."""
        return list(self._place)

    def get_asset_identifier(self) -> list[str]:
        """The asset's key and partition."""
        return [*self._parts, *map(str, self._keys)]

    def add_output_metadata(self, metadata: Mapping[str, Any]) -> None:
        """Add metadata to what is reported of the asset."""
        self.added.update(normalize_metadata(metadata))


class InputContext(IOContext):
    """What an IO manager is told of the value it loads."""

    def __init__(self, run: Any, source: Any, upstream: OutputContext, keys: list[Any]) -> None:
        """`upstream` is the context in which the value was stored."""
        super().__init__(run, upstream._parts, keys, upstream._partitions, source.type)
        self.upstream_output = upstream
        self.name = source.parameter
        self.metadata: Mapping[str, Any] = getattr(source, "metadata", {})
        self.definition_metadata = self.metadata

    def get_identifier(self) -> list[str]:
        """The names under which the value was stored."""
        return self.upstream_output.get_identifier()

    def get_asset_identifier(self) -> list[str]:
        """The asset's key and partition."""
        return [*self._parts, *map(str, self._keys)]


class FilesystemIOManager(ConfigurableIOManager):
    """Values as pickle files below a folder of their own, or where the run keeps all others."""

    base_dir: str | None = None

    def handle_output(self, context: OutputContext, obj: Any) -> None:
        """Write the file."""
        path = self.storage_of(context).save(tuple(context.get_identifier()), obj)
        context.add_output_metadata({"path": MetadataFact("path", path)})

    def load_input(self, context: InputContext) -> Any:
        """Read the file, or one file per partition into a dict."""
        storage = self.storage_of(context)
        keys = context.asset_partition_keys
        if not keys:
            return storage.load(tuple(context.get_identifier()))
        found = dict(self.partitions_in(storage, context, keys))
        return next(iter(found.values()), None) if len(keys) == 1 else found

    def partitions_in(
        self, storage: FileStorage, context: InputContext, keys: list[Any]
    ) -> Iterator[tuple[Any, Any]]:
        """The values of the partitions by key."""
        for key in keys:
            place = context.asset_partitions_def.place_of(key)
            try:
                yield key, storage.load((*context.asset_key.parts, *place))
            except FileNotFoundError:
                if not context.metadata.get("allow_missing_partitions"):
                    raise

    def storage_of(self, context: IOContext) -> Any:
        """Where the files are."""
        return context._run.storage if self.base_dir is None else FileStorage(self.base_dir)
