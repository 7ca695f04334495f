"""`AssetIn`, `In` and `GraphIn`, and `ins=`."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    External,
    Unknown,
    Value,
    options_of,
)
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.declared.specs import InValue
from assetgen.analyzer.intrinsics.dagster.keys import each_key, is_given, key_or_prefix
from assetgen.analyzer.intrinsics.dagster.partitions.partitions import mapping_of, tell_mapping
from assetgen.analyzer.intrinsics.dagster.places import argument_place
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, shown, why

NOTHING = External("dagster.Nothing")


def read_ins(
    call: Call, bound: Bound, subject: str, parameter: str = "ins"
) -> tuple[dict[str, tuple[InValue, Site]], tuple[Unknown, ...]]:
    """The entries of `ins=` by input, each with its place, and what is lost among them."""
    doubts, place = Doubts(), argument_place(call, parameter)
    result: dict[str, tuple[InValue, Site]] = {}
    for name, item, site, _ in doubts.placed(bound[parameter], place):
        if isinstance(item, InValue):
            result[name] = (item, site)
        elif not isinstance(item, Unknown):
            call.report(
                "bad-dependency",
                f"ins of `{subject}`: {shown(item)} is not an AssetIn, In or GraphIn",
                site,
            )
            lost = call.unknown("told", "it is not an input")
            result[name] = (InValue("dagster.AssetIn", site, lost=lost), site)
    for loss in doubts.found:
        if loss.reason == "told":
            continue
        call.report(
            "unresolved-dependency", f"an input of `{subject}` is not known: {why(loss)}", place
        )
    return result, tuple(doubts.found)


_ASSET_IN = Parameters(
    "key=None, metadata=None, key_prefix=None, input_manager_key=None, partition_mapping=None, "
    "dagster_type=None"
)


def _asset_in(call: Call) -> Value:
    bound = _ASSET_IN.bind(call)
    doubts = Doubts()
    key, parts = key_or_prefix(call, bound, "AssetIn", doubts)
    if key is not None and is_given(bound.get("key_prefix")):
        doubts.found.append(call.unknown("told", "both a key and a prefix are given"))
    of_mapping = Doubts()
    mapping = of_mapping.first_option(bound["partition_mapping"])
    tell_mapping(call, of_mapping)
    return InValue(
        call.name,
        call.site,
        key=key,
        key_prefix=parts,
        is_nothing=bound["dagster_type"] == NOTHING,
        may_order_only=_may_order_only(bound["dagster_type"]),
        partition_mapping=mapping_of(mapping),
        mapping_value=None if mapping == NONE else mapping,
        metadata=Doubts().entries(bound["metadata"]),
        input_manager_key=Doubts().text(bound["input_manager_key"]),
        lost=doubts.found[0] if doubts.found else None,
    )


_IN = Parameters(
    "dagster_type=None, description=None, default_value=None, metadata=None, asset_key=None, "
    "asset_partitions=None, input_manager_key=None"
)


def _in(call: Call) -> Value:
    bound = _IN.bind(call)
    if "default_value" in bound:
        _check_default(call, bound["dagster_type"], bound["default_value"])
    return InValue(
        call.name,
        call.site,
        is_nothing=bound["dagster_type"] == NOTHING,
        may_order_only=_may_order_only(bound["dagster_type"]),
        has_default="default_value" in bound,
        input_manager_key=Doubts().text(bound["input_manager_key"]),
        type_value=bound["dagster_type"],
        names_asset=is_given(bound["asset_key"]),
    )


def _may_order_only(given: Value) -> bool:
    """Whether a type is `Nothing`, as far as it is known."""
    return any(option == NOTHING or isinstance(option, Unknown) for option in options_of(given))


def _check_default(call: Call, given: Value, default: Value) -> None:
    """Dagster checks the default of an input against its type."""
    if given == NOTHING:
        message = "an input of type Nothing has no default"
        call.report("default-arg", message, argument_place(call, "default_value"))
    types = _SCALARS.get(given.qualname) if isinstance(given, External) else None
    if types is None or not isinstance(default, Constant) or isinstance(default.value, types):
        return
    message = f"the default of the input, {default.value!r}, is not of its type"
    call.report("default-arg", message, argument_place(call, "default_value"))


_SCALARS: ReadOnlyMapping[str, type] = {
    **{f"builtins.{kind.__name__}": kind for kind in (int, str, float, bool)},
    "dagster.Int": int,
    "dagster.String": str,
    "dagster.Float": float,
    "dagster.Bool": bool,
}
_GRAPH_IN = Parameters("description=None")


def _graph_in(call: Call) -> Value:
    _GRAPH_IN.bind(call)
    return InValue(call.name, call.site)


TABLE: dict[str, Intrinsic] = {
    "dagster.AssetIn": each_key(_asset_in),
    "dagster.In": _in,
    "dagster.GraphIn": _graph_in,
}
