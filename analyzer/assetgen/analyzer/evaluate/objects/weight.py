"""How much a value contains: what it holds twice counts twice, and what holds itself has no end."""

from __future__ import annotations

from collections.abc import Iterable

from assetgen.analyzer.evaluate.values import (
    Class,
    Instance,
    Mapping,
    Record,
    Sequence,
    Value,
)

_MOST = 20_000
_HOLDERS = (Sequence, Mapping, Instance, Record)


def is_heavy(value: Value) -> bool:
    """Whether a value contains more than is worth walking: collections, and objects that consist of
    their fields."""
    if not isinstance(value, _HOLDERS):
        return False
    left = _MOST
    waiting: list[Sequence | Mapping | Instance | Record] = [value]
    while waiting:
        for item in _held(waiting.pop()):
            if isinstance(item, _HOLDERS):
                waiting.append(item)
                left -= 1
        if left < 0:
            return True
    return False


def are_heavy(one: Value, other: Value) -> bool:
    """The same for two values that are to be compared."""
    if not isinstance(one, _HOLDERS) or not isinstance(other, _HOLDERS):
        return False
    return is_heavy(one) and is_heavy(other)


def _held(value: Sequence | Mapping | Instance | Record) -> Iterable[Value]:
    if isinstance(value, Sequence):
        return value.items
    if isinstance(value, Mapping):
        return [item for entry in value.entries.values() for item in entry]
    if isinstance(value, Record):
        return (*value.args, *value.fields.values())
    if value.content is not None:
        return (value.content,)
    is_identity = all(isinstance(base, Class) and not base.decorations for base in value.cls.mro)
    return () if is_identity else value.attributes.values()
