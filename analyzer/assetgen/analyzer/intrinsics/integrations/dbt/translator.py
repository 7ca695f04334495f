"""`DagsterDbtTranslator`, and the functions that its default methods use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Declared,
    Instance,
    Record,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.dagster.automation.automation import ConditionValue
from assetgen.analyzer.intrinsics.dagster.declared.keys import KeyValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.intrinsics.integrations.dbt import defaults
from assetgen.analyzer.intrinsics.integrations.dbt.checks import default_check
from assetgen.analyzer.intrinsics.integrations.dbt.columns import default_metadata
from assetgen.analyzer.intrinsics.integrations.dbt.switches import NAMES, Switches
from assetgen.analyzer.intrinsics.integrations.dbt.translation import ManifestValue, Translation
from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.manifest import Manifest, Node
from assetgen.analyzer.intrinsics.integrations.plain_data import data_of, value_of, value_when_asked
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.keys import AssetKey

TRANSLATOR = "dagster_dbt.DagsterDbtTranslator"
SETTINGS = "dagster_dbt.DagsterDbtTranslatorSettings"


@dataclass(slots=True, eq=False)
class TranslatorValue(Declared):
    """A `DagsterDbtTranslator` that is not of a class of the project."""

    type_name: ClassVar[str] = TRANSLATOR

    settings: Value = NONE

    def attribute(self, name: str) -> Value | None:
        return self.settings if name in ("settings", "_settings") else None


_INIT = Parameters("settings=None")


def _translator(call: Call) -> Value:
    return TranslatorValue(_INIT.bind(call)["settings"])


def _construct(call: Call) -> Value:
    """Making an instance of the project's own class, when it has no `__init__` of its own."""
    receiver = call.receiver
    instance: Value = receiver if receiver is not None else NONE
    if not isinstance(instance, Instance):
        from assetgen.analyzer.evaluate.values import Class

        if not isinstance(instance, Class):
            return NONE
        instance = Instance(instance, {}, call.args, call.kwargs, call.site)
    settings = _INIT.bind(call)["settings"]
    if settings != NONE:
        instance.attributes["_settings"] = settings
    return instance


def _initialise(call: Call) -> Value:
    """`super().__init__(settings=...)`."""
    _construct(call)
    return NONE


_PROPERTIES = Parameters("dbt_resource_props")


def _of_node(read: Callable[[Node], Any]) -> Intrinsic:
    """A method or function of the properties of one node."""

    def row(call: Call) -> Value:
        value = _PROPERTIES.bind(call)["dbt_resource_props"]
        node = data_of(value)
        if not isinstance(node, dict):
            return call.unknown("unsupported", "the properties of the dbt node", value)
        try:
            return value_of(call, read(node))
        except (KeyError, TypeError, AttributeError):
            return call.unknown("unsupported", "what these properties of a dbt node mean", value)

    return row


def _key(node: Node) -> Any:
    parts = defaults.asset_key(node)
    return parts if isinstance(parts, Lost) else KeyValue(AssetKey(parts))


def _policy(node: Node) -> Any:
    name = defaults.automation(node)
    return ConditionValue(f"AutoMaterializePolicy.{name}()") if name else None


def _metadata(call: Call) -> Value:
    value = _PROPERTIES.bind(call)["dbt_resource_props"]
    node = data_of(value)
    if not isinstance(node, dict):
        return call.unknown("unsupported", "the properties of the dbt node", value)
    return default_metadata(call, node)


def _none(call: Call) -> Value:
    return NONE


_NODE = Parameters("manifest, unique_id, project=None")


def _get_asset_spec(call: Call) -> Value:
    bound = _NODE.bind(call)
    manifest, unique_id = bound["manifest"], bound.plain("unique_id")
    if not isinstance(manifest, ManifestValue) or not isinstance(unique_id, str):
        return call.unknown("unsupported", "which dbt node is meant", *bound.passed.values())
    return manifest.translation.default_spec(unique_id)


_CHECK = Parameters("asset_spec, manifest, unique_id, project=None")


def _get_asset_check_spec(call: Call) -> Value:
    """`super().get_asset_check_spec(...)`: the check by default, or None."""
    return check_spec_of(call, lambda manifest: manifest.translation)


def check_spec_of(call: Call, translation_of: Callable[[ManifestValue], Translation]) -> Value:
    """What `get_asset_check_spec` gives, by the translation that is made of the manifest."""
    bound = _CHECK.bind(call)
    spec, manifest, unique_id = bound["asset_spec"], bound["manifest"], bound.plain("unique_id")
    if not isinstance(spec, SpecValue) or not isinstance(manifest, ManifestValue):
        return call.unknown("unsupported", "which dbt test is meant", spec, manifest)
    if not isinstance(unique_id, str):
        return call.unknown("unsupported", "which dbt test is meant", bound["unique_id"])
    return default_check(translation_of(manifest), spec, unique_id) or NONE


