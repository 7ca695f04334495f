"""`dagster_dbt.DbtProjectComponent`: a dbt project as one step."""

from __future__ import annotations

import ast
from collections.abc import Mapping as ReadOnlyMapping
from pathlib import PurePath

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    TRUE,
    Constant,
    External,
    Function,
    Instance,
    Mapping,
    Record,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.components.executables import given_field, options_of
from assetgen.analyzer.intrinsics.components.resolving import (
    Maker,
    Resolution,
    TranslationValue,
)
from assetgen.analyzer.intrinsics.dagster.declared.keys import KeyValue
from assetgen.analyzer.intrinsics.dagster.keys import is_given
from assetgen.analyzer.intrinsics.integrations.components.integration_steps import (
    apply_translation,
    definitions_of,
    multi_asset_of_specs,
    op_tags,
    own_get_asset_spec,
)
from assetgen.analyzer.intrinsics.integrations.components.translations import component_translator
from assetgen.analyzer.intrinsics.integrations.dbt.assets import (
    DbtSelection,
    DbtSpecs,
    dbt_specs_of,
)
from assetgen.analyzer.intrinsics.integrations.dbt.projects import DbtProjectValue
from assetgen.analyzer.intrinsics.integrations.dbt.translation import ManifestValue
from assetgen.analyzer.intrinsics.integrations.dbt.translator import SETTINGS, TRANSLATOR
from assetgen.analyzer.model.keys import AssetKey

COMPONENT = "dagster_dbt.DbtProjectComponent"


_BUILT = Parameters("context")


def _dbt_build(call: Call) -> Value:
    """By the `build_defs_from_state` of the project's own class, or else the library's."""
    component = call.receiver or NONE
    if _own(call, component, "build_defs_from_state") is None:
        return build_from_state(call)
    method = call.get_attribute(component, "build_defs_from_state")
    state = call.unknown("external", "whether the component has a saved state")
    context = _BUILT.bind(call)["context"]
    return call.invoke(method, context, state_path=state)


def _own(call: Call, component: Value, name: str) -> Value | None:
    """What a class of the project has under a name, instead of the library's."""
    if not isinstance(component, Instance):
        return None
    return call.machine.find_own(component, name)


def build_from_state(call: Call) -> Value:
    """One multi-asset of everything that is selected from the project."""
    component = call.receiver or NONE
    selection = _selection(call, component)
    if isinstance(selection, Unknown):
        return selection
    made = _dbt_specs(call, component, selection)
    if isinstance(made, Unknown):
        return made
    operation = options_of(given_field(component, "op"))
    named = operation.get("name", NONE)
    if not operation:
        named = Constant(made.translation.manifest.project_name or "dbt")
    tags = {
        "dagster_dbt/select": selection.select,
        "dagster_dbt/exclude": selection.exclude,
        "dagster_dbt/selector": selection.selector,
    }
    kwargs: dict[str, Value] = {
        "name": named if is_given(named) else Constant("_fn"),
        "specs": Sequence("list", list(made.specs)),
        "can_subset": TRUE,
        "op_tags": op_tags(operation, {name: text for name, text in tags.items() if text}),
    }
    if made.checks:
        kwargs["check_specs"] = Sequence("list", list(made.checks))
        kwargs["allow_arbitrary_check_specs"] = TRUE
    for option in ("pool", "backfill_policy"):
        if is_given(operation.get(option)):
            kwargs[option] = operation[option]
    builder = _builder(call, component)
    return definitions_of(
        call, [multi_asset_of_specs(call, kwargs, f"{COMPONENT}.execute", builder)]
    )


def _builder(call: Call, component: Value) -> Value | None:
    """What builds the project, as the library would make it; None if a class of the user's does
    that."""
    own = (_own(call, component, name) for name in _OWN_WAYS)
    if any(isinstance(each, Function) for each in own):
        return None
    project = project_of(call, component)
    words = given_field(component, "cli_args")
    if not isinstance(project, DbtProjectValue):
        return None
    place: dict[str, Value] = {"project_dir": Constant(PurePath(project.place.folder))}
    for name in _PROJECT_OPTIONS:
        if is_given(project.fields.get(name)):
            place[name] = project.fields[name]
    fields: dict[str, Value] = {"project": Record("dagster_dbt.DbtProject", place, (), call.site)}
    if is_given(words):
        fields["cli_args"] = words
    return Record(COMPONENT, fields, (), call.site)


_OWN_WAYS = ("execute", "get_cli_args", "_get_dbt_event_iterator")


def _dbt_specs(call: Call, component: Value, selection: DbtSelection) -> DbtSpecs | Unknown:
    """The assets of the project as the component translates them."""
    project = project_of(call, component)
    if not isinstance(project, DbtProjectValue):
        return call.unknown("file", "the dbt project of the component is not known", project)
    if _own(call, component, "translator") is not None:
        translator = call.get_attribute(component, "translator")
    else:
        translator = translator_of(call, component)
    path = Constant(PurePath(project.manifest_path))
    return dbt_specs_of(call, path, translator, project, selection)


def translator_of(call: Call, component: Value) -> Value:
    """`translator`, unless the project's own class has another: it asks the component."""
    row, settings = f"{COMPONENT}.<translate>", settings_of(call, component)
    attributes: dict[str, Value] = {"_settings": settings}
    translator = component_translator(call, component, row, attributes, TRANSLATOR)
    if _own(call, component, "get_asset_check_spec") is not None:
        method = call.get_attribute(component, "get_asset_check_spec")
        translator.cls.namespace["get_asset_check_spec"] = method
    return translator


