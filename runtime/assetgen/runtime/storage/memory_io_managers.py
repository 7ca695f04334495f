"""The IO managers that need nothing but the run: values in memory, values where all others are."""

from typing import Any

from assetgen.runtime.definitions.resources import ResourceDefinition
from assetgen.runtime.storage.io_managers import FilesystemIOManager, IOManager


class InMemoryIOManager(IOManager):
    """Values as they are, until the run is over; who reads one gets the same object."""

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self.values: dict[tuple[str, ...], Any] = {}

    def handle_output(self, context: Any, obj: Any) -> None:
        """Keep the value."""
        self.values[tuple(context.get_identifier())] = obj

    def load_input(self, context: Any) -> Any:
        """The value; KeyError if this run has made none."""
        return self.values[tuple(context.get_identifier())]


mem_io_manager = ResourceDefinition(lambda: InMemoryIOManager())
fs_io_manager = ResourceDefinition(
    lambda context: FilesystemIOManager(base_dir=context.resource_config.get("base_dir"))
)
