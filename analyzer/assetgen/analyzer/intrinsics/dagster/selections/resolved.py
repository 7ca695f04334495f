"""`AssetSelection.resolve`: the keys that a selection matches among given assets."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Sequence, Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue, SourceAssetValue
from assetgen.analyzer.intrinsics.dagster.declared.keys import KeyValue
from assetgen.analyzer.intrinsics.dagster.declared.selections import SelectionValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.intrinsics.dagster.selections.selectable import selectable
from assetgen.analyzer.intrinsics.dagster.selections.selecting import Selector

_ASSETS = Parameters("all_assets, allow_missing=False")


def _resolve(call: Call) -> Value:
    """A set of keys; unknown if an asset, or an attribute that the selection uses, is not known."""
    selection, given = call.receiver, _ASSETS.bind(call)["all_assets"]
    items = call.items(given)
    lost = [*items.losses, *(item for item in items.values if isinstance(item, Unknown))]
    assets = [item for item in items.values if isinstance(item, _KINDS)]
    if lost or len(assets) != len(items.values) or not isinstance(selection, SelectionValue):
        return call.unknown("unsupported", "the assets to select from are not known", *lost)
    graph = selectable(assets)
    if any(_ASKED & set(asset.unknown) for asset in graph):
        return call.unknown("unsupported", "what the selection goes by is not known of all assets")
    keys = Selector(graph).select(selection.selection)
    if keys is None:
        return call.unknown("unsupported", "what the selection means is not known")
    return Sequence("set", [KeyValue(key) for key in sorted(keys)])


_KINDS = (AssetsValue, SourceAssetValue, SpecValue)
_ASKED = frozenset(("deps", "group_name", "key", "kinds", "owners", "tags"))

TABLE: dict[str, Intrinsic] = {"dagster.AssetSelection.resolve": _resolve}
"""The intrinsics of selections that are resolved in code."""
