"""Unary, binary and boolean operators, and comparisons."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.comparison import hash_key, ordered, same_name, without_mixin
from assetgen.analyzer.evaluate.displays import merge
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.iteration import ITEMS_PER_STEP
from assetgen.analyzer.evaluate.magnitude import makes_too_much
from assetgen.analyzer.evaluate.outside import is_of_python
from assetgen.analyzer.evaluate.values import (
    FALSE,
    TRUE,
    Choice,
    Class,
    Constant,
    Declared,
    External,
    Function,
    Instance,
    Iterator_,
    Mapping,
    Module,
    Parameterised,
    Sequence,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


def binary(
    machine: Machine, operation: type[ast.operator], left: Value, right: Value, site: Site
) -> Value:
    """`left op right`; of a choice, for each of its options, which count as steps."""
    if isinstance(left, Choice):
        options = [binary(machine, operation, option, right, site) for option in left.options]
        return machine.join(options, left.condition)
    if isinstance(right, Choice):
        machine.step()
        options = [binary(machine, operation, left, option, site) for option in right.options]
        return machine.join(options, right.condition)
    if isinstance(left, Instance) or isinstance(right, Instance):
        left, right = without_mixin(left), without_mixin(right)
    if isinstance(left, Sequence):
        result = _sequence_operator(machine, operation, left, right, site)
        if result is not None:
            return result
    if isinstance(left, Mapping) and isinstance(right, Mapping) and operation is ast.BitOr:
        mapping = Mapping(left.kind, dict(left.entries), list(left.losses), left.default_factory)
        merge(machine, mapping, right, site)
        return mapping
    if isinstance(left, Constant):
        result = _constant_operator(machine, operation, left, right, site)
        if result is not None:
            return result
    return _by_method(machine, operation, left, right, site)


_METHODS: ReadOnlyMapping[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("__add__", "__radd__"),
    ast.Sub: ("__sub__", "__rsub__"),
    ast.Mult: ("__mul__", "__rmul__"),
    ast.Div: ("__truediv__", "__rtruediv__"),
    ast.FloorDiv: ("__floordiv__", "__rfloordiv__"),
    ast.Mod: ("__mod__", "__rmod__"),
    ast.Pow: ("__pow__", "__rpow__"),
    ast.LShift: ("__lshift__", "__rlshift__"),
    ast.RShift: ("__rshift__", "__rrshift__"),
    ast.BitOr: ("__or__", "__ror__"),
    ast.BitXor: ("__xor__", "__rxor__"),
    ast.BitAnd: ("__and__", "__rand__"),
    ast.MatMult: ("__matmul__", "__rmatmul__"),
}


def _by_method(
    machine: Machine, operation: type[ast.operator], left: Value, right: Value, site: Site
) -> Value:
    """By `__add__` and its like, of the user's classes and of known objects."""
    method, reflected = _METHODS[operation]
    for receiver, name, argument in ((left, method, right), (right, reflected, left)):
        if isinstance(receiver, (Declared, Instance, Class)) or (
            isinstance(receiver, Constant) and isinstance(receiver.value, PurePath)
        ):
            found = machine.find_attribute(receiver, name, site)
            if found is not None and not isinstance(found, Unknown):
                return machine.call(found, [argument], {}, site)
    if operation is ast.BitOr and all(_is_type(side) for side in (left, right)):
        return External(_UNION)
    return machine.unknown("unsupported", "the operands are not known", site, left, right)


_UNION = "types.UnionType"


def _is_type(value: Value) -> bool:
    return isinstance(value, (Class, External)) or value == Constant(None)


_CONSTANT_OPERATORS: ReadOnlyMapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.LShift: operator.lshift,
    ast.RShift: operator.rshift,
    ast.BitOr: operator.or_,
    ast.BitXor: operator.xor,
    ast.BitAnd: operator.and_,
}


def _constant_operator(
    machine: Machine, operation: type[ast.operator], left: Constant, right: Value, site: Site
) -> Value | None:
    if operation is ast.Mod and isinstance(left.value, (str, bytes)):
        return machine.call(machine.intrinsic("builtins.str.__mod__"), [left, right], {}, site)
    if isinstance(right, Sequence) and operation is ast.Mult:
        return _sequence_operator(machine, operation, right, left, site)
    if not isinstance(right, Constant):
        return None
    if makes_too_much(operation, left.value, right.value, machine.budget.text):
        return machine.unknown("budget", "the result would be too large", site)
    compute = _CONSTANT_OPERATORS.get(operation)
    if compute is None:
        return None
    try:
        return Constant(compute(left.value, right.value))
    except ArithmeticError as error:
        raise Raised(f"builtins.{type(error).__name__}", str(error)) from None
    except (TypeError, ValueError):
        return None


