"""Which assets the streams of a replication are."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assetgen.runtime.definitions.asset_specs import AssetSpec
from assetgen.runtime.model.asset_keys import AssetKey
from assetgen.runtime.model.metadata_values import MetadataValue


@dataclass
class DagsterSlingTranslator:
    """Says which asset a stream of a replication is; a stream has a `name` and a `config`.

    `target_prefix` is the first part of all keys.
    """

    target_prefix: str = "target"

    def get_asset_spec(self, stream_definition: Mapping[str, Any]) -> AssetSpec:
        """The asset of a stream."""
        return AssetSpec(
            self.get_asset_key(stream_definition),
            deps=self.get_deps_asset_key(stream_definition),
            description=self.get_description(stream_definition),
            metadata=self.get_metadata(stream_definition),
            tags=self.get_tags(stream_definition),
            kinds=self.get_kinds(stream_definition),
            group_name=self.get_group_name(stream_definition),
        )

    def sanitize_stream_name(self, stream_name: str) -> str:
        """Small letters, with `_` for what is no letter, digit, `_` or `.`."""
        return re.sub(r"[^a-zA-Z0-9_.]+", "_", stream_name.replace('"', "")).lower()

    def get_asset_key(self, stream_definition: Mapping[str, Any]) -> AssetKey:
        """The key that the stream says, or one of the name of what it is replicated to."""
        said = said_of(stream_definition).get("asset_key")
        if said:
            return self.checked_key(said)
        name = (stream_definition.get("config") or {}).get("object") or stream_definition["name"]
        return AssetKey([self.target_prefix, *self.sanitize_stream_name(name).split(".")])

    def checked_key(self, text: str) -> AssetKey:
        """A key as it is written in a replication; ValueError if it has other signs."""
        if self.sanitize_stream_name(text) != text:
            raise ValueError(f"the asset key {text} has signs beside letters, digits, _ and dots")
        return AssetKey(text.split("."))

    def get_deps_asset_key(self, stream_definition: Mapping[str, Any]) -> Any:
        """The keys that the stream says, or one of its name."""
        said = said_of(stream_definition).get("deps")
        if said:
            return [self.checked_key(each) for each in ([said] if isinstance(said, str) else said)]
        return [AssetKey(self.sanitize_stream_name(stream_definition["name"]).split("."))]

    def get_description(self, stream_definition: Mapping[str, Any]) -> Any:
        """Its query, or its description."""
        config = stream_definition.get("config") or {}
        return config["sql"] if "sql" in config else said_of(stream_definition).get("description")

    def get_metadata(self, stream_definition: Mapping[str, Any]) -> Any:
        """Its configuration."""
        return {"stream_config": MetadataValue.json(stream_definition.get("config", {}))}

    def get_tags(self, stream_definition: Mapping[str, Any]) -> Any:
        """Its tags."""
        return {}

    def get_kinds(self, stream_definition: Mapping[str, Any]) -> Any:
        """That it is Sling's."""
        return {"sling"}

    def get_group_name(self, stream_definition: Mapping[str, Any]) -> Any:
        """Its group."""
        return said_of(stream_definition).get("group")


def said_of(stream: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the configuration of a stream says of its asset."""
    meta = (stream.get("config") or {}).get("meta") or {}
    said: Mapping[str, Any] = meta.get("dagster") or {}
    return said
