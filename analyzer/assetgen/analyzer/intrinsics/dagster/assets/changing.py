"""Copies of definitions with other specs, keys or attributes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as ReadOnlyMapping
from typing import TypeVar

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Constant, Mapping, Value
from assetgen.analyzer.intrinsics.dagster.attributes.attributes import (
    DEFAULT_GROUP,
    read_attributes,
)
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue, SourceAssetValue
from assetgen.analyzer.intrinsics.dagster.declared.attributes import Attributes
from assetgen.analyzer.intrinsics.dagster.declared.checks import CheckSpecValue, ChecksValue
from assetgen.analyzer.intrinsics.dagster.declared.definitions import AssetLike
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import Dep, SpecValue
from assetgen.analyzer.intrinsics.dagster.names import group_problem
from assetgen.analyzer.intrinsics.dagster.places import argument_place
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.keys import AssetKey, op_name_of

Keys = ReadOnlyMapping[AssetKey, AssetKey]


def with_specs(value: AssetsValue, change: Callable[[SpecValue], SpecValue]) -> AssetsValue:
    """The same definition with each of its specs changed; its inputs follow the deps of the
    specs."""
    outputs = tuple(replace(output, spec=change(output.spec)) for output in value.outputs)
    before = {dep.key for output in value.outputs for dep in output.spec.deps}
    after = {dep.key for output in outputs for dep in output.spec.deps}
    added = [dep for output in outputs for dep in output.spec.deps if dep.key not in before]
    kept = [dep for dep in value.inputs if dep.key in after or dep.key not in before]
    inputs = (*kept, *dict.fromkeys(added))
    return replace(value, outputs=outputs, inputs=inputs)


def refused_deps(before: AssetsValue, after: AssetsValue) -> str | None:
    """Why Dagster refuses to give a definition other dependencies than it was made with."""
    was = {dep.key: dep for spec in before.specs for dep in spec.deps}
    now = {dep.key for spec in after.specs for dep in spec.deps}
    if was.keys() == now or before.node is None or _is_in_doubt(before) or _is_in_doubt(after):
        return None
    if isinstance(before.node, GraphValue):
        return f"`{before.name}` is made by a graph: its dependencies cannot be changed"
    maybe = {each.parameter for each in before.node.maybe_resources}
    loaded = [dep for dep in was.values() if dep.loads_value and dep.input not in (None, *maybe)]
    for dep in loaded:
        if dep.key not in now:
            return f"`{before.name}` loads `{dep.key}`: that dependency cannot be taken away"
    for dep in loaded:
        if dep.input == op_name_of(dep.key):
            return (
                f"`{before.name}` loads `{dep.key}` by the parameter `{dep.input}`: no dependency "
                "can be added to it or taken away"
            )
    return None


def _is_in_doubt(value: AssetsValue) -> bool:
    return any(spec.deps_losses for spec in value.specs)


_Definition = TypeVar("_Definition", bound=AssetLike)


def with_keys(value: _Definition, keys: Keys, place: Site | None = None) -> _Definition:
    """The same definition with every key in `keys` replaced: its own and those it depends on.

    `place` is the prefix that a loader puts before them.
    """
    if isinstance(value, AssetsValue):
        return replace(
            value,
            outputs=tuple(
                [replace(output, spec=_spec(output.spec, keys, place)) for output in value.outputs]
            ),
            inputs=_deps(value.inputs, keys),
            checks=tuple([_check(check, keys) for check in value.checks]),
        )
    if isinstance(value, ChecksValue):
        return replace(
            value,
            specs=tuple(_check(check, keys) for check in value.specs),
            inputs=_deps(value.inputs, keys),
        )
    if isinstance(value, SpecValue):
        return replace(
            value,
            key=keys.get(value.key, value.key),
            deps=_deps(value.deps, keys),
            attributes=_prefixed(value.attributes, place if value.key in keys else None),
        )
    attributes = _prefixed(value.attributes, place)
    return replace(value, key=keys.get(value.key, value.key), attributes=attributes)


def keys_of(value: AssetLike) -> tuple[AssetKey, ...]:
    """The keys that a definition makes, and those that its checks are for."""
    if isinstance(value, AssetsValue):
        made = [output.spec.key for output in value.outputs]
        return (*made, *[check.asset for check in value.checks])
    if isinstance(value, ChecksValue):
        return tuple(spec.asset for spec in value.specs)
    return (value.key,)


def keys_mentioned(value: AssetLike) -> Iterator[AssetKey]:
    """All keys that a definition makes, checks or depends on."""
    yield from keys_of(value)
    if isinstance(value, (AssetsValue, ChecksValue)):
        yield from (dep.key for dep in value.inputs)
    specs = value.specs if isinstance(value, AssetsValue) else (value,)
    for spec in specs:
        if isinstance(spec, SpecValue):
            yield from (dep.key for dep in spec.deps)


def with_attributes(call: Call, value: AssetLike, given: ReadOnlyMapping[str, Value]) -> AssetLike:
    """The same definition with the attributes in `given` set on each of its assets."""

    def change(key: AssetKey, attributes: Attributes) -> Attributes:
        return read_attributes(
            call, given, str(key), attributes, lambda name: argument_place(call, name)
        )

    if not given or isinstance(value, ChecksValue):
        return value
    return _each_changed(value, change)


_Assets = TypeVar("_Assets", bound="AssetsValue | SpecValue | SourceAssetValue")


def _each_changed(value: _Assets, change: Callable[[AssetKey, Attributes], Attributes]) -> _Assets:
    """The same definition with the attributes of each of its assets changed."""
    if not isinstance(value, AssetsValue):
        return replace(value, attributes=change(value.key, value.attributes))
    outputs = [replace(output, spec=_each_changed(output.spec, change)) for output in value.outputs]
    return replace(value, outputs=tuple(outputs))


class LoaderGroup:
    """The group that a loader gives to assets that have none."""

    def __init__(self, call: Call, group: Value) -> None:
        self._call = call
        self._group = group
        name = group.value if isinstance(group, Constant) else None
        self._name: str | None = None
        if isinstance(name, str) and name != DEFAULT_GROUP and group_problem(name) is None:
            self._name = name
        self._place = argument_place(call, "group_name")

    def given_to(self, value: AssetLike) -> AssetLike:
        """The same definition with the group; assets that have one are reported."""
        if isinstance(value, ChecksValue):
            return value
        specs: Iterable[SpecValue | SourceAssetValue] = (
            value.specs if isinstance(value, AssetsValue) else (value,)
        )
        for spec in specs:
            own = spec.attributes.group_name
            if own is not None and own != DEFAULT_GROUP and Constant(own) != self._group:
                self._call.report(
                    "duplicate-loader-group",
                    f"the loader sets a group, but `{spec.key}` is in the group `{own}` already",
                )
                return value
        if self._name is None:
            return with_attributes(self._call, value, {"group_name": self._group})
        return _each_changed(value, self._attributes)

    def _attributes(self, _: AssetKey, attributes: Attributes) -> Attributes:
        """All other attributes stay, so thousands of assets need not be read again for this one."""
        unknown = attributes.unknown
        if "group_name" in unknown:
            unknown = tuple(name for name in unknown if name != "group_name")
        return replace(
            attributes,
            group_name=self._name,
            values={**attributes.values, "group_name": self._group},
            places={**attributes.places, "group_name": self._place},
            unknown=unknown,
        )


def _spec(spec: SpecValue, keys: Keys, place: Site | None) -> SpecValue:
    attributes = _prefixed(spec.attributes, place) if spec.key in keys else spec.attributes
    return replace(
        spec,
        key=keys.get(spec.key, spec.key),
        deps=_deps(spec.deps, keys),
        attributes=attributes,
    )


def _prefixed(attributes: Attributes, place: Site | None) -> Attributes:
    if place is None:
        return attributes
    return replace(attributes, places={**attributes.places, "loader_key_prefix": place})


def _deps(deps: tuple[Dep, ...], keys: Keys) -> tuple[Dep, ...]:
    if keys.keys().isdisjoint([dep.key for dep in deps]):
        return deps
    return tuple([replace(dep, key=keys.get(dep.key, dep.key)) for dep in deps])


def _check(check: CheckSpecValue, keys: Keys) -> CheckSpecValue:
    """What the check depends on besides its asset keeps its keys."""
    return replace(check, asset=keys.get(check.asset, check.asset))


def with_own(value: Value, given: Value) -> Value:
    """A definition with further resources of its own."""
    if not isinstance(value, (AssetsValue, SourceAssetValue)):
        return value
    own = value.own_resources
    if own is None or not isinstance(given, Mapping) or given.losses:
        return replace(value, own_resources=None)
    return replace(value, own_resources={**dict(given.text_entries()), **own})
