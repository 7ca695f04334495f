"""`deps=` and `AssetDep`: dependencies that are not parameters."""

from __future__ import annotations

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.doubts import Doubt
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Constant,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.dagster.collecting import is_surely_no_definition
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import Dep, DepValue
from assetgen.analyzer.intrinsics.dagster.keys import as_options, each_key, read_key
from assetgen.analyzer.intrinsics.dagster.partitions.partitions import mapping_of, tell_mapping
from assetgen.analyzer.intrinsics.dagster.places import argument_place, element_place
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, shown, why
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.keys import AssetKey


def read_deps(
    call: Call, value: Value, subject: str, place: Site
) -> tuple[tuple[Dep, ...], tuple[Unknown, ...]]:
    """The dependencies that an iterable of assets, keys and strings means, and what is lost among
    them.

    Each key once, as Dagster keeps them. A string instead of a list means its letters, which is
    reported.
    """
    if value == NONE:
        return (), ()
    if isinstance(value, Constant) and isinstance(value.value, str):
        call.report(
            "string-deps",
            f"deps of `{subject}` is a string: Dagster takes each of its letters for an asset",
            place,
        )
    items = call.machine.items(value, place)
    found: dict[AssetKey, Dep] = {}
    losses = list(items.losses)
    for index, item in enumerate(items.values):
        site = element_place(place, index, len(items.values))
        for dep in _deps_of(call, item, subject, site, losses):
            earlier = found.get(dep.key)
            if earlier is not None and not are_alike(earlier, dep):
                call.report(
                    "bad-dependency",
                    f"`{subject}` depends on `{dep.key}` twice, with different "
                    + ("metadata" if _have_one_mapping(earlier, dep) else "partition mappings"),
                    site,
                )
            found[dep.key] = dep
    for loss in losses:
        said = f"a dependency of `{subject}` is not known"
        if isinstance(loss, Doubt):
            said = f"it is not known if `{subject}` depends on all of these"
        call.report("unresolved-dependency", f"{said}: {why(loss)}", place)
    return tuple(found.values()), tuple(losses)


def are_alike(one: Dep, other: Dep) -> bool:
    """Whether Dagster treats one of these as the other."""
    return _have_one_mapping(one, other) and one.metadata == other.metadata


def _have_one_mapping(one: Dep, other: Dep) -> bool:
    """Whether Dagster considers the mappings equal, which those without parameters are."""
    mappings = [one.partition_mapping, other.partition_mapping]
    if all(mapping is not None and mapping.kind in _PLAIN for mapping in mappings):
        return True
    return mappings[0] == mappings[1]


_PLAIN = ("AllPartitionMapping", "IdentityPartitionMapping", "LastPartitionMapping")


def _deps_of(
    call: Call, item: Value, subject: str, site: Site, losses: list[Unknown]
) -> tuple[Dep, ...]:
    item = as_options(call, item)
    if isinstance(item, Choice):
        losses.append(item.condition)
        return tuple(
            dep for option in item.options for dep in _deps_of(call, option, subject, site, losses)
        )
    if isinstance(item, Unknown):
        losses.append(item)
        return ()
    if isinstance(item, DepValue):
        return (replace(item.dep, site=site),)
    if isinstance(item, AssetsValue):
        return tuple(Dep(spec.key, site) for spec in item.specs)
    key = read_key(call, item)
    if isinstance(key, AssetKey) and not (isinstance(item, Sequence) and item.kind == "tuple"):
        return (Dep(key, site),)
    if isinstance(key, Unknown):
        losses.append(key)
        return ()
    if not is_surely_no_definition(item):
        losses.append(call.unknown("external", f"what {shown(item)} is"))
        return ()
    call.report(
        "bad-dependency", f"`{subject}` cannot depend on {shown(item)}: it is not an asset", site
    )
    return ()


_DEP = Parameters("asset, *, partition_mapping=None, metadata=None")


def _asset_dep(call: Call) -> Value:
    bound = _DEP.bind(call)
    asset = bound["asset"]
    if isinstance(asset, AssetsValue) and len(asset.specs) > 1:
        raise Raised("DagsterInvalidDefinitionError", "an AssetDep cannot be made of a multi-asset")
    key = read_key(call, asset)
    if not isinstance(key, AssetKey):
        return call.unknown("unsupported", "the asset of the dependency is not known", asset)
    mapping = bound["partition_mapping"]
    doubts = Doubts()
    chosen = doubts.first_option(mapping)
    tell_mapping(call, doubts)
    return DepValue(
        Dep(
            key,
            argument_place(call, "asset", 0),
            partition_mapping=mapping_of(chosen),
            mapping_value=None if mapping == NONE else mapping,
            metadata=doubts.entries(bound["metadata"]),
        )
    )


TABLE: dict[str, Intrinsic] = {"dagster.AssetDep": each_key(_asset_dep)}
"""The intrinsics of dependencies."""
