"""The specs that translators of integrations give: by methods of the project's, or their own."""

from __future__ import annotations

from collections.abc import Callable

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.values import NONE, Unknown, Value
from assetgen.analyzer.intrinsics.dagster.assets.deps import read_deps
from assetgen.analyzer.intrinsics.dagster.attributes.attributes import read_attributes
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.intrinsics.dagster.keys import read_key
from assetgen.analyzer.model.keys import AssetKey


def translated_spec(
    call: Call, translator: Value, data: Value, default: Callable[[], Value]
) -> Value:
    """The spec that a translator gives for `data`: by a `get_asset_spec` of the project's, or the
    `default`."""
    if isinstance(translator, Unknown):
        return translator
    own = call.own_method(translator, "get_asset_spec")
    if own is None:
        return default()
    try:
        return call.invoke(own, data)
    except Raised as raised:
        return call.unknown("error", f"get_asset_spec of the translator raises {raised}")


def spec_of(call: Call, values: dict[str, Value], what: str) -> Value:
    """The spec of `what` for which a translator gives these `values`, by the parameters of
    `AssetSpec`."""
    given = {name: value for name, value in values.items() if value != NONE}
    key = read_key(call, values["key"])
    if not isinstance(key, AssetKey):
        return call.unknown("unsupported", f"the key of {what}", values["key"])
    deps, losses = read_deps(call, values["deps"], str(key), call.site)
    site = call.site.where_chosen(values["key"])
    return SpecValue(key, site, deps, read_attributes(call, given, str(key)), losses)
