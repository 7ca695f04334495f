"""Unary, binary and boolean operators."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.bound_values import KnownMethod
from assetgen.analyzer.evaluate.branching import evaluated_arms
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.expressions.displays import merge
from assetgen.analyzer.evaluate.expressions.magnitude import makes_too_much
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.objects.classes import looks_like_a_class
from assetgen.analyzer.evaluate.objects.comparison import NOT_IMPLEMENTED
from assetgen.analyzer.evaluate.objects.doubts import each_doubted
from assetgen.analyzer.evaluate.objects.truth import without_mixin
from assetgen.analyzer.evaluate.statements.failures import failed, is_closed, is_plain, kind_of
from assetgen.analyzer.evaluate.values import (
    FALSE,
    TRUE,
    Choice,
    Class,
    Constant,
    Declared,
    External,
    Instance,
    Iterator_,
    Mapping,
    Parameterised,
    Sequence,
    Unknown,
    Value,
    options_of,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


def binary(
    machine: Machine, operation: type[ast.operator], left: Value, right: Value, site: Site
) -> Value:
    """`left op right`; for a choice, each of its options is computed, and counts as a step."""
    if isinstance(left, Choice):
        tried = machine.trying(left)
        options = [binary(machine, operation, option, right, site) for option in tried]
        return machine.join(options, left.condition)
    if isinstance(right, Choice):
        machine.step()
        tried = machine.trying(right)
        options = [binary(machine, operation, left, option, site) for option in tried]
        return machine.join(options, right.condition)
    if isinstance(left, Instance) or isinstance(right, Instance):
        result = _by_own_method(machine, operation, left, right, site)
        if result is not None:
            return result
        if isinstance(left, Instance) and operation in _OF_FLAGS and _INT_FLAG in left.cls.mro:
            return _by_method(machine, operation, left, right, site)
        left, given = without_mixin(left), right
        right = without_mixin(right)
        if operation is ast.Mod and isinstance(right, Constant) and _is_template(left):
            right = given  # what is shown is the object
    if isinstance(left, Sequence):
        result = _sequence_operator(machine, operation, left, right, site)
        if result is not None:
            return result
    if isinstance(left, Mapping) and left.kind == "Counter":
        row = f"collections.Counter.{_METHODS[operation][0]}"
        if machine.knows(row):
            return machine.call(KnownMethod(row, left), [right], {}, site)
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


_OF_FLAGS = (ast.BitOr, ast.BitXor, ast.BitAnd)
_INT_FLAG = External("enum.IntFlag")


def _is_template(value: Value) -> bool:
    return isinstance(value, Constant) and isinstance(value.value, (str, bytes))


def _by_own_method(
    machine: Machine, operation: type[ast.operator], left: Value, right: Value, site: Site
) -> Value | None:
    """By a method that the project's class defines, if one accepts the operands."""
    method, reflected = _METHODS[operation]
    for receiver, name, argument in ((left, method, right), (right, reflected, left)):
        if isinstance(receiver, Instance) and machine.find_own(receiver, name) is not None:
            found = machine.find_attribute(receiver, name, site)
            if found is not None and not isinstance(found, Unknown):
                result = machine.call(found, [argument], {}, site)
                if result != NOT_IMPLEMENTED:
                    return result
    return None


def _by_method(
    machine: Machine, operation: type[ast.operator], left: Value, right: Value, site: Site
) -> Value:
    """By `__add__` and the like, of the user's classes and of known objects."""
    method, reflected = _METHODS[operation]
    for receiver, name, argument in ((left, method, right), (right, reflected, left)):
        if isinstance(receiver, (Declared, Instance, Class)) or (
            isinstance(receiver, Constant) and isinstance(receiver.value, PurePath)
        ):
            found = machine.find_attribute(receiver, name, site)
            if found is not None and not isinstance(found, Unknown):
                result = machine.call(found, [argument], {}, site)
                if result != NOT_IMPLEMENTED:
                    return result
    if operation is ast.BitOr and all(_is_type(side) for side in (left, right)):
        return External(_UNION)
    if isinstance(left, Declared) or isinstance(right, Declared):
        _check_is_called(machine, left)
        _check_is_called(machine, right)
    is_refused = (is_plain(left) and _is_known(right)) or (is_plain(right) and _is_known(left))
    if is_refused or (machine.catchers and is_closed(left) and is_closed(right)):
        return failed(machine, "TypeError", _refusal(operation, left, right), site)
    return machine.unknown("unsupported", "the operands are not known", site, left, right)


