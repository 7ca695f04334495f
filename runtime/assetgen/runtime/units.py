"""The single runs of steps: one of each, or one per mapping key of a dynamic output."""

from dataclasses import dataclass

from assetgen.runtime.declarations import Step
from assetgen.runtime.plan import Gates, Plan


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
    gates: Gates = ()
    is_sure: bool = False


def static_unit(plan: Plan, step: Step, *, is_sure: bool) -> Unit:
    """The only unit of a step that no dynamic output multiplies. It `is_sure` too if it needs
    nothing but required outputs."""
    name = step.name
    gates = plan.gates[name]
    is_sure = is_sure or all(
        plan.outputs[origin][output].required for group, _ in gates for origin, output, _ in group
    )
    return Unit(step, name, "", plan.waits[name], gates, is_sure)
