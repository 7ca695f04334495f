"""`AssetSpec`, and the methods that derive others from it."""

from __future__ import annotations

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic, of_receiver
from assetgen.analyzer.evaluate.values import NONE, Constant, Mapping, Sequence, Value
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.assets.deps import are_alike, read_deps
from assetgen.analyzer.intrinsics.dagster.attributes.attributes import (
    IO_MANAGER_KEY,
    read_attributes,
)
from assetgen.analyzer.intrinsics.dagster.declared.attributes import Attributes
from assetgen.analyzer.intrinsics.dagster.declared.specs import Dep, SpecValue
from assetgen.analyzer.intrinsics.dagster.keys import read_key
from assetgen.analyzer.intrinsics.dagster.places import argument_place
from assetgen.analyzer.intrinsics.dagster.plain import why
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.keys import AssetKey

_ATTRIBUTES = (
    "description=None, metadata=None, skippable=False, group_name=None, code_version=None, "
    "automation_condition=None, owners=None, tags=None, kinds=None, partitions_def=None, "
    "freshness_policy=None, is_virtual=False, legacy_freshness_policy=None, "
    "auto_materialize_policy=None"
)
_SPEC = Parameters(f"key, *, deps=None, {_ATTRIBUTES}")


def _asset_spec(call: Call) -> Value:
    bound = _SPEC.bind(call)
    key = read_key(call, bound["key"])
    if key is None:
        raise Raised("CheckError", "an asset key is a string or a list of strings")
    if not isinstance(key, AssetKey):
        call.report("unresolved-asset", f"the key of an AssetSpec is not known: {why(key)}")
        return call.unknown("told", "the key of the AssetSpec is not known", key)
    deps, losses = read_deps(call, bound["deps"], str(key), argument_place(call, "deps"))
    call.machine.give_back()
    site = call.site.where_chosen(bound["key"])
    return SpecValue(key, site, deps, _attributes(call, bound, key), losses)


def _attributes(call: Call, bound: Bound, key: AssetKey) -> Attributes:
    names = (name for name in _SPEC.names if name not in ("key", "deps"))
    return read_attributes(call, bound.given(names), str(key))


# -- methods


_REPLACE = Parameters(
    f"*, key=..., deps=..., {_ATTRIBUTES.replace('=None', '=...').replace('=False', '=...')}"
)


def _replace_attributes(call: Call) -> Value:
    """A copy with some attributes replaced; `...` leaves one as it is, None removes it."""
    spec = _receiver(call)
    bound = _REPLACE.bind(call)
    given = bound.given(_REPLACE.names, Constant(...))
    key, site = spec.key, spec.site
    if "key" in given:
        new = given.pop("key")
        new_key, site = read_key(call, new), site.where_chosen(new)
        if not isinstance(new_key, AssetKey):
            return call.unknown("unsupported", "the new key of the AssetSpec is not known")
        key = new_key
    deps, losses = spec.deps, spec.deps_losses
    if "deps" in given:
        deps, losses = read_deps(call, given.pop("deps"), str(key), argument_place(call, "deps"))
    if "tags" in given and "kinds" not in given:
        given["kinds"] = Sequence("set", [Constant(kind) for kind in spec.attributes.kinds])
    if "kinds" in given and "tags" not in given:
        given["tags"] = _without_kinds(spec)
    attributes = read_attributes(call, given, str(key), spec.attributes)
    if "metadata" in given:
        attributes = replace(attributes, io_manager_key=_io_manager_key(attributes))
    return replace(spec, key=key, site=site, deps=deps, deps_losses=losses, attributes=attributes)


_MERGE = Parameters("*, deps=..., metadata=..., owners=..., tags=..., kinds=...")


