"""`@multi_asset`."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.doubts import beyond
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.assets.asset_inputs import AssetInputs, asset_inputs
from assetgen.analyzer.intrinsics.dagster.assets.assets import (
    given_deps,
    own_resources,
    with_docstring,
)
from assetgen.analyzer.intrinsics.dagster.assets.check_specs import (
    check_spec_targets,
    read_check_specs,
)
from assetgen.analyzer.intrinsics.dagster.assets.internal_deps import read_internal_deps
from assetgen.analyzer.intrinsics.dagster.assets.refused_specs import check_partitions, content_of
from assetgen.analyzer.intrinsics.dagster.attributes.alternative_specs import one_of
from assetgen.analyzer.intrinsics.dagster.attributes.attributes import read_attributes
from assetgen.analyzer.intrinsics.dagster.collecting import members_of
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetOutput, AssetsValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import Dep, OutValue, SpecValue
from assetgen.analyzer.intrinsics.dagster.functions.decorated_functions import Decorated, decorated
from assetgen.analyzer.intrinsics.dagster.functions.decorating import decorator
from assetgen.analyzer.intrinsics.dagster.functions.returned import check_returned
from assetgen.analyzer.intrinsics.dagster.keys import is_given, is_surely_given
from assetgen.analyzer.intrinsics.dagster.names import (
    check_key_name,
)
from assetgen.analyzer.intrinsics.dagster.ops.inputs import read_ins
from assetgen.analyzer.intrinsics.dagster.ops.ops import make_op, op_name, options_of
from assetgen.analyzer.intrinsics.dagster.ops.outputs import output_key, read_outs
from assetgen.analyzer.intrinsics.dagster.places import argument_place
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, shown, why
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.keys import AssetKey, op_name_of
from assetgen.analyzer.model.steps import Output

_MULTI = Parameters(
    "*, outs=None, name=None, ins=None, deps=None, description=None, config_schema=None, "
    "required_resource_keys=None, internal_asset_deps=None, partitions_def=None, hooks=None, "
    "backfill_policy=None, op_tags=None, can_subset=False, resource_defs=None, group_name=None, "
    "retry_policy=None, code_version=None, specs=None, check_specs=None, pool=None, "
    "non_argument_deps=None, compute_kind=None, allow_arbitrary_check_specs=False, "
    "concurrency_key=None"
)


def _multi_asset(call: Call, bound: Bound, function: Value) -> Value:
    target = decorated(call, function)
    name = op_name(call, bound, target)
    ins, ins_losses = read_ins(call, bound, name)
    can_subset = Doubts().flag(bound["can_subset"])
    uses_specs = is_given(bound["specs"])
    if uses_specs:
        _check_conflicts(call, bound)
        given = _spec_outputs(call, bound["specs"], name)
        deps = tuple(_outer_deps(given))
        read = asset_inputs(call, target, ins, deps, name)
        _check_spec_inputs(call, read, deps, name)
        outputs = _with_inputs(given, read)
    else:
        deps, deps_losses = given_deps(call, bound, name)
        read = asset_inputs(call, target, ins, deps, name)
        lost = (*ins_losses, *deps_losses, *read.losses)
        outputs = _out_outputs(call, bound, name, read, lost)
    checks = read_check_specs(call, bound)
    if not is_given(bound.get("allow_arbitrary_check_specs")) and not _is_in_doubt(call, bound):
        checks = check_spec_targets(call, checks, (output.spec.key for output in outputs))
    count = len(outputs) + len(checks)
    check_returned(call, target.signature, count, target.site)
    if uses_specs:
        check_partitions(call, bound, [output.spec for output in outputs], can_subset=can_subset)
    outputs = tuple(_finished(call, bound, target, output, count) for output in outputs)
    op = make_op(
        call,
        name,
        target,
        read.inputs,
        _op_outputs(outputs, uses_specs),
        options_of(call, bound, name),
    )
    return call.declared(
        AssetsValue(
            name,
            "multi_asset",
            target.site,
            outputs=outputs,
            inputs=read.edges,
            node=op,
            checks=checks,
            can_subset=can_subset,
            uses_specs=uses_specs,
            own_resources=own_resources(bound),
        )
    )


def _is_in_doubt(call: Call, bound: Bound) -> bool:
    """Whether the multi-asset may make assets that are not known."""
    if call.losses:
        return True
    given = bound["specs"] if is_given(bound["specs"]) else bound["outs"]
    return not isinstance(given, (Sequence, Mapping)) or bool(given.losses)


# -- specs=


def _check_conflicts(call: Call, bound: Bound) -> None:
    for other in ("outs", "deps", "non_argument_deps", "internal_asset_deps"):
        value = bound.get(other)
        if is_surely_given(value):
            call.report(
                "specs-conflict",
                f"{other} cannot be given together with specs",
                argument_place(call, other),
            )


def _spec_outputs(call: Call, value: Value, name: str) -> tuple[AssetOutput, ...]:
    """One output for each spec."""
    specs, losses = specs_by_key(call, value, f"an asset of `{name}`")
    outputs = tuple(
        AssetOutput(op_name_of(spec.key), spec, not spec.attributes.is_skippable) for spec in specs
    )
    return _which_may_be_alone(outputs, bool(losses))


def specs_by_key(
    call: Call, value: Value, member: str
) -> tuple[tuple[SpecValue, ...], list[Unknown]]:
    """The specs that are given, and what is lost, which is reported of a `member`; of several with
    the same key, the last counts, and of those that exclude each other, one."""
    place = argument_place(call, "specs")
    specs, losses = members_of(call, value, place, SpecValue, "AssetSpec")
    for loss in losses:
        call.report("unresolved-asset", f"{member} is not known: {why(loss)}", place)
    found: dict[AssetKey, SpecValue] = {}
    for spec in specs:
        earlier, condition = found.get(spec.key), spec.site.condition
        _check_same(call, earlier, spec)
        check_key_name(call, spec.key.parts, spec.site)
        if earlier is not None and condition is not None:
            joined = one_of(call.machine, (earlier, spec), condition)
            spec = replace(joined, site=earlier.site)
        found[spec.key] = spec
    return tuple(found.values()), losses


def _which_may_be_alone(
    outputs: tuple[AssetOutput, ...], are_more: bool
) -> tuple[AssetOutput, ...]:
    """The outputs, of which it may not be known whether there are several."""
    sure = [output for output in outputs if output.spec.site.condition is None]
    is_told = len(sure) > 1 or (len(sure) == len(outputs) and not are_more)
    return outputs if is_told else tuple(map(_maybe_alone, outputs))


def _maybe_alone(output: AssetOutput) -> AssetOutput:
    """An output of which it is not known whether there are others."""
    attributes = output.spec.attributes
    unknown = tuple(sorted({*attributes.unknown, "is_multi_asset"}))
    spec = replace(output.spec, attributes=replace(attributes, unknown=unknown))
    return replace(output, spec=spec)


def _check_same(call: Call, earlier: SpecValue | None, spec: SpecValue) -> None:
    if earlier is None or any(
        each.site.condition is not None or each.attributes.unknown for each in (earlier, spec)
    ):
        return
    if content_of(earlier) != content_of(spec):
        message = f"another spec of `{spec.key}` says otherwise"
        call.report("duplicate-key", message, spec.site)


def _outer_deps(outputs: tuple[AssetOutput, ...]) -> list[Dep]:
    """What the specs depend on outside of the step; on themselves only with a partition mapping."""
    own = {output.spec.key for output in outputs}
    deps: dict[AssetKey, Dep] = {}
    for output in outputs:
        for dep in output.spec.deps:
            if dep.key not in own or dep.partition_mapping is not None:
                deps[dep.key] = dep
    return list(deps.values())


def _check_spec_inputs(call: Call, read: AssetInputs, deps: tuple[Dep, ...], name: str) -> None:
    known = {dep.key for dep in deps}
    for edge in read.edges:
        if edge.key not in known:
            call.report(
                "specs-conflict",
                f"the input `{edge.input}` of `{name}` is `{edge.key}`, which none of its specs "
                "depends on",
                edge.site,
            )


def _with_inputs(outputs: tuple[AssetOutput, ...], read: AssetInputs) -> tuple[AssetOutput, ...]:
    """Deps of the specs that come in through a parameter load a value."""
    by_key = {edge.key: edge for edge in read.edges}
    result = []
    for output in outputs:
        deps = tuple(
            replace(dep, input=edge.input, loads_value=edge.loads_value)
            if (edge := by_key.get(dep.key))
            else replace(dep, how="internal")
            for dep in output.spec.deps
        )
        result.append(replace(output, spec=replace(output.spec, deps=deps)))
    return tuple(result)


# -- outs=


def _out_outputs(
    call: Call, bound: Bound, name: str, read: AssetInputs, losses: tuple[Unknown, ...]
) -> tuple[AssetOutput, ...]:
    place = argument_place(call, "outs")
    outs, lost = read_outs(call, bound["outs"], name, place)
    keys: dict[str, AssetKey] = {}
    for output, (out, site) in outs.items():
        key = output_key(call, output, out, site)
        if key is not None:
            keys[output] = key
    doubts: list[Unknown] = []
    internal = _internal_deps(call, bound, outs, keys, read, doubts)
    result = []
    for output, key in keys.items():
        out, _ = outs[output]
        deps = read.edges if internal is None else internal.get(output, ())
        spec = SpecValue(key, out.site, deps, out.attributes, (*losses, *doubts))
        result.append(AssetOutput(output.replace("-", "_"), spec, out.is_required))
    return _which_may_be_alone(tuple(result), bool(beyond(lost)))


def _internal_deps(
    call: Call,
    bound: Bound,
    outs: dict[str, tuple[OutValue, Site]],
    keys: dict[str, AssetKey],
    read: AssetInputs,
    losses: list[Unknown],
) -> dict[str, tuple[Dep, ...]] | None:
    """What `internal_asset_deps` says about each output; None if it was not given."""
    said = read_internal_deps(call, bound, outs, "this multi-asset", losses)
    if said is None:
        return None
    edges = {edge.key: edge for edge in read.edges}
    own = set(keys.values())
    result: dict[str, tuple[Dep, ...]] = {}
    for output, (site, given) in said.items():
        deps: list[Dep] = []
        for key, item in given:
            if isinstance(item, Constant):
                message = f"internal_asset_deps takes AssetKeys, not the string {shown(item)}"
                call.report("wrong-type", message, site)
            elif key not in edges and key not in own:
                message = f"`{key}` is neither an input nor an output of this multi-asset"
                call.report("unknown-output", message, site)
            deps.append(edges.get(key) or Dep(key, site, how="internal"))
        result[output] = tuple(deps)
    used = {dep.key for deps in result.values() for dep in deps}
    for edge in read.edges:
        if edge.key not in used:
            call.report(
                "unknown-output",
                f"the input `{edge.key}` feeds no output in internal_asset_deps",
                edge.site,
            )
    return result


# -- both


def _finished(
    call: Call, bound: Bound, target: Decorated, output: AssetOutput, count: int
) -> AssetOutput:
    """What the decorator gives for all its assets: group, partitions, backfill policy, docstring.

    `count` is the number of outputs of the op.
    """
    spec = output.spec
    group = bound["group_name"]
    given: dict[str, Value] = {}
    if group not in (NONE, Constant("")):
        own = spec.attributes.group_name
        known = group.value if isinstance(group, Constant) else None
        if own is not None and known is not None and own != known:
            call.report(
                "invalid-definition",
                f"group_name is given here and, differently, for `{spec.key}`",
                argument_place(call, "group_name"),
            )
        elif own is None:
            given["group_name"] = group
    shared = bound.given(("partitions_def", "backfill_policy", "pool", "code_version"))
    given.update(
        (name, value) for name, value in shared.items() if not spec.attributes.is_given(name)
    )
    attributes = read_attributes(call, given, str(spec.key), spec.attributes)
    if not output.is_required:
        attributes = replace(attributes, is_skippable=True)
    attributes = with_docstring(attributes, target, count, Doubts().text(bound["description"]))
    return replace(output, spec=replace(spec, attributes=attributes))


def _op_outputs(outputs: tuple[AssetOutput, ...], uses_specs: bool) -> tuple[Output, ...]:
    return tuple(
        Output(
            output.name,
            is_required=output.is_required,
            is_nothing=uses_specs and output.spec.attributes.io_manager_key is None,
            io_manager_key=output.spec.attributes.io_manager_key,
        )
        for output in outputs
    )


TABLE: dict[str, Intrinsic] = {
    **decorator("dagster.multi_asset", _MULTI, None, _multi_asset),
}
"""The intrinsics of `@multi_asset`."""
