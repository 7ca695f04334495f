"""Jobs over a part of the checks that one definition makes only together, which Dagster refuses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assetgen.analyzer.evaluate.site import Site
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
from assetgen.analyzer.intrinsics.dagster.selections.selecting import Selector
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Related
from assetgen.analyzer.resolve.automation import anonymous_job, targets_of

_Selecting = tuple[str, Selection, Site]


def partly_selected(
    definitions: DefinitionsValue, jobs: Iterable[JobValue], selector: Selector
) -> Iterator[Diagnostic]:
    """A job over assets holds their checks, too."""
    whole = [checks for checks in definitions.checks if _is_whole(checks)]
    if not whole:
        return
    for name, selection, site in _selections(definitions, jobs):
        if _speaks_of_checks(selection):
            continue
        selected = selector.select(selection) or frozenset()
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
