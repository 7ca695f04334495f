"""From declared checks to those of the model."""

from __future__ import annotations

from itertools import chain

from assetgen.analyzer.evaluate.memory import Memory
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue
from assetgen.analyzer.intrinsics.dagster.declared.checks import CheckSpecValue, ChecksValue
from assetgen.analyzer.model.assets import AssetCheck
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.resolve.assets.conditions import condition_of
from assetgen.analyzer.resolve.loading.holding import Holding

CheckSpecs = list[tuple[CheckSpecValue, str | None, str | None]]
"""Each with the name of the step that runs it, and the condition under which it is there."""


def build_checks(
    specs: CheckSpecs, holding: Holding, memory: Memory
) -> tuple[tuple[AssetCheck, ...], tuple[AssetCheck, ...]]:
    """The checks, sorted by asset and name, and those whose asset and name are already taken."""
    made = memory.each(lambda each: _check(*each), "check", specs)
    checks = {(check.asset, check.name): check for check in made}
    duplicates: list[AssetCheck] = []
    if len(checks) < len(made):
        checks = {}
        doubled = {held.key for held in holding.duplicates}
        for check in made:
            first = checks.setdefault((check.asset, check.name), check)
            if first is check:
                continue
            checks[check.asset, check.name] = _or_the_other(first, check)
            is_other = first.conditional is check.conditional is None
            if is_other and check.asset not in doubled:  # that is reported for the asset
                duplicates.append(check)
    return tuple(checks[key] for key in sorted(checks)), tuple(duplicates)


def _or_the_other(check: AssetCheck, other: AssetCheck) -> AssetCheck:
    """What is known of a check that may also be another one of the same asset and name."""
    if check.conditional is None or other.conditional is None:
        return check
    differing = {name for name in _ATTRIBUTES if getattr(check, name) != getattr(other, name)}
    return replace(check, unknown=tuple(sorted({*check.unknown, *other.unknown, *differing})))


_ATTRIBUTES = ("additional_deps", "blocking", "description", "step")


def check_specs(holding: Holding, memory: Memory) -> CheckSpecs:
    """All checks of a code location."""
    checked = [value for value in holding.definitions if value.checks]
    return list(
        chain.from_iterable(
            (
                *memory.each(_of_definition, "checks of definitions", checked),
                *memory.each(_of_checks, "specs of checks", holding.checks),
                *(
                    tuple((spec, each.name, None) for spec in each.specs)
                    for each in holding.repeated
                ),
            )
        )
    )


def _of_definition(value: AssetsValue) -> _Specs:
    name = value.node.name if value.node is not None else None
    return tuple((spec, name, condition_of(value.site, spec.site)) for spec in value.checks)


def _of_checks(checks: ChecksValue) -> _Specs:
    name = checks.node.name if checks.node is not None else checks.name
    return tuple((spec, name, condition_of(checks.site, spec.site)) for spec in checks.specs)


_Specs = tuple[tuple[CheckSpecValue, str | None, str | None], ...]


def _check(spec: CheckSpecValue, step: str | None, condition: str | None) -> AssetCheck:
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
        conditional=condition,
    )
