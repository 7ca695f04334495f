"""Attributes of a `SourceAsset` that are set after it was made."""

from __future__ import annotations

from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import NONE, Constant, Value
from assetgen.analyzer.intrinsics.dagster.attributes.attributes import read_attributes
from assetgen.analyzer.intrinsics.dagster.declared.assets import SourceAssetValue
from assetgen.analyzer.intrinsics.dagster.keys import read_key
from assetgen.analyzer.intrinsics.dagster.plain import shown
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.keys import AssetKey


def _set(call: Call) -> Value:
    source, (named, value) = call.receiver, call.args
    if not isinstance(source, SourceAssetValue) or not isinstance(named, Constant):
        return NONE
    name = str(named.value)
    if name == "key":
        _set_key(call, source, value)
    elif name in _FIELDS:
        _set_attribute(call, source, name, value)
    return NONE


def _set_key(call: Call, source: SourceAssetValue, value: Value) -> None:
    key = read_key(call, value)
    if isinstance(key, AssetKey) and call.site.condition is None:
        source.key = key
    else:
        call.report("unresolved-asset", f"`{source.key}` may get another key: {shown(value)}")


def _set_attribute(call: Call, source: SourceAssetValue, name: str, value: Value) -> None:
    subject, before = str(source.key), source.attributes
    if value != NONE and call.site.condition is None:
        source.attributes = read_attributes(call, {name: value}, subject, before)
        return
    call.report("unresolved-attribute", f"`{name}` of asset `{subject}` may be set to another one")
    unknown = tuple(sorted({*before.unknown, _FIELDS[name]}))
    source.attributes = replace(before, unknown=unknown)


_FIELDS: Final = {
    "description": "description",
    "group_name": "group_name",
    "io_manager_key": "io_manager_key",
    "metadata": "metadata",
    "partitions_def": "partitions",
    "tags": "tags",
}
"""The other attributes that can be set, and their names in the model."""

TABLE: dict[str, Intrinsic] = {"dagster.SourceAsset.__setattr__": _set}
"""The intrinsics that set attributes of source assets."""
