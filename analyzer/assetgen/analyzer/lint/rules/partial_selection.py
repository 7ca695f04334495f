"""partial-selection: a job over only some of the assets that must be computed together."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.evaluate.memory import Memory
from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.knowledge import Knowledge
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.diagnostics import Diagnostic, Related
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.spans import Span
from assetgen.analyzer.model.steps import AssetStep


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    for knowledge in evidence.locations:
        location = knowledge.location
        owners: dict[AssetKey, list[_Whole]] = {}
        for step in _whole(knowledge, evidence.memory) if location.jobs else ():
            for key in step.keys:
                owners.setdefault(key, []).append(step)
        for job in location.jobs:
            selected = set(job.assets or ())
            touched = dict.fromkeys(
                step for key in job.assets or () for step in owners.get(key, ())
            )
            for step in touched:
                left_out = sorted(step.keys - selected)
                if left_out:
                    names = ", ".join(f"`{key}`" for key in left_out[:3])
                    more = ", ..." if len(left_out) > 3 else ""
                    yield diagnostic(
                        "partial-selection",
                        f"job `{job.name}` selects a part of `{step.name}`, without {names}{more}: "
                        "select all of it, or let it be made in part with can_subset=True",
                        job.origin.span,
                        related=(Related(f"`{step.name}` is here", step.span),),
                    )


RULE = Rule("partial-selection", check)


@dataclass(frozen=True, slots=True)
class _Whole:
    """A definition of several assets that must be computed together."""

    name: str
    keys: frozenset[AssetKey]
    span: Span


def _whole(knowledge: Knowledge, memory: Memory) -> Iterator[_Whole]:
    for _, whole in memory.sparse(_of_step, "whole", knowledge.location.steps).values():
        if whole is not None and whole.keys.isdisjoint(knowledge.conditional):
            yield whole


def _of_step(step: AssetStep) -> _Whole | None:
    if len(step.assets) < 2 or step.can_subset or step.origin is None:
        return None
    keys = frozenset([key for _, key in step.assets])
    return _Whole(step.name, keys, step.origin.span) if len(keys) > 1 else None
