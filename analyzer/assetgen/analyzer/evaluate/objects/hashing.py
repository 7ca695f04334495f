"""What stands for values as keys, and which values cannot be keys."""

from __future__ import annotations

import ast
from collections.abc import Hashable

from assetgen.analyzer.evaluate.objects.class_equality import (
    compared,
    is_equal_by_content,
    is_hashed_by_fields,
    is_only_compared,
    says_equality,
)
from assetgen.analyzer.evaluate.objects.truth import without_mixin
from assetgen.analyzer.evaluate.objects.weight import is_heavy
from assetgen.analyzer.evaluate.values import (
    Choice,
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
)


def hash_key(value: Value) -> Hashable | None:
    """What stands for `value` as a key: equal keys for equal values, None if it is not known."""
    if isinstance(value, (Sequence, Instance)) and is_heavy(value):
        return None
    return light_hash_key(value)


def light_hash_key(value: Value) -> Hashable | None:
    """The same for a value that is known not to be heavy."""
    if isinstance(value, Instance):
        if says_equality(value.cls):
            return value.key
        value = without_mixin(value)
    if isinstance(value, Constant):
        try:
            hash(value.value)
        except TypeError:
            return None
        return ("constant", value.value)
    if isinstance(value, Sequence):
        if value.kind not in ("tuple", "frozenset") or value.losses:
            return None
        parts = [light_hash_key(item) for item in value.items]
        if any(part is None for part in parts):
            return None
        return (value.kind, frozenset(parts) if value.kind == "frozenset" else tuple(parts))
    if isinstance(value, Declared):
        return value.hash_key()
    if isinstance(value, Parameterised):
        return ("external", value.qualname, ast.dump(value.arguments))
    if isinstance(value, External):
        return ("external", value.qualname)
    if isinstance(value, Instance):
        return _instance_key(value)
    if isinstance(value, (Unknown, Choice, Mapping, Iterator_)):
        return None
    return ("object", id(value))


def _instance_key(value: Instance) -> Hashable | None:
    """Frozen dataclasses and named tuples are keys by their fields, other objects by identity."""
    frozen = is_hashed_by_fields(value.cls)
    named_tuple = External("typing.NamedTuple") in value.cls.mro
    if not (frozen or named_tuple):
        says = is_equal_by_content(value.cls)
        return value.key or (None if says else ("object", id(value)))
    names = compared(value.cls, value.attributes)
    if names is None:
        return ("object", id(value))
    if named_tuple:  # equal to the tuple of its items
        items = tuple(map(light_hash_key, value.attributes.values()))
        return None if None in items else ("tuple", items)
    parts = tuple((n, _content_key(value.attributes[n])) for n in names if n in value.attributes)
    if any(part is None for _, part in parts):
        return None
    return ("instance", id(value.cls), parts)


def _content_key(value: Value) -> Hashable | None:
    """What stands for the value of a field: one with `hash=False` may hold a collection, which
    counts for equality alone."""
    if isinstance(value, Sequence) and value.kind == "list" and not value.losses:
        items = tuple(map(_content_key, value.items))
        return None if None in items else ("list", items)
    if isinstance(value, Mapping) and not value.losses:
        entries = {key: _content_key(item) for key, (_, item) in value.entries.items()}
        return None if None in entries.values() else ("dict", frozenset(entries.items()))
    return light_hash_key(value)


def is_unhashable(value: Value) -> bool:
    """Whether `hash(value)` raises."""
    if isinstance(value, Sequence):
        if value.kind == "tuple":
            return not is_heavy(value) and any(map(is_unhashable, value.items))
        return value.kind in ("list", "set", "deque")
    if isinstance(value, Instance):
        return value.content is None and is_only_compared(value.cls)
    return isinstance(value, Mapping)