def _refusal(operation: type[ast.operator], left: Value, right: Value) -> str:
    first, second = kind_of(left), kind_of(right)
    if operation is ast.Add and first in ("list", "tuple"):
        return f'can only concatenate {first} (not "{second}") to {first}'
    return f"unsupported operand type(s) for {_SIGNS[operation]}: {first!r} and {second!r}"


def _is_known(value: Value) -> bool:
    return is_plain(value) or isinstance(value, (Constant, Sequence, Mapping))


def _check_is_called(machine: Machine, value: Value) -> None:
    """A method of a class that was not called is a function, which has no operators."""
    if not isinstance(value, External) or not machine.knows(value.qualname):
        return
    owner, _, name = value.qualname.rpartition(".")
    if name.islower() and looks_like_a_class(owner) and not owner.startswith("builtins."):
        short = value.qualname.rpartition(f"{owner.rpartition('.')[0]}.")[2]
        raise Raised("builtins.TypeError", f"`{short}` has to be called: it is a function")


_SIGNS: ReadOnlyMapping[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "** or pow()",
    ast.LShift: "<<",
    ast.RShift: ">>",
    ast.BitOr: "|",
    ast.BitXor: "^",
    ast.BitAnd: "&",
    ast.MatMult: "@",
}
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
    if operation is ast.Mod and _is_template(left):
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
    except TypeError as error:
        if left.value is None or right.value is None:
            return None  # None may stand for a variable that is set where the code runs
        raise Raised("builtins.TypeError", str(error)) from None
    except ValueError:
        return None


_ADDED = ("list", "tuple")


def _sequence_operator(
    machine: Machine, operation: type[ast.operator], left: Sequence, right: Value, site: Site
) -> Value | None:
    if operation is ast.Add:
        if isinstance(right, Sequence) and right.kind == left.kind:
            if len(left.items) + len(right.items) > machine.budget.collection:
                return machine.unknown("budget", "the result would be too large", site)
            return Sequence(left.kind, left.items + right.items, left.losses + right.losses)
        if left.kind in _ADDED and isinstance(right, Sequence) and right.kind in _ADDED:
            message = f'can only concatenate {left.kind} (not "{right.kind}") to {left.kind}'
            raise Raised("builtins.TypeError", message)
        if isinstance(right, Unknown) and left.kind in _ADDED:
            return Sequence(left.kind, list(left.items), [*left.losses, right])
    if operation is ast.Mult and isinstance(right, Unknown) and left.kind in _ADDED:
        # as often as is not known, or not at all
        losses = [*left.losses, each_doubted(right, left.items), right]
        return Sequence(left.kind, list(left.items), losses)
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
        except TypeError as error:
            told = "the operand has no such operator"
            return failed(machine, "TypeError", str(error), site, told=told)
    if isinstance(operand, (Declared, Instance, Mapping)):
        found = machine.find_attribute(operand, method, site)
        if found is not None:
            return machine.call(found, [], {}, site)
    _check_is_called(machine, operand)
    return machine.unknown("unsupported", "the operand is not known", site, operand)


def _boolean_operation(machine: Machine, node: ast.BoolOp, frame: Frame) -> Value:
    """`and` and `or`: an unknown operand leaves itself, as far as it may count, and what follows as
    options."""
    stops_at = isinstance(node.op, ast.Or)
    options: list[Value] = []
    condition: Unknown | None = None
    for index, operand in enumerate(node.values):
        if condition is None:
            value = machine.evaluate(operand, frame)
        else:
            found = evaluated_arms(machine, frame, condition, (operand, None))
            if not found:
                break
            value = found[0]
        answer = machine.truth(value, frame.site(operand))
        last = index == len(node.values) - 1
        if answer is stops_at or (last and answer is not None) or last:
            options.append(value)
            break
        if answer is None:
            condition = condition or machine.condition(value, operand, frame)
            site = frame.site(operand)
            options += [
                option
                for option in options_of(value)
                if machine.truth(option, site) in (stops_at, None)
            ]
    if condition is None:
        return options[-1]
    final = options[-1]
    if isinstance(final, Constant) and final.value is stops_at:
        return final  # `unknown and False` is false whatever the unknown is
    return machine.join(options, condition)


TABLE: ReadOnlyMapping[type[ast.AST], Callable[[Any, Any, Frame], Value]] = {
    ast.BinOp: _binary_operation,
    ast.UnaryOp: _unary_operation,
    ast.BoolOp: _boolean_operation,
}
