"""Functions that yield: they run as far as their values are asked for, as in Python.

Statements that contain a `yield` are run here, step by step; all others as anywhere else. Under an
unknown condition both arms are run to their end at once, and what they yield follows.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Generator, Iterator
from collections.abc import Mapping as ReadOnlyMapping
from collections.abc import Sequence as ReadOnlySequence
from functools import partial
from types import GeneratorType
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.attempts import Attempt, begin, end, still_left
from assetgen.analyzer.evaluate.branching import (
    block,
    body_ended,
    branch,
    ended_by,
    rest_of_rounds,
)
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.frame import BREAK, CONTINUE, Completion, Frame
from assetgen.analyzer.evaluate.functions.nested_steps import nested
from assetgen.analyzer.evaluate.functions.recursion import activations, unknown_among
from assetgen.analyzer.evaluate.functions.yielding import yielding_in, yields_in
from assetgen.analyzer.evaluate.objects.doubts import (
    Doubt,
    Presence,
    beyond,
    disorders,
    each_doubted,
)
from assetgen.analyzer.evaluate.statements import context_managers, control, exceptions
from assetgen.analyzer.evaluate.statements.statements import assign
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Function,
    Iterator_,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.model.copies import replace

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine

Steps = Generator[Value, "Value | None", "Completion | None"]
"""Yields what the function yields, takes what is sent, and returns how the block ended."""


def generator(machine: Machine, function: Function, frame: Frame) -> Iterator_:
    """The result of calling a function that yields; nothing of it has run yet."""
    made = Iterator_(iter(()))
    made.source = _run(machine, function, frame, made)
    if function.attributes and context_managers.MANAGES in function.attributes:
        made.again = _again(machine, function, frame)
    return made


def _again(machine: Machine, function: Function, frame: Frame) -> Callable[[], Iterator_]:
    """Makes the result of the same call once more."""
    names = dict(frame.scope.names)

    def make() -> Iterator_:
        scope = replace(frame.scope, names=dict(names))
        fresh = Frame(frame.module, scope, frame.chain, function, frame.condition)
        return generator(machine, function, fresh)

    return make


def _run(
    machine: Machine, function: Function, frame: Frame, made: Iterator_
) -> Generator[Value, Value | None, None]:
    node = function.node
    assert not isinstance(node, ast.Lambda)
    steps = _Running(machine, frame, yielding_in(node), made).block(node.body)
    sent: Value | None = None
    thrown: Raised | None = None
    catchers: list[Callable[[Raised], bool]] = []  # of the `try`s in which it waits
    attempts: list[Attempt] = []
    around = activations(machine, function) if unknown_among(frame.scope.names) else None
    while True:
        caught, attempted = len(machine.catchers), len(machine.attempts)
        machine.catchers.extend(catchers)
        machine.attempts.extend(attempts)
        fled, machine.fled = machine.fled, still_left(machine)
        step = partial(steps.send, sent) if thrown is None else partial(steps.throw, thrown)
        if around is not None:
            around.append(frame.scope.names)
        try:
            value = nested(machine, step, node, frame, made.losses)
        except StopIteration as end:
            control.settle(machine, frame)
            if end.value is not None and end.value.value is not None:
                made.result = end.value.value
            return
        finally:
            catchers = machine.catchers[caught:]
            del machine.catchers[caught:]
            attempts = machine.attempts[attempted:]
            del machine.attempts[attempted:]
            machine.fled = fled or still_left(machine)
            if around is not None:
                around.pop()
        if value is None:
            return
        if isinstance(value, Unknown):
            made.losses.append(value)
        sent = thrown = None
        try:
            sent = yield value
        except Raised as raised:
            thrown = raised


class _Running:
    """The body of a generator while it runs; `yielding` are its statements that hold a `yield`,
    `made` is what its caller was given."""

    __slots__ = ("around", "frame", "machine", "made", "yielding")

    def __init__(
        self, machine: Machine, frame: Frame, yielding: frozenset[int], made: Iterator_
    ) -> None:
        self.machine = machine
        self.frame = frame
        self.around = frame.condition
        self.yielding = yielding
        self.made = made

    def block(self, body: ReadOnlySequence[ast.stmt]) -> Steps:
        for number, statement in enumerate(body, start=1):
            if id(statement) in self.yielding:
                self.machine.step()
                run = _STEPS.get(type(statement), _Running.simple)
                completion = yield from run(self, statement)
            else:
                completion = self.machine.execute([statement], self.frame)
            if completion is not None:
                return completion
            frame = self.frame
            has_left = frame.left is not None and not frame.is_leaving
            has_left = has_left or self.machine.fled is not None
            if (has_left or frame.skipped is not None) and number < len(body):
                return (yield from self.waited(control.rest(self.machine, body[number:], frame)))
        return None

    def waiting(self) -> Iterator[Value]:
        """What was yielded while a statement was run to its end, some of it by a condition."""
        yielded, self.frame.yields[:] = list(self.frame.yields), []
        for value, condition in yielded:
            if condition is not None and condition is not self.around:
                self.made.losses.append(each_doubted(condition, [value]))
        return iter([value for value, _ in yielded])

    def waited(self, completion: Completion | None) -> Steps:
        """What was yielded by what has completed like that."""
        yield from self.waiting()
        return completion

    def simple(self, statement: ast.stmt) -> Steps:
        """A statement whose expressions yield: these come first, the statement sees the results."""
        yield from self.expressions(statement)
        return self.machine.execute([statement], self.frame)

    def expressions(self, node: ast.AST) -> Generator[Value, Value | None, None]:
        for inner in yields_in(node):
            given = self.machine.evaluate(inner.value, self.frame) if inner.value else NONE
            if isinstance(inner, ast.Yield):
                sent = yield given
                self.frame.sent[id(inner)] = sent or NONE
            else:
                self.frame.sent[id(inner)] = yield from self.delegated(given, inner)

    def delegated(self, given: Value, node: ast.expr) -> Generator[Value, Value | None, Value]:
        """`yield from`: its result is what the inner generator returns."""
        if isinstance(given, Iterator_) and isinstance(given.source, GeneratorType):
            losses = self.made.losses
            losses.extend(loss for loss in given.losses if loss not in losses)
            given.losses = losses  # what it loses from now on counts before it is yielded
            yield from given.source
            return given.result
        site = self.frame.site(node)
        if isinstance(given, Choice):
            values = list(self.machine.iterate(given, site))
            self.made.losses.append(each_doubted(given.condition, values))
            yield from values
            return NONE
        if isinstance(given, (Sequence, Mapping)) and given.losses:
            known = self.machine.items(given, site)
            doubts = [loss for loss in known.losses if isinstance(loss, Doubt)]
            named = [loss for loss in doubts if loss.lacking]
            if len(named) < len(doubts):
                named.append(each_doubted(doubts[0].condition, known.values))
            self.made.losses += named
            yield from known.values
            yield from beyond(known.losses)
            return NONE
        yield from self.machine.iterate(given, site)
        yield from self.machine.losses_of(given, site)
        return NONE

    def condition(self, node: ast.If) -> Steps:
        yield from self.expressions(node.test)
        test = self.machine.evaluate(node.test, self.frame)
        answer = self.machine.truth(test, self.frame.site(node.test))
        if answer is not None:
            return (yield from self.block(node.body if answer else node.orelse))
        condition = self.machine.condition(test, node.test, self.frame)
        arms = [block(node.body), block(node.orelse)]
        return (yield from self.waited(branch(self.machine, self.frame, condition, arms)))

    def loop(self, node: ast.For | ast.AsyncFor) -> Steps:
        yield from self.expressions(node.iter)
        machine, frame = self.machine, self.frame
        site = frame.site(node.iter)
        source = machine.iterable(machine.evaluate(node.iter, frame), site)
        outer, broken, skipped = frame.condition, frame.broken, frame.skipped
        if isinstance(source, Choice):
            frame.condition = source.condition
        values = enumerate(machine.iterate(source, site))
        presence = Presence(source)
        left: Unknown | None = None
        try:
            for number, value in values:
                if number >= machine.budget.iterations:
                    control.give_up(machine, node, frame)
                    break
                machine.step()
                frame.broken = frame.skipped = None
                if presence.doubt(value) is None:
                    assign(machine, node.target, value, frame)
                    completion = yield from self.block(node.body)
                else:
                    rounds = control.Rounds(node, values, presence)
                    completion = rounds.round(machine, value, frame)
                    yield from self.waiting()
                if completion is BREAK:
                    return None
                if completion is not None and completion is not CONTINUE:
                    return completion
                if (go_on := rest_of_rounds(machine, frame)) is not None:
                    rounds = control.Rounds(node, values, presence)
                    return (yield from self.waited(go_on(rounds.run)))
                if frame.broken is not None:
                    left = frame.broken
                    rounds = control.Rounds(node, values, presence, arms=1)
                    completion = branch(machine, frame, left, [rounds.run, block(())])
                    yield from self.waiting()
                    if completion is not None:
                        return completion
                    break
        finally:
            frame.condition, frame.broken, frame.skipped = outer, broken, skipped
        lost = () if isinstance(source, Choice) else machine.losses_in_order(source, site)
        self.made.losses += disorders(lost)
        losses = beyond(lost)
        if losses:
            control.one_unknown_round(machine, node, losses, frame)
            yield from self.waiting()
        if left is not None and node.orelse:
            arms = [block(node.orelse), block(())]
            return (yield from self.waited(branch(machine, frame, left, arms)))
        return (yield from self.block(node.orelse))

    def repetition(self, node: ast.While) -> Steps:
        machine, frame = self.machine, self.frame
        broken, skipped = frame.broken, frame.skipped
        try:
            for _ in range(machine.budget.iterations):
                machine.step()
                yield from self.expressions(node.test)
                test = machine.evaluate(node.test, frame)
                answer = machine.truth(test, frame.site(node.test))
                if answer is False:
                    return (yield from self.block(node.orelse))
                if answer is None:
                    return (yield from self.unknown_repetition(node, test))
                frame.broken = frame.skipped = None
                completion = yield from self.block(node.body)
                if completion is BREAK:
                    return None
                if completion is not None and completion is not CONTINUE:
                    return completion
                others = control.other_rounds(node, arms=1)
                if (go_on := rest_of_rounds(machine, frame)) is not None:
                    return (yield from self.waited(go_on(others)))
                if frame.broken is not None:
                    arms = [others, block(())]
                    return (yield from self.waited(branch(machine, frame, frame.broken, arms)))
        finally:
            frame.broken, frame.skipped = broken, skipped
        control.give_up(machine, node, frame)
        return None

    def unknown_repetition(self, node: ast.While, test: Value) -> Steps:
        """Rounds of which it is not known whether they are run."""
        completion = control.while_unknown(self.machine, node, test, self.frame)
        yield from self.waiting()
        return None if completion in (BREAK, CONTINUE) else completion

    def attempt(self, node: ast.Try) -> Steps:
        try:
            completion = yield from self.guarded(node)
        except Raised:
            left = yield from self.block(node.finalbody)
            if left is not None:
                return left
            raise
        left = yield from self.block(node.finalbody)
        return left if left is not None else completion

    def guarded(self, node: ast.Try) -> Steps:
        machine, frame = self.machine, self.frame
        attempt = exceptions.attempt_of(machine, node, frame)
        begin(machine, attempt)
        try:
            completion = yield from self.block(node.body)
        except Raised as raised:
            end(machine, attempt)
            if attempt.left is not None:
                completion = ended_by(machine, frame, attempt, attempt.handling(raised))
                return (yield from self.waited(completion))
            handler = exceptions.handler_of(machine, node, raised, frame)
            if handler is None:
                raise
            handled, frame.handled = frame.handled, raised
            try:
                return (yield from self.block(handler.body))
            finally:
                frame.handled = handled
                if handler.name is not None:
                    machine.unbind(frame.scope.target(handler.name), handler.name)
        finally:
            end(machine, attempt)
        if attempt.left is not None:
            completion = body_ended(machine, frame, attempt, completion, node.orelse)
        exceptions.keep_what_handlers_bind(machine, node, frame)
        yield from self.waiting()
        if completion is not None or attempt.left is not None:
            return completion
        return (yield from self.block(node.orelse))

    def context(self, node: ast.With | ast.AsyncWith) -> Steps:
        machine, frame = self.machine, self.frame
        for item in node.items:
            yield from self.expressions(item.context_expr)
        entered = context_managers.enter_all(machine, node, frame)
        try:
            completion = yield from self.block(node.body)
        except Raised as raised:
            if context_managers.leave_all(machine, entered, node, frame, raised):
                return None
            raise
        context_managers.leave_all(machine, entered, node, frame, None)
        return completion

    def at_once(self, statement: ast.stmt) -> Steps:
        """A statement of many arms, run to its end before what it yields is seen."""
        return (yield from self.waited(self.machine.execute([statement], self.frame)))


_STEPS: ReadOnlyMapping[type[ast.stmt], Callable[[_Running, Any], Steps]] = {
    ast.If: _Running.condition,
    ast.For: _Running.loop,
    ast.AsyncFor: _Running.loop,
    ast.While: _Running.repetition,
    ast.Try: _Running.attempt,
    ast.With: _Running.context,
    ast.AsyncWith: _Running.context,
    ast.Match: _Running.at_once,
    **({ast.TryStar: _Running.attempt} if hasattr(ast, "TryStar") else {}),
}
