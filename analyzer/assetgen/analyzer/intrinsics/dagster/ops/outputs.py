"""`AssetOut`, `Out`, `DynamicOut` and `GraphOut`, and `outs=`."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.dagster.attributes.attributes import read_attributes
from assetgen.analyzer.intrinsics.dagster.collecting import under
from assetgen.analyzer.intrinsics.dagster.declared.specs import OutValue, SpecValue
from assetgen.analyzer.intrinsics.dagster.keys import key_or_prefix
from assetgen.analyzer.intrinsics.dagster.names import check_output_name
from assetgen.analyzer.intrinsics.dagster.ops.inputs import NOTHING
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, shown, why
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.keys import AssetKey


def read_outs(
    call: Call, value: Value, subject: str, place: Site
) -> tuple[dict[str, tuple[OutValue, Site]], tuple[Unknown, ...]]:
    """The entries of `outs=` or of a dictionary given for `out=`, in order, and what is lost among
    them."""
    doubts = Doubts()
    result: dict[str, tuple[OutValue, Site]] = {}
    for name, item, site, condition in doubts.placed(value, place):
        out = _of_spec(item) if isinstance(item, SpecValue) else item
        if isinstance(out, OutValue):
            result[name] = (out if condition is None else under(condition, out), site)
        elif not isinstance(out, Unknown):
            call.report(
                "invalid-definition",
                f"outs of `{subject}`: {shown(out)} is not an output definition",
                site,
            )
    for loss in doubts.found:
        call.report(
            "unresolved-asset", f"an output of `{subject}` is not known: {why(loss)}", place
        )
    return result, tuple(doubts.found)


def output_key(call: Call, output: str, out: OutValue, site: Site) -> AssetKey | None:
    """The key of the asset that an output at `site` is; if it is not known, that is reported."""
    if out.lost is not None:
        message = f"the key of output `{output}` is not known: {why(out.lost)}"
        call.report("unresolved-asset", message, site)
        return None
    check_output_name(call, output, site)
    return out.key or AssetKey((*(out.key_prefix or ()), output))


_ASSET_OUT = Parameters(
    "key_prefix=None, key=None, dagster_type=None, description=None, is_required=True, "
    "io_manager_key=None, metadata=None, group_name=None, code_version=None, "
    "automation_condition=None, backfill_policy=None, owners=None, tags=None, kinds=None, "
    "freshness_policy=None, is_virtual=False, legacy_freshness_policy=None, "
    "auto_materialize_policy=None"
)


def _asset_out(call: Call) -> Value:
    bound = _ASSET_OUT.bind(call)
    doubts = Doubts()
    key, parts = key_or_prefix(call, bound, "AssetOut", doubts)
    lost = doubts.found[0] if doubts.found else None
    # Dagster accepts a backfill policy here, and ignores it.
    attributes = bound.given(name for name in _ASSET_OUT.names if name != "backfill_policy")
    subject = str(key) if key else "an AssetOut"
    required = doubts.first_option(bound["is_required"])
    return OutValue(
        call.name,
        call.site.where_chosen(bound["key"], bound["key_prefix"]),
        key=key,
        key_prefix=parts,
        attributes=read_attributes(call, attributes, subject),
        is_required=required != Constant(False),
        is_nothing=bound["dagster_type"] == NOTHING,
        io_manager_key=doubts.text(bound["io_manager_key"]),
        description=doubts.text(bound["description"]),
        lost=lost,
    )


_FROM_SPEC = Parameters(
    "spec, dagster_type=None, is_required=True, io_manager_key=None, backfill_policy=None"
)


def _out_from_spec(call: Call) -> Value:
    bound = _FROM_SPEC.bind(call)
    spec = bound["spec"]
    if not isinstance(spec, SpecValue):
        return call.unknown("unsupported", "the spec of the AssetOut is not known", spec)
    if spec.deps or spec.deps_losses:
        call.report("invalid-definition", "an AssetOut cannot be made from a spec with deps")
    given = {"io_manager_key": bound["io_manager_key"]} if bound["io_manager_key"] != NONE else {}
    made = _of_spec(spec)
    return replace(
        made,
        site=call.site,
        attributes=read_attributes(call, given, str(spec.key), made.attributes),
        is_required=bound["is_required"] != Constant(False),
    )


def _of_spec(spec: SpecValue) -> OutValue:
    return OutValue(
        "dagster.AssetOut",
        spec.site,
        key=spec.key,
        attributes=spec.attributes,
        is_required=not spec.attributes.is_skippable,
        io_manager_key=spec.attributes.io_manager_key,
        description=spec.attributes.description,
    )


_OUT = Parameters(
    "dagster_type=None, description=None, is_required=True, io_manager_key=None, metadata=None, "
    "code_version=None"
)


def _out(call: Call) -> Value:
    bound = _OUT.bind(call)
    doubts = Doubts()
    required = doubts.first_option(bound["is_required"]) != Constant(False)
    return OutValue(
        call.name,
        call.site,
        attributes=replace(
            read_attributes(call, bound.given(_SAID_OF_OUTPUTS), "an output"),
            is_skippable=not required,
        ),
        is_required=required,
        is_dynamic=call.name == "dagster.DynamicOut",
        is_nothing=bound["dagster_type"] == NOTHING,
        io_manager_key=doubts.text(bound["io_manager_key"]),
        description=doubts.text(bound["description"]),
    )


_SAID_OF_OUTPUTS = ("description", "metadata", "code_version", "io_manager_key")

_GRAPH_OUT = Parameters("description=None")


def _graph_out(call: Call) -> Value:
    bound = _GRAPH_OUT.bind(call)
    return OutValue(call.name, call.site, description=Doubts().text(bound["description"]))


TABLE: dict[str, Intrinsic] = {
    "dagster.AssetOut": _asset_out,
    "dagster.AssetOut.from_spec": _out_from_spec,
    "dagster.Out": _out,
    "dagster.DynamicOut": _out,
    "dagster.GraphOut": _graph_out,
}
