"""Jobs over only some of the checks that one definition makes together, which Dagster refuses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue
from assetgen.analyzer.intrinsics.dagster.declared.checks import ChecksValue
from assetgen.analyzer.intrinsics.dagster.declared.definitions import DefinitionsValue
from assetgen.analyzer.intrinsics.dagster.declared.jobs import JobValue, ScheduleValue, SensorValue
from assetgen.analyzer.intrinsics.dagster.declared.selections import (
    ChecksSelected,
    Downstream,
    Ends,
    Selection,
    SetOperation,
    Upstream,
    WithoutChecks,
)
from assetgen.analyzer.intrinsics.dagster.selections.selecting import Selector, combine
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Related
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.resolve.jobs.automation import anonymous_job, targets_of

_Selecting = tuple[str, Selection, Site]
_Check = tuple[AssetKey, str]


def partly_selected(
    definitions: DefinitionsValue, jobs: Iterable[JobValue], selector: Selector
) -> Iterator[Diagnostic]:
    """A job over assets also runs their checks, unless its selection says otherwise."""
    whole = [checks for checks in definitions.checks if _is_whole(checks)]
    for name, selection, site in _selections(definitions, jobs):
        if _speaks_of_checks(selection):
            yield from _by_checks(definitions, name, selection, site, selector)
            continue
        selected = selector.select(selection) or frozenset() if whole else frozenset()
        for checks in whole:
            left_out = [spec for spec in checks.specs if spec.asset not in selected]
            if left_out and len(left_out) < len(checks.specs):
                yield diagnostic(
                    "partial-selection",
                    f"job `{name}` selects a part of the checks of `{checks.name}`, without those "
                    f"on `{left_out[0].asset}`: let them be made in part with can_subset=True",
                    site.span,
                    related=(Related(f"`{checks.name}` is here", checks.site.span),),
                )


def _is_whole(checks: ChecksValue) -> bool:
    assets = {spec.asset for spec in checks.specs}
    known = checks.kind == "multi_check" and checks.site.condition is None
    return known and not checks.can_subset and len(assets) > 1


def _by_checks(
    definitions: DefinitionsValue, name: str, selection: Selection, site: Site, selector: Selector
) -> Iterator[Diagnostic]:
    """A selection that names checks: assets and the checks made with them go together."""
    both = (*definitions.assets, *definitions.checks)
    made = [one for one in both if isinstance(one, AssetsValue | ChecksValue) and _checks_of(one)]
    every = frozenset(check for one in made for check in _checks_of(one))
    assets, checks = selector.select(selection), _select_checks(selector, selection, every)
    if assets is None or checks is None:
        return
    for one in made:
        if one.can_subset or one.site.condition is not None:
            continue
        keys = {spec.key for spec in one.specs} if isinstance(one, AssetsValue) else set()
        own = _checks_of(one)
        if not keys <= assets and keys & assets:
            continue  # told of as a job over a part of the assets
        is_whole = keys <= assets and own <= checks
        if is_whole or not (keys & assets or own & checks):
            continue
        asset, check = min(own - checks or own)
        yield diagnostic(
            "partial-selection",
            f"job `{name}` selects a part of `{one.name}`, whose check `{check}` on `{asset}` is "
            "made together with the rest of it",
            site.span,
            related=(Related(f"`{one.name}` is here", one.site.span),),
        )


def _checks_of(one: AssetsValue | ChecksValue) -> frozenset[_Check]:
    specs = one.checks if isinstance(one, AssetsValue) else one.specs
    return frozenset((spec.asset, spec.name) for spec in specs)


def _select_checks(
    selector: Selector, selection: Selection, every: frozenset[_Check]
) -> frozenset[_Check] | None:
    """The checks, out of `every` one, that a selection matches; None if that cannot be known."""
    if isinstance(selection, WithoutChecks):
        return frozenset()
    if isinstance(selection, ChecksSelected) and selection.of is None:
        return every & frozenset(selection.keys)
    if isinstance(selection, SetOperation):
        found = [_select_checks(selector, operand, every) for operand in selection.operands]
        known = [checks for checks in found if checks is not None]
        return combine(selection.operator, known) if len(known) == len(found) else None
    assets = selector.select(
        selection.of
        if isinstance(selection, ChecksSelected) and selection.of is not None
        else selection
    )
    return None if assets is None else frozenset(one for one in every if one[0] in assets)


def _selections(definitions: DefinitionsValue, jobs: Iterable[JobValue]) -> Iterator[_Selecting]:
    for job in {id(job): job for job in jobs}.values():
        if job.selection is not None:
            yield job.name, job.selection.selection, job.site
    automations: tuple[ScheduleValue | SensorValue, ...] = (
        *definitions.schedules,
        *definitions.sensors,
    )
    for automation in automations:
        for target in targets_of(automation):
            if target.selection is not None:
                name = anonymous_job(automation.name)
                yield name, target.selection.selection, automation.site


def _speaks_of_checks(selection: Selection) -> bool:
    if isinstance(selection, SetOperation):
        return any(map(_speaks_of_checks, selection.operands))
    if isinstance(selection, (Upstream, Downstream, Ends)):
        return _speaks_of_checks(selection.child)
    return isinstance(selection, (ChecksSelected, WithoutChecks))
