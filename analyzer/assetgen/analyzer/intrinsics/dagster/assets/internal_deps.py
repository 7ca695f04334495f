"""`internal_asset_deps`: which assets each output of an op or graph depends on."""

from __future__ import annotations

from collections.abc import Container

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Choice, Mapping, Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Bound
from assetgen.analyzer.intrinsics.dagster.keys import is_given, read_key
from assetgen.analyzer.intrinsics.dagster.places import argument_place, placed_entries
from assetgen.analyzer.intrinsics.dagster.plain import why
from assetgen.analyzer.model.keys import AssetKey

InternalDeps = dict[str, tuple[Site, list[tuple[AssetKey, Value]]]]
"""For each output, where it is written, and the keys with the values they were read from."""


def read_internal_deps(
    call: Call, bound: Bound, outputs: Container[str], owner: str, losses: list[Unknown]
) -> InternalDeps | None:
    """What is given for the `outputs` of `owner`; None if nothing is.

    Unknown values, and names of other outputs, are reported; the unknowns are added to `losses`.
    """
    given = bound["internal_asset_deps"]
    if isinstance(given, Choice):
        given = given.condition
    if isinstance(given, Unknown):
        losses.append(given)
        call.report("unresolved-dependency", f"internal_asset_deps is not known: {why(given)}")
        return None
    if not isinstance(given, Mapping) or not is_given(given):
        return None
    place = argument_place(call, "internal_asset_deps")
    found: InternalDeps = {}
    for output, value, site, _ in placed_entries(given, place):
        if output in outputs:
            found[output] = site, _keys(call, value, output, site, losses)
        else:
            call.report("unknown-output", f"`{output}` is not an output of {owner}", site)
    return found


def _keys(
    call: Call, value: Value, output: str, site: Site, losses: list[Unknown]
) -> list[tuple[AssetKey, Value]]:
    items = call.machine.items(value, site)
    losses += items.losses
    for loss in items.losses:
        message = f"a dependency of `{output}` is not known: {why(loss)}"
        call.report("unresolved-dependency", message, site)
    found = []
    for item in items.values:
        key = read_key(call, item)
        if isinstance(key, AssetKey):
            found.append((key, item))
        else:
            message = f"a dependency of `{output}` is not known"
            call.report("unresolved-dependency", message, site)
    return found
