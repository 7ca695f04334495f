"""Conversion between values and the Python objects that they stand for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from assetgen.analyzer.evaluate.objects.hashing import hash_key
from assetgen.analyzer.evaluate.values import Constant, Instance, Mapping, Sequence, Value


class NotPlain(Exception):
    """`value` is, or holds, something that is not plain data."""

    def __init__(self, value: Value) -> None:
        super().__init__(type(value).__name__)
        self.value = value


_COLLECTIONS: dict[str, Callable[[list[Any]], object]] = {
    "list": list,
    "tuple": tuple,
    "set": set,
    "frozenset": frozenset,
    "deque": deque,
}


def to_python(value: Value) -> Any:
    """The Python object; raises `NotPlain` for anything but constants and collections of them, and
    for nested collections that hold too much."""
    return value.value if isinstance(value, Constant) else _to_python(value, _Room())


class _Room:
    """How many collections may still be converted: one that is held twice counts twice."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = _MOST

    def enter(self, value: Value) -> None:
        self.left -= 1
        if self.left < 0:
            raise NotPlain(value)


_MOST = 200_000


def _to_python(value: Value, room: _Room) -> Any:
    if isinstance(value, Constant):
        return value.value
    if isinstance(value, Sequence):
        if value.losses:
            raise NotPlain(value)
        room.enter(value)
        items = [_to_python(item, room) for item in value.items]
        try:
            return _COLLECTIONS[value.kind](items)
        except TypeError:
            raise NotPlain(value) from None
    if isinstance(value, Mapping):
        if value.losses:
            raise NotPlain(value)
        room.enter(value)
        try:
            return {
                _to_python(key, room): _to_python(item, room)
                for key, item in value.entries.values()
            }
        except TypeError:
            raise NotPlain(value) from None
    if isinstance(value, Instance) and value.content is not None:
        return _to_python(value.content, room)
    raise NotPlain(value)


def from_python(data: object) -> Value:
    """The value that stands for plain data: fresh lists and dictionaries, else constants."""
    kind = _KINDS.get(type(data))
    if kind is not None:
        return Sequence(kind, [from_python(item) for item in data])  # type: ignore[attr-defined]
    if isinstance(data, dict):
        mapping = Mapping()
        for key, item in data.items():
            converted = from_python(key)
            mapping.entries[hash_key(converted)] = (converted, from_python(item))
        return mapping
    return Constant(data)


_KINDS: dict[type, str] = {
    list: "list",
    tuple: "tuple",
    set: "set",
    frozenset: "frozenset",
    deque: "deque",
}
