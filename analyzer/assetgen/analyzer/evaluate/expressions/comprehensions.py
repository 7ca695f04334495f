"""Comprehensions and generator expressions."""

from __future__ import annotations

import ast
from collections.abc import Callable, Hashable, Iterator
from collections.abc import Mapping as ReadOnlyMapping
from functools import partial
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.budget import BudgetExceeded, Raised
from assetgen.analyzer.evaluate.expressions.displays import add_to_set
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.functions.nested_steps import nested
from assetgen.analyzer.evaluate.objects.iteration import is_certainly_not_iterable
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.statements.statements import assign
from assetgen.analyzer.evaluate.values import Iterator_, Mapping, Sequence, Unknown, Value

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site

Emit = Callable[[Frame], None]


def _list(machine: Machine, node: ast.ListComp, frame: Frame) -> Value:
    result = Sequence("list", [])

    def emit(inner: Frame) -> None:
        result.items.append(machine.evaluate(node.elt, inner))

    result.losses.extend(_run(machine, node.generators, frame, emit))
    return result


def _set(machine: Machine, node: ast.SetComp, frame: Frame) -> Value:
    result = Sequence("set", [])
    keys: set[Hashable] = set()

    def emit(inner: Frame) -> None:
        value = machine.evaluate(node.elt, inner)
        add_to_set(machine, result, value, keys, inner.site(node.elt))

    result.losses.extend(_run(machine, node.generators, frame, emit))
    return result


def _dict(machine: Machine, node: ast.DictComp, frame: Frame) -> Value:
    result = Mapping()

    def emit(inner: Frame) -> None:
        key = machine.evaluate(node.key, inner)
        value = machine.evaluate(node.value, inner)
        hashed = machine.hash_key(key)
        if hashed is None:
            message = "an entry whose key is unknown"
            result.losses.append(machine.unknown("unsupported", message, inner.site(node.key), key))
        else:
            first = result.entries.get(hashed)
            result.entries[hashed] = (key if first is None else first[0], value)

    result.losses.extend(_run(machine, node.generators, frame, emit))
    return result


def _generator(machine: Machine, node: ast.GeneratorExp, frame: Frame) -> Value:
    """Only its first iterable is evaluated at once; the rest as far as its values are asked for."""
    first = node.generators[0].iter
    source = machine.iterable(machine.evaluate(first, frame), frame.site(first))
    if is_certainly_not_iterable(source):
        name = machine.type_name(source).rpartition(".")[2]
        raise Raised("builtins.TypeError", f"{name!r} object is not iterable")
    made = Iterator_(iter(()))
    inner = frame.within(_scope_in(frame))
    values = machine.iterate(source, inner.site(first))
    made.source = _values(machine, node, inner, source, values, made)
    return made


def _values(
    machine: Machine,
    node: ast.GeneratorExp,
    frame: Frame,
    source: Value,
    values: Iterator[Value],
    made: Iterator_,
) -> Iterator[Value]:
    step = partial(next, _Clauses(machine, node, frame, made.losses).run(0, source, values), None)
    while (value := nested(machine, step, node, frame, made.losses)) is not None:
        yield value


class _Clauses:
    """The clauses of a generator expression while it runs; what is lost is put to `losses`."""

    __slots__ = ("frame", "losses", "machine", "node", "rounds")

    def __init__(
        self, machine: Machine, node: ast.GeneratorExp, frame: Frame, losses: list[Unknown]
    ) -> None:
        self.machine = machine
        self.node = node
        self.frame = frame
        self.losses = losses
        self.rounds = 0

    def run(self, index: int, source: Value, values: Iterator[Value]) -> Iterator[Value]:
        machine, frame = self.machine, self.frame
        clause = self.node.generators[index]
        is_last = index + 1 == len(self.node.generators)
        for value in values:
            self.rounds += 1
            machine.step()
            if self.rounds > machine.budget.iterations:
                raise BudgetExceeded("iterations")
            assign(machine, clause.target, value, frame)
            passes = _passes(machine, clause.ifs, frame, self.losses)
            if passes is False:
                continue
            if is_last:
                try:
                    value = machine.evaluate(self.node.elt, frame)
                except Raised:
                    if passes:
                        raise
                    continue
                yield value
            else:
                inner = self.node.generators[index + 1].iter
                site = frame.site(inner)
                given = machine.iterable(machine.evaluate(inner, frame), site)
                yield from self.run(index + 1, given, machine.iterate(given, site))
        site = frame.site(clause.iter)
        self.losses.extend(
            _of_loop(machine, loss, site) for loss in machine.losses_of(source, site)
        )


def _run(
    machine: Machine, generators: list[ast.comprehension], frame: Frame, emit: Emit
) -> list[Unknown]:
    """Run the clauses, and give what was lost on the way."""
    losses: list[Unknown] = []
    rounds = 0

    def clause(index: int, inner: Frame) -> None:
        nonlocal rounds
        if index == len(generators):
            emit(inner)
            return
        generator = generators[index]
        site = inner.site(generator.iter)
        around = frame if index == 0 else inner
        source = machine.iterable(machine.evaluate(generator.iter, around), site)
        for value in machine.iterate(source, site):
            rounds += 1
            machine.step()
            if rounds > machine.budget.iterations:
                raise BudgetExceeded("iterations")
            assign(machine, generator.target, value, inner)
            passes = _passes(machine, generator.ifs, inner, losses)
            if passes is not False:
                try:
                    clause(index + 1, inner)
                except Raised:
                    if passes:
                        raise
        for loss in machine.losses_of(source, site):
            losses.append(_of_loop(machine, loss, site))

    inner = frame.within(_scope_in(frame))
    try:
        clause(0, inner)
    except BudgetExceeded as exceeded:
        if exceeded.name == "steps":
            raise
        site = frame.site(generators[0].iter)
        losses.append(machine.unknown("budget", f"more {exceeded.name} than are allowed", site))
    return losses


def _scope_in(frame: Frame) -> Scope:
    """The scope of a comprehension, in which the names of a class's body are not seen."""
    around = frame.scope
    return Scope("comprehension", {}, around.parent if around.kind == "class" else around)


def _of_loop(machine: Machine, loss: Unknown, site: Site) -> Unknown:
    """What the loop at `site` does not make, since not all that it runs over is known."""
    if loss.reason == "loop":
        return loss
    return machine.unknown("loop", "what the loop makes of an unknown item", site, loss)


def _passes(
    machine: Machine, tests: list[ast.expr], frame: Frame, losses: list[Unknown]
) -> bool | None:
    """Whether all conditions hold; under an unknown one (None) the item is kept, if nothing raises
    then, and a loss is noted."""
    passes: bool | None = True
    for test in tests:
        value = machine.evaluate(test, frame)
        answer = machine.truth(value, frame.site(test))
        if answer is False:
            return False
        if answer is None:
            condition = machine.condition(value, test, frame)
            if not any(loss.span == condition.span for loss in losses):
                losses.append(condition)
            passes = None
    return passes


TABLE: ReadOnlyMapping[type[ast.AST], Callable[[Any, Any, Frame], Value]] = {
    ast.ListComp: _list,
    ast.SetComp: _set,
    ast.DictComp: _dict,
    ast.GeneratorExp: _generator,
}
