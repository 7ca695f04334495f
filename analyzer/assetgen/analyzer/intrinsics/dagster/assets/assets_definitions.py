"""`AssetsDefinition.from_op` and `.from_graph`: assets of existing ops and graphs."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.doubts import doubt_of_key
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import NONE, Mapping, Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.assets.check_specs import check_op_name, read_check_specs
from assetgen.analyzer.intrinsics.dagster.assets.internal_deps import read_internal_deps
from assetgen.analyzer.intrinsics.dagster.attributes.attributes import read_attributes
from assetgen.analyzer.intrinsics.dagster.attributes.origins import with_origin
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetOutput, AssetsValue
from assetgen.analyzer.intrinsics.dagster.declared.checks import CheckSpecValue
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue, OpValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import Dep, SpecValue
from assetgen.analyzer.intrinsics.dagster.keys import is_given, read_key, read_parts
from assetgen.analyzer.intrinsics.dagster.ops.graph_leaves import check_leaves
from assetgen.analyzer.intrinsics.dagster.partitions.partitions import mapping_of
from assetgen.analyzer.intrinsics.dagster.places import argument_place, entry_place
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, shown, why
from assetgen.analyzer.model.keys import AssetKey

_BY_OUTPUT: dict[str, str] = {
    "group_names_by_output_name": "group_name",
    "descriptions_by_output_name": "description",
    "metadata_by_output_name": "metadata",
    "tags_by_output_name": "tags",
    "owners_by_output_name": "owners",
    "code_versions_by_output_name": "code_version",
    "automation_conditions_by_output_name": "automation_condition",
    "auto_materialize_policies_by_output_name": "auto_materialize_policy",
    "legacy_freshness_policies_by_output_name": "legacy_freshness_policy",
}
_NODE = Parameters(
    "node, *, keys_by_input_name=None, keys_by_output_name=None, key_prefix=None, "
    "internal_asset_deps=None, partitions_def=None, partition_mappings=None, resource_defs=None, "
    f"group_name=None, {', '.join(f'{name}=None' for name in _BY_OUTPUT)}, backfill_policy=None, "
    "can_subset=False, check_specs=None, hook_defs=None, op_def=None, graph_def=None"
)


def _from_node(call: Call) -> Value:
    """Assets of an op or graph, one for each of its outputs that is not a check."""
    node = _node_of(call)
    if not isinstance(node, (OpValue, GraphValue)):
        call.report("unresolved-asset", f"the assets of {shown(node)} are not known")
        return call.unknown("unsupported", "the op or graph of the assets is not known", node)
    bound = _NODE.bind(_with_node(call, node))
    if isinstance(node, GraphValue):
        check_leaves(call, node)
    checks = read_check_specs(call, bound)
    inputs = _inputs(call, bound, node)
    plain = _plain_keys(call, bound, node, checks)
    losses: list[Unknown] = []
    internal = _internal(call, bound, plain, inputs, losses)
    outputs = []
    for output, key in _prefixed(call, bound, plain).items():
        attributes = read_attributes(call, _given(call, bound, output), str(key))
        attributes = with_origin(attributes, node, output)
        deps = inputs if internal is None else internal.get(key, ())
        site = _site(call, bound, output)
        spec = SpecValue(key, site, deps, attributes, tuple(losses))
        outputs.append(AssetOutput(output, spec, not attributes.is_skippable))
    return call.declared(
        AssetsValue(
            node.name,
            kind_of(node, len(outputs)),
            call.site,
            outputs=tuple(outputs),
            inputs=inputs,
            node=node,
            checks=checks,
            can_subset=Doubts().flag(bound["can_subset"]),
        )
    )


def _node_of(call: Call) -> Value:
    for name in ("op_def", "graph_def"):
        if name in call.kwargs:
            return call.kwargs[name]
    return call.first


def _with_node(call: Call, node: Value) -> Call:
    """The call with the node as its first argument, however it was given."""
    kwargs = {
        name: value for name, value in call.kwargs.items() if name not in ("op_def", "graph_def")
    }
    return Call(call.machine, call.name, (node,), kwargs, call.site, call.receiver, call.losses)


def kind_of(node: OpValue | GraphValue, count: int) -> str:
    """How the definition of so many assets of a node is made."""
    graph = "graph_" if isinstance(node, GraphValue) else ""
    return f"{graph}asset" if count == 1 else f"{graph}multi_asset"


# -- keys


def _inputs(call: Call, bound: Bound, node: OpValue | GraphValue) -> tuple[Dep, ...]:
    """An edge for each input: to the key that is given for it, or to the asset of its name."""
    keys = keys_by_name(call, bound, "keys_by_input_name")
    if keys:
        _check_names(call, keys, [one.name for one in node.inputs], "keys_by_input_name")
    mappings = Doubts().first_option(bound["partition_mappings"])
    by_input = dict(mappings.text_entries()) if isinstance(mappings, Mapping) else {}
    place = argument_place(call, "keys_by_input_name")
    deps = []
    for one in node.inputs:
        mapping = by_input.get(one.name)
        deps.append(
            Dep(
                keys.get(one.name, AssetKey((one.name,))),
                entry_place(place, one.name),
                how="ins" if one.name in keys else "parameter",
                input=one.name,
                loads_value=not one.is_nothing,
                partition_mapping=mapping_of(mapping) if mapping is not None else None,
                mapping_value=mapping,
            )
        )
    return tuple(deps)


def _plain_keys(
    call: Call, bound: Bound, node: OpValue | GraphValue, checks: tuple[CheckSpecValue, ...]
) -> dict[str, AssetKey]:
    """The keys of the outputs, before the prefix.

    A single output with the default name has the name of the node as its key.
    """
    keys = keys_by_name(call, bound, "keys_by_output_name")
    taken = {check_op_name(check) for check in checks}
    names = [one.name for one in node.outputs if one.name not in taken]
    if keys:
        _check_names(call, keys, names, "keys_by_output_name")
    single = len(node.outputs) == 1 and names == ["result"]
    return {
        name: keys.get(name, AssetKey((node.name if single else name,)))
        for name in (*keys, *(name for name in names if name not in keys))
    }


def _prefixed(call: Call, bound: Bound, keys: dict[str, AssetKey]) -> dict[str, AssetKey]:
    prefix = read_parts(call, bound["key_prefix"]) if is_given(bound["key_prefix"]) else ()
    if not isinstance(prefix, tuple):
        cause = why(prefix) if isinstance(prefix, Unknown) else "it is not a string"
        call.report("unresolved-asset", f"the key_prefix of the assets is not known: {cause}")
        return {}
    return {output: key.with_prefix(prefix) for output, key in keys.items()}


def _site(call: Call, bound: Bound, output: str) -> Site:
    """Where the asset of an output is made, under what decides its key."""
    given = bound["keys_by_output_name"]
    keys = dict(given.text_entries()) if isinstance(given, Mapping) else {}
    return call.site.where_chosen(bound["key_prefix"], given, keys.get(output, NONE))


def keys_by_name(call: Call, bound: Bound, parameter: str) -> dict[str, AssetKey]:
    """The keys that an argument gives, by input or output; what is lost of them is reported."""
    given = Doubts().first_option(bound[parameter])
    if not isinstance(given, Mapping):
        if given != NONE:
            call.report("unresolved-asset", f"{parameter} of the assets is not known")
        return {}
    found: dict[str, AssetKey] = {}
    for name, value in given.text_entries():
        key = read_key(call, value)
        if isinstance(key, AssetKey):
            found[name] = key
        else:
            call.report("unresolved-asset", f"the key of `{name}` in {parameter} is not known")
    return found


def _check_names(call: Call, keys: dict[str, AssetKey], names: list[str], parameter: str) -> None:
    if set(keys) != set(names):
        expected = ", ".join(f"`{name}`" for name in names) or "none"
        call.report(
            "invalid-definition",
            f"{parameter} must name exactly these: {expected}",
            argument_place(call, parameter),
        )


# -- dependencies and attributes


def _internal(
    call: Call,
    bound: Bound,
    plain: dict[str, AssetKey],
    inputs: tuple[Dep, ...],
    losses: list[Unknown],
) -> dict[AssetKey, tuple[Dep, ...]] | None:
    """What `internal_asset_deps` says, by the keys without the prefix, as Dagster looks them up."""
    said = read_internal_deps(call, bound, plain, "these assets", losses)
    if said is None:
        return None
    edges = {dep.key: dep for dep in inputs}
    return {
        plain[output]: tuple(edges.get(key) or Dep(key, site, how="internal") for key, _ in given)
        for output, (site, given) in said.items()
    }


def _given(call: Call, bound: Bound, output: str) -> dict[str, Value]:
    """The attributes of one output's asset, by the parameter names of `AssetSpec`."""
    given = bound.given(("group_name", "partitions_def", "backfill_policy"))
    for parameter, attribute in _BY_OUTPUT.items():
        by_output = bound[parameter]
        if isinstance(by_output, Unknown):
            given[attribute] = by_output
        elif isinstance(by_output, Mapping):
            value = dict(by_output.text_entries()).get(output, NONE)
            doubt = doubt_of_key(by_output, ("constant", output)) if by_output.losses else None
            if doubt is not None:
                value = call.machine.join([value, NONE], doubt.condition)
            if value != NONE:
                given[attribute] = value
    return given


TABLE: dict[str, Intrinsic] = {
    "dagster.AssetsDefinition.from_op": _from_node,
    "dagster.AssetsDefinition.from_graph": _from_node,
}
"""The intrinsics that make assets of ops and graphs."""
