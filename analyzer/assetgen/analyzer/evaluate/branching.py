"""Unknown conditions: every arm is evaluated from the same state, and the resulting states are
joined."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Sequence as ReadOnlySequence
from functools import partial
from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.attempts import Attempt, flee, may_raise
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.frame import BREAK, CONTINUE, Completion, Frame
from assetgen.analyzer.evaluate.joining import join
from assetgen.analyzer.evaluate.journal import Ended, Journal, changes_others
from assetgen.analyzer.evaluate.values import Choice, Unknown, Value
from assetgen.analyzer.model.dataclass import dataclass, field

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site

Arm = Callable[["Machine", Frame], "Completion | None"]


def branch(
    machine: Machine, frame: Frame, condition: Unknown, arms: list[Arm]
) -> Completion | None:
    """Evaluate every arm from the same state, and join the states in which they end.

    What is declared in an arm is kept, and marked with `condition`. An arm that raises is taken not
    to happen, unless an enclosing `try` catches it. The value that an arm returns is kept in the
    frame with those of other paths, and the arm's effects are kept for the end of these paths. If
    all arms leave the block, so does this; if only some leave a loop or the function, that is noted
    in the frame.
    """
    ends = _ends_of(machine, frame, condition, arms)
    if ends.raised and not ends.ended and not ends.left:
        raise ends.raised[-1][0]
    for what, done in ends.raised if machine.attempts else ():
        flee(machine, condition, what, done, frame)
    join(machine, ends.ended or ends.returned, ends.before, frame, condition)
    if not ends.ended:
        frame.returns += _returned(ends.left[:-1], condition)
        return ends.left[-1]
    if ends.left:
        frame.returns += _returned(ends.left, condition)
        frame.left = frame.left or condition
        frame.effects.extend(ends.returned)
    return _way_on(frame, ends.ways, condition)


@dataclass(slots=True, eq=False)
class _Ends:
    """How arms have ended: `ended` are those after which the block goes on in one of the `ways`,
    `returned` and `before` (it had returned earlier) those that have `left` it, then those that
    have `raised`."""

    ended: list[Ended] = field(default_factory=list)
    ways: list[Completion | None] = field(default_factory=list)
    returned: list[Ended] = field(default_factory=list)
    before: list[Ended] = field(default_factory=list)
    left: list[Completion] = field(default_factory=list)
    raised: list[tuple[Raised, Ended]] = field(default_factory=list)


def _ends_of(machine: Machine, frame: Frame, condition: Unknown, arms: list[Arm]) -> _Ends:
    """Evaluate every arm from the same state, which is there again afterwards."""
    ends = _Ends()
    outer, frame.condition = frame.condition, condition
    fled = left_before = machine.fled
    try:
        for arm in arms:
            machine.step()
            machine.fled = left_before
            journal = Journal()
            machine.journals.append(journal)
            try:
                completion = arm(machine, frame)
            except Raised as error:
                ends.raised.append((error, journal.end()))
                continue
            finally:
                machine.journals.pop()
                fled = machine.fled or fled
            if completion is not None and completion.kind == "return":
                ends.left.append(completion)
                (ends.before if arm is gone else ends.returned).append(journal.end())
            else:
                ends.ended.append(journal.end())
                ends.ways.append(completion)
    finally:
        frame.condition, machine.fled = outer, fled
    return ends


def evaluated_arms(
    machine: Machine, frame: Frame, condition: Unknown, nodes: Iterable[ast.expr | None]
) -> list[Value]:
    """The values of several expressions of which only one (or, for None, nothing) is evaluated; one
    that raises is left out."""
    options: list[Value] = []

    def arm(node: ast.expr | None) -> Arm:
        def evaluate(machine: Machine, frame: Frame) -> None:
            if node is not None:
                options.append(machine.evaluate(node, frame))

        return evaluate

    branch(machine, frame, condition, list(map(arm, nodes)))
    return options


def each_option(
    machine: Machine, choice: Choice, action: Callable[[Value], Value], site: Site
) -> list[Value]:
    """The results of an action on each of several values, of which only one is there. What others
    may hold, too, is changed by the unknown condition that decides."""
    results: list[Value] = []

    def arm(option: Value) -> Arm:
        return lambda machine, frame: results.append(action(option))

    frame = Frame(site.module, site.module.scope, site.chain, None, site.condition)
    shared = [changes_others(option, choice.since) for option in choice.options]
    if all(shared):
        branch(machine, frame, choice.condition, list(map(arm, choice.options)))
        return results
    for option, is_held_by_others in zip(choice.options, shared, strict=True):
        if is_held_by_others:
            branch(machine, frame, choice.condition, [arm(option), block(())])
            continue
        machine.tried += 1
        try:
            results.append(action(option))
        except Raised as raised:
            may_raise(machine, choice.condition, raised)
        finally:
            machine.tried -= 1
    return results


def either_way(
    machine: Machine, condition: Unknown, action: Callable[[], object], site: Site
) -> None:
    """Do something, or not, by an unknown condition."""
    frame = Frame(site.module, site.module.scope, site.chain, None, site.condition)
    branch(machine, frame, condition, [lambda machine, frame: _done(action), block(())])


def _done(action: Callable[[], object]) -> None:
    action()


def _returned(left: list[Completion], condition: Unknown) -> Iterator[tuple[Value, Unknown]]:
    return ((completion.value, condition) for completion in left if completion.value)


def gone(machine: Machine, frame: Frame) -> Completion:
    """The arm in which the function has returned before: its effects are applied."""
    effects, frame.effects = frame.effects, []
    if effects and frame.left is not None:
        join(machine, effects, [], frame, frame.left)
    return Completion("return", frame.returns[-1][0] if frame.returns else None)


def rest_of_rounds(machine: Machine, frame: Frame) -> Callable[[Arm], Completion | None] | None:
    """What runs the other rounds of a loop for the case that none before has raised or returned;
    None if that is certain."""
    if machine.fled is not None and machine.fled.is_of(frame):
        return partial(if_not_fled, machine, frame, machine.fled)
    if frame.left is not None and not frame.is_leaving:
        return partial(if_not_left, machine, frame)
    return None


def if_not_left(machine: Machine, frame: Frame, arm: Arm) -> Completion | None:
    """Run `arm` for the case that the function has not returned before."""
    assert frame.left is not None
    frame.is_leaving = True
    try:
        return branch(machine, frame, frame.left, [gone, arm])
    finally:
        frame.is_leaving = False


def if_not_fled(machine: Machine, frame: Frame, attempt: Attempt, arm: Arm) -> Completion | None:
    """Run the rest of the body of a `try` for the case that nothing was raised before; beside it,
    the handlers of what may have been raised."""
    assert attempt.left is not None
    machine.fled = None
    is_leaving, attempt.is_leaving = attempt.is_leaving, True
    others = _handlers(attempt)
    try:
        return branch(machine, frame, attempt.left, [arm, *others])
    finally:
        attempt.is_leaving = is_leaving
        machine.fled = attempt


def body_ended(
    machine: Machine,
    frame: Frame,
    attempt: Attempt,
    completion: Completion | None,
    orelse: ReadOnlySequence[ast.stmt],
) -> Completion | None:
    """The end of a `try` whose body may have been left for a handler, and otherwise has ended with
    `completion`."""
    if completion is None:
        return ended_by(machine, frame, attempt, block(orelse))
    if not attempt.pending:
        return completion
    return ended_by(machine, frame, attempt, lambda machine, frame: completion)


def ended_by(machine: Machine, frame: Frame, attempt: Attempt, ending: Arm) -> Completion | None:
    """The end of a `try`: `ending` for the case that its body has not been left, and the handlers
    that have not run."""
    if attempt.left is None:
        return ending(machine, frame)
    return branch(machine, frame, attempt.left, [ending, *_handlers(attempt)])


def _handlers(attempt: Attempt) -> list[Arm]:
    """The handlers that have not run, as arms that start from the state in which something may have
    been raised; if all have run, an arm in which nothing more happens."""
    pending, attempt.pending = attempt.pending, []

    def raised_before(machine: Machine, frame: Frame) -> None:
        for take_back in attempt.otherwise:
            take_back()

    def handler(raised: Raised, done: Ended | None) -> Arm:
        def arm(machine: Machine, frame: Frame) -> Completion | None:
            raised_before(machine, frame)
            if done is not None and attempt.left is not None:
                join(machine, [done], [], frame, attempt.left)
            attempts, catchers, guarded = machine.attempts, machine.catchers, machine.guarded
            if attempt in attempts:
                machine.attempts = attempts[: attempts.index(attempt)]
            machine.catchers, machine.guarded = list(attempt.catchers), attempt.guarded
            try:
                return attempt.handle(machine, frame, raised)
            finally:
                machine.attempts, machine.catchers = attempts, catchers
                machine.guarded = guarded

        return arm

    return [handler(raised, done) for raised, done in pending] or [raised_before]


def block(body: ReadOnlySequence[ast.stmt]) -> Callable[[Machine, Frame], Completion | None]:
    """Statements as an arm."""
    return lambda machine, frame: machine.execute(body, frame)


def _way_on(frame: Frame, ways: list[Completion | None], condition: Unknown) -> Completion | None:
    """How an enclosing loop goes on after arms that have not returned."""
    if ways and ways[0] is not None and all(way is ways[0] for way in ways):
        return ways[0]
    if BREAK in ways:
        frame.broken = condition
    if BREAK in ways or CONTINUE in ways:
        frame.skipped = condition
    return None
