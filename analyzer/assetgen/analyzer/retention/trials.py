"""A code location as it would be if environment variables had other values."""

from __future__ import annotations

from collections.abc import Callable

from assetgen.analyzer.evaluate.machine import Machine
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.project.locations.load_targets import LoadTarget
from assetgen.analyzer.resolve.environment import Changes
from assetgen.analyzer.resolve.location import Resolved, resolve_location
from assetgen.analyzer.retention.location import Location


@dataclass(slots=True, eq=False)
class Trials:
    """Resolves a code location with some variables changed.

    `machine_with` gives a machine for it. If `base` knows the last machine, and has settled, only
    what asks for the variables is evaluated again.
    """

    target: LoadTarget
    machine_with: Callable[[Changes], Machine]
    base: Location | None = None

    def resolved(self, changes: Changes) -> tuple[Resolved, Machine]:
        """The location with the changes applied, and the machine that evaluated it."""
        base = self.base
        if base is not None and base.machine is not None:
            machine = self.machine_with(changes)
            with base.branch(machine, frozenset(changes)):
                resolved = resolve_location(machine, self.target)
            if base.is_trusted(machine):
                return resolved, machine
            self.base = None
        machine = self.machine_with(changes)
        return resolve_location(machine, self.target), machine
