"""When each step's turn comes."""

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence

from assetgen.runtime.execution.plan import Handle, Plan
from assetgen.runtime.execution.units import Unit


class Schedule:
    """The units of a run, from ready to ended.

    A unit is ready when all that it waits for has ended; it is then run, or skipped since an
    output that it needs was not made, or abandoned since something that it waits for failed.
    Ready units are run first come, first served, those of a higher priority before others.
    """

    def __init__(
        self,
        plan: Plan,
        was_made: Callable[[Handle], bool],
        mapping_keys: Callable[[str, str], Sequence[str]],
    ) -> None:
        """`mapping_keys` has those yielded for a dynamic output of a unit."""
        self.plan = plan
        self.was_made = was_made
        self.mapping_keys = mapping_keys
        self.outcomes: dict[str, str] = {}
        self.has_losses = False
        self.ready: deque[Unit] = deque()
        self.pausing: list[tuple[float, Unit]] = []
        self.dependents: dict[str, list[Unit]] = {}
        self.left: dict[str, int] = {}
        inputs = (source for step in plan.steps for source in step.inputs)
        dynamic = next((source for source in inputs if source.unfolds), None)
        self.unfolding = None if dynamic is None else dynamic.unfolding(plan)
        deferred = () if self.unfolding is None else self.unfolding.deferred
        self.has_priorities = any(step.priority for step in plan.steps)
        self.all_required = all(each.required for step in plan.steps for each in step.makes)
        for step in plan.steps:
            if step.name not in deferred:
                unit = Unit(step, step.name, "", plan.waits[step.name], None)
                if self.admit(unit):
                    self.ready.append(unit)

    def admit(self, unit: Unit) -> bool:
        """Let a unit wait for its turn, or say that it need not wait."""
        open_waits = [key for key in unit.waits if key not in self.outcomes] if unit.waits else ()
        if not open_waits:
            return True
        self.left[unit.key] = len(open_waits)
        for key in open_waits:
            self.dependents.setdefault(key, []).append(unit)
        return False

    @property
    def mapped(self) -> Mapping[str, tuple[str, str]]:
        """The dynamic output of each step that runs once per mapping key."""
        return {} if self.unfolding is None else self.unfolding.mapped

    def next(self) -> Unit | None:
        """The unit to look at now, after a pause if all are pausing; None when all have ended."""
        while (unit := self.take()) is None:
            pause = self.pause()
            if pause is None:
                return None
            time.sleep(pause)
        return unit

    def take(self) -> Unit | None:
        """A unit that is ready now, if there is one."""
        if self.pausing:
            now = time.time()
            due = [unit for until, unit in self.pausing if until <= now]
            self.pausing = [(until, unit) for until, unit in self.pausing if until > now]
            self.ready.extend(due)
        if not self.ready:
            return None
        if not self.has_priorities:
            return self.ready.popleft()
        unit = max(self.ready, key=lambda unit: unit.step.priority)
        self.ready.remove(unit)
        return unit

    def pause(self) -> float | None:
        """The seconds until the first pause of a unit is over; None if there is none."""
        if not self.pausing:
            return None
        return max(0.0, min(until for until, _ in self.pausing) - time.time())

    def retry(self, unit: Unit, seconds: float) -> None:
        """Let a unit run again after a pause, while others run."""
        if seconds > 0:
            self.pausing.append((time.time() + seconds, unit))
        else:
            self.ready.append(unit)

    def end(self, unit: Unit, outcome: str) -> Sequence[tuple[Unit, str, tuple[str, ...]]]:
        """Note how a unit ended and let others take their turn.

        Returns the units that now end without running, each with its outcome (``"skipped"`` or
        ``"not run"``) and the outputs or units that are the reason.
        """
        self.outcomes[unit.key] = outcome
        if outcome != "succeeded":
            self.has_losses = True
        if self.unfolding is None and unit.key not in self.dependents:
            return ()
        ended: list[tuple[Unit, str, tuple[str, ...]]] = []
        released = self.released(unit)
        while released:
            also_ended = []
            for dependent in released:
                verdict, reasons = self.verdict(dependent)
                if verdict:
                    self.has_losses = True
                    ended.append((dependent, verdict, reasons))
                    also_ended.append((dependent, verdict))
                else:
                    self.ready.append(dependent)
            released = []
            for other, verdict in also_ended:
                self.outcomes[other.key] = verdict
                released.extend(self.released(other))
        return ended

    def released(self, unit: Unit) -> list[Unit]:
        """The units that waited only for this one, also those that exist only since it ended."""
        released = []
        left = self.left
        for dependent in self.dependents.pop(unit.key, ()):
            left[dependent.key] -= 1
            if not left[dependent.key]:
                del left[dependent.key]
                released.append(dependent)
        if self.unfolding is not None:
            unfolded = self.unfolding.unfold(self.outcomes, self.mapping_keys)
            released.extend(new for new in unfolded if self.admit(new))
        return released

    def verdict(self, unit: Unit) -> tuple[str, tuple[str, ...]]:
        """What keeps a unit from running, if anything does, and why."""
        gates = unit.gates
        if gates is None:
            if self.all_required and not self.has_losses:
                return "", ()
            gates = self.plan.gates_of(unit.step)
        outcomes, was_made = self.outcomes, self.was_made
        for handles, any_suffices in gates:
            if all(map(was_made, handles)):
                continue
            missing = [
                handle
                for handle in handles
                if outcomes.get(handle[0]) in ("succeeded", "skipped") and not was_made(handle)
            ]
            if missing and (not any_suffices or len(missing) == len(handles)):
                return "skipped", tuple(f"{step}.{output}" for step, output, _ in missing)
        if all(outcomes[key] == "succeeded" for key in unit.waits):
            return "", ()
        lost = {key for key in unit.waits if outcomes[key] in ("failed", "not run")}
        return ("not run", tuple(sorted(lost))) if lost else ("", ())
