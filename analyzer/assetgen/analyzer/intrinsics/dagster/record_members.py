"""Members of Dagster's records that code asks for: arguments, by name, and their defaults."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    FALSE,
    NONE,
    TRUE,
    Constant,
    Mapping,
    Record,
    Value,
)

Default = Constant | type[Mapping]
Members = tuple[tuple[str, Default | None], ...]


def _member(position: int, name: str, default: Default | None) -> Intrinsic:
    def read(call: Call) -> Value:
        record = call.receiver
        if isinstance(record, Record) and not record.losses:
            if name in record.fields:
                return record.fields[name]
            if position < len(record.args):
                return record.args[position]
            if default is Mapping:
                return Mapping()
            if isinstance(default, Constant):
                return default
        return call.unknown("unsupported", f"`{name}` of {call.name.rpartition('.')[0]}")

    return read


def _of_value(call: Call) -> Value:
    """The plain value that metadata holds, which its kinds call by several names."""
    record = call.receiver
    held = (*record.args, *record.fields.values()) if isinstance(record, Record) else ()
    if len(held) != 1:
        return call.unknown("unsupported", "the value of the metadata is not known")
    return held[0]


_PARAMETERS: Final[ReadOnlyMapping[str, Members]] = {
    "TableColumn": (
        ("name", None),
        ("type", Constant("string")),
        ("description", NONE),
        ("constraints", None),
        ("tags", Mapping),
    ),
    "TableColumnConstraints": (
        ("nullable", TRUE),
        ("unique", FALSE),
    ),
    "TableSchema": (("columns", None), ("constraints", None)),
    "TableColumnDep": (("asset_key", None), ("column_name", None)),
    "TableColumnLineage": (("deps_by_column", None),),
    "RetryPolicy": (
        ("max_retries", Constant(1)),
        ("delay", NONE),
        ("backoff", NONE),
        ("jitter", NONE),
    ),
    "BackfillPolicy.multi_run": (("max_partitions_per_run", Constant(1)),),
    "BackfillPolicy.single_run": (("max_partitions_per_run", NONE),),
    "RunConfig": (("ops", Mapping), ("resources", Mapping)),
}
_VALUES: Final[ReadOnlyMapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("bool", "float", "int"), ("value",)),
    "json": ("value", "data"),
    "md": ("value", "md_str"),
    "path": ("value", "path"),
    "table_schema": ("value", "schema"),
    "text": ("value", "text"),
    "url": ("value", "url"),
}

TABLE: Final[dict[str, Intrinsic]] = {
    **{
        f"dagster.{kind}.{name}": _member(position, name, default)
        for kind, members in _PARAMETERS.items()
        for position, (name, default) in enumerate(members)
    },
    **{
        f"dagster.MetadataValue.{kind}.{name}": _of_value
        for kind, names in _VALUES.items()
        for name in names
    },
}
PROPERTIES: Final = frozenset(TABLE)
"""The intrinsics of members, all of which are attributes."""
