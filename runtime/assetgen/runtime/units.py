"""The single runs of steps: one of each, or one per mapping key of a dynamic output."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assetgen.runtime.declarations import Step
from assetgen.runtime.plan import Plan

Handle = tuple[str, str, str]
"""A unit, one of its outputs, and a mapping key if the output is dynamic."""


@dataclass(slots=True, eq=False)
class Unit:
    """One run of one step.

    `waits` are the units that must end before; `gates` are the outputs needed, in groups, each
    with whether one of the group suffices. A unit `is_sure` if it runs where all units succeed.
    """

    step: Step
    key: str
    mapping_key: str = ""
    waits: frozenset[str] = frozenset()
    gates: Sequence[tuple[tuple[Handle, ...], bool]] = field(default_factory=list)
    is_sure: bool = False


def static_unit(plan: Plan, step: Step) -> Unit:
    """The only unit of a step that no dynamic output multiplies."""
    name = step.name
    gates = plan.gates[name]
    if not gates:
        return Unit(step, name, "", plan.waits[name], (), True)
    outputs = plan.outputs
    is_sure = True
    handles = []
    for group, any_suffices in gates:
        handles.append((tuple([(*place, "") for place in group]), any_suffices))
        for origin, output in group:
            if not outputs[origin][output].required:
                is_sure = False
    return Unit(step, name, "", plan.waits[name], handles, is_sure)
