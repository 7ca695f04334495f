"""Components of Dagster's integrations: dbt projects and Sling replications."""

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
    Instance,
    KnownMethod,
    Mapping,
    Record,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.components.executables import given_field, options_of
from assetgen.analyzer.intrinsics.components.load_contexts import LoadContext
from assetgen.analyzer.intrinsics.components.resolving import (
    Maker,
    Resolution,
    TranslationValue,
)
from assetgen.analyzer.intrinsics.components.translations import component_translator
from assetgen.analyzer.intrinsics.components.yaml_trees import entries
from assetgen.analyzer.intrinsics.dagster.declared.keys import KeyValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.intrinsics.dagster.keys import is_given
from assetgen.analyzer.intrinsics.integrations.dbt.assets import (
    DbtSelection,
    DbtSpecs,
    dbt_specs_of,
)
from assetgen.analyzer.intrinsics.integrations.dbt.projects import DbtProjectValue
from assetgen.analyzer.intrinsics.integrations.dbt.translation import ManifestValue
from assetgen.analyzer.intrinsics.integrations.sling import SlingTranslatorValue, sling_specs_of

_DBT = "dagster_dbt.DbtProjectComponent"
_SLING = "dagster_sling.SlingReplicationCollectionComponent"


# -- dbt


def _dbt_build(call: Call) -> Value:
    """One multi-asset of all that is selected of the project."""
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
        "op_tags": _tags(operation, {name: text for name, text in tags.items() if text}),
    }
    if made.checks:
        kwargs["check_specs"] = Sequence("list", list(made.checks))
        kwargs["allow_arbitrary_check_specs"] = TRUE
    for option in ("pool", "backfill_policy"):
        if is_given(operation.get(option)):
            kwargs[option] = operation[option]
    return _definitions(call, [_multi_asset(call, kwargs, f"{_DBT}.execute")])


def _dbt_specs(call: Call, component: Value, selection: DbtSelection) -> DbtSpecs | Unknown:
    """The assets of the project as the component translates them."""
    project = _dbt_project(call, component)
    if not isinstance(project, DbtProjectValue):
        return call.unknown("file", "the dbt project of the component is not known", project)
    settings = options_of(given_field(component, "translation_settings"))
    record = Record("dagster_dbt.DagsterDbtTranslatorSettings", settings, (), call.site)
    translator = component_translator(call, component, f"{_DBT}.<translate>", {"_settings": record})
    path = Constant(PurePath(project.manifest_path))
    return dbt_specs_of(call, path, translator, project, selection)


_MODEL = Parameters("model_name")


def _key_for_model(call: Call) -> Value:
    """`asset_key_for_model(name)`: the key of a model, seed or snapshot."""
    component, name = call.receiver or NONE, _MODEL.bind(call)["model_name"]
    made = _dbt_specs(call, component, DbtSelection())
    if isinstance(made, Unknown):
        return made
    for unique_id, node in made.translation.manifest.nodes.items():
        if Constant(node["name"]) == name and node["resource_type"] in _MODELS:
            spec = made.translation.spec(unique_id)
            return KeyValue(spec.key) if isinstance(spec, SpecValue) else spec
    return call.unknown("error", "the dbt project has no model of that name", name)


_MODELS = ("model", "seed", "snapshot")


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


def _dbt_project(call: Call, component: Value) -> Value:
    """`project:` as a `DbtProject`."""
    given = given_field(component, "project")
    if isinstance(given, DbtProjectValue):
        return given
    options = options_of(given)
    folder = options.pop("project_dir", given)
    if isinstance(folder, Unknown) or "repo_url" in options:
        return call.unknown("file", "the dbt project lies elsewhere", folder)
    known = {name: value for name, value in options.items() if name in _PROJECT_OPTIONS}
    return call.machine.call(External("dagster_dbt.DbtProject"), [folder], known, call.site)


_PROJECT_OPTIONS = ("target_path", "profiles_dir", "profile", "target", "packaged_project_dir")
_NODE = Parameters("manifest, unique_id, project=None")


def _dbt_translate(call: Call) -> Value:
    """The spec of a node: of the component's own method, or else of the default translator."""
    bound = _NODE.bind(call)
    component, manifest, unique_id = call.receiver or NONE, bound["manifest"], bound["unique_id"]
    if not isinstance(manifest, ManifestValue) or not isinstance(unique_id, Constant):
        return call.unknown("unsupported", "which dbt node is meant", unique_id)
    node = manifest.translation.manifest.node(str(unique_id.value))
    own = _own_method(call, component)
    arguments = [manifest, unique_id, bound["project"]]
    if own is not None:
        spec = call.machine.call(own, arguments, {}, call.site)
    else:
        spec = manifest.translation.default_spec(str(unique_id.value))
    if isinstance(spec, Unknown) or node is None:
        return spec
    data = manifest.translation.properties(node)
    return _translated(call, given_field(component, "translation"), spec, data)


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


# -- Sling


