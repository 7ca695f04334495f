"""Diagnostics about definitions that exist only under an unknown condition."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.evaluate.memory import Memory
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Unknown
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue
from assetgen.analyzer.intrinsics.dagster.declared.checks import ChecksValue
from assetgen.analyzer.intrinsics.dagster.declared.definitions import AssetLike, DefinitionsValue
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic


def unresolved_conditions(
    assets: tuple[AssetLike, ...], definitions: DefinitionsValue, memory: Memory
) -> Iterator[Diagnostic]:
    """One finding for each condition, and each loop, under which something is defined; `assets` are
    the assets and checks among the definitions."""
    told = memory.sparse(_conditions, "conditions", assets).values()
    conditions: set[Unknown | None] = {condition for _, found in told for condition in found}
    for values in (definitions.jobs, definitions.schedules, definitions.sensors):
        conditions.update(value.site.condition for value in values)
    for condition in conditions:
        if condition is not None and condition.span is not None and condition.reason != "told":
            yield diagnostic(_rule(condition), _message(condition), condition.span)


def condition_of(*places: Site) -> str | None:
    """The text of the condition under which something exists that was made at a chain of places;
    None if there is none."""
    for place in places:
        if place.condition is not None:
            return place.condition.message
    return None


def _conditions(value: AssetLike) -> tuple[Unknown, ...]:
    found = [value.site.condition]
    if isinstance(value, AssetsValue):
        found += [output.spec.site.condition for output in value.outputs]
        found += [check.site.condition for check in value.checks]
    elif isinstance(value, ChecksValue):
        found += [spec.site.condition for spec in value.specs]
    if found.count(None) == len(found):
        return ()
    return tuple(each for each in found if each is not None and each.reason != "told")


def _rule(condition: Unknown) -> str:
    return "unresolved-loop" if condition.reason == "loop" else "unresolved-condition"


def _message(condition: Unknown) -> str:
    cause = condition.root().message
    if condition.reason == "loop":
        return f"what is defined in this loop is there if it runs, which is not known: {cause}"
    test = condition.message
    reason = "" if cause == test else f": {cause}"
    return f"what is defined under `{test}` may not be there: it is not known{reason}"
