"""dbt's tests as asset checks."""

from __future__ import annotations

from typing import Any

from assetgen.analyzer.evaluate.values import Constant, Unknown
from assetgen.analyzer.intrinsics.dagster.declared.checks import CheckSpecValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import Dep, SpecValue
from assetgen.analyzer.intrinsics.dagster.plain import why
from assetgen.analyzer.intrinsics.integrations.dbt.translation import ManifestValue, Translation
from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.manifest import Node
from assetgen.analyzer.model.keys import AssetKey


def check_of(translation: Translation, spec: SpecValue, unique_id: str) -> CheckSpecValue | None:
    """The check on the asset of `spec` that a test stands for; None if it is for another asset, or
    for none."""
    call = translation.call
    own = call.own_method(translation.translator, "get_asset_check_spec")
    if own is not None:
        args = (spec, ManifestValue(translation), Constant(unique_id), translation.project)
        given = call.invoke(own, *args)
        if isinstance(given, Unknown):
            message = f"the check of dbt's test {unique_id} is not known: {why(given)}"
            call.report("unresolved-check", message)
        return given if isinstance(given, CheckSpecValue) else None
    return default_check(translation, spec, unique_id)


def default_check(
    translation: Translation, spec: SpecValue, unique_id: str
) -> CheckSpecValue | None:
    """The check that dagster-dbt makes of a test by default."""
    test = translation.manifest.nodes.get(unique_id)
    if not translation.switches.enable_asset_checks or test is None:
        return None
    checked = _checked(translation, test)
    if checked is None or checked != spec.key:
        return None
    additional: dict[AssetKey, None] = {}
    for parent in translation.manifest.parents.get(unique_id, ()):
        other = translation.key_of(parent)
        if isinstance(other, AssetKey) and other != spec.key:
            additional[other] = None
    severity = _table(test.get("config")).get("severity") or "error"
    description = _table(test.get("meta")).get("description")
    return CheckSpecValue(
        name=test["name"],
        asset=spec.key,
        site=translation.call.site,
        additional_deps=tuple(Dep(key, translation.call.site) for key in additional),
        blocking=isinstance(severity, str) and severity.lower() == "error",
        description=description if isinstance(description, str) else None,
        unknown=("blocking",) if isinstance(severity, Lost) else (),
    )


def _checked(translation: Translation, test: Node) -> AssetKey | None:
    """The asset that a test checks: the one it depends on, is attached to, or names in `meta`."""
    upstream = list(dict.fromkeys(_table(test.get("depends_on")).get("nodes") or ()))
    attached = upstream[0] if len(upstream) == 1 else test.get("attached_node")
    meta = _table(_table(test.get("config")).get("meta") or test.get("meta"))
    ref = _table(_table(meta.get("dagster")).get("ref"))
    if ref:
        attached = _named(translation, ref)
    key = translation.key_of(attached) if isinstance(attached, str) else None
    return key if isinstance(key, AssetKey) else None


def _named(translation: Translation, ref: dict[str, Any]) -> str | None:
    manifest = translation.manifest
    wanted = (ref.get("name"), ref.get("package") or manifest.project_name, ref.get("version"))
    for unique_id, node in manifest.nodes.items():
        if (node["name"], node["package_name"], node.get("version")) == wanted:
            return unique_id
    return None


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
