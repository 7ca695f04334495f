"""Assignments and the other simple statements."""

from __future__ import annotations

import ast
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from functools import partial
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.attempts import may_raise
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.expressions.annotation_names import check_names
from assetgen.analyzer.evaluate.expressions.changed_items import delete_item, set_item
from assetgen.analyzer.evaluate.expressions.displays import merge
from assetgen.analyzer.evaluate.expressions.subscripts import get_item
from assetgen.analyzer.evaluate.frame import Completion, Frame
from assetgen.analyzer.evaluate.functions.yielding import yields
from assetgen.analyzer.evaluate.journal import changing, is_shared
from assetgen.analyzer.evaluate.objects.descriptors import delete_attribute
from assetgen.analyzer.evaluate.statements.failures import is_caught
from assetgen.analyzer.evaluate.statements.nested_fields import note_field
from assetgen.analyzer.evaluate.values import (
    Choice,
    External,
    Instance,
    Mapping,
    Record,
    Sequence,
    Value,
    made_next,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


def assign(machine: Machine, target: ast.expr, value: Value, frame: Frame) -> None:
    """`target = value`, for every form of target."""
    _TARGETS[type(target)](machine, target, value, frame)


def _assign_name(machine: Machine, target: ast.Name, value: Value, frame: Frame) -> None:
    machine.bind(frame.scope.target(target.id), target.id, value)


def _assign_attribute(machine: Machine, target: ast.Attribute, value: Value, frame: Frame) -> None:
    owner = machine.evaluate(target.value, frame)
    machine.set_attribute(owner, target.attr, value, frame.site(target))


def _assign_item(machine: Machine, target: ast.Subscript, value: Value, frame: Frame) -> None:
    owner = machine.evaluate(target.value, frame)
    set_item(machine, owner, machine.evaluate(target.slice, frame), value, frame.site(target))


def _assign_starred(machine: Machine, target: ast.Starred, value: Value, frame: Frame) -> None:
    assign(machine, target.value, value, frame)


def _unpack(machine: Machine, target: ast.Tuple | ast.List, value: Value, frame: Frame) -> None:
    """Unpacking; every name is unknown when it is not known what iterating gives."""
    targets = target.elts
    if isinstance(value, Choice):
        columns = _columns(machine, targets, value, frame)
        values = [machine.join(column, value.condition) for column in zip(*columns, strict=True)]
    else:
        values = _values_for(machine, targets, value, frame)
    for element, item in zip(targets, values, strict=True):
        assign(machine, element, item, frame)


def _columns(
    machine: Machine, targets: list[ast.expr], value: Choice, frame: Frame
) -> list[list[Value]]:
    """The values for each option; one that cannot be unpacked would raise, and is left out."""
    found: list[list[Value]] = []
    for number, option in enumerate(machine.trying(value), start=1):
        try:
            found.append(_values_for(machine, targets, option, frame))
        except Raised:
            if number == len(value.options) and not found:
                raise
    return found


def _values_for(
    machine: Machine, targets: list[ast.expr], value: Value, frame: Frame
) -> list[Value]:
    site = frame.site(targets[0]) if targets else frame.site(ast.Module([], []))
    found = machine.items(value, site)
    if found.losses:
        unknown = machine.unknown("unsupported", "unpacked from an unknown", site, *found.losses)
        return [unknown] * len(targets)
    values = list(found.values)
    starred = [index for index, item in enumerate(targets) if isinstance(item, ast.Starred)]
    if starred and len(values) >= len(targets) - 1:
        start = starred[0]
        end = len(values) - (len(targets) - start - 1)
        values[start:end] = [Sequence("list", values[start:end])]
    if len(values) != len(targets):
        raise Raised("builtins.ValueError", _misfit(len(targets), len(found.values), starred))
    return values


def _misfit(wanted: int, given: int, starred: list[int]) -> str:
    if starred:
        return f"not enough values to unpack (expected at least {wanted - 1}, got {given})"
    if given > wanted:
        return f"too many values to unpack (expected {wanted})"
    return f"not enough values to unpack (expected {wanted}, got {given})"


_TARGETS: ReadOnlyMapping[type[ast.expr], Callable[[Any, Any, Value, Frame], None]] = {
    ast.Name: _assign_name,
    ast.Attribute: _assign_attribute,
    ast.Subscript: _assign_item,
    ast.Starred: _assign_starred,
    ast.Tuple: _unpack,
    ast.List: _unpack,
}


def _assign(machine: Machine, node: ast.Assign, frame: Frame) -> None:
    value = machine.evaluate(node.value, frame)
    if machine.fled is not None and _waits(machine, frame):
        frame.binding = partial(_bind, machine, node.targets, value, frame)
        return
    _bind(machine, node.targets, value, frame)


def _bind(machine: Machine, targets: list[ast.expr], value: Value, frame: Frame) -> None:
    for target in targets:
        assign(machine, target, value, frame)


def _waits(machine: Machine, frame: Frame) -> bool:
    """Whether the value of an assignment may have raised something that a `try` around it catches:
    the assignment is then a part of what follows, for the case that it has not."""
    is_lazy = frame.function is not None and yields(frame.function)
    return machine.fled is not None and machine.fled.is_of(frame) and not is_lazy


def _annotated_assign(machine: Machine, node: ast.AnnAssign, frame: Frame) -> None:
    if frame.annotated is not None:
        note_field(frame, node)
    check_names(machine, node.annotation, frame)
    if node.value is None:
        return
    value = machine.evaluate(node.value, frame)
    if machine.fled is not None and _waits(machine, frame):
        frame.binding = partial(assign, machine, node.target, value, frame)
        return
    assign(machine, node.target, value, frame)


def _augmented_assign(machine: Machine, node: ast.AugAssign, frame: Frame) -> None:
    current = _read_target(machine, node.target, frame)
    operand = machine.evaluate(node.value, frame)
    if machine.fled is not None and _waits(machine, frame):
        frame.binding = partial(_change, machine, node, current, operand, frame)
        return
    _change(machine, node, current, operand, frame)


def _change(
    machine: Machine, node: ast.AugAssign, current: Value, operand: Value, frame: Frame
) -> None:
    result = changed(machine, type(node.op), current, operand, frame.site(node))
    assign(machine, node.target, result, frame)


def changed(
    machine: Machine, operation: type[ast.operator], current: Value, operand: Value, site: Site
) -> Value:
    """The result of `current op= operand`: collections change in place, so that aliases see it."""
    now = made_next()
    if isinstance(current, Choice) and any(is_shared(each, now) for each in current.options):
        results = machine.each_of(
            current, lambda option: changed(machine, operation, option, operand, site), site
        )
        return machine.join(results, current.condition, now)
    if isinstance(current, Instance):
        method = machine.find_own(current, _IN_PLACE[operation])
        if method is not None:
            return machine.call(method, [current, operand], {}, site)
        if isinstance(current.content, (Sequence, Mapping)):
            same = changed(machine, operation, current.content, operand, site)
            return current if same is current.content else same
    if isinstance(current, Sequence) and current.kind in ("list", "deque"):
        if operation is ast.Add:
            added = machine.items(operand, site)
            changing(machine.journals, current)
            current.items.extend(added.values)
            current.losses.extend(added.losses)
            return current
    elif isinstance(current, Mapping) and current.kind != "Counter" and operation is ast.BitOr:
        merge(machine, current, operand, site)
        return current
    result = machine.binary(operation, current, operand, site)
    if (
        isinstance(current, Sequence)
        and current.kind == "set"
        and isinstance(result, Sequence)
        and result.kind == "set"
    ):
        changing(machine.journals, current)
        current.items[:] = result.items
        current.losses[:] = result.losses
        return current
    return result


_IN_PLACE: ReadOnlyMapping[type[ast.operator], str] = {
    ast.Add: "__iadd__",
    ast.Sub: "__isub__",
    ast.Mult: "__imul__",
    ast.Div: "__itruediv__",
    ast.FloorDiv: "__ifloordiv__",
    ast.Mod: "__imod__",
    ast.Pow: "__ipow__",
    ast.LShift: "__ilshift__",
    ast.RShift: "__irshift__",
    ast.BitOr: "__ior__",
    ast.BitXor: "__ixor__",
    ast.BitAnd: "__iand__",
    ast.MatMult: "__imatmul__",
}


def _read_target(machine: Machine, target: ast.expr, frame: Frame) -> Value:
    if isinstance(target, ast.Name):
        found = frame.scope.lookup(target.id)
        if found is not None:
            return found
        return machine.unknown("unbound", f"{target.id!r} is not defined", frame.site(target))
    if isinstance(target, ast.Subscript):
        owner = machine.evaluate(target.value, frame)
        index = machine.evaluate(target.slice, frame)
        return get_item(machine, owner, index, frame.site(target))
    return machine.evaluate(target, frame)


def _expression(machine: Machine, node: ast.Expr, frame: Frame) -> None:
    if not isinstance(node.value, ast.Constant):
        machine.evaluate(node.value, frame)


def _delete(machine: Machine, node: ast.Delete, frame: Frame) -> None:
    for target in node.targets:
        if isinstance(target, ast.Name):
            machine.unbind(frame.scope.target(target.id), target.id)
        elif isinstance(target, ast.Attribute):
            owner = machine.evaluate(target.value, frame)
            delete_attribute(machine, owner, target.attr, frame.site(target))
        elif isinstance(target, ast.Subscript):
            owner = machine.evaluate(target.value, frame)
            index = machine.evaluate(target.slice, frame)
            delete_item(machine, owner, index, frame.site(target))


def _assert(machine: Machine, node: ast.Assert, frame: Frame) -> None:
    absences = machine.absences
    test = machine.evaluate(node.test, frame)
    if machine.absences != absences:
        return  # a file that may be there where this runs
    answer = machine.truth(test, frame.site(node.test))
    if answer is False:
        raise _not_held(machine, node, frame)
    if answer is None and machine.attempts:
        raised = _not_held(machine, node, frame)
        if is_caught(machine, raised):
            may_raise(machine, machine.condition(test, node.test, frame), raised)


def _not_held(machine: Machine, node: ast.Assert, frame: Frame) -> Raised:
    said = [machine.evaluate(node.msg, frame)] if node.msg is not None else []
    error = Record("builtins.AssertionError", {"args": Sequence("tuple", said)}, tuple(said))
    return Raised("builtins.AssertionError", "the assertion does not hold", error)


def _type_alias(machine: Machine, node: Any, frame: Frame) -> None:
    assign(machine, node.name, External("typing.TypeAliasType"), frame)


def _nothing(machine: Machine, node: ast.stmt, frame: Frame) -> Completion | None:
    return None


TABLE: ReadOnlyMapping[type[ast.AST], Callable[[Any, Any, Frame], Completion | None]] = {
    ast.Assign: _assign,
    ast.AnnAssign: _annotated_assign,
    ast.AugAssign: _augmented_assign,
    ast.Expr: _expression,
    ast.Delete: _delete,
    ast.Assert: _assert,
    ast.Pass: _nothing,
    ast.Global: _nothing,
    ast.Nonlocal: _nothing,
    **({ast.TypeAlias: _type_alias} if hasattr(ast, "TypeAlias") else {}),
}
