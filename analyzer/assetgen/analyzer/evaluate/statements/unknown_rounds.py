"""Rounds of a loop of which it is not known whether, or how often, they run."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.branching import Arm, block, branch, if_not_left
from assetgen.analyzer.evaluate.frame import CONTINUE, Completion, Frame
from assetgen.analyzer.evaluate.objects.doubted_names import BESIDE
from assetgen.analyzer.evaluate.values import Unknown, Value

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine

Loop = ast.For | ast.AsyncFor | ast.While


def unknown_rounds(node: Loop, first: Arm, other: Arm, condition: Unknown) -> Arm:
    """One round, and another one that stands for all that may follow, as an arm.

    If a round changes a name that the next one reads, the other round does not know its value, and
    what it makes from that is reported; if there is no such name, one round stands for all.
    """

    def arm(machine: Machine, frame: Frame) -> Completion | None:
        completion = first(machine, frame)
        if completion is not None and completion is not CONTINUE:
            return completion
        slots = list(_carried(machine, node, frame))
        if not slots:
            return completion

        def others(machine: Machine, frame: Frame) -> Completion | None:
            for target, key in slots:
                site = frame.site(node)
                made = machine.unknown(
                    "loop", f"what rounds of a loop make of {key}", site, condition
                )
                machine.write(target, key, made)
            return other(machine, frame)

        def may_follow(machine: Machine, frame: Frame) -> Completion | None:
            return branch(machine, frame, condition, [others, block(())])

        if frame.left is not None and not frame.is_leaving:
            return if_not_left(machine, frame, may_follow)
        return may_follow(machine, frame)

    return arm


def _carried(machine: Machine, node: Loop, frame: Frame) -> Iterator[tuple[dict[Any, Any], str]]:
    """The names and attributes whose values a round has changed, and which the next one may read.
    It is taken to read everything that belongs to other objects."""
    names: frozenset[str] | None = None
    for target, key, old in machine.journals[-1].before.values():
        new = target.get(key)
        if not isinstance(old, Value) or not isinstance(new, Value) or new is old or key == BESIDE:
            continue
        if isinstance(old, Unknown) and isinstance(new, Unknown):
            continue
        if target is frame.scope.names:
            names = _read(node) if names is None else names
            if key not in names:
                continue
        if isinstance(key, str) and not machine.equal(old, new):
            yield target, key


def _read(node: Loop) -> frozenset[str]:
    """The names that a round may read before binding them itself."""
    found: frozenset[str] | None = getattr(node, _READ, None)
    if found is None:
        read: set[str] = set()
        bound = set() if isinstance(node, ast.While) else _stored([node.target])
        if isinstance(node, ast.While):
            read |= _loaded([node.test])
        _note_read(node.body, bound, read)
        found = frozenset(read)
        setattr(node, _READ, found)
    return found


_READ = "_read"
"""Where a node keeps them: whatever else held nodes would hold their trees."""


def _note_read(body: Iterable[ast.stmt], bound: set[str], read: set[str]) -> None:
    """Add what a block reads of what it has not bound before, and to `bound` what it has then."""
    for statement in body:
        blocks = [getattr(statement, name, []) for name in ("body", "orelse", "finalbody")]
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            read |= _loaded([statement]) - bound
            bound.add(statement.name)
        elif isinstance(statement, (ast.If, ast.While)):
            read |= _loaded([statement.test]) - bound
            for block_ in blocks:
                _note_read(block_, set(bound), read)
        elif isinstance(statement, (ast.For, ast.AsyncFor)):
            read |= _loaded([statement.iter]) - bound
            for block_ in blocks:
                _note_read(block_, bound | _stored([statement.target]), read)
        elif isinstance(statement, (ast.With, ast.AsyncWith)):
            read |= _loaded(statement.items) - bound
            bound |= _stored(statement.items)
            _note_read(statement.body, bound, read)
        else:
            read |= _loaded([statement]) - bound
            if isinstance(statement, (ast.Assign, ast.AnnAssign)):
                bound |= _stored([statement])


def _stored(nodes: Iterable[ast.AST]) -> set[str]:
    inner = (inner for node in nodes for inner in ast.walk(node))
    return {
        each.id for each in inner if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    }


def _loaded(nodes: Iterable[ast.AST]) -> set[str]:
    found = set()
    for node in nodes:
        for inner in ast.walk(node):
            if isinstance(inner, ast.AugAssign) and isinstance(inner.target, ast.Name):
                found.add(inner.target.id)
            elif isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load):
                found.add(inner.id)
    return found
