"""The partitions of a job over assets: those that its assets have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assetgen.analyzer.intrinsics.dagster.declared.jobs import JobValue
from assetgen.analyzer.intrinsics.dagster.selections.selecting import Selector
from assetgen.analyzer.model.automation import Job
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.partitions import Partitions
from assetgen.analyzer.resolve.jobs.partition_equality import differ


def common_partitions(keys: Iterable[AssetKey], selector: Selector) -> Partitions | None:
    """The partitions that all partitioned assets of a job share; None if there are none."""
    found = _partitions(keys, selector)
    return found[0] if len({partitions.kind for partitions in found}) == 1 else None


def different_partitions(jobs: Iterable[Job], selector: Selector) -> Iterator[Diagnostic]:
    """Jobs over assets with partitions of different kinds, which Dagster refuses."""
    for job in jobs:
        kinds = sorted({partitions.kind for partitions in _partitions(job.assets or (), selector)})
        if len(kinds) > 1 and _BUILT_IN.issuperset(kinds):
            listed = " and ".join(kinds)
            message = f"the assets of job `{job.name}` have different partitions: {listed}"
            yield diagnostic("bad-partitions", message, job.origin.span)
            continue
        known = [
            (key, partitions)
            for key in job.assets or ()
            for partitions in _partitions((key,), selector)
            if not partitions.unknown
        ]
        others = [key for key, partitions in known if differ(known[0][1], partitions)]
        if others:
            first, other = known[0][0], others[0]
            message = (
                f"the assets of job `{job.name}` have different partitions: those of `{first}` "
                f"and `{other}`"
            )
            yield diagnostic("bad-partitions", message, job.origin.span)


def other_partitions(values: Iterable[JobValue], selector: Selector) -> Iterator[Diagnostic]:
    """Jobs with other partitions than one of their assets, which Dagster refuses."""
    for value in {id(value): value for value in values}.values():
        if value.selection is None or value.partitions is None:
            continue
        for key in sorted(selector.select(value.selection.selection) or ()):
            if any(differ(value.partitions, own) for own in _partitions((key,), selector)):
                message = f"job `{value.name}` has other partitions than its asset `{key}`"
                yield diagnostic("bad-partitions", message, value.site.span)
                break


_BUILT_IN = frozenset(
    f"{name}PartitionsDefinition"
    for name in ("Hourly", "Daily", "Weekly", "Monthly", "Static", "Dynamic", "Multi")
)
"""Classes whose objects are never equal."""


def _partitions(keys: Iterable[AssetKey], selector: Selector) -> list[Partitions]:
    assets = (selector.assets[key] for key in keys if key in selector.materializable)
    return [
        asset.partitions
        for asset in assets
        if asset.partitions is not None and "partitions" not in asset.unknown
    ]
