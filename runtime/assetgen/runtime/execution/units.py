"""The single runs of steps: one of each, or one per mapping key of a dynamic output."""

from dataclasses import dataclass

from assetgen.runtime.execution.plan import Gates
from assetgen.runtime.model.declarations import Step


@dataclass(slots=True, eq=False)
class Unit:
    """One run of one step.

    `waits` are the units that must end before; `gates` are the outputs needed, in groups, each
    with whether one of the group suffices, or None if they are those that the step needs.
    """

    step: Step
    key: str
    mapping_key: str = ""
    waits: frozenset[str] = frozenset()
    gates: Gates | None = ()
