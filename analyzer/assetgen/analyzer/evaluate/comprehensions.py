"""Comprehensions and generator expressions."""

from __future__ import annotations

import ast
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.budget import BudgetExceeded
from assetgen.analyzer.evaluate.comparison import hash_key
from assetgen.analyzer.evaluate.displays import add_to_set
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.statements import assign
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

    def emit(inner: Frame) -> None:
        add_to_set(result, machine.evaluate(node.elt, inner))

    result.losses.extend(_run(machine, node.generators, frame, emit))
    return result


def _dict(machine: Machine, node: ast.DictComp, frame: Frame) -> Value:
    result = Mapping()

    def emit(inner: Frame) -> None:
        key = machine.evaluate(node.key, inner)
        value = machine.evaluate(node.value, inner)
        hashed = hash_key(key)
        if hashed is None:
            message = "an entry whose key is unknown"
            result.losses.append(machine.unknown("unsupported", message, inner.site(node.key), key))
        else:
            result.entries[hashed] = (key, value)

    result.losses.extend(_run(machine, node.generators, frame, emit))
    return result


def _generator(machine: Machine, node: ast.GeneratorExp, frame: Frame) -> Value:
    items: list[Value] = []

    def emit(inner: Frame) -> None:
        items.append(machine.evaluate(node.elt, inner))

    losses = _run(machine, node.generators, frame, emit)
    return Iterator_(iter(items), losses)


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
        source = machine.evaluate(generator.iter, inner)
        for value in machine.iterate(source, site):
            rounds += 1
            machine.step()
            if rounds > machine.budget.iterations:
                raise BudgetExceeded("iterations")
            assign(machine, generator.target, value, inner)
            if _passes(machine, generator.ifs, inner, losses):
                clause(index + 1, inner)
        for loss in machine.losses_of(source, site):
            losses.append(_of_loop(machine, loss, site))

    inner = frame.within(Scope("comprehension", {}, frame.scope))
    try:
        clause(0, inner)
    except BudgetExceeded as exceeded:
        if exceeded.name == "steps":
            raise
        site = frame.site(generators[0].iter)
        losses.append(machine.unknown("budget", f"more {exceeded.name} than are allowed", site))
    return losses


def _of_loop(machine: Machine, loss: Unknown, site: Site) -> Unknown:
    """What the loop at `site` does not make, since not all that it runs over is known."""
    if loss.reason == "loop":
        return loss
    return machine.unknown("loop", "what the loop makes of an unknown item", site, loss)


def _passes(machine: Machine, tests: list[ast.expr], frame: Frame, losses: list[Unknown]) -> bool:
    """Whether all conditions hold; under an unknown one the item is kept, and a loss is noted."""
    for test in tests:
        value = machine.evaluate(test, frame)
        answer = machine.truth(value, frame.site(test))
        if answer is False:
            return False
        if answer is None:
            condition = machine.condition(value, test, frame)
            if not any(loss.span == condition.span for loss in losses):
                losses.append(condition)
    return True


TABLE: ReadOnlyMapping[type[ast.AST], Callable[[Any, Any, Frame], Value]] = {
    ast.ListComp: _list,
    ast.SetComp: _set,
    ast.DictComp: _dict,
    ast.GeneratorExp: _generator,
}
