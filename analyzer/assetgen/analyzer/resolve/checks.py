"""From declared checks to those of the model."""

from __future__ import annotations

from assetgen.analyzer.intrinsics.dagster.declared.checks import CheckSpecValue
from assetgen.analyzer.model.assets import AssetCheck
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.resolve.holding import Holding


def build_checks(holding: Holding) -> tuple[tuple[AssetCheck, ...], tuple[AssetCheck, ...]]:
    """The checks, sorted by asset and name, and those whose asset and name are taken."""
    checks: dict[tuple[AssetKey, str], AssetCheck] = {}
    duplicates: list[AssetCheck] = []
    doubled = {held.key for held in holding.duplicates}
    for spec, step in check_specs(holding):
        check = _check(spec, step)
        if (check.asset, check.name) in checks:
            if check.asset not in doubled:  # it is told that the asset is there twice
                duplicates.append(check)
        else:
            checks[check.asset, check.name] = check
    return tuple(checks[key] for key in sorted(checks)), tuple(duplicates)


def check_specs(holding: Holding) -> list[tuple[CheckSpecValue, str | None]]:
    """All checks of a code location, each with the name of the step that runs it."""
    found: list[tuple[CheckSpecValue, str | None]] = []
    for value in holding.definitions:
        name = value.node.name if value.node is not None else None
        found.extend((spec, name) for spec in value.checks)
    for checks in holding.checks:
        name = checks.node.name if checks.node is not None else checks.name
        found.extend((spec, name) for spec in checks.specs)
    for checks in holding.repeated:
        found.extend((spec, checks.name) for spec in checks.specs)
    return found


def _check(spec: CheckSpecValue, step: str | None) -> AssetCheck:
    return AssetCheck(
        asset=spec.asset,
        name=spec.name,
        origin=spec.site.origin,
        step=step,
        blocking=spec.blocking,
        description=spec.description,
        additional_deps=tuple(sorted({dep.key for dep in spec.additional_deps})),
        declared=spec.asset,
        unknown=spec.unknown,
    )
