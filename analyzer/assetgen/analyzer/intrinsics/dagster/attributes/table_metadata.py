"""Entries of metadata that Dagster itself reads of every asset that it loads."""

from __future__ import annotations

from assetgen.analyzer.evaluate.values import NONE, Constant, Mapping, Sequence, Value
from assetgen.analyzer.intrinsics.dagster.plain import shown
from assetgen.analyzer.model.patterns import late


def table_metadata_problem(key: str, value: Value) -> str | None:
    """Why no code location with an asset that has this entry can be loaded, as far as that is
    known."""
    takes = _TAKEN.get(key)
    if takes is None or value == NONE or not isinstance(value, (Constant, Sequence, Mapping)):
        return None
    if isinstance(value, Constant) and _is_taken(value.value, takes):
        return None
    return f'the metadata "{key}" takes {takes}, not {shown(value)}'


def _is_taken(value: object, takes: str) -> bool:
    if takes == _TEXT:
        return isinstance(value, str)
    if takes != _COUNT:
        return False
    if isinstance(value, str):
        return _DIGITS.fullmatch(value) is not None
    return isinstance(value, int) or (isinstance(value, float) and value.is_integer())


_TEXT = "a string"
_COUNT = "a whole number"
_DIGITS = late(r"\s*[+-]?\d[\d_]*(\.0*)?\s*")
_TAKEN = {
    "dagster/column_lineage": "a TableColumnLineage",
    "dagster/column_schema": "a TableSchema",
    "dagster/partition_row_count": _COUNT,
    "dagster/relation_identifier": _TEXT,
    "dagster/row_count": _COUNT,
    "dagster/storage_kind": _TEXT,
    "dagster/table_name": _TEXT,
}
