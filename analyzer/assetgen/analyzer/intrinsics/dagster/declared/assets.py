"""`AssetsDefinition` and `SourceAsset`: assets, and what computes them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.objects.doubts import doubt
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import NONE, Constant, Declared, Mapping, Sequence, Value
from assetgen.analyzer.intrinsics.dagster.declared.attributes import NO_ATTRIBUTES, Attributes
from assetgen.analyzer.intrinsics.dagster.declared.checks import CheckSpecValue
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue, OpValue
from assetgen.analyzer.intrinsics.dagster.declared.identity import Identity
from assetgen.analyzer.intrinsics.dagster.declared.keys import CheckKeyValue, KeyValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import Dep, SpecValue
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.model.keys import AssetKey


@dataclass(frozen=True, slots=True)
class AssetOutput:
    """An output of a step, and the asset that it materializes."""

    name: str
    spec: SpecValue
    is_required: bool = True


@dataclass(slots=True, eq=False)
class AssetsValue(Declared):
    """An `AssetsDefinition`, as a decorator, `from_op`, `from_graph` or an external spec makes it.

    `kind` is "asset", "multi_asset", "graph_asset", "graph_multi_asset", "observable" or "external"
    (then there is no `node`). `name` is the op's or graph's. `inputs` hold the edges of the step,
    by input; the deps of each output's spec are those of its asset. An input that is not a
    parameter only orders. `maybe_inputs` of the node's op are parameters that are inputs here
    unless the `Definitions` have a resource of that name. `own_resources` are the resources given
    to the asset itself, by key; None if not all are known.
    """

    type_name: ClassVar[str] = "dagster.AssetsDefinition"
    is_plain: ClassVar[bool] = True

    name: str
    kind: str
    site: Site
    outputs: tuple[AssetOutput, ...] = ()
    inputs: tuple[Dep, ...] = ()
    node: OpValue | GraphValue | None = None
    checks: tuple[CheckSpecValue, ...] = ()
    can_subset: bool = False
    uses_specs: bool = False
    own_resources: ReadOnlyMapping[str, Value] | None = field(default_factory=dict)
    identity: Identity = field(default_factory=Identity)

    @property
    def brings_resources(self) -> bool:
        """Whether resources are given to the assets themselves, or may be."""
        return self.own_resources is None or bool(self.own_resources)

    @property
    def specs(self) -> tuple[SpecValue, ...]:
        """The assets, in the order of the outputs."""
        return tuple([output.spec for output in self.outputs])

    def attribute(self, name: str) -> Value | None:
        read = _READ.get(name)
        return read(self) if read else None

    def let_go(self) -> None:
        if self.node is not None:
            self.node.let_go()


@dataclass(slots=True, eq=False)
class SourceAssetValue(Declared):
    """A `SourceAsset`; with a `node` it is observable.

    `own_resources` are the resources given to the asset itself, by key; None if not all are known.
    """

    type_name: ClassVar[str] = "dagster.SourceAsset"
    is_plain: ClassVar[bool] = True

    key: AssetKey
    site: Site
    attributes: Attributes = NO_ATTRIBUTES
    node: OpValue | None = None
    own_resources: ReadOnlyMapping[str, Value] | None = field(default_factory=dict)
    identity: Identity = field(default_factory=Identity)

    @property
    def brings_resources(self) -> bool:
        """Whether resources are given to the asset itself, or may be."""
        return self.own_resources is None or bool(self.own_resources)

    def attribute(self, name: str) -> Value | None:
        if name == "key":
            return KeyValue(self.key)
        if name == "is_observable":
            return Constant(self.node is not None)
        if name in ("group_name", "description", "io_manager_key", "partitions_def"):
            return self.attributes.values.get(name, NONE)
        return None


def _keys(value: AssetsValue) -> Value:
    """The keys; of assets that exist under a condition of their own, they do so as well."""
    own = value.site.condition
    keys = [(KeyValue(spec.key), spec.site.condition) for spec in value.specs]
    losses = [
        doubt(condition, [[key], []])
        for key, condition in keys
        if condition is not None and condition is not own
    ]
    return Sequence("set", [key for key, _ in keys], list(losses))


def _key(value: AssetsValue) -> Value | None:
    if len(value.specs) > 1:
        raise Raised("CheckError", f"`{value.name}` makes several assets: it has no one key")
    return KeyValue(value.specs[0].key) if value.specs else None


def _op(value: AssetsValue) -> Value | None:
    if isinstance(value.node, GraphValue):
        raise Raised("CheckError", f"`{value.name}` is made by a graph: it has no op")
    return value.node


def _by_key(value: AssetsValue, name: str, default: Value) -> Value:
    entries: dict[Hashable, tuple[Value, Value]] = {}
    for spec in value.specs:
        key = KeyValue(spec.key)
        entries[key.hash_key()] = (key, spec.attributes.values.get(name, default))
    return Mapping("dict", entries)


def _by_name(pairs: Iterable[tuple[str, Value]]) -> Value:
    entries: dict[Hashable, tuple[Value, Value]] = {
        ("constant", name): (Constant(name), value) for name, value in pairs
    }
    return Mapping("dict", entries)


def _specs_by_key(value: AssetsValue) -> Value:
    entries: dict[Hashable, tuple[Value, Value]] = {}
    for spec in value.specs:
        key = KeyValue(spec.key)
        entries[key.hash_key()] = (key, spec)
    return Mapping("dict", entries)


def _groups(value: AssetsValue) -> Value:
    return _by_key(value, "group_name", Constant("default"))


def _check_keys(value: AssetsValue) -> Value:
    return Sequence("set", [CheckKeyValue(check.asset, check.name) for check in value.checks])


_READ: dict[str, Callable[[AssetsValue], Value | None]] = {
    "key": _key,
    "keys": _keys,
    "specs": lambda value: Sequence("list", list(value.specs)),
    "keys_by_output_name": lambda value: _by_name(
        (output.name, KeyValue(output.spec.key)) for output in value.outputs
    ),
    "keys_by_input_name": lambda value: _by_name(
        (dep.input, KeyValue(dep.key)) for dep in value.inputs if dep.input is not None
    ),
    "check_specs": lambda value: Sequence("list", list(value.checks)),
    "check_keys": _check_keys,
    "op": _op,
    "node_def": lambda value: value.node or NONE,
    "can_subset": lambda value: Constant(value.can_subset),
    "is_executable": lambda value: Constant(value.node is not None),
    "is_external": lambda value: Constant(value.node is None),
    "is_materializable": lambda value: Constant(
        value.node is not None and value.kind != "observable"
    ),
    "specs_by_key": _specs_by_key,
    "group_names_by_key": _groups,
    "metadata_by_key": lambda value: _by_key(value, "metadata", Mapping()),
    "tags_by_key": lambda value: _by_key(value, "tags", Mapping()),
    "descriptions_by_key": lambda value: _by_key(value, "description", NONE),
    "code_versions_by_key": lambda value: _by_key(value, "code_version", NONE),
    "owners_by_key": lambda value: _by_key(value, "owners", Sequence("list", [])),
    "partitions_def": lambda value: (
        value.specs[0].attributes.values.get("partitions_def", NONE) if value.specs else NONE
    ),
    "dependency_keys": lambda value: Sequence("set", [KeyValue(dep.key) for dep in value.inputs]),
}
"""The data attributes of an `AssetsDefinition` that are read."""
