"""From declared checks to those of the model."""

from __future__ import annotations

from itertools import chain

from assetgen.analyzer.evaluate.memory import Memory
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue
from assetgen.analyzer.intrinsics.dagster.declared.checks import CheckSpecValue, ChecksValue
from assetgen.analyzer.model.assets import AssetCheck
from assetgen.analyzer.resolve.holding import Holding

CheckSpecs = list[tuple[CheckSpecValue, str | None]]


def build_checks(
    specs: CheckSpecs, holding: Holding, memory: Memory
) -> tuple[tuple[AssetCheck, ...], tuple[AssetCheck, ...]]:
    """The checks, sorted by asset and name, and those whose asset and name are taken."""
    made = memory.each(lambda each: _check(*each), "check", specs)
    checks = {(check.asset, check.name): check for check in made}
    duplicates: list[AssetCheck] = []
    if len(checks) < len(made):
        checks = {}
        doubled = {held.key for held in holding.duplicates}
        for check in made:
            if checks.setdefault((check.asset, check.name), check) is check:
                continue
            if check.asset not in doubled:  # it is told that the asset is there twice
                duplicates.append(check)
    return tuple(checks[key] for key in sorted(checks)), tuple(duplicates)


def check_specs(holding: Holding, memory: Memory) -> CheckSpecs:
    """All checks of a code location, each with the name of the step that runs it."""
    checked = [value for value in holding.definitions if value.checks]
    return list(
        chain.from_iterable(
            (
                *memory.each(_of_definition, "checks of definitions", checked),
                *memory.each(_of_checks, "specs of checks", holding.checks),
                *(tuple((spec, each.name) for spec in each.specs) for each in holding.repeated),
            )
        )
    )


def _of_definition(value: AssetsValue) -> tuple[tuple[CheckSpecValue, str | None], ...]:
    name = value.node.name if value.node is not None else None
    return tuple((spec, name) for spec in value.checks)


def _of_checks(checks: ChecksValue) -> tuple[tuple[CheckSpecValue, str | None], ...]:
    name = checks.node.name if checks.node is not None else checks.name
    return tuple((spec, name) for spec in checks.specs)


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