def _sling_build(call: Call) -> Value:
    """One multi-asset for each replication."""
    component = call.receiver or NONE
    context = call.args[0] if call.args else NONE
    replications = call.machine.items(given_field(component, "replications"), call.site)
    if replications.losses or not isinstance(context, LoadContext):
        return call.unknown("unsupported", "the replications are not known", *replications.losses)
    made = []
    for replication in replications.values:
        options = options_of(replication)
        path = options.get("path")
        if not isinstance(path, Constant):
            return call.unknown(
                "unsupported", "the path of a replication is not known", path or NONE
            )
        file = context.path / str(path.value)
        own = {"translation": options.get("translation", NONE), "component": component}
        record = Record(_SLING, own, (), call.site)
        translator = component_translator(call, record, f"{_SLING}.<translate>", {})
        specs = sling_specs_of(call, Constant(PurePath(file)), translator)
        if isinstance(specs, Unknown):
            return specs
        operation = options_of(options.get("op", NONE))
        name = operation.get("name", NONE)
        kwargs: dict[str, Value] = {
            "name": name if is_given(name) else Constant(file.stem),
            "specs": Sequence("list", list(specs)),
            "can_subset": TRUE,
            "op_tags": _tags(operation, {}),
        }
        if is_given(operation.get("backfill_policy")):
            kwargs["backfill_policy"] = operation["backfill_policy"]
        made.append(_multi_asset(call, kwargs, f"{_SLING}.execute"))
    return _definitions(call, made)


_STREAM = Parameters("stream_definition")


def _sling_translate(call: Call) -> Value:
    """The spec of a stream: of the component's own method, or else of the default translator."""
    stream = _STREAM.bind(call)["stream_definition"]
    replication = call.receiver
    fields = replication.fields if isinstance(replication, Record) else {}
    own = _own_method(call, fields.get("component", NONE))
    if own is not None:
        spec = call.machine.call(own, [stream], {}, call.site)
    else:
        spec = _sling_default(call, stream)
    return _translated(call, fields.get("translation", NONE), spec, stream)


def _sling_spec(call: Call) -> Value:
    """`super().get_asset_spec(stream_definition)`."""
    return _sling_default(call, _STREAM.bind(call)["stream_definition"])


def _sling_default(call: Call, stream: Value) -> Value:
    row = "dagster_sling.DagsterSlingTranslator.get_asset_spec"
    translator = SlingTranslatorValue(Constant("target"))
    return call.machine.call(KnownMethod(row, translator), [stream], {}, call.site)


# -- both


def _own_method(call: Call, component: Value) -> Value | None:
    """The method `get_asset_spec` of the project's own class."""
    if not isinstance(component, Instance):
        return None
    if call.machine.find_own(component, "get_asset_spec") is None:
        return None
    return call.machine.get_attribute(component, "get_asset_spec", call.site)


def _translated(call: Call, translation: Value, spec: Value, data: Value) -> Value:
    if translation == NONE or isinstance(spec, Unknown):
        return spec
    return call.machine.call(translation, [spec, data], {}, call.site)


def _tags(operation: dict[str, Value], more: dict[str, str]) -> Mapping:
    given = operation.get("tags")
    entries = dict(given.entries) if isinstance(given, Mapping) else {}
    for name, value in more.items():
        entries[("constant", name)] = (Constant(name), Constant(value))
    return Mapping("dict", entries)


def _multi_asset(call: Call, kwargs: dict[str, Value], runner: str) -> Value:
    decorator = call.machine.call(External("dagster.multi_asset"), [], kwargs, call.site)
    return call.machine.call(decorator, [External(runner)], {}, call.site)


def _definitions(call: Call, assets: list[Value]) -> Value:
    given: dict[str, Value] = {"assets": Sequence("list", assets)}
    return call.machine.call(External("dagster.Definitions"), [], given, call.site)


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


def _replication(resolution: Resolution, node: ast.expr) -> Value:
    """One replication of a Sling component, its translation left as it is written."""
    made = Mapping()
    for name, value in entries(node):
        if name == "translation":
            given: Value = TranslationValue(resolution, value, "stream_definition")
        else:
            given = resolution.plain(value)
        made.entries[("constant", name)] = (Constant(name), given)
    return made


MAKERS: ReadOnlyMapping[str, Maker] = {
    "dagster.DbtProjectFolder": _project_folder,
    "dagster.DbtTranslation": lambda resolution, node: TranslationValue(resolution, node, "node"),
    "dagster.SlingReplication": _replication,
}
"""What makes the fields of these components."""

TABLE: dict[str, Intrinsic] = {
    f"{_DBT}.build_defs": _dbt_build,
    f"{_DBT}.get_asset_spec": _dbt_spec,
    f"{_DBT}.get_resource_props": _dbt_properties,
    f"{_DBT}.<translate>": _dbt_translate,
    f"{_DBT}.asset_key_for_model": _key_for_model,
    "dagster.Component.asset_key_for_model": _key_for_model,
    f"{_SLING}.build_defs": _sling_build,
    f"{_SLING}.get_asset_spec": _sling_spec,
    f"{_SLING}.<translate>": _sling_translate,
}
"""The intrinsics of the integrations' components."""
