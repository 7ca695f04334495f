"""`@asset`."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Constant, Mapping, Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.assets.asset_inputs import asset_inputs
from assetgen.analyzer.intrinsics.dagster.assets.check_specs import (
    check_spec_targets,
    read_check_specs,
)
from assetgen.analyzer.intrinsics.dagster.assets.deps import read_deps
from assetgen.analyzer.intrinsics.dagster.attributes.attributes import read_attributes
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetOutput, AssetsValue
from assetgen.analyzer.intrinsics.dagster.declared.attributes import Attributes
from assetgen.analyzer.intrinsics.dagster.declared.specs import Dep, OutValue, SpecValue
from assetgen.analyzer.intrinsics.dagster.functions.decorated_functions import Decorated, decorated
from assetgen.analyzer.intrinsics.dagster.functions.decorating import decorator
from assetgen.analyzer.intrinsics.dagster.functions.docstrings import described, described_output
from assetgen.analyzer.intrinsics.dagster.functions.returned import check_returned
from assetgen.analyzer.intrinsics.dagster.keys import (
    is_given,
    is_surely_given,
    is_surely_no_key,
    read_key,
    read_parts,
)
from assetgen.analyzer.intrinsics.dagster.names import check_key_name
from assetgen.analyzer.intrinsics.dagster.ops.inputs import read_ins
from assetgen.analyzer.intrinsics.dagster.ops.ops import (
    inferred_outputs,
    make_op,
    options_of,
)
from assetgen.analyzer.intrinsics.dagster.places import argument_place
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, shown, why
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.keys import AssetKey, op_name_of

_ASSET = Parameters(
    "compute_fn=None, *, name=None, key_prefix=None, ins=None, deps=None, metadata=None, "
    "tags=None, description=None, config_schema=None, required_resource_keys=None, "
    "resource_defs=None, hooks=None, io_manager_def=None, io_manager_key=None, dagster_type=None, "
    "partitions_def=None, op_tags=None, group_name=None, output_required=True, "
    "automation_condition=None, freshness_policy=None, backfill_policy=None, retry_policy=None, "
    "code_version=None, key=None, check_specs=None, owners=None, kinds=None, pool=None, "
    "is_virtual=False, non_argument_deps=None, auto_materialize_policy=None, compute_kind=None, "
    "legacy_freshness_policy=None, concurrency_key=None"
)
ATTRIBUTES = (
    *("metadata", "tags", "description", "io_manager_key", "partitions_def", "group_name"),
    *("automation_condition", "freshness_policy", "backfill_policy", "code_version", "owners"),
    *("kinds", "pool", "is_virtual", "auto_materialize_policy", "legacy_freshness_policy"),
)
"""The parameters of decorators that are attributes of the asset."""


def _asset(call: Call, bound: Bound, function: Value) -> Value:
    target = decorated(call, function)
    key = decorated_key(call, bound, target)
    if not isinstance(key, AssetKey):
        return key
    check_key_name(call, key.parts, key_place(call, bound, target))
    subject = str(key)
    ins, ins_losses = read_ins(call, bound, subject)
    deps, deps_losses = given_deps(call, bound, subject)
    read = asset_inputs(call, target, ins, deps, subject)
    attributes = _attributes_of(call, bound, key)
    checks = read_check_specs(call, bound)
    checks = check_spec_targets(call, checks, (key,))
    attributes = with_docstring(attributes, target, 1 + len(checks))
    check_returned(call, target.signature, 1 + len(checks), target.site)
    spec = SpecValue(
        key,
        key_site(bound, target),
        read.edges,
        attributes,
        (*ins_losses, *deps_losses, *read.losses),
    )
    outs = {
        "result": OutValue(
            "dagster.AssetOut",
            target.site,
            is_required=not attributes.is_skippable,
            io_manager_key=attributes.io_manager_key,
        )
    }
    op = make_op(
        call,
        op_name_of(key),
        target,
        read.inputs,
        inferred_outputs(call, target, outs),
        options_of(call, bound, subject),
    )
    return call.declared(
        AssetsValue(
            op.name,
            "asset",
            target.site,
            outputs=(AssetOutput("result", spec, not attributes.is_skippable),),
            inputs=read.edges,
            node=op,
            checks=checks,
            own_resources=own_resources(bound, key),
        )
    )


def _attributes_of(call: Call, bound: Bound, key: AssetKey) -> Attributes:
    subject = str(key)
    attributes = given_attributes(call, bound, subject)
    own = own_io_manager_key(bound, key)
    if own and is_surely_given(bound.get("io_manager_key")):
        message = "io_manager_key and io_manager_def cannot both be given"
        call.report("invalid-definition", message, argument_place(call, "io_manager_def"))
    attributes = read_attributes(call, own, subject, attributes)
    if _are_both_given(bound, "compute_kind", "kinds"):
        call.report("invalid-definition", "compute_kind and kinds cannot both be given")
    is_optional = bound.plain("output_required") is False
    return replace(attributes, is_skippable=True) if is_optional else attributes


def own_resources(bound: Bound, key: AssetKey | None = None) -> dict[str, Value] | None:
    """The resources that a decorator is given for its own definition, by key; None if not all are
    known.

    `key` is that of the asset whose IO manager is one of them.
    """
    found: dict[str, Value] = {}
    given = bound.get("resource_defs")
    if given is not None and is_given(given):
        if not isinstance(given, Mapping) or given.losses:
            return None
        found.update(given.text_entries())
    manager = bound.get("io_manager_def")
    if manager is not None and is_given(manager):
        if key is None:
            return None
        found[f"{op_name_of(key)}__io_manager"] = manager
    return found


def decorated_key(call: Call, bound: Bound, target: Decorated) -> AssetKey | Unknown:
    """The key of the single asset that a decorator makes: `key`, or prefix and name."""
    given, name, prefix = bound["key"], bound["name"], bound["key_prefix"]
    if is_given(given):
        known = is_surely_given(given)
        if known and (is_surely_given(name) or is_surely_given(prefix)):
            call.report(
                "name-and-key", "an asset has either a key, or a name and a key_prefix", target.site
            )
        found = read_key(call, given)
        return found if isinstance(found, AssetKey) else _lost(call, target, "key", found or given)
    doubts = Doubts()
    text = doubts.text(name) if is_given(name) else target.signature.name
    if text is None:
        cause = doubts.found[0] if doubts.found else target.signature.lost
        return _lost(call, target, "name", cause or name)
    if doubts.found:
        call.report(
            "unresolved-asset",
            f"the name of asset `{text}` may be another: {why(doubts.found[0])}",
            target.site,
        )
    parts = read_parts(call, prefix) if is_given(prefix) else ()
    if not isinstance(parts, tuple):
        return _lost(call, target, "key_prefix", parts or prefix)
    return AssetKey((*parts, text))


def _lost(call: Call, target: Decorated, what: str, cause: Value) -> Unknown:
    name = target.signature.name or "an object"
    if is_surely_no_key(cause):
        message = (
            f"the {what} of the asset made from `{name}` is {shown(cause)}, which is not a string"
        )
        call.report("bad-key", message, target.site)
        return call.unknown("told", f"the {what} of the asset is not a string", cause)
    reason = why(cause) if isinstance(cause, Unknown) else "it is not a string"
    call.report(
        "unresolved-asset",
        f"the {what} of the asset made from `{name}` is not known: {reason}",
        target.site,
    )
    return call.unknown("told", f"the {what} of the asset is not known", cause)


def key_place(call: Call, bound: Bound, target: Decorated) -> Site:
    """Where the key of a decorated function is written."""
    for name in ("key", "name", "key_prefix"):
        if name in bound:
            return argument_place(call, name)
    return target.site


def key_site(bound: Bound, target: Decorated) -> Site:
    """Where the asset of a decorated function is defined, under what decides its key."""
    return target.site.where_chosen(*(bound[each] for each in ("name", "key", "key_prefix")))


def _are_both_given(bound: Bound, *names: str) -> bool:
    return all(is_surely_given(bound.get(name)) for name in names)


def given_deps(
    call: Call, bound: Bound, subject: str
) -> tuple[tuple[Dep, ...], tuple[Unknown, ...]]:
    """`deps`, or its older name `non_argument_deps`."""
    old = bound.get("non_argument_deps")
    if is_given(old) and old is not None:
        if _are_both_given(bound, "deps", "non_argument_deps"):
            call.report("invalid-definition", "deps and non_argument_deps cannot both be given")
        return read_deps(call, old, subject, argument_place(call, "non_argument_deps"))
    return read_deps(call, bound["deps"], subject, argument_place(call, "deps"))


def given_attributes(call: Call, bound: Bound, subject: str) -> Attributes:
    """The attributes among a decorator's arguments, including those that a lost `**kwargs` may
    hold."""
    return read_attributes(call, bound.given(ATTRIBUTES), subject)


def own_io_manager_key(bound: Bound, key: AssetKey) -> dict[str, Value]:
    """The key of an IO manager that is given as a definition, by its parameter's name."""
    if not is_given(bound.get("io_manager_def")):
        return {}
    return {"io_manager_key": Constant(f"{op_name_of(key)}__io_manager")}


def with_docstring(
    attributes: Attributes, target: Decorated, outputs: int, description: str | None = None
) -> Attributes:
    """If the asset has no description: what the docstring says about the only output, else the
    `description` of the op, else the docstring. `outputs` counts those of the op, including its
    checks."""
    if attributes.description is not None or "description" in attributes.unknown:
        return attributes
    if target.signature.is_of_unknown and description is None:
        return replace(attributes, unknown=(*attributes.unknown, "description"))
    doc = target.signature.doc
    text = described_output(doc, outputs) or description or described(doc)
    return replace(attributes, description=text)


TABLE: dict[str, Intrinsic] = {
    **decorator("dagster.asset", _ASSET, "compute_fn", _asset),
}
"""The intrinsics of `@asset`."""
