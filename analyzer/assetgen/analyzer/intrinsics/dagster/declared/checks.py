"""Asset checks."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar

from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import NONE, Constant, Declared, Sequence, Value
from assetgen.analyzer.intrinsics.dagster.declared.graphs import OpValue
from assetgen.analyzer.intrinsics.dagster.declared.keys import CheckKeyValue, KeyValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import Dep
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.partitions import Partitions


@dataclass(slots=True, eq=False)
class CheckSpecValue(Declared):
    """An `AssetCheckSpec`; `unknown` names the fields of `model.assets.AssetCheck` that are not
    known."""

    type_name: ClassVar[str] = "dagster.AssetCheckSpec"
    is_tuple: ClassVar[bool] = True

    name: str
    asset: AssetKey
    site: Site
    additional_deps: tuple[Dep, ...] = ()
    blocking: bool = False
    description: str | None = None
    partitions: Partitions | None = None
    unknown: tuple[str, ...] = ()

    def attribute(self, name: str) -> Value | None:
        if name == "asset_key":
            return KeyValue(self.asset)
        if name == "key":
            return CheckKeyValue(self.asset, self.name)
        if name == "name":
            return Constant(self.name)
        if name == "blocking":
            return Constant(self.blocking)
        if name == "description":
            return Constant(self.description) if self.description else NONE
        return None


@dataclass(slots=True, eq=False)
class ChecksValue(Declared):
    """An `AssetChecksDefinition`: checks with a step of their own.

    `kind` is "check", "multi_check" or "built" (made by one of Dagster's own factories, without a
    function of the user's). `inputs` are the assets that its step takes. `own_resources` are the
    resources given to the checks themselves, by key; None if not all are known.
    """

    type_name: ClassVar[str] = "dagster.AssetChecksDefinition"
    type_bases: ClassVar[tuple[str, ...]] = ("dagster.AssetsDefinition",)
    is_plain: ClassVar[bool] = True

    name: str
    kind: str
    site: Site
    specs: tuple[CheckSpecValue, ...] = ()
    inputs: tuple[Dep, ...] = ()
    node: OpValue | None = None
    can_subset: bool = False
    own_resources: ReadOnlyMapping[str, Value] | None = field(default_factory=dict)

    @property
    def brings_resources(self) -> bool:
        """Whether resources are given to the checks themselves, or may be."""
        return self.own_resources is None or bool(self.own_resources)

    def attribute(self, name: str) -> Value | None:
        if name in ("check_specs", "specs"):
            return Sequence("list", list(self.specs))
        if name in ("check_keys", "keys"):
            return Sequence("set", [CheckKeyValue(spec.asset, spec.name) for spec in self.specs])
        if name == "check_key" and len(self.specs) == 1:
            return CheckKeyValue(self.specs[0].asset, self.specs[0].name)
        if name == "name" and len(self.specs) == 1:
            return Constant(self.specs[0].name)
        if name == "asset_key" and len(self.specs) == 1:
            return KeyValue(self.specs[0].asset)
        return None

    def let_go(self) -> None:
        if self.node is not None:
            self.node.let_go()
