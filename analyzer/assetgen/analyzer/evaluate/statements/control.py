"""Compound statements: conditions, loops, exceptions, contexts and matching."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from collections.abc import Mapping as ReadOnlyMapping
from collections.abc import Sequence as ReadOnlySequence
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.attempts import Attempt
from assetgen.analyzer.evaluate.branching import (
    Arm,
    block,
    branch,
    if_not_fled,
    if_not_left,
    rest_of_rounds,
)
from assetgen.analyzer.evaluate.frame import BREAK, CONTINUE, Completion, Frame
from assetgen.analyzer.evaluate.objects.doubts import Presence, beyond
from assetgen.analyzer.evaluate.objects.iteration import leave_in_doubt
from assetgen.analyzer.evaluate.statements.context_managers import TABLE as CONTEXT_MANAGERS
from assetgen.analyzer.evaluate.statements.exceptions import TABLE as EXCEPTIONS
from assetgen.analyzer.evaluate.statements.patterns import matches
from assetgen.analyzer.evaluate.statements.statements import assign
from assetgen.analyzer.evaluate.statements.unknown_rounds import unknown_rounds
from assetgen.analyzer.evaluate.values import NONE, Choice, Unknown, Value
from assetgen.analyzer.model.dataclass import dataclass

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine


def _if(machine: Machine, node: ast.If, frame: Frame) -> Completion | None:
    absences = machine.absences
    test = machine.evaluate(node.test, frame)
    answer = machine.truth(test, frame.site(node.test))
    if answer is not None:
        body = node.body if answer else node.orelse
        if machine.absences == absences or not any(isinstance(each, ast.Raise) for each in body):
            return machine.execute(body, frame)
        message = "a file or folder may be there where this runs"
        test = machine.unknown("file", message, frame.site(node.test))
    condition = machine.condition(test, node.test, frame)
    return branch(machine, frame, condition, [block(node.body), block(node.orelse)])


def rest(machine: Machine, body: ReadOnlySequence[ast.stmt], frame: Frame) -> Completion | None:
    """Execute the statements after one that, under an unknown condition, has continued the loop,
    has returned, or has raised something that is caught."""
    attempt = machine.fled
    if attempt is not None:
        return _unfled(machine, attempt, body, frame)
    if frame.left is not None and not frame.is_leaving:
        return if_not_left(machine, frame, lambda machine, frame: _unskipped(machine, body, frame))
    return _unskipped(machine, body, frame)


def _unfled(
    machine: Machine, attempt: Attempt, body: ReadOnlySequence[ast.stmt], frame: Frame
) -> Completion | None:
    binding, frame.binding = frame.binding, None

    def arm(machine: Machine, frame: Frame) -> Completion | None:
        if binding is not None:
            binding()
        return rest(machine, body, frame)

    if attempt.is_of(frame):
        return if_not_fled(machine, frame, attempt, arm)
    frame.left = frame.left or attempt.left
    machine.fled = None
    try:
        return arm(machine, frame)
    finally:
        machine.fled = attempt


def _unskipped(
    machine: Machine, body: ReadOnlySequence[ast.stmt], frame: Frame
) -> Completion | None:
    condition = frame.skipped
    if condition is None:
        return machine.execute(body, frame)
    frame.skipped = None
    completion = branch(machine, frame, condition, [block(body), block(())])
    frame.skipped = condition
    return completion


def settle(machine: Machine, frame: Frame) -> None:
    """At the end of a function: join the effects of the paths that may have returned before."""
    if frame.effects and frame.left is not None:
        if_not_left(machine, frame, block(()))


def _for(machine: Machine, node: ast.For | ast.AsyncFor, frame: Frame) -> Completion | None:
    site = frame.site(node.iter)
    source = machine.iterable(machine.evaluate(node.iter, frame), site)
    outer, broken, skipped = frame.condition, frame.broken, frame.skipped
    if isinstance(source, Choice):
        frame.condition = source.condition
    rounds = Rounds(node, enumerate(machine.iterate(source, site)), Presence(source))
    try:
        completion = rounds.run(machine, frame)
    finally:
        frame.condition, frame.broken, frame.skipped = outer, broken, skipped
    if rounds.left is not None:
        leave_in_doubt(source)
    if completion is not None or not rounds.ended:
        return completion
    losses = [] if isinstance(source, Choice) else beyond(machine.losses_of(source, site))
    if losses:
        one_unknown_round(machine, node, losses, frame)
    if rounds.left is not None and node.orelse:
        return branch(machine, frame, rounds.left, [block(node.orelse), block(())])
    return machine.execute(node.orelse, frame)


@dataclass(slots=True)
class Rounds:
    """The rounds of a loop. `ended` if its source came to an end; `left` is the unknown condition
    under which the loop may have been left, so that the rounds that follow are one arm of it."""

    node: ast.For | ast.AsyncFor
    values: Iterator[tuple[int, Value]]
    presence: Presence
    ended: bool = False
    left: Unknown | None = None
    arms: int = 0

    def run(self, machine: Machine, frame: Frame) -> Completion | None:
        for number, value in self.values:
            if number >= machine.budget.iterations:
                give_up(machine, self.node, frame)
                break
            machine.step()
            frame.broken = frame.skipped = None
            completion = self.round(machine, value, frame)
            if completion is BREAK:
                return None
            if completion is not None and completion is not CONTINUE:
                return completion
            if (go_on := rest_of_rounds(machine, frame)) is not None:
                return go_on(self.run)
            if frame.broken is not None:
                self.left = frame.broken
                if self.arms <= machine.budget.options:
                    self.arms += 1
                    return branch(machine, frame, self.left, [self.run, block(())])
        self.ended = True
        return None

    def round(self, machine: Machine, value: Value, frame: Frame) -> Completion | None:
        """The round for one item; if the item may not exist, as an arm."""
        doubt = self.presence.doubt(value)
        if doubt is None:
            assign(machine, self.node.target, value, frame)
            return machine.execute(self.node.body, frame)
        return branch(machine, frame, doubt.condition, [self.for_item(value), block(())])

    def for_item(self, value: Value) -> Arm:
        def arm(machine: Machine, frame: Frame) -> Completion | None:
            assign(machine, self.node.target, value, frame)
            return machine.execute(self.node.body, frame)

        return arm


def one_unknown_round(
    machine: Machine,
    node: ast.For | ast.AsyncFor,
    losses: list[Unknown],
    frame: Frame,
) -> None:
    """Evaluate the body for an item of which nothing is known, and for all that may follow it.

    What it makes under known keys is kept as conditional; what depends on the item is reported.
    """
    site = frame.site(node.iter)
    item = machine.unknown("loop", "an item of an unknown iterable", site, *losses)

    def one(machine: Machine, frame: Frame) -> Completion | None:
        assign(machine, node.target, item, frame)
        return machine.execute(node.body, frame)

    broken, skipped = frame.broken, frame.skipped
    branch(machine, frame, item, [unknown_rounds(node, one, one, item), block(())])
    frame.broken, frame.skipped = broken, skipped


def give_up(machine: Machine, node: ast.stmt, frame: Frame) -> None:
    """Report that a loop has too many rounds."""
    limit = machine.budget.iterations
    message = f"the loop runs more than {limit} times; what comes after is not evaluated"
    machine.report("budget-exceeded", message, frame.site(node).span)


def _while(machine: Machine, node: ast.While, frame: Frame) -> Completion | None:
    broken, skipped = frame.broken, frame.skipped
    try:
        return _rounds_of_while(machine, node, frame, 0)
    finally:
        frame.broken, frame.skipped = broken, skipped


def _rounds_of_while(
    machine: Machine, node: ast.While, frame: Frame, arms: int
) -> Completion | None:
    """The rounds; those after one that may have left the loop are an arm."""
    for _ in range(machine.budget.iterations):
        machine.step()
        test = machine.evaluate(node.test, frame)
        answer = machine.truth(test, frame.site(node.test))
        if answer is None:
            return while_unknown(machine, node, test, frame)
        if not answer:
            return machine.execute(node.orelse, frame)
        frame.broken = frame.skipped = None
        completion = machine.execute(node.body, frame)
        if completion is BREAK:
            return None
        if completion is not None and completion is not CONTINUE:
            return completion
        if (go_on := rest_of_rounds(machine, frame)) is not None:
            return go_on(other_rounds(node, arms))
        if frame.broken is not None:
            others = other_rounds(node, arms + 1)
            if arms > machine.budget.options:
                round_ = _round_of_while(node)
                others = unknown_rounds(node, round_, round_, frame.broken)
            return branch(machine, frame, frame.broken, [others, block(())])
    give_up(machine, node, frame)
    return None


def while_unknown(
    machine: Machine, node: ast.While, test: Value, frame: Frame
) -> Completion | None:
    """The rounds from the first one of which it is not known whether it runs."""
    condition = machine.condition(test, node.test, frame)
    rounds = unknown_rounds(node, block(node.body), _round_of_while(node), condition)
    return branch(machine, frame, condition, [rounds, block(node.orelse)])


def _round_of_while(node: ast.While) -> Arm:
    def round_(machine: Machine, frame: Frame) -> Completion | None:
        test = machine.evaluate(node.test, frame)
        if machine.truth(test, frame.site(node.test)) is False:
            return None
        return machine.execute(node.body, frame)

    return round_


def other_rounds(node: ast.While, arms: int) -> Callable[[Machine, Frame], Completion | None]:
    """The rounds after one that may have left the loop, as an arm."""
    return lambda machine, frame: _rounds_of_while(machine, node, frame, arms)


def _match(machine: Machine, node: ast.Match, frame: Frame) -> Completion | None:
    """The first case that matches; cases that may match are arms beside it."""
    subject = machine.evaluate(node.subject, frame)
    arms: list[Callable[[Machine, Frame], Completion | None]] = []
    condition: Unknown | None = None
    for case in node.cases:
        answer = matches(machine, case.pattern, subject, frame)
        if answer and case.guard is not None:
            guard = machine.evaluate(case.guard, frame)
            answer = machine.truth(guard, frame.site(case.guard))
        if answer is False:
            continue
        arms.append(_case(case, subject) if condition or not answer else block(case.body))
        if answer:
            break
        condition = condition or machine.condition(subject, node.subject, frame)
    else:
        arms.append(block(()))
    if condition is None:
        return arms[0](machine, frame)
    return branch(machine, frame, condition, arms)


def _case(case: ast.match_case, subject: Value) -> Arm:
    """A case that may be the one, with the names that its own pattern binds."""

    def arm(machine: Machine, frame: Frame) -> Completion | None:
        matches(machine, case.pattern, subject, frame)
        return machine.execute(case.body, frame)

    return arm


def _return(machine: Machine, node: ast.Return, frame: Frame) -> Completion:
    value: Value = machine.evaluate(node.value, frame) if node.value is not None else NONE
    return Completion("return", value)


TABLE: ReadOnlyMapping[type[ast.AST], Callable[[Any, Any, Frame], Completion | None]] = {
    ast.If: _if,
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.While: _while,
    ast.Match: _match,
    ast.Return: _return,
    ast.Break: lambda machine, node, frame: BREAK,
    ast.Continue: lambda machine, node, frame: CONTINUE,
    **EXCEPTIONS,
    **CONTEXT_MANAGERS,
}
