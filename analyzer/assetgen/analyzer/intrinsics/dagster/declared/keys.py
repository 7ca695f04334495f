"""`AssetKey` as a value."""

from __future__ import annotations

from collections.abc import Hashable
from typing import ClassVar

from assetgen.analyzer.evaluate.values import Constant, Declared, Sequence, Value
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.keys import AssetKey


@dataclass(slots=True, eq=False)
class KeyValue(Declared):
    """An asset key. Equal to another of the same parts, and hashable by them."""

    type_name: ClassVar[str] = "dagster.AssetKey"
    is_tuple: ClassVar[bool] = True

    key: AssetKey

    def attribute(self, name: str) -> Value | None:
        kind = _KINDS.get(name)
        if kind is None:
            return None
        return Sequence(kind, [Constant(part) for part in self.key.parts])

    def hash_key(self) -> Hashable | None:
        return ("asset key", self.key)


_KINDS = {"path": "list", "parts": "tuple"}
"""The attributes that hold the parts, and as what."""


@dataclass(slots=True, eq=False)
class CheckKeyValue(Declared):
    """An `AssetCheckKey`."""

    type_name: ClassVar[str] = "dagster.AssetCheckKey"
    is_tuple: ClassVar[bool] = True

    asset: AssetKey
    name: str

    def attribute(self, name: str) -> Value | None:
        if name == "asset_key":
            return KeyValue(self.asset)
        return Constant(self.name) if name == "name" else None

    def hash_key(self) -> Hashable | None:
        return ("check key", self.asset, self.name)
