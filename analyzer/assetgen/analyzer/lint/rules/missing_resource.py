"""missing-resource: a resource or IO manager that nothing provides."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from operator import attrgetter

from assetgen.analyzer.evaluate.memory import Memory
from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Severity
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.pipeline import CodeLocation
from assetgen.analyzer.model.spans import Span
from assetgen.analyzer.model.steps import Need


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    for location in evidence.pipeline.locations:
        severity = Severity.INFO if "assets" in location.unknown else None
        if "resources" in location.unknown:
            continue
        provided = {resource.key for resource in location.resources} | {_DEFAULT_IO_MANAGER}
        told = set()
        for subject, need, span in _missing(location, provided, evidence.memory):
            if (need.key, span) not in told:
                told.add((need.key, span))
                yield diagnostic(
                    "missing-resource",
                    f"`{subject}` needs the {need.what} `{need.key}`, which no Definitions "
                    "provides",
                    span,
                    severity=severity,
                )


RULE = Rule("missing-resource", check)

_DEFAULT_IO_MANAGER = "io_manager"


def _missing(
    location: CodeLocation, provided: Collection[str], memory: Memory
) -> Iterator[tuple[str | AssetKey, Need, Span]]:
    """What is needed, by the name of what needs it, and where."""
    needing = attrgetter("needs")
    steps = memory.sparse(needing, "required by steps", location.steps).values()
    for step, needs in steps:
        for need in needs:
            if need.key not in provided and step.origin is not None:
                yield step.name, need, need.span or step.origin.span
    assets = memory.sparse(
        _of_asset, "required by assets", location.assets, where=attrgetter("io_manager_key")
    ).values()
    for asset, manager in assets:
        if manager is not None and manager.key not in provided:
            yield asset.key, manager, asset.origin.span


def _of_asset(asset: Asset) -> Need | None:
    if asset.io_manager_key is None or "io_manager_key" in asset.unknown:
        return None
    return Need("IO manager", asset.io_manager_key)
