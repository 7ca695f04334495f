"""Metadata that describes tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar


@dataclass(frozen=True)
class TableRecord:
    """One row."""

    data: Mapping[str, Any]


@dataclass(frozen=True)
class TableColumnConstraints:
    """What holds for the values of a column."""

    nullable: bool = True
    unique: bool = False
    other: Sequence[str] = ()


@dataclass(frozen=True)
class TableConstraints:
    """What holds for a table."""

    other: Sequence[str] = ()


@dataclass(frozen=True)
class TableColumn:
    """One column."""

    name: str
    type: str = "string"
    description: str | None = None
    constraints: TableColumnConstraints = TableColumnConstraints()
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TableSchema:
    """The columns of a table, in order."""

    metadata_kind: ClassVar[str] = "table_schema"
    columns: Sequence[TableColumn] = ()
    constraints: TableConstraints = TableConstraints()


@dataclass(frozen=True)
class TableColumnDep:
    """A column of another asset that a column is made of."""

    asset_key: Any
    column_name: str


@dataclass(frozen=True)
class TableColumnLineage:
    """For each column, the columns that it is made of."""

    metadata_kind: ClassVar[str] = "column_lineage"
    deps_by_column: Mapping[str, Sequence[TableColumnDep]] = field(default_factory=dict)
