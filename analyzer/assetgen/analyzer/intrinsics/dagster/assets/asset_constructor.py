"""The constructor of `AssetsDefinition`, which is given by key what decorators read from a
function."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import NONE, Choice, Mapping, Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.assets.assets import own_resources
from assetgen.analyzer.intrinsics.dagster.assets.assets_definitions import keys_by_name, kind_of
from assetgen.analyzer.intrinsics.dagster.assets.multi_assets import specs_by_key
from assetgen.analyzer.intrinsics.dagster.attributes.attributes import read_attributes
from assetgen.analyzer.intrinsics.dagster.attributes.origins import with_origin
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetOutput, AssetsValue
from assetgen.analyzer.intrinsics.dagster.declared.checks import CheckSpecValue
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue, OpValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import Dep, SpecValue
from assetgen.analyzer.intrinsics.dagster.keys import is_given, read_key
from assetgen.analyzer.intrinsics.dagster.partitions.partitions import mapping_of
from assetgen.analyzer.intrinsics.dagster.places import argument_place, entry_place
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, shown, why
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.keys import AssetKey

_BY_KEY = {
    "group_names_by_key": "group_name",
    "descriptions_by_key": "description",
    "metadata_by_key": "metadata",
    "tags_by_key": "tags",
    "owners_by_key": "owners",
    "automation_conditions_by_key": "automation_condition",
    "auto_materialize_policies_by_key": "auto_materialize_policy",
    "legacy_freshness_policies_by_key": "legacy_freshness_policy",
    "freshness_policies_by_key": "legacy_freshness_policy",
}
"""The parameters that map keys to values, and the attributes that these are."""

_NOT_WITH_SPECS = (*_BY_KEY, "partition_mappings", "asset_deps", "partitions_def")

_DEFINITION = Parameters(
    "*, keys_by_input_name=None, keys_by_output_name=None, node_def=None, partitions_def=None, "
    "partition_mappings=None, asset_deps=None, selected_asset_keys=None, can_subset=False, "
    f"resource_defs=None, {', '.join(f'{name}=None' for name in _BY_KEY)}, backfill_policy=None, "
    "check_specs_by_output_name=None, selected_asset_check_keys=None, is_subset=False, specs=None, "
    "execution_type=None, hook_defs=None"
)


def _assets_definition(call: Call) -> Value:
    """The assets of a node, by its outputs; without a node, external assets of specs."""
    bound = _DEFINITION.bind(call)
    node = bound["node_def"]
    if node == NONE:
        return _external(call, bound)
    if not isinstance(node, (OpValue, GraphValue)):
        call.report("unresolved-asset", f"the assets of {shown(node)} are not known")
        return call.unknown("unsupported", "the op or graph of the assets is not known", node)
    return _Constructor(call, bound, node).assets()


def _external(call: Call, bound: Bound) -> Value:
    specs, _ = specs_by_key(call, bound["specs"], "an external asset")
    outputs = tuple(AssetOutput("", spec) for spec in specs)
    return call.declared(AssetsValue("external assets", "external", call.site, outputs=outputs))


class _Constructor:
    """The assets of a node."""

    __slots__ = ("bound", "call", "node")

    def __init__(self, call: Call, bound: Bound, node: OpValue | GraphValue) -> None:
        self.call, self.bound, self.node = call, bound, node

    def assets(self) -> Value:
        call, bound, node = self.call, self.bound, self.node
        self.check_specs_alone()
        inputs = tuple(self.inputs())
        given = self.specs() if self.has_specs else None
        deps = self.deps(inputs)
        outputs = []
        for output, key in keys_by_name(call, bound, "keys_by_output_name").items():
            if given is not None:
                spec = given.get(key)
                if spec is None:
                    place = argument_place(call, "specs")
                    message = f"no spec in specs has the key `{key}` of output `{output}`"
                    call.report("invalid-definition", message, place)
                    continue
            else:
                attributes = read_attributes(call, self.attributes(key), str(key))
                spec = SpecValue(key, call.site, deps.get(key, inputs))
            attributes = with_origin(
                spec.attributes if given is not None else attributes, node, output
            )
            spec = replace(spec, attributes=attributes)
            outputs.append(AssetOutput(output, spec, not attributes.is_skippable))
        return call.declared(
            AssetsValue(
                node.name,
                kind_of(node, len(outputs)),
                call.site,
                outputs=tuple(outputs),
                inputs=inputs,
                node=node,
                checks=tuple(self.checks()),
                can_subset=Doubts().flag(bound["can_subset"]),
                own_resources=own_resources(bound),
            )
        )

    def specs(self) -> dict[AssetKey, SpecValue]:
        specs, _ = specs_by_key(self.call, self.bound["specs"], "an asset")
        return {spec.key: spec for spec in specs}

    @property
    def has_specs(self) -> bool:
        return is_given(self.bound["specs"])

    def check_specs_alone(self) -> None:
        """What specs say is said nowhere else."""
        if self.has_specs:
            for name in _NOT_WITH_SPECS:
                given = self.bound[name]
                if given != NONE and not isinstance(given, (Choice, Unknown)):
                    message = f"specs and {name} cannot be given together"
                    place = argument_place(self.call, name)
                    self.call.report("specs-conflict", message, place)

    def inputs(self) -> Iterator[Dep]:
        place = argument_place(self.call, "keys_by_input_name")
        mappings = dict(self.by_key("partition_mappings"))
        nothing = {one.name for one in self.node.inputs if one.is_nothing}
        for name, key in keys_by_name(self.call, self.bound, "keys_by_input_name").items():
            mapping = mappings.get(key)
            yield Dep(
                key,
                entry_place(place, name),
                how="ins",
                input=name,
                loads_value=name not in nothing,
                partition_mapping=mapping_of(mapping) if mapping is not None else None,
                mapping_value=mapping,
            )

    def deps(self, inputs: tuple[Dep, ...]) -> dict[AssetKey, tuple[Dep, ...]]:
        """What `asset_deps` says; outputs that it does not mention depend on all inputs."""
        edges = {dep.key: dep for dep in inputs}
        place = argument_place(self.call, "asset_deps")
        found: dict[AssetKey, tuple[Dep, ...]] = {}
        for key, value in self.by_key("asset_deps"):
            items = self.call.machine.items(value, place).values
            upstream = [read_key(self.call, item) for item in items]
            found[key] = tuple(
                edges.get(one, Dep(one, place, how="internal"))
                for one in upstream
                if isinstance(one, AssetKey)
            )
        return found

    def by_key(self, parameter: str) -> Iterator[tuple[AssetKey, Value]]:
        given = Doubts().first_option(self.bound[parameter])
        if isinstance(given, Unknown):
            self.call.report("unresolved-dependency", f"{parameter} is not known: {why(given)}")
        if isinstance(given, Mapping):
            for name, value in given.entries.values():
                key = read_key(self.call, name)
                if isinstance(key, AssetKey):
                    yield key, value

    def attributes(self, key: AssetKey) -> dict[str, Value]:
        """What is given for the asset `key`, by the parameter names of `AssetSpec`."""
        given = self.bound.given(("partitions_def", "backfill_policy"))
        for parameter, attribute in _BY_KEY.items():
            if isinstance(self.bound[parameter], Unknown):
                given[attribute] = self.bound[parameter]
                continue
            said = dict(self.by_key(parameter)).get(key, NONE)
            if said != NONE:
                given[attribute] = said
        return given

    def checks(self) -> Iterator[CheckSpecValue]:
        given = Doubts().first_option(self.bound["check_specs_by_output_name"])
        if isinstance(given, Mapping):
            for _, value in given.entries.values():
                if isinstance(value, CheckSpecValue):
                    yield value
                elif isinstance(value, Unknown):
                    message = f"an asset check is not known: {why(value)}"
                    self.call.report("unresolved-check", message)


TABLE: dict[str, Intrinsic] = {"dagster.AssetsDefinition": _assets_definition}
"""The intrinsics of the class itself."""
