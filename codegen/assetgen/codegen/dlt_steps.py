"""Steps that run dlt: what their decorator says to load, and how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.functions import FunctionRef
from assetgen.codegen.layout import Atom, Tree
from assetgen.codegen.linking import Linking

_KIND = "dlt"
# By the argument of the decorator, under what the runtime looks for it.
_ARGUMENTS = {
    "dlt_source": "dagster_dlt/source",
    "dlt_pipeline": "dagster_dlt/pipeline",
    "dagster_dlt_translator": "dagster_dlt/translator",
}


def dlt_load(
    linking: Linking, function: FunctionRef, assets: Iterable[Asset]
) -> Iterator[tuple[str, Tree]]:
    """What the decorator of a function gives dlt, as tags of its step; nothing unless its assets
    are dlt's."""
    if not any(_KIND in asset.kinds for asset in assets):
        return
    for argument, name in _ARGUMENTS.items():
        value = linking.argument(function, argument)
        if value is not None:
            yield name, Atom(value)
