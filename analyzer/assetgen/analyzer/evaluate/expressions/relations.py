"""Comparisons: equality, identity, membership and order, by methods of the user's if there are
any."""

from __future__ import annotations

import ast
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from itertools import chain
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.bound_values import KnownMethod
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.objects.comparison import (
    NOT_IMPLEMENTED,
    equal,
    ordered,
    same_name,
)
from assetgen.analyzer.evaluate.objects.doubts import Presence, beyond, doubt_of_key, each_doubted
from assetgen.analyzer.evaluate.objects.hashing import hash_key, is_unhashable
from assetgen.analyzer.evaluate.objects.iteration import COMPARISON, ITEMS_PER_STEP
from assetgen.analyzer.evaluate.objects.key_index import FEW
from assetgen.analyzer.evaluate.objects.outside import is_of_python
from assetgen.analyzer.evaluate.objects.ternary import all_of
from assetgen.analyzer.evaluate.objects.truth import without_mixin
from assetgen.analyzer.evaluate.objects.weight import are_heavy
from assetgen.analyzer.evaluate.statements.failures import failed, is_closed, kind_of
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


def compare(
    machine: Machine, operation: type[ast.cmpop], left: Value, right: Value, site: Site
) -> Value:
    """The result of `left op right`."""
    answer = _compare(machine, operation(), left, right, site)
    if isinstance(answer, Value):
        return answer
    if answer is None:
        return machine.unknown("condition", "the comparison is not known", site, left, right)
    return TRUE if answer else FALSE


def _compare(
    machine: Machine, operation: ast.cmpop, left: Value, right: Value, site: Site
) -> bool | Value | None:
    if isinstance(left, Choice):
        tried = machine.trying(left)
        return _same([_compare(machine, operation, one, right, site) for one in tried])
    if isinstance(right, Choice):
        tried = machine.trying(right)
        return _same([_compare(machine, operation, left, one, site) for one in tried])
    if isinstance(left, Declared):
        method = _ANSWERS.get(type(operation))
        row = f"{left.type_name}.{method}"
        if method is not None and machine.knows(row):
            return machine.call(KnownMethod(row, left), [right], {}, site)
    return _COMPARISONS[type(operation)](machine, left, right, site)


_ANSWERS: ReadOnlyMapping[type[ast.cmpop], str] = {ast.Eq: "__eq__", ast.NotEq: "__ne__"}
"""Methods of known objects that need not return a truth value."""


def _same(answers: list[bool | Value | None]) -> bool | None:
    found = {answer if isinstance(answer, bool) else None for answer in answers}
    return found.pop() if len(found) == 1 else None


def equals(machine: Machine, left: Value, right: Value, site: Site) -> bool | None:
    """Whether `left == right`, by the user's `__eq__` if there is one; None if not known."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Instance):
            method = machine.find_own(one, "__eq__")
            if method is not None:
                answer = machine.call(method, [one, other], {}, site)
                if answer != NOT_IMPLEMENTED:
                    return machine.truth(answer, site)
    same = machine.equal(left, right)
    if same is None and isinstance(left, External) and isinstance(right, External):
        return _same_outside(machine, left, right)
    if same is None and not are_heavy(left, right):
        return _equal_parts(machine, left, right, site)
    return same


def _equal_parts(machine: Machine, left: Value, right: Value, site: Site) -> bool | None:
    """The same for collections with objects in them that define their own equality."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        if left.losses or right.losses or left.entries.keys() != right.entries.keys():
            return None
        pairs = [(left.entries[key][1], right.entries[key][1]) for key in left.entries]
    elif isinstance(left, Sequence) and isinstance(right, Sequence):
        if left.losses or right.losses or len(left.items) != len(right.items):
            return None
        if left.kind in ("set", "frozenset"):
            own = [{machine.hash_key(item) for item in side.items} for side in (left, right)]
            return None if None in own[0] | own[1] else own[0] == own[1]
        pairs = list(zip(left.items, right.items, strict=True))
    else:
        return None
    return all_of(equals(machine, one, other, site) for one, other in pairs)


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
            return _same_outside(machine, left, right)
        for outside, other in ((left, right), (right, left)):
            if isinstance(outside, External) and isinstance(other, _OF_PROJECT):
                return False if is_of_python(outside.qualname) else None
        other = right if isinstance(left, External) else left
        return False if isinstance(other, (Constant, Sequence, Mapping)) else None
    return False