def _sequence_operator(
    machine: Machine, operation: type[ast.operator], left: Sequence, right: Value, site: Site
) -> Value | None:
    if operation is ast.Add:
        if isinstance(right, Sequence) and right.kind == left.kind:
            if len(left.items) + len(right.items) > machine.budget.collection:
                return machine.unknown("budget", "the result would be too large", site)
            return Sequence(left.kind, left.items + right.items, left.losses + right.losses)
        if isinstance(right, Unknown) and left.kind in ("list", "tuple"):
            return Sequence(left.kind, list(left.items), [*left.losses, right])
    if operation is ast.Mult and isinstance(right, Constant) and isinstance(right.value, int):
        if len(left.items) * right.value > machine.budget.collection:
            return machine.unknown("budget", "the result would be too large", site)
        return Sequence(left.kind, left.items * right.value, list(left.losses))
    if left.kind in ("set", "frozenset") and isinstance(right, (Sequence, Iterator_)):
        name = _SET_METHODS.get(operation)
        if name is not None:
            row = machine.intrinsic(f"builtins.set.{name}")
            return machine.call(row, [left, right], {}, site)
    return None


_SET_METHODS: ReadOnlyMapping[type[ast.operator], str] = {
    ast.BitOr: "union",
    ast.BitAnd: "intersection",
    ast.Sub: "difference",
    ast.BitXor: "symmetric_difference",
}


def _binary_operation(machine: Machine, node: ast.BinOp, frame: Frame) -> Value:
    left = machine.evaluate(node.left, frame)
    right = machine.evaluate(node.right, frame)
    if isinstance(right, Sequence) and isinstance(left, Unknown) and isinstance(node.op, ast.Add):
        return Sequence(right.kind, list(right.items), [left, *right.losses])
    result = binary(machine, type(node.op), left, right, frame.site(node))
    return Parameterised(_UNION, node, frame) if result == External(_UNION) else result


_UNARY: ReadOnlyMapping[type[ast.unaryop], tuple[Callable[[Any], Any], str]] = {
    ast.USub: (operator.neg, "__neg__"),
    ast.UAdd: (operator.pos, "__pos__"),
    ast.Invert: (operator.invert, "__invert__"),
}


def _unary_operation(machine: Machine, node: ast.UnaryOp, frame: Frame) -> Value:
    operand = machine.evaluate(node.operand, frame)
    site = frame.site(node)
    if isinstance(node.op, ast.Not):
        answer = machine.truth(operand, site)
        if answer is None:
            return machine.unknown("condition", "the truth of it is not known", site, operand)
        return FALSE if answer else TRUE
    compute, method = _UNARY[type(node.op)]
    if isinstance(operand, Constant):
        try:
            return Constant(compute(operand.value))
        except TypeError:
            return machine.unknown("error", "the operand has no such operator", site)
    if isinstance(operand, (Declared, Instance)):
        found = machine.find_attribute(operand, method, site)
        if found is not None:
            return machine.call(found, [], {}, site)
    return machine.unknown("unsupported", "the operand is not known", site, operand)


def _boolean_operation(machine: Machine, node: ast.BoolOp, frame: Frame) -> Value:
    """`and` and `or`: an unknown operand leaves it and what follows as options."""
    stops_at = isinstance(node.op, ast.Or)
    options: list[Value] = []
    condition: Unknown | None = None
    for index, operand in enumerate(node.values):
        value = machine.evaluate(operand, frame)
        answer = machine.truth(value, frame.site(operand))
        last = index == len(node.values) - 1
        if answer is stops_at or (last and answer is not None) or last:
            options.append(value)
            break
        if answer is None:
            condition = condition or machine.condition(value, operand, frame)
            options.append(value)
    if condition is None:
        return options[-1]
    final = options[-1]
    if isinstance(final, Constant) and final.value is stops_at:
        return final  # `unknown and False` is false whatever the unknown is
    return machine.join(options, condition)


def _comparison(machine: Machine, node: ast.Compare, frame: Frame) -> Value:
    left = machine.evaluate(node.left, frame)
    unknown: Value | None = None
    for operation, right_node in zip(node.ops, node.comparators, strict=True):
        right = machine.evaluate(right_node, frame)
        site = frame.site(node)
        answer = _compare(machine, operation, left, right, site)
        if isinstance(answer, Value):
            return answer
        if answer is False:
            return FALSE
        if answer is None and unknown is None:
            unknown = machine.unknown("condition", "the comparison is not known", site, left, right)
        left = right
    return unknown or TRUE


def _compare(
    machine: Machine, operation: ast.cmpop, left: Value, right: Value, site: Site
) -> bool | Value | None:
    if isinstance(left, Choice):
        return _same([_compare(machine, operation, one, right, site) for one in left.options])
    if isinstance(right, Choice):
        return _same([_compare(machine, operation, left, one, site) for one in right.options])
    return _COMPARISONS[type(operation)](machine, left, right, site)


def _same(answers: list[bool | Value | None]) -> bool | None:
    found = {answer if isinstance(answer, bool) else None for answer in answers}
    return found.pop() if len(found) == 1 else None


