"""Functions that ask a definition made by `@dbt_assets` for keys, selections or specs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    External,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue
from assetgen.analyzer.intrinsics.dagster.declared.keys import KeyValue
from assetgen.analyzer.intrinsics.dagster.declared.selections import KeysSelected, SelectionValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.intrinsics.dagster.plain import Doubts
from assetgen.analyzer.intrinsics.integrations.dbt import defaults
from assetgen.analyzer.intrinsics.integrations.dbt.assets import DbtSelection, dbt_specs_of
from assetgen.analyzer.intrinsics.integrations.dbt.translation import (
    MANIFEST_KEY,
    ManifestValue,
    Translation,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.selection.selection import select_ids
from assetgen.analyzer.intrinsics.integrations.dbt_project.selection.selectors import select_by_name
from assetgen.analyzer.intrinsics.integrations.plain_data import value_of
from assetgen.analyzer.intrinsics.integrations.specs_of import TIME_WINDOWS
from assetgen.analyzer.model.keys import AssetKey

_MODEL = Parameters("dbt_assets, model_name")
_SOURCE = Parameters("dbt_assets, source_name")


def _key_for_model(call: Call) -> Value:
    bound = _MODEL.bind(call)
    translation, name = _translation(call, bound["dbt_assets"]), bound.plain("model_name")
    if isinstance(translation, Unknown) or not isinstance(name, str):
        return call.unknown("external", "the dbt model", *bound.passed.values())
    unique_id = translation.table_named(name)
    if unique_id is not None:
        return _key(translation.key_of(unique_id))
    raise Raised("builtins.KeyError", f"Could not find a dbt model named {name}")


def _keys_for_source(call: Call) -> Value:
    """Keys by the name of the output that dagster-dbt gives each table."""
    bound = _SOURCE.bind(call)
    found = _tables(call, bound)
    if isinstance(found, Unknown):
        return found
    result = Mapping()
    for name, key in found:
        result.entries[("constant", name)] = (Constant(name), key)
    return result


def _key_for_source(call: Call) -> Value:
    found = _tables(call, _SOURCE.bind(call))
    if isinstance(found, Unknown):
        return found
    if len(found) > 1:
        raise Raised("builtins.KeyError", "the dbt source has more than one table")
    return found[0][1]


def _tables(call: Call, bound: Bound) -> list[tuple[str, Value]] | Unknown:
    translation, name = _translation(call, bound["dbt_assets"]), bound.plain("source_name")
    if isinstance(translation, Unknown) or not isinstance(name, str):
        return call.unknown("external", "the dbt source", *bound.passed.values())
    found = [
        (unique_id.replace(".", "_").replace("-", "_"), _key(translation.key_of(unique_id)))
        for unique_id, source in translation.manifest.sources.items()
        if source["source_name"] == name
    ]
    if not found:
        raise Raised("builtins.KeyError", f"Could not find a dbt source named {name}")
    return found


_SELECTION = Parameters("dbt_assets, dbt_select='fqn:*', dbt_exclude='', dbt_selector=''")


def _selection(call: Call) -> Value:
    """`build_dbt_asset_selection`: those assets of the definition that dbt would select."""
    bound = _SELECTION.bind(call)
    translation = _translation(call, bound["dbt_assets"])
    texts = [_text(bound[name]) for name in ("dbt_select", "dbt_exclude", "dbt_selector")]
    if isinstance(translation, Unknown) or None in texts:
        return call.unknown("external", "the dbt selection", *bound.passed.values())
    select, exclude, selector = (text or "" for text in texts)
    chosen = (
        select_by_name(translation.manifest, selector)
        if selector
        else select_ids(translation.manifest, select, exclude)
    )
    if isinstance(chosen, Lost):
        return call.unknown("unsupported", chosen.message)
    own = {spec.key for assets in _definitions(call, bound["dbt_assets"]) for spec in assets.specs}
    found = [
        translation.key_of(unique_id)
        for unique_id, node in translation.manifest.nodes.items()
        if unique_id in chosen and defaults.is_asset(node)
    ]
    keys = [key for key in found if isinstance(key, AssetKey) and key in own]
    return SelectionValue(KeysSelected(tuple(dict.fromkeys(keys))), call.site)


_SCHEDULE = Parameters(
    "dbt_assets, job_name, cron_schedule, dbt_select='fqn:*', dbt_exclude='', dbt_selector='', "
    "schedule_name=None, tags=None, config=None, execution_timezone=None, default_status=None"
)


def _schedule(call: Call) -> Value:
    """`build_schedule_from_dbt_selection`: a job over the selection, and its schedule."""
    bound = _SCHEDULE.bind(call)
    machine = call.machine
    asked = {name: bound[name] for name in ("dbt_select", "dbt_exclude", "dbt_selector")}
    selection = _selection(Call(machine, call.name, (bound["dbt_assets"],), asked, call.site))
    job = call.invoke(
        External("dagster.define_asset_job"), name=bound["job_name"], selection=selection
    )
    given = {"cron_schedule": bound["cron_schedule"], "job": job}
    for parameter, name in (("schedule_name", "name"), ("execution_timezone",) * 2):
        if bound[parameter] != NONE:
            given[name] = bound[parameter]
    return call.invoke(External("dagster.ScheduleDefinition"), **given)


_FRESHNESS = Parameters("*, dbt_assets")


def _freshness_checks(call: Call) -> Value:
    """`build_freshness_checks_from_dbt_assets`: by `meta.dagster.freshness_check`."""
    given = _FRESHNESS.bind(call)["dbt_assets"]
    result = Sequence("list", [])
    for assets in _definitions(call, given):
        translation = _translation(call, assets)
        if isinstance(translation, Unknown):
            return translation
        own = {spec.key: spec for spec in assets.specs}
        for unique_id, node in translation.manifest.nodes.items():
            config = ((node.get("meta") or {}).get("dagster") or {}).get("freshness_check")
            spec = translation.spec(unique_id) if config and defaults.is_asset(node) else None
            if isinstance(spec, SpecValue) and spec.key in own:
                made = _freshness_check(call, own[spec.key], config or {})
                items = call.items(made)
                result.items.extend(items.values)
                result.losses.extend(items.losses)
    if not any(True for _ in _definitions(call, given)):
        return call.unknown("external", "the freshness checks of dbt's assets", given)
    return result


def _freshness_check(call: Call, spec: SpecValue, config: dict[str, Any]) -> Value:
    partitions = spec.attributes.partitions
    kwargs: dict[str, Value] = {"assets": Sequence("list", [KeyValue(spec.key)])}
    if config.get("deadline_cron") is not None:
        kwargs["deadline_cron"] = value_of(call, config["deadline_cron"])
    function = "dagster.build_time_partition_freshness_checks"
    if partitions is None or partitions.kind not in TIME_WINDOWS:
        function = "dagster.build_last_update_freshness_checks"
        delta = value_of(call, config.get("lower_bound_delta_seconds"))
        kwargs["lower_bound_delta"] = call.invoke(External("datetime.timedelta"), seconds=delta)
    return call.invoke(External(function), **kwargs)


_SPECS = Parameters(
    "manifest, dagster_dbt_translator=None, select='fqn:*', exclude='', selector='', project=None"
)


def _build_specs(call: Call) -> Value:
    """`build_dbt_asset_specs`: the assets of a manifest as specs, without a computation."""
    bound = _SPECS.bind(call)
    texts = [_text(bound[name]) for name in ("select", "exclude", "selector")]
    if None in texts:
        return call.unknown("unsupported", "the dbt selection", *bound.passed.values())
    made = dbt_specs_of(
        call,
        bound["manifest"],
        bound["dagster_dbt_translator"],
        bound["project"],
        DbtSelection(*(text or "" for text in texts)),
    )
    return made if isinstance(made, Unknown) else Sequence("list", list(made.specs))


def _translation(call: Call, value: Value) -> Translation | Unknown:
    """The translation that made the definitions in a list."""
    for assets in _definitions(call, value):
        for spec in assets.specs:
            metadata = spec.attributes.values.get("metadata")
            if isinstance(metadata, Mapping):
                entry = metadata.entries.get(("constant", MANIFEST_KEY))
                if entry is not None and isinstance(entry[1], ManifestValue):
                    return entry[1].translation
    return call.unknown("external", "which dbt assets are meant", value)


def _definitions(call: Call, value: Value) -> Iterator[AssetsValue]:
    if isinstance(value, AssetsValue):
        yield value
    elif isinstance(value, Sequence):
        for item in value.items:
            yield from _definitions(call, item)


def _key(key: AssetKey | Unknown) -> Value:
    return KeyValue(key) if isinstance(key, AssetKey) else key


def _text(value: Value) -> str | None:
    return "" if value == NONE else Doubts().text(value)


TABLE: dict[str, Intrinsic] = {
    "dagster_dbt.get_asset_key_for_model": _key_for_model,
    "dagster_dbt.get_asset_key_for_source": _key_for_source,
    "dagster_dbt.get_asset_keys_by_output_name_for_source": _keys_for_source,
    "dagster_dbt.build_dbt_asset_selection": _selection,
    "dagster_dbt.build_schedule_from_dbt_selection": _schedule,
    "dagster_dbt.build_dbt_asset_specs": _build_specs,
    "dagster_dbt.build_freshness_checks_from_dbt_assets": _freshness_checks,
}
"""The intrinsics of functions over dbt assets."""
