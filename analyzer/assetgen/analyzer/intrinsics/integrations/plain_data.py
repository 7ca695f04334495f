"""Between plain data with losses in it and values."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, Final

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.objects.hashing import hash_key
from assetgen.analyzer.evaluate.values import (
    FALSE,
    NONE,
    Choice,
    Constant,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.dagster.plain import why
from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost


def value_of(call: Call, data: object) -> Value:
    """The value that stands for plain data; what is lost of it is unknown."""
    kind: object = type(data)
    if kind in _LEAVES:
        return Constant(data) if data else _EMPTY.get(kind) or Constant(data)
    if isinstance(data, Lost):
        return call.unknown("file", data.message)
    if isinstance(data, Value):
        return data
    if isinstance(data, dict):
        mapping = Mapping()
        entries = mapping.entries
        for key, item in data.items():
            hashed, own = _key(key)
            entries[hashed] = (own, value_of(call, item))
        return mapping
    if isinstance(data, (list, tuple)):
        sort = "list" if isinstance(data, list) else "tuple"
        return Sequence(sort, [value_of(call, item) for item in data])
    return Constant(data)


_LEAVES: Final = frozenset((str, int, bool, float, type(None)))
_EMPTY: Final[dict[object, Constant]] = {str: Constant(""), bool: FALSE, type(None): NONE}


def value_when_asked(call: Call, data: dict[Any, Any]) -> Mapping:
    """The same of a mapping, of which each mapping in it is made once somebody looks into it: of
    the properties of a dbt node hardly anybody looks at more than two or three."""
    return Mapping(entries=_Later(lambda: _entries(call, data)))


def _entries(call: Call, data: dict[Any, Any]) -> dict[Hashable, tuple[Value, Value]]:
    entries: dict[Hashable, tuple[Value, Value]] = {}
    for key, item in data.items():
        hashed, own = _key(key)
        is_table = isinstance(item, dict)
        value = value_when_asked(call, item) if is_table else value_of(call, item)
        entries[hashed] = (own, value)
    return entries


def _filling(name: str) -> Any:
    own = getattr(dict, name)

    def method(self: _Later, *args: Any, **kwargs: Any) -> Any:
        fill, self.fill = self.fill, None
        if fill is not None:
            dict.update(self, fill())
        return own(self, *args, **kwargs)

    return method


class _Later(dict[Hashable, tuple[Value, Value]]):
    """The entries of a mapping, which `fill` makes when they are looked at first."""

    __slots__ = ("fill",)

    def __init__(self, fill: Callable[[], dict[Hashable, tuple[Value, Value]]]) -> None:
        super().__init__()
        self.fill: Callable[[], dict[Hashable, tuple[Value, Value]]] | None = fill

    __iter__, __len__, __reversed__ = (
        *(_filling("__iter__"), _filling("__len__"), _filling("__reversed__")),
    )
    __eq__, __ne__, __or__ = _filling("__eq__"), _filling("__ne__"), _filling("__or__")
    __ror__, __ior__, __repr__ = _filling("__ror__"), _filling("__ior__"), _filling("__repr__")
    __contains__, __getitem__ = _filling("__contains__"), _filling("__getitem__")
    __setitem__, __delitem__ = _filling("__setitem__"), _filling("__delitem__")
    get, keys, values, items = (
        *(_filling("get"), _filling("keys"), _filling("values"), _filling("items")),
    )
    copy, update, pop, popitem = (
        *(_filling("copy"), _filling("update"), _filling("pop"), _filling("popitem")),
    )
    setdefault, clear = _filling("setdefault"), _filling("clear")


@lru_cache(maxsize=4096, typed=True)
def _key(key: Hashable) -> tuple[Hashable, Constant]:
    """A key of a mapping, of which data has few and each many times: `1` is not `True`."""
    return hash_key(Constant(key)), Constant(key)


def data_of(value: Value) -> Any:
    """The plain data of a value; what is no plain data is lost."""
    if isinstance(value, Constant):
        return value.value
    if isinstance(value, Unknown):
        return Lost(why(value))
    if isinstance(value, Choice):
        return Lost(why(value.condition))
    if isinstance(value, Mapping):
        if value.losses:
            return Lost(why(value.losses[0]))
        return {
            key.value: data_of(item)
            for key, item in value.entries.values()
            if isinstance(key, Constant)
        }
    if isinstance(value, Sequence):
        if value.losses:
            return Lost(why(value.losses[0]))
        return [data_of(item) for item in value.items]
    return Lost("a value that is not plain data")
