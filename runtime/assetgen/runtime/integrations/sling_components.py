"""Replications that Sling runs as a component says."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assetgen.runtime.definitions.asset_specs import AssetSpec
from assetgen.runtime.integrations.sling_resources import (
    Replication,
    SlingConnectionResource,
    SlingEvents,
    SlingResource,
    chosen_streams,
    read_replication,
)
from assetgen.runtime.model.asset_keys import AssetKey


class SlingReplicationCollectionComponent:
    """A replication that one step runs."""

    def __init__(
        self,
        replication: Any,
        keys: Mapping[str, Sequence[str]],
        connections: Sequence[Mapping[str, Any]] = (),
        include_metadata: Sequence[str] = (),
    ) -> None:
        """`replication` is a file, `keys` has the assets that its streams are."""
        self.replication = replication
        self.translator = KnownStreams(keys)
        self.connections = connections
        self.include_metadata = include_metadata

    def execute(self, context: Any) -> Iterator[Any]:
        """Replicate the streams of the assets that the step is to make."""
        known = [SlingConnectionResource(**each) for each in self.connections]
        sling = SlingResource(connections=known)
        config = read_replication(self.replication)
        chosen = chosen_streams(context, config, self.translator)
        wanted = Replication(sling, context, config, chosen, self.translator, False)
        made = SlingEvents(wanted.at_once(), sling, config, context)
        if "column_metadata" in self.include_metadata:
            made = made.fetch_column_metadata()
        if "row_count" in self.include_metadata:
            made = made.fetch_row_count()
        yield from made


class KnownStreams:
    """Streams of which it is known which assets they are."""

    def __init__(self, keys: Mapping[str, Sequence[str]]) -> None:
        """By the names of the streams."""
        self.keys = keys

    def get_asset_spec(self, stream_definition: Mapping[str, Any]) -> AssetSpec:
        """The asset of a stream."""
        return AssetSpec(AssetKey(self.keys[stream_definition["name"]]))
