"""Equality and order of values: known, or not (None)."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from typing import Any

from assetgen.analyzer.evaluate.objects.class_equality import (
    compared,
    is_equal_by_content,
    says_equality,
)
from assetgen.analyzer.evaluate.objects.hashing import hash_key, light_hash_key
from assetgen.analyzer.evaluate.objects.outside import is_of_python, same_outside
from assetgen.analyzer.evaluate.objects.ternary import all_of
from assetgen.analyzer.evaluate.objects.truth import without_mixin
from assetgen.analyzer.evaluate.objects.weight import are_heavy
from assetgen.analyzer.evaluate.values import (
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

NOT_IMPLEMENTED = External("builtins.NotImplemented")
"""What an operator's method gives of operands that it does not take."""

_IDENTITIES = (Function, Class, Module, Instance)


def equal(left: Value, right: Value) -> bool | None:
    """Whether `left == right`, without calling methods of the user's."""
    if type(left) is Constant and type(right) is Constant:
        return bool(left.value == right.value)
    if left is right and not isinstance(left, (Unknown, Choice)):
        return True
    if not _differ_in_size(left, right) and are_heavy(left, right):
        return None
    return _equal(left, right)


def _differ_in_size(left: Value, right: Value) -> bool:
    """Whether two are collections of which only the sizes need to be compared."""
    if isinstance(left, Sequence) and isinstance(right, Sequence):
        return len(left.items) != len(right.items)
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return len(left.entries) != len(right.entries)
    return False


def _equal(left: Value, right: Value) -> bool | None:
    if type(left) is Constant and type(right) is Constant:
        return bool(left.value == right.value)
    if left is right and not isinstance(left, (Unknown, Choice)):
        return True
    if isinstance(left, (Unknown, Choice)) or isinstance(right, (Unknown, Choice)):
        return None
    left, right = without_mixin(left), without_mixin(right)
    for kind, compare in _OF_ONE_KIND.items():
        if isinstance(left, kind) and isinstance(right, kind):
            return compare(left, right)
    return _equal_across(left, right)


def _equal_constants(left: Constant, right: Constant) -> bool:
    return bool(left.value == right.value)


def _equal_declared(left: Declared, right: Declared) -> bool | None:
    if type(left) is not type(right):
        return False
    one, other = hash_key(left), hash_key(right)
    return one == other if one is not None and other is not None else None


def _equal_across(left: Value, right: Value) -> bool | None:
    """The same for values of different kinds, or of a kind that needs no comparison."""
    if isinstance(left, Iterator_) or isinstance(right, Iterator_):
        return False
    if isinstance(left, Instance) and isinstance(right, Sequence):
        return _equal_to_tuple(left, right)
    if isinstance(right, Instance) and isinstance(left, Sequence):
        return _equal_to_tuple(right, left)
    if isinstance(left, External) or isinstance(right, External):
        return _equal_outside(left, right)
    if any(isinstance(each, Instance) and is_equal_by_content(each.cls) for each in (left, right)):
        return None
    return False if type(left) is not type(right) or _are_themselves(left, right) else None


def _are_themselves(left: Value, right: Value) -> bool:
    """Whether each equals only itself: functions, modules, and classes whose metaclass does not
    define equality."""
    if isinstance(left, Class) and isinstance(right, Class):
        return not _metaclass_compares(left) and not _metaclass_compares(right)
    return isinstance(left, (Function, Module))


def _metaclass_compares(cls: Class) -> bool:
    for base in cls.mro:
        metaclass = base.keywords.get("metaclass") if isinstance(base, Class) else None
        if isinstance(metaclass, Class) and says_equality(metaclass):
            return True
        if isinstance(metaclass, (Unknown, Choice)):
            return True
    return False


