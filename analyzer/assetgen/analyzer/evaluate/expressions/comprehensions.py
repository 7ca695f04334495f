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
from assetgen.analyzer.evaluate.objects.doubted_pairs import DoubtedPairs
from assetgen.analyzer.evaluate.objects.doubts import (
    Doubt,
    Presence,
    beyond,
    disorders,
    each_doubted,
    in_any_order,
    of_made,
)
from assetgen.analyzer.evaluate.objects.iteration import is_certainly_not_iterable
from assetgen.analyzer.evaluate.objects.unknown_keys import put_unknown
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.statements.statements import assign
from assetgen.analyzer.evaluate.values import Iterator_, Mapping, Sequence, Unknown, Value

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site

Emit = Callable[[Frame], Value]
"""Puts the value of an element into the result; returns the item, or what makes the entry."""


def _list(machine: Machine, node: ast.ListComp, frame: Frame) -> Value:
    result = Sequence("list", [])

    def emit(inner: Frame) -> Value:
        value = machine.evaluate(node.elt, inner)
        result.items.append(value)
        return value

    result.losses.extend(_run(machine, node.generators, frame, emit))
    return result


def _set(machine: Machine, node: ast.SetComp, frame: Frame) -> Value:
    result = Sequence("set", [])
    keys: set[Hashable] = set()

    def emit(inner: Frame) -> Value:
        value = machine.evaluate(node.elt, inner)
        add_to_set(machine, result, value, keys, inner.site(node.elt))
        return value

    result.losses.extend(in_any_order(_run(machine, node.generators, frame, emit)))
    return result


def _dict(machine: Machine, node: ast.DictComp, frame: Frame) -> Value:
    result = Mapping()
    pairs = DoubtedPairs(result)

    def emit(inner: Frame) -> Value:
        key = machine.evaluate(node.key, inner)
        value = machine.evaluate(node.value, inner)
        hashed = machine.hash_key(key)
        if hashed is None:
            put_unknown(machine, result, key, value, inner.site(node.key))
            return key
        is_certain = inner.condition is frame.condition
        item = value if is_certain else Sequence("tuple", [key, value])
        pairs.put(machine, hashed, (key, value), item, None if is_certain else inner.condition)
        return item

    losses = in_any_order(_run(machine, node.generators, frame, emit))
    result.losses.extend(pairs.losses(losses))
    return result


def _generator(machine: Machine, node: ast.GeneratorExp, frame: Frame) -> Value:
    """Only its first iterable is evaluated at once; the rest as values are asked for."""
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
    """The clauses of a generator expression while it runs; what is lost is added to `losses`."""

    __slots__ = ("around", "conditions", "frame", "losses", "machine", "node", "rounds")

    def __init__(
        self, machine: Machine, node: ast.GeneratorExp, frame: Frame, losses: list[Unknown]
    ) -> None:
        self.machine = machine
        self.node = node
        self.frame = frame
        self.losses = losses
        self.around = frame.condition
        self.rounds = 0
        self.conditions: list[Unknown] = []

    def run(self, index: int, source: Value, values: Iterator[Value]) -> Iterator[Value]:
        machine, frame = self.machine, self.frame
        clause = self.node.generators[index]
        is_last = index + 1 == len(self.node.generators)
        presence = Presence(source)
        outer = frame.condition
        for value in values:
            self.rounds += 1
            machine.step()
            if self.rounds > machine.budget.iterations:
                raise BudgetExceeded("iterations")
            assign(machine, clause.target, value, frame)
            passes = _passes(machine, clause.ifs, frame, self.conditions)
            if passes is False:
                continue
            frame.condition = condition = _decisive(passes, presence.doubt(value), outer)
            if is_last:
                try:
                    made = machine.evaluate(self.node.elt, frame)
                except Raised:
                    if passes is True:
                        raise
                    continue
                finally:
                    frame.condition = outer
                if condition is not self.around and condition is not None:
                    self.losses.append(each_doubted(condition, [made]))
                yield made
            else:
                inner = self.node.generators[index + 1].iter
                site = frame.site(inner)
                given = machine.iterable(machine.evaluate(inner, frame), site)
                yield from self.run(index + 1, given, machine.iterate(given, site))
                frame.condition = outer
        site = frame.site(clause.iter)
        self.losses.extend(
            _of_loop(machine, loss, site) for loss in beyond(machine.losses_of(source, site))
        )


