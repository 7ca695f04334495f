"""Members of partitions definitions that code asks for: their keys, their dimensions, and how keys
are written."""

from __future__ import annotations

import json
from itertools import product
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Mapping,
    Record,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.dagster.plain import Doubts

Dimensions = list[tuple[str, Value]]


def with_dimensions(fields: dict[str, Value]) -> dict[str, Value]:
    """The arguments of a `MultiPartitionsDefinition`, which keeps the dimensions by name."""
    given = fields.get("partitions_defs")
    if not isinstance(given, Mapping) or given.losses:
        return fields
    made = [
        Record(
            "dagster.PartitionDimensionDefinition", {"name": Constant(name), "partitions_def": one}
        )
        for name, one in sorted(given.text_entries(), key=lambda entry: entry[0])
    ]
    if len(made) != len(given.entries):
        return fields
    return {**fields, "partitions_defs": Sequence("list", list(made))}


def dimensions_of(value: Value | None) -> tuple[Dimensions, list[Unknown]]:
    """The dimensions by their names, and what is not known about which there are."""
    given = value.fields.get("partitions_defs", NONE) if isinstance(value, Record) else NONE
    doubts = Doubts()
    chosen = doubts.first_option(given)
    if isinstance(chosen, Mapping):
        return list(chosen.text_entries()), [*doubts.found, *chosen.losses]
    found: Dimensions = []
    for item in chosen.items if isinstance(chosen, Sequence) else ():
        name = item.fields.get("name") if isinstance(item, Record) else None
        if isinstance(item, Record) and isinstance(name, Constant):
            found.append((str(name.value), item.fields.get("partitions_def", NONE)))
    return found, list(doubts.found)


def _keys(call: Call, value: Value | None) -> tuple[str, ...] | Unknown:
    if isinstance(value, Record) and value.qualname == "dagster.StaticPartitionsDefinition":
        doubts = Doubts()
        keys = doubts.texts(call, value.fields.get("partition_keys", NONE))
        return doubts.found[0] if doubts.found else keys
    if isinstance(value, Record) and value.qualname == "dagster.MultiPartitionsDefinition":
        dimensions, losses = dimensions_of(value)
        of_each = [_keys(call, one) for _, one in sorted(dimensions, key=lambda each: each[0])]
        known = [one for one in of_each if isinstance(one, tuple)]
        if dimensions and not losses and len(known) == len(of_each):
            return tuple("|".join(parts) for parts in product(*known))
    return call.unknown("time", "the partition keys depend on when they are asked for")


def _partition_keys(call: Call) -> Value:
    """`get_partition_keys()`: known for static partitions, and for products of them."""
    keys = _keys(call, call.receiver)
    return keys if isinstance(keys, Unknown) else Sequence("list", [Constant(key) for key in keys])


def _number(call: Call) -> Value:
    keys = _keys(call, call.receiver)
    return keys if isinstance(keys, Unknown) else Constant(len(keys))


def _at(index: int) -> Intrinsic:
    """`get_first_partition_key()` and `get_last_partition_key()`."""

    def end(call: Call) -> Value:
        keys = _keys(call, call.receiver)
        if isinstance(keys, Unknown):
            return keys
        return Constant(keys[index]) if keys else NONE

    return end


_KEY: Final = Parameters("partition_key, **rest")


def _has(call: Call) -> Value:
    keys, asked = _keys(call, call.receiver), _KEY.bind(call).plain("partition_key")
    if isinstance(keys, Unknown):
        return keys
    if not isinstance(asked, str):
        return call.unknown("unsupported", "which partition is meant", *call.args)
    return Constant(asked in keys)


def _identifier(call: Call, value: Value | None) -> str | Unknown:
    if isinstance(value, Record) and value.qualname == "dagster.MultiPartitionsDefinition":
        dimensions, losses = dimensions_of(value)
        by_name: dict[str, str] = {}
        for name, one in sorted(dimensions, key=lambda each: each[0]):
            identifier = _identifier(call, one)
            if isinstance(identifier, Unknown):
                return identifier
            by_name[name] = identifier
        if losses or not by_name:
            return call.unknown("unsupported", "the dimensions of partitions", *losses)
        return _digest(str(by_name))
    keys = _keys(call, value)
    if isinstance(keys, Unknown):
        return keys
    return _digest(json.dumps(list(keys)))


def _digest(text: str) -> str:
    from hashlib import sha1  # loads OpenSSL

    return sha1(text.encode()).hexdigest()


def _unique_identifier(call: Call) -> Value:
    """`get_serializable_unique_identifier()`: a digest of the keys, if they are known."""
    identifier = _identifier(call, call.receiver)
    return identifier if isinstance(identifier, Unknown) else Constant(identifier)


def _names(call: Call) -> Value:
    dimensions, losses = dimensions_of(call.receiver)
    if losses:
        return losses[0]
    return Sequence("list", [Constant(name) for name, _ in sorted(dimensions, key=lambda d: d[0])])


_NAME: Final = Parameters("dimension_name")


def _of_dimension(call: Call) -> Value:
    name = _NAME.bind(call).plain("dimension_name")
    dimensions, losses = dimensions_of(call.receiver)
    known = dict(dimensions)
    if isinstance(name, str) and name in known:
        return known[name]
    return call.unknown("unsupported", f"the dimension {name!r}", *losses)


def _has_time_window(call: Call) -> Value:
    dimensions, losses = dimensions_of(call.receiver)
    kinds = [one.qualname if isinstance(one, Record) else None for _, one in dimensions]
    if any(kind in _TIMED for kind in kinds):
        return Constant(True)
    return losses[0] if losses else Constant(False)


_SIMPLE: Final = ("StaticPartitionsDefinition", "MultiPartitionsDefinition")
_BASIC: Final = tuple(
    f"{name}PartitionsDefinition" for name in ("Daily", "Hourly", "Weekly", "Monthly")
)
_OTHERS: Final = ("TimeWindowPartitionsDefinition", "DynamicPartitionsDefinition")
_TIMED: Final = frozenset(f"dagster.{name}" for name in (*_BASIC, "TimeWindowPartitionsDefinition"))

_ATTRIBUTES: Final[dict[str, Intrinsic]] = {
    "dagster.MultiPartitionsDefinition.partition_dimension_names": _names,
    "dagster.MultiPartitionsDefinition.has_time_window_dimension": _has_time_window,
}
PROPERTIES: Final = frozenset(_ATTRIBUTES)
TABLE: Final[dict[str, Intrinsic]] = {
    **{
        f"dagster.{name}.get_partition_keys": _partition_keys
        for name in (*_SIMPLE, *_BASIC, *_OTHERS)
    },
    **{
        f"dagster.{name}.get_serializable_unique_identifier": _unique_identifier
        for name in (*_SIMPLE, *_BASIC, "TimeWindowPartitionsDefinition")
    },
    **{f"dagster.{name}.get_num_partitions": _number for name in _SIMPLE},
    **{f"dagster.{name}.get_first_partition_key": _at(0) for name in _SIMPLE},
    **{f"dagster.{name}.get_last_partition_key": _at(-1) for name in _SIMPLE},
    **{f"dagster.{name}.has_partition_key": _has for name in _SIMPLE},
    "dagster.MultiPartitionsDefinition.get_partitions_def_for_dimension": _of_dimension,
    **_ATTRIBUTES,
}
