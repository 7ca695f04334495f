"""Values as pickles in stores of objects."""

import pickle
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from assetgen.runtime.definitions.resources import (
    ConfigurableResource,
    ResourceDefinition,
    from_config,
)
from assetgen.runtime.model.metadata_values import MetadataFact
from assetgen.runtime.storage.io_managers import ConfigurableIOManager, InputContext, OutputContext


class PickledObjects(ConfigurableIOManager):
    """Each value is an object: below a prefix, the key of the asset and its partition."""

    def put(self, name: str, data: bytes) -> dict[str, MetadataFact]:
        """Store an object; what else there is to say of it."""
        raise TypeError(f"{type(self).__name__} does not say how to store an object")

    def get(self, name: str) -> bytes:
        """The content of an object; FileNotFoundError if there is none."""
        raise TypeError(f"{type(self).__name__} does not say how to read an object")

    def below(self) -> str:
        """The prefix of all names."""
        return ""

    def place_of_output(self, place: Sequence[str]) -> Sequence[str]:
        """Where the value of an op lies, given the run, the step and the output."""
        return ("storage", *place)

    def handle_output(self, context: OutputContext, obj: Any) -> None:
        """Store the value."""
        name = self.object_name(context, context.get_identifier())
        said = {"path": MetadataFact("path", name)} if obj is not None else {}
        context.add_output_metadata({**said, **self.put(name, pickle.dumps(obj, 4))})

    def load_input(self, context: InputContext) -> Any:
        """The value, or those of several partitions in a dict."""
        keys = context.asset_partition_keys
        if not keys:
            return pickle.loads(self.get(self.object_name(context, context.get_identifier())))
        found = {}
        for key in keys:
            place = (*context.asset_key.parts, *context.asset_partitions_def.place_of(key))
            try:
                found[key] = pickle.loads(self.get(self.object_name(context, place)))
            except FileNotFoundError:
                if not context.metadata.get("allow_missing_partitions"):
                    raise
        return next(iter(found.values()), None) if len(keys) == 1 else found

    def object_name(self, context: Any, place: Sequence[str]) -> str:
        """The name of the object for a place: values of ops lie apart from assets."""
        parts = place if context.has_asset_key else self.place_of_output(place)
        return "/".join((self.below(), *parts))


def configured_manager(
    manager: Callable[..., PickledObjects],
    kind: type[ConfigurableResource[Any]],
    name: str,
    field: str,
) -> ResourceDefinition:
    """An IO manager in the older form, configured with the fields of `manager` but for `field`:
    that is the resource `name`, of the class `kind` or a client that it would make."""

    def start(context: Any) -> Any:
        """The manager, as it is configured."""
        client = given = getattr(context.resources, name)
        if not isinstance(given, kind):
            given = type(kind.__name__, (kind,), {"get_client": lambda _: client})()
        return from_config(partial(manager, **{field: given}), context)

    return ResourceDefinition(start, required_resource_keys={name})