def _run(
    machine: Machine, generators: list[ast.comprehension], frame: Frame, emit: Emit
) -> list[Unknown]:
    """Run the clauses, and return what was lost on the way."""
    rounds = _Rounds(machine, generators, frame, emit)
    try:
        rounds.clause(0, frame.within(_scope_in(frame)))
    except BudgetExceeded as exceeded:
        if exceeded.name == "steps":
            raise
        site = frame.site(generators[0].iter)
        message = f"more {exceeded.name} than are allowed"
        rounds.losses.append(machine.unknown("budget", message, site))
    return rounds.losses


class _Rounds:
    """The clauses of a comprehension while it runs: what it has emitted so far, what was lost, and
    the unknown conditions of its filters."""

    __slots__ = (
        "_around",
        "_conditions",
        "_count",
        "_emit",
        "_emitted",
        "_generators",
        "_machine",
        "losses",
    )

    def __init__(
        self, machine: Machine, generators: list[ast.comprehension], around: Frame, emit: Emit
    ) -> None:
        self._machine = machine
        self._generators = generators
        self._around = around
        self._emit = emit
        self._emitted: list[Value] = []
        self._conditions: list[Unknown] = []
        self._count = 0
        self.losses: list[Unknown] = []

    def clause(self, index: int, frame: Frame) -> None:
        """Run a clause and those in it, or emit an element if there are no more."""
        if index == len(self._generators):
            self._emitted.append(self._emit(frame))
            return
        machine, generator = self._machine, self._generators[index]
        site = frame.site(generator.iter)
        # Where the first iterable stands, names of a class body are seen.
        around = self._around if index == 0 else frame
        source = machine.iterable(machine.evaluate(generator.iter, around), site)
        presence = Presence(source)
        doubted: list[tuple[Value, list[Value]]] = []
        for value in machine.iterate(source, site):
            self._round(index, value, presence, doubted, frame)
        lost = machine.losses_in_order(source, site)
        self.losses.extend(of_made(lost, doubted) if doubted else ())
        self.losses.extend(disorders(lost))
        self.losses.extend(_of_loop(machine, loss, site) for loss in beyond(lost))

    def _round(
        self,
        index: int,
        value: Value,
        presence: Presence,
        doubted: list[tuple[Value, list[Value]]],
        frame: Frame,
    ) -> None:
        """Run what is in a clause for one item, which is added to the `doubted` with what it has
        made if it may not exist."""
        machine, generator = self._machine, self._generators[index]
        self._count += 1
        machine.step()
        if self._count > machine.budget.iterations:
            raise BudgetExceeded("iterations")
        assign(machine, generator.target, value, frame)
        passes = _passes(machine, generator.ifs, frame, self._conditions)
        if passes is False:
            return
        doubt, outer = presence.doubt(value), frame.condition
        frame.condition = _decisive(passes, doubt, outer)
        before = len(self._emitted)
        try:
            self.clause(index + 1, frame)
        except Raised:
            if passes is True:
                raise
        finally:
            frame.condition = outer
        if isinstance(passes, Unknown) and len(self._emitted) > before:
            self.losses.append(each_doubted(passes, self._emitted[before:]))
        if doubt is not None:
            doubted.append((value, self._emitted[before:]))


def _decisive(passes: bool | Unknown, doubt: Doubt | None, outer: Unknown | None) -> Unknown | None:
    """The innermost unknown condition under which an element is evaluated."""
    if isinstance(passes, Unknown):
        return passes
    return outer if doubt is None else doubt.condition


def _scope_in(frame: Frame) -> Scope:
    """The scope of a comprehension, which does not see the names of a class body."""
    around = frame.scope
    return Scope("comprehension", {}, around.parent if around.kind == "class" else around)


def _of_loop(machine: Machine, loss: Unknown, site: Site) -> Unknown:
    """What the loop at `site` does not make, since not everything it iterates over is known."""
    if loss.reason == "loop":
        return loss
    return machine.unknown("loop", "what the loop makes of an unknown item", site, loss)


def _passes(
    machine: Machine, tests: list[ast.expr], frame: Frame, known: list[Unknown]
) -> bool | Unknown:
    """Whether all conditions hold, or the first one that is not known: then the item is kept, if
    nothing raises.

    Conditions `known` from earlier items are not evaluated again.
    """
    unknown: Unknown | None = None
    for test in tests:
        value = machine.evaluate(test, frame)
        answer = machine.truth(value, frame.site(test))
        if answer is False:
            return False
        if answer is None:
            condition = machine.condition(value, test, frame)
            unknown = next((each for each in known if each.span == condition.span), None)
            if unknown is None:
                known.append(unknown := condition)
    return True if unknown is None else unknown


TABLE: ReadOnlyMapping[type[ast.AST], Callable[[Any, Any, Frame], Value]] = {
    ast.ListComp: _list,
    ast.SetComp: _set,
    ast.DictComp: _dict,
    ast.GeneratorExp: _generator,
}