def _merge_attributes(call: Call) -> Value:
    spec = _receiver(call)
    bound = _MERGE.bind(call)
    given = bound.given(_MERGE.names, Constant(...))
    deps, losses = spec.deps, spec.deps_losses
    if "deps" in given:
        more, lost = read_deps(call, given.pop("deps"), str(spec.key), argument_place(call, "deps"))
        merged: dict[AssetKey, Dep] = {dep.key: dep for dep in deps}
        for dep in more:
            if not are_alike(merged.setdefault(dep.key, dep), dep):
                message = f"`{spec.key}` depends on `{dep.key}` with another partition mapping"
                call.report("bad-dependency", message, dep.site or call.site)
        deps, losses = tuple(merged.values()), (*losses, *lost)
    values = {name: _merged(call, spec, name, value) for name, value in given.items()}
    if "tags" in values:
        values.setdefault("kinds", Sequence("set", [Constant(k) for k in spec.attributes.kinds]))
    if "kinds" in values:
        values.setdefault("tags", _without_kinds(spec))
    attributes = read_attributes(call, values, str(spec.key), spec.attributes)
    return replace(spec, deps=deps, deps_losses=losses, attributes=attributes)


def _merged(call: Call, spec: SpecValue, name: str, value: Value) -> Value:
    """The attribute `name` of `spec` with what `value` adds to it."""
    if name in ("metadata", "tags"):
        old = _without_kinds(spec) if name == "tags" else spec.attributes.values.get(name)
        result = Mapping()
        for part in (old, value):
            if isinstance(part, Mapping):
                result.entries.update(part.entries)
                result.losses.extend(part.losses)
            elif part is not None and part != NONE:
                result.losses.extend(call.losses_of(part))
        return result
    old_items = (
        [Constant(kind) for kind in spec.attributes.kinds]
        if name == "kinds"
        else [Constant(owner) for owner in spec.attributes.owners]
    )
    more = call.items(value)
    return Sequence("list", [*old_items, *more.values], list(more.losses))


def _without_kinds(spec: SpecValue) -> Mapping:
    tags = Mapping()
    for key, value in spec.attributes.tags:
        tags.entries[("constant", key)] = (Constant(key), Constant(value))
    return tags


_IO_MANAGER = Parameters("io_manager_key")


def _with_io_manager_key(call: Call) -> Value:
    spec = _receiver(call)
    given = _IO_MANAGER.bind(call)["io_manager_key"]
    addition = Mapping("dict", {("constant", IO_MANAGER_KEY): (Constant(IO_MANAGER_KEY), given)})
    metadata = _merged(call, spec, "metadata", addition)
    attributes = read_attributes(
        call, {"metadata": metadata, "io_manager_key": given}, str(spec.key), spec.attributes
    )
    return replace(spec, attributes=attributes)


def _io_manager_key(attributes: Attributes) -> str | None:
    found = dict(attributes.metadata).get(IO_MANAGER_KEY)
    return found if isinstance(found, str) else None


def _receiver(call: Call) -> SpecValue:
    if not isinstance(call.receiver, SpecValue):
        raise Raised("TypeError", f"{call.name} needs an AssetSpec")
    return call.receiver


_FRESHNESS = Parameters("spec, policy, overwrite_existing=True")


def _apply_freshness_policy(call: Call) -> Value:
    bound = _FRESHNESS.bind(call)
    spec, overwrites = bound["spec"], bound.plain("overwrite_existing")
    if not isinstance(spec, SpecValue):
        return call.unknown("unsupported", "the spec is not known", spec)
    if overwrites is False and spec.attributes.freshness_policy is not None:
        return spec
    attributes = read_attributes(
        call, {"freshness_policy": bound["policy"]}, str(spec.key), spec.attributes
    )
    return replace(spec, attributes=attributes)


TABLE: dict[str, Intrinsic] = {
    "dagster.AssetSpec": _asset_spec,
    "dagster.AssetSpec.replace_attributes": of_receiver(_replace_attributes),
    "dagster.AssetSpec._replace": _replace_attributes,
    "dagster.AssetSpec.merge_attributes": of_receiver(_merge_attributes),
    "dagster.AssetSpec.with_io_manager_key": of_receiver(_with_io_manager_key),
    "dagster.apply_freshness_policy": _apply_freshness_policy,
}
