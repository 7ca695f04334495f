"""Exceptions that may be raised, by an unknown condition, in a `try` that catches them."""

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
    """A `try`, or a `with` that swallows exceptions, whose body runs in `frame`.

    `which` gives the number of the handler for an exception, None if there is none; `handle` runs
    it. `catchers` and `guarded` are what the machine has for the enclosing `try`s, `condition` is
    the one under which the statement is evaluated. `left` is the unknown condition under which the
    body may have been left for a handler: the rest of the body then runs as one arm of it
    (`is_leaving`). `pending` are exceptions whose handlers have not run, with the effects of the
    arms that raised them; `met` are the numbers of handlers that are or were pending, each of which
    runs once. `otherwise` takes back, in the arms of the handlers, what is known where nothing was
    raised.
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
    otherwise: list[Callable[[], None]] = field(default_factory=list)

    def catches(self, raised: Raised) -> bool:
        """Whether it has a handler for an exception."""
        return self.which(raised) is not None

    def handling(self, raised: Raised) -> Arm:
        """The arm that runs its handler."""
        return lambda machine, frame: self.handle(machine, frame, raised)

    def is_of(self, frame: Frame) -> bool:
        """Whether it is in the function, or module, that a frame runs."""
        return frame is self.frame or (
            frame.scope.function_scope() is self.frame.scope.function_scope()
        )


def attempt_in(
    machine: Machine,
    frame: Frame,
    which: Callable[[Raised], int | None],
    handle: Callable[[Machine, Frame, Raised], Completion | None],
) -> Attempt:
    """An attempt whose body is about to run."""
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


def may_raise(machine: Machine, condition: Unknown, raised: Raised) -> Attempt | None:
    """Something raises or not, by an unknown condition; the evaluation continues as if it did
    not. Gives the `try` that catches it."""
    return flee(machine, condition, raised, None, None)


def flee(
    machine: Machine,
    condition: Unknown,
    raised: Raised,
    ended: Ended | None,
    frame: Frame | None,
) -> Attempt | None:
    """One arm of a condition has raised in `frame`, others have not. If the exception is caught,
    what follows these is an arm as well, and the handler is another one."""
    found = _catching(machine, raised)
    if found is None:
        return None
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
        # what the rest of the statement declares depends on this condition, too
        attempt.frame.condition = attempt.frame.condition or condition
    return attempt


def _catching(machine: Machine, raised: Raised) -> tuple[Attempt, int] | None:
    """The enclosing `try` that catches an exception, and the number of the handler."""
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
    """The innermost `try` whose body may have been left, unless an arm of that is running."""
    for attempt in reversed(machine.attempts):
        if attempt.left is not None and not attempt.is_leaving:
            return attempt
    return None
