"""From the nodes of a manifest to specs of assets and checks, by the project's translator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Declared,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.dagster.attributes.attributes import read_attributes
from assetgen.analyzer.intrinsics.dagster.automation.automation import ConditionValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import Dep, SpecValue
from assetgen.analyzer.intrinsics.dagster.keys import read_key
from assetgen.analyzer.intrinsics.dagster.partitions.partitions import mapping_of
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, why
from assetgen.analyzer.intrinsics.integrations.dbt import defaults
from assetgen.analyzer.intrinsics.integrations.dbt.columns import metadata_value
from assetgen.analyzer.intrinsics.integrations.dbt.switches import Switches
from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.manifest import Manifest, Node
from assetgen.analyzer.intrinsics.integrations.plain_data import value_of, value_when_asked
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.model.keys import AssetKey

MANIFEST_KEY = "dagster_dbt/manifest"


@dataclass(slots=True, eq=False)
class ManifestValue(Declared):
    """A manifest as a value, with the translation that asks for it; `sections` as they were
    asked for."""

    type_name: ClassVar[str] = "dagster_dbt.Manifest"

    translation: Translation
    sections: dict[str, Value] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Translation:
    """A manifest and the translator that turns it into assets; each node is translated once.

    `translator` is an instance of the project's class, or the default one; `project` the
    `DbtProject` given, if any.
    """

    call: Call
    manifest: Manifest
    translator: Value
    switches: Switches
    project: Value = NONE
    specs: dict[str, SpecValue | Unknown] = field(default_factory=dict)
    _keys: dict[str, AssetKey | Unknown] = field(default_factory=dict)
    _told_of: dict[str, tuple[tuple[str, Any], ...]] = field(default_factory=dict)
    _properties: dict[tuple[str, bool], Value] = field(default_factory=dict)
    _colliding: frozenset[AssetKey] | None = None
    _tables: dict[str, str] | None = None

    def spec(self, unique_id: str) -> SpecValue | Unknown:
        """The spec of a node or source, as the translator's `get_asset_spec` gives it."""
        known = self.specs.get(unique_id)
        if known is not None:
            return known
        machine = self.call.machine
        spent = machine.spent
        given = self._overridden(
            "get_asset_spec", ManifestValue(self), Constant(unique_id), self.project
        )
        made = self.default_spec(unique_id) if given is None else given
        # A node is not a statement of the module: its steps count for the code location alone.
        machine.spent = spent
        if not isinstance(made, (SpecValue, Unknown)):
            made = self.call.unknown("unsupported", f"the asset of dbt's {unique_id}")
        self.specs[unique_id] = made
        return made

    def key_of(self, unique_id: str) -> AssetKey | Unknown:
        """The key of a node or source, if nothing else about it is needed."""
        if unique_id in self.specs or self._is_overridden("get_asset_spec"):
            spec = self.spec(unique_id)
            return spec.key if isinstance(spec, SpecValue) else spec
        node = self.manifest.node(unique_id)
        if node is None:
            return self.call.unknown("file", f"the dbt node {unique_id}")
        spent = self.call.machine.spent
        key = self.key(node)
        self.call.machine.spent = spent
        return key

    def default_spec(self, unique_id: str) -> SpecValue | Unknown:
        """What the translator's own `get_asset_spec` gives, by its other methods."""
        node = self.manifest.node(unique_id)
        if node is None:
            return self.call.unknown("file", f"the dbt node {unique_id}")
        key = self.key(node)
        if isinstance(key, Unknown):
            return key
        deps, losses = self._deps(node, key)
        given = self._given(node)
        attributes = read_attributes(self.call, given, str(key))
        adapter = self.manifest.adapter_type
        if isinstance(adapter, Lost):
            self.call.report("unresolved-attribute", f"the kinds of dbt's assets: {adapter}")
            attributes = replace(attributes, unknown=_with(attributes.unknown, "kinds"))
        return SpecValue(key, self.call.site, deps, attributes, losses)

    def key(self, node: Node) -> AssetKey | Unknown:
        known = self._keys.get(node["unique_id"])
        if known is None:
            known = self._keys[node["unique_id"]] = self._key(node)
        return known

    def _key(self, node: Node) -> AssetKey | Unknown:
        value = self._overridden_on("get_asset_key", node)
        if value is None:
            parts = defaults.asset_key(node)
            if isinstance(parts, Lost):
                return self.call.unknown("file", parts.message)
            return AssetKey(parts)
        key = read_key(self.call, value)
        if isinstance(key, AssetKey):
            return key
        return self.call.unknown("unsupported", f"the key of dbt's {node['name']}", value)

    def table_named(self, name: str) -> str | None:
        """The model, seed or snapshot with a name, the first of several."""
        if self._tables is None:
            self._tables = {}
            for unique_id, node in self.manifest.nodes.items():
                if node["resource_type"] in ("model", "seed", "snapshot"):
                    self._tables.setdefault(node["name"], unique_id)
        return self._tables.get(name)

    def properties(self, node: Node) -> Value:
        """`dbt_resource_props` of a node, one mapping for all who ask."""
        name = (node["unique_id"], isinstance(node.get("group"), dict))
        known = self._properties.get(name)
        if known is None:
            known = self._properties[name] = value_when_asked(self.call, node)
        return known

    def in_order(self, unique_ids: frozenset[str]) -> Iterator[str]:
        """The nodes that are assets, upstream ones first, so that recursion stays shallow."""
        seen: set[str] = set()
        for start in self.manifest.nodes:
            if start not in unique_ids or start in seen:
                continue
            stack = [(start, iter(self.upstream(start)))]
            seen.add(start)
            while stack:
                key, parents = stack[-1]
                parent = next((one for one in parents if one not in seen), None)
                if parent is not None:
                    seen.add(parent)
                    stack.append((parent, iter(self.upstream(parent))))
                else:
                    stack.pop()
                    yield key

    def upstream(self, unique_id: str) -> tuple[str, ...]:
        """What a node depends on, through nodes that are not assets."""
        found: dict[str, None] = {}
        seen: set[str] = set()
        queue = list(reversed(_depends_on(self.manifest.node(unique_id))))
        while queue:
            key = queue.pop()
            node = self.manifest.node(key)
            if node is None or key in seen:
                continue
            seen.add(key)
            if defaults.is_passed_over(node):
                queue.extend(reversed(_depends_on(node)))
            elif node["resource_type"] in ("model", "seed", "snapshot", "source"):
                found[key] = None
        return tuple(found)

    # -- parts of a spec

    def _deps(self, node: Node, key: AssetKey) -> tuple[tuple[Dep, ...], tuple[Unknown, ...]]:
        found: dict[AssetKey, Dep] = {}
        losses: list[Unknown] = []
        for upstream in self.upstream(node["unique_id"]):
            other = self.key_of(upstream)
            if isinstance(other, Unknown):
                losses.append(other)
                self.call.report(
                    "unresolved-dependency", f"a dependency of `{key}` is not known: {why(other)}"
                )
            elif other not in found:
                parent = self.manifest.node(upstream) or {}
                mapping = self._mapping(node, parent)
                found[other] = Dep(
                    other,
                    self.call.site,
                    partition_mapping=mapping_of(mapping),
                    mapping_value=None if mapping == NONE else mapping,
                    metadata=self._source_metadata(upstream, other),
                )
        if defaults.has_self_dependency(node):
            mapping = self._mapping(node, node)
            if mapping != NONE:
                found[key] = Dep(
                    key,
                    self.call.site,
                    partition_mapping=mapping_of(mapping),
                    mapping_value=mapping,
                )
        return tuple(found.values()), tuple(losses)

    def _mapping(self, node: Node, parent: Node) -> Value:
        if not self._is_overridden("get_partition_mapping"):
            return NONE
        given = self._overridden(
            "get_partition_mapping", self.properties(node), self.properties(parent)
        )
        return Doubts().first_option(given) if given is not None else NONE

    def _source_metadata(self, unique_id: str, key: AssetKey) -> tuple[tuple[str, Any], ...]:
        """What an edge to a source says about its table, unless two sources have the same key."""
        if not unique_id.startswith("source") or not self.switches.enable_source_metadata:
            return ()
        if key in self._colliding_keys():
            return ()
        known = self._told_of.get(unique_id)
        if known is None:
            known = self._told_of[unique_id] = tuple(
                entry
                for entry in self._metadata_of_source(unique_id, key)
                if not entry[0].startswith("dagster_dbt/")
            )
        return known

    def _metadata_of_source(self, unique_id: str, key: AssetKey) -> tuple[tuple[str, Any], ...]:
        node = self.manifest.node(unique_id)
        if node is None or self._is_overridden("get_asset_spec"):
            spec = self.spec(unique_id)
            return spec.attributes.metadata if isinstance(spec, SpecValue) else ()
        spent = self.call.machine.spent
        value = metadata_value(self, node, self._overridden_on("get_metadata", node))
        self.call.machine.spent = spent
        return read_attributes(self.call, {"metadata": value}, str(key)).metadata

    def _colliding_keys(self) -> frozenset[AssetKey]:
        if self._colliding is None:
            self._colliding = frozenset()
            seen: set[AssetKey] = set()
            twice: set[AssetKey] = set()
            for unique_id in self.manifest.sources:
                key = self.key_of(unique_id)
                if isinstance(key, AssetKey):
                    (twice if key in seen else seen).add(key)
            self._colliding = frozenset(twice)
        return self._colliding

    def _given(self, node: Node) -> dict[str, Value]:
        """The attributes of an asset, by the parameters of `AssetSpec`."""
        materialized = (node.get("config") or {}).get("materialized")
        is_virtual = self.switches.enable_dbt_views_as_virtual_assets and materialized == "view"
        kinds = ["dbt", *(["view"] if is_virtual else ())]
        if isinstance(self.manifest.adapter_type, str):
            kinds.append(self.manifest.adapter_type)
        owned = self._with_group(node)
        given = {
            "description": self._part("get_description", node, defaults.description),
            "metadata": metadata_value(self, node, self._overridden_on("get_metadata", node)),
            "skippable": Constant(True),
            "group_name": self._part("get_group_name", node, defaults.group_name),
            "code_version": self._part("get_code_version", node, defaults.code_version),
            "automation_condition": self._automation(node),
            "owners": self._part("get_owners", owned, defaults.owners),
            "tags": self._part("get_tags", node, defaults.tags),
            "kinds": Sequence("set", [Constant(kind) for kind in sorted(set(kinds))]),
            "partitions_def": self._part("get_partitions_def", node, lambda _: None),
            "is_virtual": Constant(is_virtual),
        }
        return {name: value for name, value in given.items() if value != NONE}

    def _part(self, method: str, node: Node, default: Callable[[Node], Any]) -> Value:
        given = self._overridden_on(method, node)
        return value_of(self.call, default(node)) if given is None else given

    def _automation(self, node: Node) -> Value:
        given = self._overridden_on("get_automation_condition", node)
        if given is None:
            given = self._overridden_on("get_auto_materialize_policy", node)
        if given is not None:
            return given
        policy = defaults.automation(node)
        return ConditionValue(f"AutoMaterializePolicy.{policy}()") if policy else NONE

    def _with_group(self, node: Node) -> Node:
        """The node with the properties of its group, for its owners."""
        name = node.get("group")
        group = next((one for one in self.manifest.groups if name and one["name"] == name), None)
        return node if group is None else {**node, "group": group}

    # -- the project's translator

    def _is_overridden(self, method: str) -> bool:
        return self.call.own_method(self.translator, method) is not None

    def _overridden_on(self, method: str, node: Node) -> Value | None:
        if not self._is_overridden(method):
            return None
        return self._overridden(method, self.properties(node))

    def _overridden(self, method: str, *args: Value) -> Value | None:
        """The result of the project's own method; None if it has none."""
        own = self.call.own_method(self.translator, method)
        if own is None:
            return None
        try:
            return self.call.invoke(own, *args)
        except Raised as raised:
            return self.call.unknown("error", f"{method} of the translator raises {raised}")


def _depends_on(node: Node | None) -> list[str]:
    return list(((node or {}).get("depends_on") or {}).get("nodes") or ())


def _with(names: tuple[str, ...], *more: str) -> tuple[str, ...]:
    return tuple(sorted({*names, *more}))