def _same_outside(machine: Machine, left: External, right: External) -> bool | None:
    """Whether two outside names mean the same: two members of enumerations whose names are known
    are the same if they are called the same."""
    same = same_name(left, right)
    if same is None and not isinstance(left, Parameterised):
        names = [machine.intrinsics.value(f"{each.qualname}.name") for each in (left, right)]
        return None if None in names else left.qualname == right.qualname
    return same


_OF_PROJECT = (Class, Function, Instance, Module)


_INDEXED_PER_STEP = 500
"""How many items cost as much as one statement if their keys are known."""


def _contains(machine: Machine, left: Value, right: Value, site: Site) -> bool | Value | None:
    """Whether `left in right`."""
    if isinstance(right, Mapping):
        return _in_mapping(machine, left, right, site)
    if isinstance(right, Constant):
        return _in_constant(machine, left, right)
    if isinstance(right, Sequence):
        return _in_sequence(machine, left, right, site)
    if isinstance(right, Iterator_):
        return _among(machine, left, right, site)
    if isinstance(right, (Instance, Declared, Class, Module)):
        method = machine.find_attribute(right, "__contains__", site)
        if method is not None:
            return machine.truth(machine.call(method, [left], {}, site), site)
        if isinstance(right, (Instance, Class)):
            found = machine.items(right, site)
            answers = [equals(machine, item, left, site) for item in found.values]
            return True in answers or (None if None in answers or found.losses else False)
    return _external_contains(machine, left, right, site)


def _in_mapping(machine: Machine, left: Value, right: Mapping, site: Site) -> bool | Value | None:
    key = machine.hash_key(left)
    if key is None and is_unhashable(left):
        return failed(machine, "TypeError", f"unhashable type: {kind_of(left)!r}", site)
    if key is not None and key in right.entries:
        return None if right.losses and doubt_of_key(right, key) is not None else True
    return None if key is None or beyond(right.losses) else False


def _in_constant(machine: Machine, left: Value, right: Constant) -> bool | None:
    if not isinstance(left, Constant):
        return None
    if _is_searched(left.value, right.value, machine.budget.collection):
        return None
    try:
        return left.value in right.value  # type: ignore[operator]
    except TypeError:
        return None