def same_name(left: External, right: External) -> bool | None:
    """Whether two outside names mean the same object: a generic class with parameters is another
    one."""
    if isinstance(left, Parameterised) and isinstance(right, Parameterised):
        same = left.qualname == right.qualname and left.frame.scope is right.frame.scope
        written = ast.dump(left.arguments) == ast.dump(right.arguments)
        return True if same and written else None
    if isinstance(left, Parameterised) or isinstance(right, Parameterised):
        return False
    return same_outside(left.qualname, right.qualname)


def _equal_outside(left: Value, right: Value) -> bool | None:
    """Whether an outside name equals something inside: Python's own classes and functions do
    not."""
    outside, other = (left, right) if isinstance(left, External) else (right, left)
    is_inside = isinstance(other, (Constant, Sequence, Mapping, *_IDENTITIES))
    known = isinstance(outside, External) and is_of_python(outside.qualname)
    return False if known and is_inside else None


_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "Lt": operator.lt,
    "LtE": operator.le,
    "Gt": operator.gt,
    "GtE": operator.ge,
}


def ordered(operation: str, left: Value, right: Value) -> bool | None:
    """Whether `left < right` (or as `operation`, the name of the node, says)."""
    order = _ORDERS[operation]
    left, right = without_mixin(left), without_mixin(right)
    if isinstance(left, Constant) and isinstance(right, Constant):
        try:
            return bool(order(left.value, right.value))
        except TypeError:
            return None
    if isinstance(left, Sequence) and isinstance(right, Sequence) and left.kind == right.kind:
        heavy = are_heavy(left, right)
        return None if heavy else _ordered_sequences(operation, left, right)
    return None


def _equal_sequences(left: Sequence, right: Sequence) -> bool | None:
    if left.kind != right.kind and {left.kind, right.kind} != {"set", "frozenset"}:
        return False
    if left.losses or right.losses:
        return None
    if left.kind in ("set", "frozenset"):
        keys = [{light_hash_key(item) for item in side.items} for side in (left, right)]
        return None if None in keys[0] | keys[1] else keys[0] == keys[1]
    if len(left.items) != len(right.items):
        return False
    return all_of(_equal(one, other) for one, other in zip(left.items, right.items, strict=True))


def _equal_mappings(left: Mapping, right: Mapping) -> bool | None:
    if left.losses or right.losses:
        return None
    if left.entries.keys() != right.entries.keys():
        return False
    if left.kind == right.kind == "OrderedDict" and [*left.entries] != [*right.entries]:
        return False
    return all_of(_equal(left.entries[key][1], right.entries[key][1]) for key in left.entries)


def _equal_instances(left: Instance, right: Instance) -> bool | None:
    if says_equality(left.cls) or says_equality(right.cls):
        known = left.key is not None and right.key is not None
        return left.key == right.key if known else None
    if left.cls is not right.cls:
        return False
    if not left.cls.decorations and not any(isinstance(b, External) for b in left.cls.mro):
        return False
    names = compared(left.cls, {**left.attributes, **right.attributes})
    if names is None:
        return False
    return all_of(
        _equal(left.attributes[name], right.attributes[name])
        if name in left.attributes and name in right.attributes
        else None
        for name in names
    )


def _equal_to_tuple(left: Instance, right: Sequence) -> bool | None:
    """A named tuple equals the tuple of its items; other objects equal no collection."""
    if External("typing.NamedTuple") not in left.cls.mro:
        return False
    return _equal_sequences(Sequence("tuple", list(left.attributes.values())), right)


def _ordered_sequences(operation: str, left: Sequence, right: Sequence) -> bool | None:
    for one, other in zip(left.items, right.items, strict=False):
        same = _equal(one, other)
        if same is None:
            return None
        if not same:
            return ordered(operation.removesuffix("E"), one, other)
    if left.losses or right.losses:
        return None
    return _ORDERS[operation](len(left.items), len(right.items))


_OF_ONE_KIND: ReadOnlyMapping[type[Value], Callable[[Any, Any], bool | None]] = {
    Constant: _equal_constants,
    Sequence: _equal_sequences,
    Mapping: _equal_mappings,
    External: same_name,
    Declared: _equal_declared,
    Instance: _equal_instances,
}
