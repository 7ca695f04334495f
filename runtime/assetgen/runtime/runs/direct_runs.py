"""Running definitions directly, without a generated script."""

from collections.abc import Mapping, Sequence
from tempfile import TemporaryDirectory
from typing import Any

from assetgen.runtime.definitions.definitions import make_pipeline
from assetgen.runtime.execution.selection import select_assets, steps_for
from assetgen.runtime.model.asset_keys import AssetKey, key_parts
from assetgen.runtime.runs.run_result import RunResult, execute
from assetgen.runtime.storage.storage import FileStorage, MemoryStorage


class TemporaryStorage(FileStorage):
    """Files in a folder that is removed when nothing uses the storage any more."""

    def __init__(self) -> None:
        """The folder is made at once."""
        self.temporary = TemporaryDirectory(prefix="assetgen-")
        super().__init__(self.temporary.name)


class RunConfig:
    """A run's configuration as objects: config classes by the names of ops and resources."""

    def __init__(
        self,
        ops: Mapping[str, Any] | None = None,
        resources: Mapping[str, Any] | None = None,
        **others: Any,
    ) -> None:
        """`others` (loggers, execution) are not heeded."""
        self.ops = dict(ops or {})
        self.resources = dict(resources or {})

    def to_config_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        return {
            "ops": {name: config_entry(config) for name, config in self.ops.items()},
            "resources": {name: config_entry(config) for name, config in self.resources.items()},
        }


def config_entry(config: Any) -> Any:
    """The entry of one op or resource as plain data."""
    dump = getattr(config, "model_dump", None)
    return config if dump is None else {"config": dump()}


def materialize(
    assets: Sequence[Any],
    run_config: Any = None,
    instance: Any = None,
    resources: Mapping[str, Any] | None = None,
    partition_key: str | None = None,
    raise_on_error: bool = True,
    tags: Mapping[str, str] | None = None,
    selection: Any = None,
    *,
    storage: Any = None,
) -> RunResult:
    """Make the assets and run the checks among the definitions; say what became of them.

    `storage` is a folder, or an object like `FileStorage`. Without it values go to the folder
    of `instance`, or to a temporary one that lives as long as the result.
    """
    pipeline = make_pipeline(assets, resources or {})
    if storage is None:
        folder = getattr(instance, "folder", None)
        storage = TemporaryStorage() if folder is None else FileStorage(folder)
    elif not hasattr(storage, "save"):
        storage = FileStorage(storage)
    chosen = None
    if selection is not None:
        chosen = steps_for(pipeline, selected_parts(pipeline, selection))
    return execute(
        pipeline,
        storage,
        chosen=chosen,
        partition_key=partition_key,
        config=run_config.to_config_dict() if hasattr(run_config, "to_config_dict") else run_config,
        tags=tags,
        instance=instance,
        raise_on_error=raise_on_error,
    )


def materialize_to_memory(assets: Sequence[Any], **options: Any) -> RunResult:
    """As `materialize`, with all values kept in memory."""
    return materialize(assets, storage=MemoryStorage(), **options)


def selected_parts(pipeline: Any, selection: Any) -> set[tuple[str, ...]]:
    """The keys of the assets that a selection means: text, or a list of definitions and keys."""
    if isinstance(selection, str):
        return select_assets(pipeline, selection)
    found: set[tuple[str, ...]] = set()
    for each in selection if isinstance(selection, (list, tuple, set)) else [selection]:
        if isinstance(each, str):
            found |= select_assets(pipeline, each)
        elif hasattr(each, "keys") and not isinstance(each, AssetKey):
            found |= {key.parts for key in each.keys}
        else:
            found.add(key_parts(each))
    return found
