"""Dagster's standard metadata and tags: mappings of those entries that were given."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import NONE, Constant, Mapping, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.dagster.plain import Doubts


def _set(call: Call) -> Value:
    result = Mapping("dict", {}, list(call.losses))
    for name, value in call.kwargs.items():
        if value != NONE:
            key = Constant(f"dagster/{name}")
            result.entries["constant", key.value] = (key, value)
    return result


_KIND = Parameters("kind")


def _kind_tag(call: Call) -> Value:
    """`build_kind_tag`: the tag that represents a kind."""
    kind = Doubts().text(_KIND.bind(call)["kind"])
    if kind is None:
        return call.unknown("unsupported", "the kind that a tag stands for", *call.args)
    key = Constant(f"dagster/kind/{kind}")
    return Mapping("dict", {("constant", key.value): (key, Constant(""))})


TABLE: dict[str, Intrinsic] = {
    "dagster.TableMetadataSet": _set,
    "dagster.build_kind_tag": _kind_tag,
    "dagster.UriMetadataSet": _set,
    "dagster.CodeReferencesMetadataSet": _set,
}
"""The intrinsics of metadata sets."""