def _in_sequence(machine: Machine, left: Value, right: Sequence, site: Site) -> bool | None:
    if type(left) is Constant and len(right.items) > FEW:
        key, index = hash_key(left), machine.key_index.of(right)
        if key is not None and (key in index.keys or index.is_plain):
            machine.step(len(right.items) // _INDEXED_PER_STEP)
            if key not in index.keys:
                return None if beyond(right.losses) else False
            if not right.losses:
                return True
    found = machine.items(right, site)
    machine.step(COMPARISON * len(found.values) // ITEMS_PER_STEP)
    unsure = bool(beyond(found.losses))
    is_plain = not isinstance(left, Instance)
    presence = Presence(right)
    for item in found.values:
        if is_plain and not isinstance(item, (Instance, External)):
            answer = equal(left, item)
        else:
            answer = left is item or equals(machine, item, left, site)
        if answer and presence.doubt(item) is None:
            return True
        unsure = unsure or answer is not False
    return None if unsure else False


def _is_searched(item: object, numbers: object, limit: int) -> bool:
    """Whether Python would compare the item with each of too many numbers of a `range`."""
    return (
        isinstance(numbers, range)
        and not isinstance(item, int)
        and (numbers.stop - numbers.start) // numbers.step > limit
    )


def _among(machine: Machine, left: Value, right: Iterator_, site: Site) -> bool | None:
    """Whether an iterator yields it; the iterator stops there, or may do so before."""
    found, unsure = False, False
    presence = Presence(right)
    passed: list[Value] = []
    for item in machine.iterate(right, site):
        machine.step()
        if unsure:
            passed.append(item)
        answer = left is item or equals(machine, item, left, site)
        found = bool(answer) and presence.doubt(item) is None
        if found:
            break
        unsure = unsure or answer is not False
    unsure = unsure or bool(beyond(machine.losses_of(right, site)))
    if passed:
        condition = machine.unknown("condition", "where the iterator stops", site, left)
        right.source = chain(passed, right.source)
        right.losses.append(each_doubted(condition, passed))
    return True if found else None if unsure else False


def _external_contains(
    machine: Machine, left: Value, right: Value, site: Site
) -> bool | Value | None:
    if isinstance(right, External):
        row = f"{right.qualname}.__contains__"
        if machine.knows(row):
            answer = machine.call(machine.intrinsic(row), [left], {}, site)
            return _because(machine, answer, site) or machine.truth(answer, site)
    return None


def _because(machine: Machine, answer: bool | Value | None, site: Site) -> Unknown | None:
    """The result of a comparison that is not known because of `answer`."""
    if not isinstance(answer, Unknown):
        return None
    return machine.unknown("condition", "the comparison is not known", site, answer)


def _order(name: str) -> Callable[[Machine, Value, Value, Site], bool | Value | None]:
    def compare(machine: Machine, left: Value, right: Value, site: Site) -> bool | Value | None:
        for one, method, other in ((left, name, right), (right, _MIRRORED[name], left)):
            found = _order_method(machine, one, _ORDER_METHODS[method], site)
            if found is not None:
                answer = machine.call(found, [other], {}, site)
                if answer != NOT_IMPLEMENTED:
                    return answer
        left, right = without_mixin(left), without_mixin(right)
        if isinstance(left, Sequence) and left.kind in ("set", "frozenset"):
            row = machine.intrinsic(f"builtins.set.{_ORDER_METHODS[name]}")
            return machine.truth(machine.call(row, [left, right], {}, site), site)
        order = ordered(name, left, right)
        if order is None and machine.catchers and _cannot_be_ordered(left, right):
            kinds = f"{kind_of(left)!r} and {kind_of(right)!r}"
            message = f"{_SIGNS[name]!r} not supported between instances of {kinds}"
            return failed(machine, "TypeError", message, site)
        return order

    return compare


def _order_method(machine: Machine, value: Value, name: str, site: Site) -> Value | None:
    """The method that orders a value; a mixin such as `str` orders by itself unless the class says
    otherwise."""
    if not isinstance(value, (Instance, Declared)):
        return None
    if (
        isinstance(value, Instance)
        and without_mixin(value) is not value
        and machine.find_own(value, name) is None
    ):
        return None
    return machine.find_attribute(value, name, site)


def _cannot_be_ordered(left: Value, right: Value) -> bool:
    """Whether two values that have no methods for it cannot be ordered."""
    if not is_closed(left) or not is_closed(right):
        return False
    return kind_of(left) != kind_of(right) or isinstance(left, (Constant, Mapping, Instance))


_SIGNS = {"Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">="}
_ORDER_METHODS = {"Lt": "__lt__", "LtE": "__le__", "Gt": "__gt__", "GtE": "__ge__"}
_MIRRORED = {"Lt": "Gt", "LtE": "GtE", "Gt": "Lt", "GtE": "LtE"}


def _negated(
    compare: Callable[[Machine, Value, Value, Site], bool | Value | None],
) -> Callable[[Machine, Value, Value, Site], bool | Value | None]:
    def negate(machine: Machine, left: Value, right: Value, site: Site) -> bool | Value | None:
        answer = compare(machine, left, right, site)
        return not answer if isinstance(answer, bool) else _because(machine, answer, site)

    return negate


_COMPARISONS: ReadOnlyMapping[
    type[ast.cmpop], Callable[[Any, Value, Value, Any], bool | Value | None]
] = {
    ast.Eq: equals,
    ast.NotEq: _negated(equals),
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
    ast.Compare: _comparison,
}
