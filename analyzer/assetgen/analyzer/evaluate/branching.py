"""Both arms of an unknown condition."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.frame import BREAK, CONTINUE, Completion, Frame
from assetgen.analyzer.evaluate.journal import MISSING, Journal, joined
from assetgen.analyzer.evaluate.values import Unknown

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine

Arm = Callable[["Machine", Frame], "Completion | None"]


def branch(
    machine: Machine, frame: Frame, condition: Unknown, arms: list[Arm]
) -> Completion | None:
    """Evaluate every arm from the same state, and join the states in which they end.

    What is declared in an arm is kept, and marked by `condition`. An arm that raises is taken not
    to happen; a value that an arm returns waits in the frame for those of the other paths. When
    all arms leave the block, so does this; that one of several leaves a loop is noted in the frame.
    """
    outer = frame.condition
    frame.condition = condition
    ended: list[tuple[Journal, dict[Any, Any]]] = []
    ways: list[Completion | None] = []
    left: list[Completion] = []
    raised: Raised | None = None
    try:
        for arm in arms:
            machine.step()
            journal = Journal()
            machine.journals.append(journal)
            try:
                completion = arm(machine, frame)
            except Raised as error:
                raised = error
                journal.roll_back()
                continue
            finally:
                machine.journals.pop()
            after = journal.roll_back()
            if completion is not None and completion.kind == "return":
                left.append(completion)
            else:
                ended.append((journal, after))
                ways.append(completion)
    finally:
        frame.condition = outer
    for target, key, value in joined(ended, lambda found: _join(machine, found, condition)):
        if value is MISSING:
            machine.erase(target, key)
        else:
            machine.write(target, key, value)
    if ended or not left:
        if raised is not None and not ended and not left:
            raise raised
        frame.returns.extend(completion.value for completion in left if completion.value)
        return _way_on(frame, ways, condition)
    frame.returns.extend(completion.value for completion in left[:-1] if completion.value)
    return left[-1]


def _way_on(frame: Frame, ways: list[Completion | None], condition: Unknown) -> Completion | None:
    """How the loop around goes on after arms that have not returned."""
    if ways and ways[0] is not None and all(way is ways[0] for way in ways):
        return ways[0]
    if BREAK in ways:
        frame.broken = condition
    if BREAK in ways or CONTINUE in ways:
        frame.skipped = condition
    return None


def _join(machine: Machine, found: list[Any], condition: Unknown) -> Any:
    """One slot: a value, or an entry of a mapping (its key and value)."""
    if isinstance(found[0], tuple):
        return found[0][0], machine.join([entry[1] for entry in found], condition)
    return machine.join(found, condition)