def settings_of(call: Call, component: Value) -> Record:
    """`translation_settings:`, or its defaults."""
    given = given_field(component, "translation_settings")
    if isinstance(given, Record):
        return given
    return Record(SETTINGS, options_of(given), (), call.site)


def _selection(call: Call, component: Value) -> DbtSelection | Unknown:
    """`select:`, `exclude:` and `selector:`, or dbt's defaults."""
    texts = {}
    for name in ("select", "exclude", "selector"):
        value = given_field(component, name)
        if isinstance(value, Constant):
            if is_given(value):
                texts[name] = str(value.value)
        else:
            return call.unknown("unsupported", f"`{name}` of the dbt project is not known", value)
    return DbtSelection(**texts)


def project_of(call: Call, component: Value) -> Value:
    """`project:` as a `DbtProject`."""
    given = given_field(component, "project")
    if isinstance(given, DbtProjectValue):
        return given
    options = options_of(given)
    folder = options.pop("project_dir", given)
    if isinstance(folder, Unknown) or "repo_url" in options:
        return call.unknown("file", "the dbt project lies elsewhere", folder)
    known = {name: value for name, value in options.items() if name in _PROJECT_OPTIONS}
    return call.invoke(External("dagster_dbt.DbtProject"), folder, **known)


_PROJECT_OPTIONS = ("target_path", "profiles_dir", "profile", "target", "packaged_project_dir")
_MODEL = Parameters("model_name")
_NODE = Parameters("manifest, unique_id, project=None")


def key_for_model(call: Call) -> Value:
    """`asset_key_for_model(name)`: the key of a model, seed or snapshot."""
    component, name = call.receiver or NONE, _MODEL.bind(call)["model_name"]
    made = _dbt_specs(call, component, DbtSelection())
    if isinstance(made, Unknown):
        return made
    given = name.value if isinstance(name, Constant) else None
    unique_id = made.translation.table_named(given) if isinstance(given, str) else None
    if unique_id is not None:
        key = made.translation.key_of(unique_id)
        return KeyValue(key) if isinstance(key, AssetKey) else key
    return call.unknown("error", "the dbt project has no model of that name", name)


def _dbt_translate(call: Call) -> Value:
    """The spec of a node: by the component's own method, or else by the default translator."""
    bound = _NODE.bind(call)
    component, manifest, unique_id = call.receiver or NONE, bound["manifest"], bound["unique_id"]
    if not isinstance(manifest, ManifestValue) or not isinstance(unique_id, Constant):
        return call.unknown("unsupported", "which dbt node is meant", unique_id)
    node = manifest.translation.manifest.node(str(unique_id.value))
    own = own_get_asset_spec(call, component)
    arguments = [manifest, unique_id, bound["project"]]
    if own is not None:
        spec = call.invoke(own, *arguments)
    else:
        spec = manifest.translation.default_spec(str(unique_id.value))
    if isinstance(spec, Unknown) or node is None:
        return spec
    data = manifest.translation.properties(node)
    return apply_translation(call, given_field(component, "translation"), spec, data)


def _dbt_spec(call: Call) -> Value:
    """`super().get_asset_spec(manifest, unique_id, project)`."""
    bound = _NODE.bind(call)
    manifest, unique_id = bound["manifest"], bound["unique_id"]
    if not isinstance(manifest, ManifestValue) or not isinstance(unique_id, Constant):
        return call.unknown("unsupported", "which dbt node is meant", unique_id)
    return manifest.translation.default_spec(str(unique_id.value))


def _dbt_properties(call: Call) -> Value:
    bound = _NODE.bind(call)
    manifest, unique_id = bound["manifest"], bound["unique_id"]
    if isinstance(manifest, ManifestValue) and isinstance(unique_id, Constant):
        node = manifest.translation.manifest.node(str(unique_id.value))
        if node is not None:
            return manifest.translation.properties(node)
    return call.unknown("unsupported", "which dbt node is meant", unique_id)


# -- what YAML gives


def _project_folder(resolution: Resolution, node: ast.expr) -> Value:
    """A dbt project, by its folder relative to the file, or with options."""
    if isinstance(node, ast.Dict):
        made = resolution.plain(node)
        if isinstance(made, Mapping):
            entry = made.entries.get(("constant", "project_dir"))
            if entry is not None:
                made.entries[("constant", "project_dir")] = (
                    entry[0],
                    _beside(resolution, entry[1]),
                )
        return made
    return _beside(resolution, resolution.raw(node))


def _beside(resolution: Resolution, path: Value) -> Value:
    if isinstance(path, Constant) and isinstance(path.value, (str, PurePath)):
        return Constant(resolution.context.path / path.value)
    return path


def _settings(resolution: Resolution, node: ast.expr) -> Value:
    made = resolution.plain(node)
    if not isinstance(made, Mapping):
        return made
    return Record(SETTINGS, dict(made.text_entries()), (), resolution.site)


MAKERS: ReadOnlyMapping[str, Maker] = {
    "dagster.DbtProjectFolder": _project_folder,
    "dagster.DbtSettings": _settings,
    "dagster.DbtTranslation": lambda resolution, node: TranslationValue(resolution, node, "node"),
}
"""What makes the fields of the component."""

TABLE: dict[str, Intrinsic] = {
    f"{COMPONENT}.build_defs": _dbt_build,
    f"{COMPONENT}.get_asset_spec": _dbt_spec,
    f"{COMPONENT}.get_resource_props": _dbt_properties,
    f"{COMPONENT}.<translate>": _dbt_translate,
    f"{COMPONENT}.asset_key_for_model": key_for_model,
}
"""The intrinsics of dbt's component."""