def _equals(machine: Machine, left: Value, right: Value, site: Site) -> bool | None:
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Instance):
            method = machine.find_own(one, "__eq__")
            if method is not None:
                return machine.truth(machine.call(method, [one, other], {}, site), site)
    return machine.equal(left, right)


def _is(machine: Machine, left: Value, right: Value, site: Site) -> bool | None:
    if left is right and not isinstance(left, Unknown):
        return True
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return None
    if isinstance(left, Constant) and isinstance(right, Constant):
        return left.value is right.value or (
            left.value == right.value and type(left.value) is type(right.value)
        )
    if isinstance(left, External) or isinstance(right, External):
        if isinstance(left, External) and isinstance(right, External):
            return same_name(left, right)
        for outside, other in ((left, right), (right, left)):
            if isinstance(outside, External) and isinstance(other, _OF_PROJECT):
                return False if is_of_python(outside.qualname) else None
        other = right if isinstance(left, External) else left
        return False if isinstance(other, (Constant, Sequence, Mapping)) else None
    return False


_OF_PROJECT = (Class, Function, Instance, Module)


def _contains(machine: Machine, left: Value, right: Value, site: Site) -> bool | None:
    """Whether `left in right`."""
    if isinstance(right, Mapping):
        key = hash_key(left)
        if key is not None and key in right.entries:
            return True
        return None if key is None or right.losses else False
    if isinstance(right, Constant):
        if isinstance(left, Constant):
            try:
                return left.value in right.value  # type: ignore[operator]
            except TypeError:
                return None
        return None
    if isinstance(right, (Sequence, Iterator_)):
        found = machine.items(right, site)
        machine.step(4 * len(found.values) // ITEMS_PER_STEP)
        unsure = bool(found.losses)
        for item in found.values:
            answer = machine.equal(left, item)
            if answer:
                return True
            unsure = unsure or answer is None
        return None if unsure else False
    if isinstance(right, (Instance, Declared, Class, Module)):
        method = machine.find_attribute(right, "__contains__", site)
        if method is not None:
            return machine.truth(machine.call(method, [left], {}, site), site)
        if isinstance(right, (Instance, Class)):
            found = machine.items(right, site)
            answers = [machine.equal(left, item) for item in found.values]
            return True in answers or (None if None in answers or found.losses else False)
    return _external_contains(machine, left, right, site)


def _external_contains(machine: Machine, left: Value, right: Value, site: Site) -> bool | None:
    if isinstance(right, External):
        row = f"{right.qualname}.__contains__"
        if machine.knows(row):
            return machine.truth(machine.call(machine.intrinsic(row), [left], {}, site), site)
    return None


def _order(name: str) -> Callable[[Machine, Value, Value, Site], bool | Value | None]:
    def compare(machine: Machine, left: Value, right: Value, site: Site) -> bool | Value | None:
        left, right = without_mixin(left), without_mixin(right)
        for one, method, other in ((left, name, right), (right, _MIRRORED[name], left)):
            if isinstance(one, (Instance, Declared)):
                found = machine.find_attribute(one, _ORDER_METHODS[method], site)
                if found is not None:
                    return machine.call(found, [other], {}, site)
        if isinstance(left, Sequence) and left.kind in ("set", "frozenset"):
            row = machine.intrinsic(f"builtins.set.{_ORDER_METHODS[name]}")
            return machine.truth(machine.call(row, [left, right], {}, site), site)
        return ordered(name, left, right)

    return compare


_ORDER_METHODS = {"Lt": "__lt__", "LtE": "__le__", "Gt": "__gt__", "GtE": "__ge__"}
_MIRRORED = {"Lt": "Gt", "LtE": "GtE", "Gt": "Lt", "GtE": "LtE"}


def _negated(
    compare: Callable[[Machine, Value, Value, Site], bool | None],
) -> Callable[[Machine, Value, Value, Site], bool | None]:
    def negate(machine: Machine, left: Value, right: Value, site: Site) -> bool | None:
        answer = compare(machine, left, right, site)
        return None if answer is None else not answer

    return negate


_COMPARISONS: ReadOnlyMapping[
    type[ast.cmpop], Callable[[Any, Value, Value, Any], bool | Value | None]
] = {
    ast.Eq: _equals,
    ast.NotEq: _negated(_equals),
    ast.Is: _is,
    ast.IsNot: _negated(_is),
    ast.In: _contains,
    ast.NotIn: _negated(_contains),
    ast.Lt: _order("Lt"),
    ast.LtE: _order("LtE"),
    ast.Gt: _order("Gt"),
    ast.GtE: _order("GtE"),
}

TABLE: ReadOnlyMapping[type[ast.AST], Callable[[Any, Any, Frame], Value]] = {
    ast.BinOp: _binary_operation,
    ast.UnaryOp: _unary_operation,
    ast.BoolOp: _boolean_operation,
    ast.Compare: _comparison,
}
