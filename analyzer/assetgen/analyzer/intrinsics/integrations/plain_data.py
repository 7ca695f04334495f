"""Between plain data with losses in it and values."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from typing import Any, Final

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.comparison import hash_key
from assetgen.analyzer.evaluate.values import (
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
    if type(data) in _LEAVES:
        return Constant(data)
    if isinstance(data, Lost):
        return call.unknown("file", data.message)
    if isinstance(data, Value):
        return data
    if isinstance(data, dict):
        mapping = Mapping()
        entries = mapping.entries
        for key, item in data.items():
            hashed, name = _key(str(type(key)), key)
            entries[hashed] = (name, value_of(call, item))
        return mapping
    if isinstance(data, (list, tuple)):
        kind = "list" if isinstance(data, list) else "tuple"
        return Sequence(kind, [value_of(call, item) for item in data])
    return Constant(data)


_LEAVES: Final = frozenset((str, int, bool, float, type(None)))


@lru_cache(maxsize=4096)
def _key(kind: str, key: Hashable) -> tuple[Hashable, Constant]:
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
