"""Steps that run dlt: what their decorator says to load, and how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.functions import FunctionRef
from assetgen.codegen.declaration.linking import Linking
from assetgen.codegen.script.layout import Atom, Tree

_KIND = "dlt"
# By the argument of the decorator, under what the runtime looks for it.
_ARGUMENTS = {
    "dlt_source": "dagster_dlt/source",
    "dlt_pipeline": "dagster_dlt/pipeline",
    "dagster_dlt_translator": "dagster_dlt/translator",
}
# Destinations for which dlt needs more, each with an extra of its name.
_EXTRAS = frozenset(
    {
        *("athena", "bigquery", "clickhouse", "databricks", "dremio", "duckdb", "ducklake"),
        *("filesystem", "lancedb", "motherduck", "mssql", "postgres", "qdrant", "redshift"),
        *("snowflake", "sqlalchemy", "synapse", "weaviate"),
    }
)


def dlt_load(
    linking: Linking, function: FunctionRef, assets: Iterable[Asset]
) -> Iterator[tuple[str, Tree]]:
    """What the decorator of a function gives dlt, as tags of its step; nothing unless its assets
    are dlt's."""
    if not any(_KIND in asset.kinds for asset in assets):
        return
    for argument, name in _ARGUMENTS.items():
        value = linking.argument(function, argument)
        if value is not None:
            yield name, Atom(value)


def dlt_extras(assets: Iterable[Asset]) -> frozenset[str]:
    """The extras of dlt that bring what its destinations need; none where they are not known."""
    return frozenset(_EXTRAS & {kind for a in assets if _KIND in a.kinds for kind in a.kinds})
