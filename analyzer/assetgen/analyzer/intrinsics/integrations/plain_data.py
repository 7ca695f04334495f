"""Between plain data with losses in it and values."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from typing import Any, Final

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.objects.comparison import hash_key
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
    return Lost("a value that is no plain data")
