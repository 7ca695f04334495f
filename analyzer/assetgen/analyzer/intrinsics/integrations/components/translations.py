"""`translation:` of an integration's component: how the specs of what it loads are changed."""

from __future__ import annotations

import ast
from collections.abc import Mapping as ReadOnlyMapping

from assetgen.analyzer.evaluate.bound_values import KnownMethod
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Class,
    Constant,
    External,
    Instance,
    Mapping,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.components.core_models import asset_attributes, written
from assetgen.analyzer.intrinsics.components.resolving import TranslationValue
from assetgen.analyzer.intrinsics.components.yaml_trees import text_of
from assetgen.analyzer.intrinsics.dagster.declared.keys import KeyValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.intrinsics.dagster.keys import read_parts
from assetgen.analyzer.model.copies import replace

_MERGED = ("metadata", "tags")


_APPLIED = Parameters("base_asset_spec, data")


def _apply(call: Call) -> Value:
    bound = _APPLIED.bind(call)
    translation, spec = call.receiver, bound["base_asset_spec"]
    if not isinstance(translation, TranslationValue) or not isinstance(spec, SpecValue):
        return call.unknown("unsupported", "the spec that is translated is not known", spec)
    scope: dict[str, Value] = {translation.name: bound["data"]}
    if translation.names != NONE:
        given = call.invoke(translation.names, bound["data"])
        scope = dict(given.text_entries()) if isinstance(given, Mapping) else {}
    return translated(call, translation, spec, {**scope, "spec": spec})


def translated(
    call: Call, translation: TranslationValue, spec: SpecValue, scope: ReadOnlyMapping[str, Value]
) -> Value:
    """The spec with the attributes that the translation gives for it."""
    resolution, node = translation.resolution, translation.node
    context = resolution.context.at(resolution.context.path, scope)
    resolution = replace(resolution, context=context)
    if text_of(node) is not None:
        made = resolution.plain(node)
        if not isinstance(made, Mapping):
            return made
        given = _from_mapping(call, made)
    else:
        given = asset_attributes(resolution, node)
    return _changed(call, spec, given, written(resolution, node))


def _from_mapping(call: Call, mapping: Mapping) -> dict[str, Value]:
    """Attributes that a function of the project returns: keys may be strings."""
    given = dict(mapping.text_entries())
    key = given.get("key")
    if isinstance(key, Constant) and isinstance(key.value, str):
        reader = External("dagster.AssetKey.from_user_string")
        given["key"] = call.invoke(reader, key)
    return given


def _changed(call: Call, spec: SpecValue, given: dict[str, Value], site: Site) -> Value:
    prefix = given.pop("key_prefix", NONE)
    if prefix != NONE:
        own = given.get("key", KeyValue(spec.key))
        parts = read_parts(call, prefix)
        if not isinstance(own, KeyValue) or not isinstance(parts, tuple):
            return call.unknown("unsupported", "the prefix of the key is not known", prefix)
        given["key"] = KeyValue(own.key.with_prefix(parts))
    version = given.get("code_version")
    if isinstance(version, Constant):
        given["code_version"] = Constant(str(version.value))
    machine = call.machine
    result: Value = spec
    for method, names in (
        ("replace_attributes", [name for name in given if name not in _MERGED]),
        ("merge_attributes", [name for name in given if name in _MERGED]),
    ):
        if names:
            row = KnownMethod(f"dagster.AssetSpec.{method}", result)
            result = machine.call(row, [], {name: given[name] for name in names}, site)
    return result


def component_translator(
    call: Call, component: Value, row: str, attributes: dict[str, Value], base: str | None = None
) -> Instance:
    """A translator whose `get_asset_spec` is the row `row`, with the component as its receiver;
    `base` is the class it extends, if its other methods matter."""
    module = call.site.module
    tree = ast.parse("class ComponentTranslator: ...").body[0]
    if not isinstance(tree, ast.ClassDef):
        raise TypeError("no class")
    namespace: dict[str, Value] = {"get_asset_spec": KnownMethod(row, component)}
    scope = Scope("class", namespace, module.scope)
    cls = Class(tree.name, tree.name, tree, module, scope, (), namespace)
    cls.mro = (cls,) if base is None else (cls, External(base))
    return Instance(cls, attributes, (), {}, call.site)


TABLE: dict[str, Intrinsic] = {"dagster.TranslationFn.__call__": _apply}
"""The intrinsics of translations."""
