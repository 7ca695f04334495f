"""`map_asset_specs` and `with_attributes`: definitions with other specs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic, of_receiver
from assetgen.analyzer.evaluate.expressions.displays import merge
from assetgen.analyzer.evaluate.objects.doubts import doubt_of_key
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Constant,
    Mapping,
    Sequence,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.dagster.assets.changing import (
    refused_deps,
    with_attributes,
    with_keys,
    with_own,
    with_specs,
)
from assetgen.analyzer.intrinsics.dagster.attributes.alternative_specs import one_of
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue, SourceAssetValue
from assetgen.analyzer.intrinsics.dagster.declared.definitions import DefinitionsValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.intrinsics.dagster.keys import is_given, read_key
from assetgen.analyzer.intrinsics.dagster.places import argument_place, function_place
from assetgen.analyzer.intrinsics.dagster.plain import why
from assetgen.analyzer.intrinsics.dagster.selections.selectable import selectable
from assetgen.analyzer.intrinsics.dagster.selections.selecting import Selector
from assetgen.analyzer.intrinsics.dagster.selections.selections import read_selection
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.keys import AssetKey

_MAP = Parameters("func, iterable")


def _map_asset_specs(call: Call) -> Value:
    """For an iterable of specs and definitions: a list of their changed copies."""
    bound = _MAP.bind(call)
    items = call.items(bound["iterable"])
    changed = [_changed(call, bound["func"], item) for item in items.values]
    return Sequence("list", changed, list(items.losses))


def _changed(
    call: Call, function: Value, value: Value, selected: frozenset[AssetKey] | None = None
) -> Value:
    """The definition with its specs changed: all of them, or those that are selected."""

    def is_meant(spec: SpecValue) -> bool:
        return selected is None or spec.key in selected

    if isinstance(value, SpecValue):
        return _apply(call, function, value) if is_meant(value) else value
    if isinstance(value, AssetsValue):
        changed = with_specs(
            value,
            lambda spec: _apply(call, function, spec, computed=True) if is_meant(spec) else spec,
        )
        problem = refused_deps(value, changed)
        if problem is not None:
            call.report("invalid-definition", problem, function_place(function, call.site))
        return changed
    return value


def _apply(call: Call, function: Value, spec: SpecValue, computed: bool = False) -> SpecValue:
    """What the function makes of a spec; if it cannot be followed, that is reported, and nothing
    changes."""
    result = call.invoke(function, spec)
    if isinstance(result, SpecValue):
        if computed and result.key != spec.key:
            message = f"`{spec.key}` is renamed to `{result.key}`: the function may not change keys"
            call.report("invalid-definition", message, function_place(function, call.site))
        return result
    if isinstance(result, Choice):
        options = [option for option in result.options if isinstance(option, SpecValue)]
        if [option.key for option in options] == [spec.key] * len(result.options):
            message = f"what the function makes of `{spec.key}` is not known"
            call.report("unresolved-attribute", f"{message}: {why(result.condition)}")
            return one_of(call.machine, options, result.condition)
    if result == NONE:
        message = f"the function makes nothing of `{spec.key}`: it has to return a spec"
        call.report("invalid-definition", message, function_place(function, call.site))
        return spec
    unknown = call.unknown("unsupported", "what the function makes of the spec", result)
    message = f"`{spec.key}` is changed by a function that is not followed: {why(unknown)}"
    call.report("unresolved-attribute", message)
    return spec


_MAP_OWN = Parameters("fn")


def _map_own_specs(call: Call) -> Value:
    """`AssetsDefinition.map_asset_specs(fn)`."""
    function = _MAP_OWN.bind(call)["fn"]
    return _changed(call, function, call.receiver or NONE)


_MAP_DEFINITIONS = Parameters("*, func, selection=None")


def _map_definitions(call: Call) -> Value:
    """`Definitions.map_asset_specs(func=...)`, over the selected assets or all of them."""
    bound = _MAP_DEFINITIONS.bind(call)
    value = call.receiver
    if not isinstance(value, DefinitionsValue):
        return call.unknown("error", "no Definitions")
    selected: frozenset[AssetKey] | None = None
    if is_given(bound["selection"]):
        if call.name == "dagster.Definitions.map_asset_specs":
            message = "map_asset_specs takes no selection: map_resolved_asset_specs does"
            call.report("invalid-definition", message, argument_place(call, "selection"))
        selection = read_selection(call, bound["selection"])
        selected = Selector(selectable(value.assets)).select(selection.selection)
        if selected is None:
            call.report(
                "unresolved-attribute",
                f"which specs are changed is not known: the selection {selection.text}",
            )
            return value
    assets = tuple(_changed(call, bound["func"], asset, selected) for asset in value.assets)
    return replace(value, assets=assets)  # type: ignore[arg-type]


_SOURCE_ATTRIBUTES = Parameters("group_name=None, key=None")


def _source_with_attributes(call: Call) -> Value:
    """`SourceAsset.with_attributes`: another group, or another key."""
    bound = _SOURCE_ATTRIBUTES.bind(call)
    value = call.receiver
    if not isinstance(value, SourceAssetValue):
        return call.unknown("error", "no SourceAsset")
    given = {"group_name": bound["group_name"]} if is_given(bound["group_name"]) else {}
    changed = with_attributes(call, value, given)
    if not is_given(bound["key"]):
        return changed
    key = read_key(call, bound["key"])
    if not isinstance(key, AssetKey):
        return call.unknown("unsupported", "the new key of the SourceAsset is not known")
    return with_keys(changed, {value.key: key})


_WITH_ATTRIBUTES = Parameters(
    "*, asset_key_replacements=None, group_names_by_key=None, tags_by_key=None, "
    "descriptions_by_key=None, legacy_freshness_policy=None, automation_condition=None, "
    "backfill_policy=None, hook_defs=None, metadata_by_key=None, "
    "freshness_policy=None, auto_materialize_policy=None"
)
_BY_KEY = {
    "group_names_by_key": "group_name",
    "tags_by_key": "tags",
    "descriptions_by_key": "description",
    "metadata_by_key": "metadata",
}
_FOR_ALL = ("automation_condition", "backfill_policy", "freshness_policy", "group_name")


def _with_attributes(call: Call) -> Value:
    """`AssetsDefinition.with_attributes`: attributes by key, and other keys."""
    bound = _WITH_ATTRIBUTES.bind(call)
    value = call.receiver
    if not isinstance(value, AssetsValue):
        return call.unknown("error", "no AssetsDefinition")
    given = {name: bound[name] for name in _FOR_ALL if is_given(bound.get(name))}
    changed = with_attributes(call, value, given)
    if isinstance(changed, AssetsValue):
        for parameter, attribute in _BY_KEY.items():
            by_key = _entries(call, bound[parameter])
            if by_key:
                changed = _set_by_key(call, changed, attribute, by_key)
    replacements = {}
    chosen: list[Callable[[SpecValue], SpecValue]] = []
    for old, new in _entries(call, bound["asset_key_replacements"], or_itself=True).items():
        key = read_key(call, new)
        if isinstance(key, AssetKey):
            replacements[old] = key
            if isinstance(new, Choice) and isinstance(changed, AssetsValue):
                read = (read_key(call, option) for option in new.options)
                others = [each for each in read if isinstance(each, AssetKey) and each != key]
                chosen.append(partial(_where_chosen, key, new, others))
                changed = with_specs(changed, partial(_where_made, old, new))
    replaced = with_keys(changed, replacements) if replacements else changed
    for change in chosen:
        if isinstance(replaced, AssetsValue):
            replaced = with_specs(replaced, change)
    return replaced


def _where_made(key: AssetKey, new: Choice, spec: SpecValue) -> SpecValue:
    """A spec whose `key` is replaced by one of several, under what decides which."""
    return replace(spec, site=spec.site.where_chosen(new)) if spec.key == key else spec


def _where_chosen(key: AssetKey, new: Choice, others: list[AssetKey], spec: SpecValue) -> SpecValue:
    """A spec that depends on an asset whose key is one of several, `key` or one of `others`."""
    dep = next((dep for dep in spec.deps if dep.key == key), None)
    if dep is None:
        return spec
    deps = (*spec.deps, *(replace(dep, key=other) for other in others))
    return replace(spec, deps=deps, deps_losses=(*spec.deps_losses, new.condition))


def _set_by_key(
    call: Call, value: AssetsValue, attribute: str, by_key: dict[AssetKey, Value]
) -> AssetsValue:
    def change(spec: SpecValue) -> SpecValue:
        given = by_key.get(spec.key)
        changed = with_attributes(call, spec, {attribute: given}) if given is not None else spec
        return changed if isinstance(changed, SpecValue) else spec

    return with_specs(value, change)


def _entries(call: Call, value: Value, or_itself: bool = False) -> dict[AssetKey, Value]:
    """What is given for each key; where an entry may not be there, that or None, or the key
    `or_itself`."""
    found: dict[AssetKey, Value] = {}
    given = Mapping()
    if value != NONE:
        merge(call.machine, given, value, call.site)
    for hashed, (key, item) in given.entries.items():
        doubt = doubt_of_key(given, hashed) if given.losses else None
        if doubt is not None:
            item = call.machine.join([item, key if or_itself else NONE], doubt.condition)
        read = read_key(call, key)
        if isinstance(read, AssetKey):
            found[read] = item
    return found


_SPEC_OF = Parameters("key=None")


def _get_spec(call: Call) -> Value:
    """The spec of a key, which may be left out if there is only one asset."""
    given = _SPEC_OF.bind(call)["key"]
    specs = call.receiver.specs if isinstance(call.receiver, AssetsValue) else ()
    if not is_given(given) and len(specs) == 1:
        return specs[0]
    key = read_key(call, given)
    for spec in specs:
        if spec.key == key:
            return spec
    if isinstance(key, AssetKey) and isinstance(call.receiver, AssetsValue):
        raise Raised("KeyError", f"the definition makes no asset `{key}`")
    return call.unknown("error", "the definition has no asset of that key")


_OUTPUT_OF = Parameters("key")


def _output_of(call: Call) -> Value:
    """The name of the output that makes a key."""
    key = read_key(call, _OUTPUT_OF.bind(call)["key"])
    outputs = call.receiver.outputs if isinstance(call.receiver, AssetsValue) else ()
    for output in outputs:
        if output.spec.key == key:
            return Constant(output.name)
    return call.unknown("error", "the definition has no asset of that key")


def _to_source_assets(call: Call) -> Value:
    value = call.receiver
    if not isinstance(value, AssetsValue):
        return call.unknown("error", "no AssetsDefinition")
    sources: list[Value] = [
        SourceAssetValue(spec.key, call.site, spec.attributes) for spec in value.specs
    ]
    if call.name.endswith("s"):
        return Sequence("list", sources)
    return sources[0] if len(sources) == 1 else call.unknown("error", "several assets")


def _itself(call: Call) -> Value:
    """For what changes nothing in the model, such as hooks."""
    return call.receiver or NONE


def _changed_somehow(call: Call) -> Value:
    """What an unknown decorator makes of a definition: all of its attributes may differ. Its key is
    kept, as the likeliest one, and marked as uncertain."""
    value = call.receiver
    if not isinstance(value, AssetsValue):
        return value or NONE
    lost = call.unknown("told", "an unknown decorator may have changed it")

    def change(spec: SpecValue) -> SpecValue:
        attributes = replace(spec.attributes, unknown=_SAID)
        return replace(spec, attributes=attributes, deps_losses=(*spec.deps_losses, lost))

    return with_specs(value, change)


_SAID = (
    *("automation_condition", "code_version", "description", "freshness_policy", "group_name"),
    *("key", "kinds", "metadata", "owners", "partitions", "tags"),
)


def _with_resources(call: Call) -> Value:
    given = call.args[0] if call.args else call.kwargs.get("resource_defs", NONE)
    return with_own(call.receiver or NONE, given)


def _listed(name: str, others: str = "") -> Intrinsic:
    """A list of what is in the first parameter, which changes nothing in the model."""
    parameters = Parameters(name + others)

    def intrinsic(call: Call) -> Value:
        items = call.items(parameters.bind(call)[name])
        return Sequence("list", list(items.values), list(items.losses))

    return intrinsic


_link_to_git = _listed(
    "assets_defs", ", git_url=None, git_branch=None, file_path_mapping=None, platform=None"
)


TABLE: dict[str, Intrinsic] = {
    "dagster.map_asset_specs": _map_asset_specs,
    "dagster.AssetsDefinition.map_asset_specs": of_receiver(_map_own_specs),
    "dagster.Definitions.map_asset_specs": of_receiver(_map_definitions),
    "dagster.Definitions.map_resolved_asset_specs": of_receiver(_map_definitions),
    "dagster.Definitions.permissive_map_resolved_asset_specs": of_receiver(_map_definitions),
    "dagster.AssetsDefinition.with_attributes": of_receiver(_with_attributes),
    "dagster.SourceAsset.with_attributes": of_receiver(_source_with_attributes),
    "dagster.AssetsDefinition.get_asset_spec": of_receiver(_get_spec),
    "dagster.AssetsDefinition.get_spec": of_receiver(_get_spec),
    "dagster.AssetsDefinition.get_output_name_for_asset_key": of_receiver(_output_of),
    "dagster.AssetsDefinition.to_source_asset": of_receiver(_to_source_assets),
    "dagster.AssetsDefinition.to_source_assets": of_receiver(_to_source_assets),
    "dagster.AssetsDefinition.with_hooks": _itself,
    "dagster.AssetsDefinition.__changed__": _changed_somehow,
    "dagster.AssetsDefinition.with_resources": _with_resources,
    "dagster.SourceAsset.with_resources": _with_resources,
    "dagster.external_assets_from_specs": _listed("specs"),
    "dagster.with_source_code_references": _listed("assets_defs"),
    "dagster.link_code_references_to_git": _link_to_git,
    "dagster_cloud.metadata.source_code.link_code_references_to_git_if_cloud": _link_to_git,
    "dagster.external_asset_from_spec": lambda call: call.first,
}
"""The intrinsics that change definitions."""
