"""Telling of definitions that are there only under a condition that is not known."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.evaluate.values import Unknown
from assetgen.analyzer.intrinsics.dagster.declared.definitions import DefinitionsValue
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic


def unresolved_conditions(definitions: DefinitionsValue) -> Iterator[Diagnostic]:
    """One finding for each condition, and each loop, under which something is defined."""
    values = (
        *definitions.assets,
        *definitions.checks,
        *definitions.jobs,
        *definitions.schedules,
        *definitions.sensors,
    )
    conditions = {value.site.condition for value in values} - {None}
    for condition in conditions:
        if condition is not None and condition.span is not None:
            yield diagnostic(_rule(condition), _message(condition), condition.span)


def _rule(condition: Unknown) -> str:
    return "unresolved-loop" if condition.reason == "loop" else "unresolved-condition"


def _message(condition: Unknown) -> str:
    cause = condition.root().message
    if condition.reason == "loop":
        return f"what is defined in this loop is there if it runs, which is not known: {cause}"
    test = condition.message
    reason = "" if cause == test else f": {cause}"
    return f"what is defined under `{test}` may not be there: it is not known{reason}"
