"""`AssetKey` as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from assetgen.analyzer.evaluate.values import Constant, Declared, Sequence, Value
from assetgen.analyzer.model.keys import AssetKey


@dataclass(slots=True, eq=False)
class KeyValue(Declared):
    """An asset key. Equal to another of the same parts, and hashable by them."""

    type_name: ClassVar[str] = "dagster.AssetKey"

    key: AssetKey

    def attribute(self, name: str) -> Value | None:
        if name in ("path", "parts"):
            return Sequence("list", [Constant(part) for part in self.key.parts])
        return None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, KeyValue) and other.key == self.key

    def __hash__(self) -> int:
        return hash(self.key)


@dataclass(slots=True, eq=False)
class CheckKeyValue(Declared):
    """An `AssetCheckKey`."""

    type_name: ClassVar[str] = "dagster.AssetCheckKey"

    asset: AssetKey
    name: str

    def attribute(self, name: str) -> Value | None:
        if name == "asset_key":
            return KeyValue(self.asset)
        return Constant(self.name) if name == "name" else None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CheckKeyValue) and (self.asset, self.name) == (
            other.asset,
            other.name,
        )

    def __hash__(self) -> int:
        return hash((self.asset, self.name))
