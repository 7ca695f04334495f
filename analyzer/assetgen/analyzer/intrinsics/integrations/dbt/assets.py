"""`@dbt_assets`, and what it selects from a manifest."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.declared.checks import CheckSpecValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.intrinsics.dagster.functions.decorating import decorator
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, why
from assetgen.analyzer.intrinsics.integrations.dbt import defaults
from assetgen.analyzer.intrinsics.integrations.dbt.checks import check_of
from assetgen.analyzer.intrinsics.integrations.dbt.manifests import manifest_from
from assetgen.analyzer.intrinsics.integrations.dbt.switches import switches_of
from assetgen.analyzer.intrinsics.integrations.dbt.translation import Translation
from assetgen.analyzer.intrinsics.integrations.dbt.translator import TranslatorValue
from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.selection.selection import (
    is_by_path,
    select_ids,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.selection.selectors import select_by_name
from assetgen.analyzer.intrinsics.integrations.specs_of import lost_assets, multi_asset_of
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.keys import AssetKey

_DBT_ASSETS = Parameters(
    "*, manifest, select='fqn:*', exclude='', selector='', name=None, io_manager_key=None, "
    "partitions_def=None, dagster_dbt_translator=None, backfill_policy=None, op_tags=None, "
    "required_resource_keys=None, project=None, retry_policy=None, pool=None"
)
_PASSED = ("name", "partitions_def", "op_tags", "required_resource_keys", "retry_policy", "pool")


@dataclass(frozen=True, slots=True)
class DbtSelection:
    """dbt's `--select`, `--exclude` and `--selector`."""

    select: str = "fqn:*"
    exclude: str = ""
    selector: str = ""


_EVERYTHING = DbtSelection()


@dataclass(frozen=True, slots=True)
class DbtSpecs:
    """The assets and checks of a selection of a manifest."""

    translation: Translation
    specs: tuple[SpecValue, ...]
    checks: tuple[CheckSpecValue, ...]


def dbt_specs_of(
    call: Call,
    manifest: Value,
    translator: Value = NONE,
    project: Value = NONE,
    selection: DbtSelection = _EVERYTHING,
) -> DbtSpecs | Unknown:
    """What `manifest` (as `@dbt_assets` takes it) gives by `translator`; losses are reported at
    `call`."""
    read = manifest_from(call, manifest, project)
    if isinstance(read, Unknown):
        return read
    if translator == NONE:
        translator = TranslatorValue()
    if isinstance(translator, Unknown):
        return call.unknown("unsupported", "the translator of dbt's nodes", translator)
    switches = switches_of(call, translator)
    translation = Translation(call, read, translator, switches, project)
    chosen = _chosen(translation, selection)
    if isinstance(chosen, Unknown):
        return chosen
    specs, checks = _specs(translation, chosen)
    return DbtSpecs(translation, specs, checks)


def _chosen(translation: Translation, selection: DbtSelection) -> frozenset[str] | Unknown:
    call = translation.call
    if selection.selector:
        named = select_by_name(translation.manifest, selection.selector)
        return call.unknown("unsupported", named.message) if isinstance(named, Lost) else named
    if translation.project == NONE and is_by_path(f"{selection.select} {selection.exclude}"):
        message = (
            "dbt's paths are relative to where Dagster runs, since no `project=` is given: they "
            "are taken for those of the dbt project"
        )
        call.report("unresolved-asset", message)
    chosen = select_ids(translation.manifest, selection.select, selection.exclude)
    return call.unknown("unsupported", chosen.message) if isinstance(chosen, Lost) else chosen


def _specs(
    translation: Translation, chosen: frozenset[str]
) -> tuple[tuple[SpecValue, ...], tuple[CheckSpecValue, ...]]:
    manifest, call = translation.manifest, translation.call
    specs: list[SpecValue] = []
    checks: dict[tuple[AssetKey, str], CheckSpecValue] = {}
    for unique_id in translation.in_order(chosen):
        node = manifest.node(unique_id)
        if unique_id not in chosen or node is None or not defaults.is_asset(node):
            continue
        spec = translation.spec(unique_id)
        if isinstance(spec, Unknown):
            message = f"the asset of dbt's `{node['name']}` is not known: {why(spec)}"
            call.report("unresolved-asset", message)
            continue
        specs.append(spec)
        tests = [key for key in manifest.children.get(unique_id, ()) if key in chosen]
        _add_checks(translation, spec, tests, checks)
        if translation.switches.enable_source_tests_as_checks:
            for upstream in translation.upstream(unique_id):
                source = translation.spec(upstream)
                if upstream.startswith("source") and isinstance(source, SpecValue):
                    children = list(manifest.children.get(upstream, ()))
                    _add_checks(translation, source, children, checks)
    _check_duplicates(translation, specs)
    return tuple(specs), tuple(checks.values())


def _add_checks(
    translation: Translation,
    spec: SpecValue,
    tests: list[str],
    checks: dict[tuple[AssetKey, str], CheckSpecValue],
) -> None:
    for unique_id in tests:
        if unique_id.startswith("test"):
            check = check_of(translation, spec, unique_id)
            if check is not None:
                checks[check.asset, check.name] = check


def _check_duplicates(translation: Translation, specs: list[SpecValue]) -> None:
    """Two nodes with the same key, which dagster-dbt refuses."""
    seen: set[AssetKey] = set()
    for spec in specs:
        if spec.key in seen:
            message = f"two dbt nodes have the asset key `{spec.key}`"
            translation.call.report("invalid-definition", message)
        seen.add(spec.key)


# -- the decorator


def _dbt_assets(call: Call, bound: Bound, function: Value) -> Value:
    selection = _selection(call, bound)
    if isinstance(selection, Unknown):
        return lost_assets(call, "dbt_assets", selection)
    made = dbt_specs_of(
        call, bound["manifest"], bound["dagster_dbt_translator"], bound["project"], selection
    )
    if isinstance(made, Unknown):
        return lost_assets(call, "dbt_assets", made)
    return multi_asset_of(call, bound, function, made.specs, made.checks, _PASSED)


def _selection(call: Call, bound: Bound) -> DbtSelection | Unknown:
    texts = []
    for name in ("select", "exclude", "selector"):
        doubts = Doubts()
        value = bound[name]
        text = "" if value == NONE else doubts.text(value)
        if text is None:
            cause = doubts.found[0] if doubts.found else value
            return call.unknown("unsupported", f"the argument {name} of dbt_assets", cause)
        if doubts.found:
            message = f"the dbt selection may be another: {why(doubts.found[0])}"
            call.report("unresolved-asset", message)
        texts.append(text)
    return DbtSelection(*texts)


TABLE: dict[str, Intrinsic] = decorator("dagster_dbt.dbt_assets", _DBT_ASSETS, None, _dbt_assets)
"""The intrinsics of `@dbt_assets`."""