def _get_resource_props(call: Call) -> Value:
    bound = _NODE.bind(call)
    manifest, unique_id = bound["manifest"], bound.plain("unique_id")
    if isinstance(manifest, ManifestValue) and isinstance(unique_id, str):
        node = manifest.translation.manifest.node(unique_id)
        if node is not None:
            return manifest.translation.properties(node)
    return call.unknown("unsupported", "which dbt node is meant", *bound.passed.values())


_ITEM = Parameters("key, default=None")


def _section(call: Call) -> Value:
    """`manifest["nodes"]`, and the other sections of a manifest: each is made once."""
    name, receiver = _ITEM.bind(call).plain("key"), call.receiver
    if not isinstance(receiver, ManifestValue):
        return call.unknown("unsupported", "which manifest is meant")
    made = receiver.sections.get(name) if isinstance(name, str) else None
    if made is not None:
        return made
    section = _SECTIONS.get(name) if isinstance(name, str) else None
    if not isinstance(name, str) or (section is None and name in _LEFT_OUT):
        return call.unknown("unsupported", f"{name!r} of the dbt manifest")
    if section is None:
        if call.name.endswith("__getitem__"):
            raise Raised("builtins.KeyError", repr(name))
        return _ITEM.bind(call)["default"]
    data = section(receiver.translation.manifest)
    value = receiver.sections[name] = value_when_asked(call, data)
    return value


_SECTIONS: dict[str, Callable[[Manifest], Any]] = {
    "nodes": lambda manifest: manifest.nodes,
    "sources": lambda manifest: manifest.sources,
    "groups": lambda manifest: {group["name"]: group for group in manifest.groups},
    "metadata": lambda manifest: {
        "adapter_type": manifest.adapter_type,
        "project_name": manifest.project_name,
    },
    "exposures": lambda manifest: {
        key: node for key, node in manifest.others.items() if key.startswith("exposure.")
    },
    "parent_map": lambda manifest: {key: list(ids) for key, ids in manifest.parents.items()},
    "child_map": lambda manifest: {key: list(ids) for key, ids in manifest.children.items()},
}

_LEFT_OUT: Final = frozenset(
    {
        "docs",
        "disabled",
        "functions",
        "group_map",
        "macros",
        "metrics",
        "saved_queries",
        "selectors",
        "semantic_models",
        "unit_tests",
    }
)
"""The other sections of manifests, which are not followed; there are no more."""


def _settings(call: Call) -> Value:
    receiver = call.receiver
    if isinstance(receiver, Instance) and "_settings" in receiver.attributes:
        return receiver.attributes["_settings"]
    return Record(SETTINGS, {}, (), call.site)


def _switch(call: Call) -> Value:
    """A setting that was not given, or given by its place."""
    name = call.last_name
    settings = call.receiver
    given = dict(zip(NAMES, settings.args, strict=False)) if isinstance(settings, Record) else {}
    return given.get(name, Constant(getattr(Switches(), name)))


def _record(call: Call) -> Value:
    return Record(call.name, dict(call.kwargs), call.args, call.site, call.losses)


_METHODS: dict[str, Intrinsic] = {
    "get_asset_key": _of_node(_key),
    "get_description": _of_node(defaults.description),
    "get_metadata": _metadata,
    "get_tags": _of_node(defaults.tags),
    "get_group_name": _of_node(defaults.group_name),
    "get_code_version": _of_node(defaults.code_version),
    "get_owners": _of_node(defaults.owners),
    "get_auto_materialize_policy": _of_node(_policy),
    "get_automation_condition": _of_node(_policy),
    "get_partition_mapping": _none,
    "get_partitions_def": _none,
    "get_asset_check_spec": _get_asset_check_spec,
    "get_asset_spec": _get_asset_spec,
    "get_resource_props": _get_resource_props,
    "__init__": _initialise,
    "__construct__": _construct,
    "settings": _settings,
}

TABLE: dict[str, Intrinsic] = {
    TRANSLATOR: _translator,
    **{f"{TRANSLATOR}.{name}": row for name, row in _METHODS.items()},
    SETTINGS: _record,
    **{f"{SETTINGS}.{name}": _switch for name in NAMES},
    "dagster_dbt.Manifest.__getitem__": _section,
    "dagster_dbt.Manifest.get": _section,
    "dagster_dbt.default_asset_key_fn": _of_node(_key),
    "dagster_dbt.default_metadata_from_dbt_resource_props": _metadata,
    "dagster_dbt.default_group_from_dbt_resource_props": _of_node(defaults.group_name),
    "dagster_dbt.group_from_dbt_resource_props_fallback_to_directory": _of_node(
        defaults.group_by_folder
    ),
    "dagster_dbt.default_owners_from_dbt_resource_props": _of_node(defaults.owners),
    "dagster_dbt.default_description_fn": _of_node(defaults.description),
    "dagster_dbt.default_code_version_fn": _of_node(defaults.code_version),
    "dagster_dbt.default_auto_materialize_policy_fn": _of_node(_policy),
}
"""The intrinsics of dbt's translators."""

PROPERTIES = frozenset((f"{TRANSLATOR}.settings", *(f"{SETTINGS}.{name}" for name in NAMES)))
