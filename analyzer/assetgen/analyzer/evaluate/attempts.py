"""What may be raised, by a condition that is unknown, while a `try` runs that catches it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.contribution import Contribution
from assetgen.analyzer.evaluate.frame import Completion, Frame
from assetgen.analyzer.evaluate.journal import Ended
from assetgen.analyzer.evaluate.values import Unknown
from assetgen.analyzer.model.dataclass import dataclass, field

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.branching import Arm
    from assetgen.analyzer.evaluate.machine import Machine


@dataclass(slots=True, eq=False)
class Attempt:
    """A `try`, or a `with` that swallows what is raised, whose body runs in `frame`.

    `which` tells the handler of what is raised by its number, None if there is none; `handle` runs
    it. `catchers` and `guarded` are what the machine has of the `try`s around, `condition` is the
    one under which it stands. `left` is the unknown condition under which the body may have been
    left for a handler: what then runs of it is an arm of that (`is_leaving`). `pending` is what was
    raised whose handler has not run, and what its arm had done; `met` are the handlers that run
    once.
    """

    frame: Frame
    which: Callable[[Raised], int | None]
    handle: Callable[[Machine, Frame, Raised], Completion | None]
    catchers: list[Callable[[Raised], bool]]
    guarded: Contribution | None
    condition: Unknown | None
    left: Unknown | None = None
    is_leaving: bool = False
    pending: list[tuple[Raised, Ended | None]] = field(default_factory=list)
    met: set[int] = field(default_factory=set)

    def catches(self, raised: Raised) -> bool:
        """Whether it has a handler for what is raised."""
        return self.which(raised) is not None

    def handling(self, raised: Raised) -> Arm:
        """What its handler does."""
        return lambda machine, frame: self.handle(machine, frame, raised)

    def is_of(self, frame: Frame) -> bool:
        """Whether it stands in the function, or module, that a frame runs."""
        return frame is self.frame or (
            frame.scope.function_scope() is self.frame.scope.function_scope()
        )


def attempt_in(
    machine: Machine,
    frame: Frame,
    which: Callable[[Raised], int | None],
    handle: Callable[[Machine, Frame, Raised], Completion | None],
) -> Attempt:
    """One whose body is about to run."""
    catchers = list(machine.catchers)
    return Attempt(frame, which, handle, catchers, machine.guarded, frame.condition)


def begin(machine: Machine, attempt: Attempt) -> None:
    """The body of a `try` runs from now on."""
    machine.attempts.append(attempt)
    machine.catchers.append(attempt.catches)


def end(machine: Machine, attempt: Attempt) -> None:
    """The body has ended."""
    if attempt in machine.attempts:
        machine.attempts.remove(attempt)
        machine.catchers.remove(attempt.catches)
        machine.guarded = attempt.guarded
        attempt.frame.condition = attempt.condition
        machine.fled = still_left(machine)


def may_raise(machine: Machine, condition: Unknown, raised: Raised) -> None:
    """Something raises, or does not, by an unknown condition; the evaluation goes on as if not."""
    flee(machine, condition, raised, None, None)


def flee(
    machine: Machine,
    condition: Unknown,
    raised: Raised,
    ended: Ended | None,
    frame: Frame | None,
) -> None:
    """An arm of a condition has raised in `frame`, others have not: if that is caught, what follows
    them is an arm, too, and the handler is another."""
    found = _catching(machine, raised)
    if found is None:
        return
    attempt, number = found
    is_own = frame is not None and attempt.is_of(frame)
    if number not in attempt.met:
        attempt.met.add(number)
        attempt.pending.append((raised, ended if is_own else None))
    attempt.left = attempt.left or condition
    if frame is not None and ended is not None and not is_own:
        frame.left = frame.left or condition
        frame.effects.append(ended)
    if not attempt.is_leaving:
        machine.fled = attempt
        # what is left of the statement is made on this condition, too
        attempt.frame.condition = attempt.frame.condition or condition


def _catching(machine: Machine, raised: Raised) -> tuple[Attempt, int] | None:
    """The `try` around that catches what is raised, and the number of the handler."""
    attempts, machine.attempts = machine.attempts, []
    catchers, machine.catchers = machine.catchers, []
    try:
        for attempt in reversed(attempts):
            number = attempt.which(raised)
            if number is not None:
                return attempt, number
        return None
    finally:
        machine.attempts, machine.catchers = attempts, catchers


def still_left(machine: Machine) -> Attempt | None:
    """The innermost `try` whose body may have been left, and of which no arm runs."""
    for attempt in reversed(machine.attempts):
        if attempt.left is not None and not attempt.is_leaving:
            return attempt
    return None
