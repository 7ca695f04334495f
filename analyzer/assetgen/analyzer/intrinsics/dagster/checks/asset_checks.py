"""`@asset_check` and `@multi_asset_check`."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.assets.asset_inputs import AssetInputs, asset_inputs
from assetgen.analyzer.intrinsics.dagster.assets.assets import own_resources
from assetgen.analyzer.intrinsics.dagster.assets.check_specs import (
    check_name,
    check_op_name,
    check_own_asset,
    check_target,
    made_check,
    read_check_specs,
    tell_other_names,
)
from assetgen.analyzer.intrinsics.dagster.assets.deps import read_deps
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue
from assetgen.analyzer.intrinsics.dagster.declared.checks import ChecksValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import Dep, InValue
from assetgen.analyzer.intrinsics.dagster.functions.decorated_functions import Decorated, decorated
from assetgen.analyzer.intrinsics.dagster.functions.decorating import decorator
from assetgen.analyzer.intrinsics.dagster.functions.docstrings import described
from assetgen.analyzer.intrinsics.dagster.keys import is_given, is_surely_no_key, read_key
from assetgen.analyzer.intrinsics.dagster.names import name_problem
from assetgen.analyzer.intrinsics.dagster.ops.inputs import read_ins
from assetgen.analyzer.intrinsics.dagster.ops.ops import make_op, options_of
from assetgen.analyzer.intrinsics.dagster.places import argument_place
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, shown, why
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.steps import Output

_OP = (
    "required_resource_keys=None, resource_defs=None, config_schema=None, compute_kind=None, "
    "op_tags=None, retry_policy=None, pool=None"
)
_CHECK = Parameters(
    "*, asset, name=None, description=None, blocking=False, additional_ins=None, "
    f"additional_deps=None, metadata=None, automation_condition=None, partitions_def=None, {_OP}"
)


def _asset_check(call: Call, bound: Bound, function: Value) -> Value:
    target = decorated(call, function)
    key = read_key(call, bound["asset"])
    doubts = Doubts()
    name = doubts.text(bound["name"]) if is_given(bound["name"]) else target.signature.name
    if not isinstance(key, AssetKey) or name is None:
        return _lost(call, bound, target, key, doubts)
    tell_other_names(call, name, doubts)
    check_name(call, name)
    check_target(call, key, argument_place(call, "asset"))
    place = argument_place(call, "additional_deps")
    deps, losses = read_deps(call, bound["additional_deps"], name, place)
    ins, _ = read_ins(call, bound, name, "additional_ins")
    check_own_asset(call, name, key, (dep.key for dep in deps), "additional_deps")
    named = (one.key or AssetKey((given,)) for given, (one, _) in ins.items())
    check_own_asset(call, name, key, named, "additional_ins")
    read = _check_inputs(call, target, key, ins, deps, name)
    others = tuple(dep for dep in read.edges if dep.key != key)
    site = target.site.where_chosen(bound["asset"], bound["name"])
    spec = made_check(call, bound, name, key, site, others, losses)
    spec = replace(spec, description=spec.description or described(target.signature.doc))
    if target.signature.is_of_unknown and not is_given(bound["description"]):
        spec = replace(spec, unknown=(*spec.unknown, "description"))
    op = make_op(
        call,
        check_op_name(spec),
        target,
        read.inputs,
        (Output("result"),),
        options_of(call, bound, name),
    )
    own = own_resources(bound)
    return call.declared(
        ChecksValue(op.name, "check", target.site, (spec,), read.edges, op, own_resources=own)
    )


def _lost(call: Call, bound: Bound, target: Decorated, key: object, doubts: Doubts) -> Unknown:
    asset = bound["asset"]
    if isinstance(asset, AssetsValue) and len(asset.specs) > 1:
        message = f"a check is on one asset, and `{asset.name}` makes several: give the key of one"
        call.report("invalid-definition", message, argument_place(call, "asset"))
        return call.unknown("told", "the asset check is not known")
    if is_surely_no_key(asset):
        message = f"a check is on one asset, which {shown(asset)} is not"
        call.report("wrong-type", message, argument_place(call, "asset"))
        return call.unknown("told", "the asset check is not known")
    cause = key if isinstance(key, Unknown) else next(iter(doubts.found), target.signature.lost)
    reason = why(cause) if cause is not None else "its asset is not a key"
    subject = target.signature.name or "a check"
    call.report("unresolved-check", f"the asset check `{subject}` is not known: {reason}")
    return call.unknown("told", "the asset check is not known", bound["asset"])


def _check_inputs(
    call: Call,
    target: Decorated,
    key: AssetKey,
    ins: ReadOnlyMapping[str, tuple[InValue, Site]],
    deps: tuple[Dep, ...],
    name: str,
) -> AssetInputs:
    """The one parameter that `additional_ins` does not name receives the checked asset; without
    one, the check is only ordered after it."""
    free = [parameter for parameter in target.roles.inputs if parameter.name not in ins]
    given = dict(ins)
    if not free:
        own = Dep(key, target.site)
        return asset_inputs(call, target, given, (*deps, own), name)
    first, *rest = free
    if rest:
        names = ", ".join(f"`{parameter.name}`" for parameter in rest)
        call.report(
            "invalid-definition",
            f"the check `{name}` takes {names} beside the asset that it checks: name them in "
            "additional_ins",
            rest[0].site,
        )
    given[first.name] = (InValue("dagster.AssetIn", first.site, key), first.site)
    read = asset_inputs(call, target, given, deps, name)
    edges = tuple(
        replace(edge, how="parameter") if edge.input == first.name else edge for edge in read.edges
    )
    return replace(read, edges=edges)


_MULTI_CHECK = Parameters(
    f"*, specs, name=None, description=None, can_subset=False, ins=None, {_OP}"
)


def _multi_asset_check(call: Call, bound: Bound, function: Value) -> Value:
    target = decorated(call, function)
    doubts = Doubts()
    given = doubts.text(bound["name"]) if is_given(bound["name"]) else None
    name = given or target.signature.name or "checks"
    problem = name_problem(name)
    if problem:
        call.report("bad-name", problem, argument_place(call, "name"))
    specs = read_check_specs(call, bound, "specs")
    ins, _ = read_ins(call, bound, name)
    deps: dict[AssetKey, Dep] = {}
    for spec in specs:
        check_target(call, spec.asset, spec.site)
        deps.setdefault(spec.asset, Dep(spec.asset, spec.site))
        for dep in spec.additional_deps:
            deps.setdefault(dep.key, dep)
    read = asset_inputs(call, target, ins, tuple(deps.values()), name)
    can_subset = Doubts().flag(bound["can_subset"])
    outputs = tuple(Output(check_op_name(spec), not can_subset) for spec in specs)
    op = make_op(call, name, target, read.inputs, outputs, options_of(call, bound, name))
    own = own_resources(bound)
    return call.declared(
        ChecksValue(name, "multi_check", target.site, specs, read.edges, op, can_subset, own)
    )


TABLE: dict[str, Intrinsic] = {
    **decorator("dagster.asset_check", _CHECK, None, _asset_check),
    **decorator("dagster.multi_asset_check", _MULTI_CHECK, None, _multi_asset_check),
}
"""The intrinsics of check decorators."""
