"""Data frames as tables of a DuckDB database."""

from collections.abc import Mapping
from typing import Any

from assetgen.runtime.definitions.resources import ResourceDefinition, from_config
from assetgen.runtime.integrations.duckdb_resources import DuckDBResource
from assetgen.runtime.model.failures import StepError
from assetgen.runtime.model.metadata_tables import TableColumn, TableSchema
from assetgen.runtime.model.metadata_values import MetadataFact
from assetgen.runtime.storage.io_managers import ConfigurableIOManager, InputContext, OutputContext


class DuckDBPandasIOManager(ConfigurableIOManager):
    """Each asset is a table: the last part of its key, in the schema that its metadata says, this
    manager says, or the part before the last; else in ``public``.

    The asset's metadata ``partition_expr`` is the column, or by dimension the columns, that its
    partitions are told apart by.
    """

    database: str
    connection_config: dict[str, Any] = {}  # noqa: RUF012 -- each instance gets its own
    schema: str | None = None

    def handle_output(self, context: OutputContext, obj: Any) -> None:
        """Put the rows in place of those that the table, or its partition, has had."""
        import pandas  # type: ignore[import-untyped]

        if obj is None:
            raise StepError(f"{context.name} is None, and no data frame")
        if not isinstance(obj, pandas.DataFrame):
            raise StepError(f"{context.name} is a {type(obj).__name__}, and no data frame")
        table, chosen = self.table_of(context, context), conditions(context, context)
        with self.connection() as connection:
            connection.execute(f"create schema if not exists {table.partition('.')[0]}")
            # For a table that is not there DuckDB would take a Python object of that name.
            if connection.execute(lookup(table)).fetchall():
                connection.execute(f"delete from {table}{chosen}")
            if not obj.empty:
                made = f"create table if not exists {table} as select * from obj limit 0"
                connection.execute(made)
                connection.execute(f"insert into {table} select * from obj")
        count = "partition_row_count" if context.has_partition_key else "row_count"
        columns = [TableColumn(str(name), str(kind)) for name, kind in obj.dtypes.items()]
        context.add_output_metadata(
            {
                f"dagster/{count}": len(obj),
                "dagster/storage_kind": "duckdb",
                "dataframe_columns": MetadataFact("table_schema", TableSchema(columns)),
                "Query": f"SELECT * FROM {table}{chosen}",
                "dagster/table_name": f"{self.database}.{table}",
            }
        )

    def load_input(self, context: InputContext) -> Any:
        """The rows of the table, or of the partitions that are read."""
        import pandas

        if context.dagster_type.typing_type not in (Any, pandas.DataFrame):
            raise StepError(f"{context.name} is to be no data frame")
        upstream = context.upstream_output
        if upstream._partitions is not None and not context.asset_partition_keys:
            return pandas.DataFrame()
        columns = ", ".join(context.metadata.get("columns") or ["*"])
        table, chosen = self.table_of(context, upstream), conditions(context, upstream)
        with self.connection() as connection:
            return connection.execute(f"select {columns} from {table}{chosen}").fetchdf()

    def connection(self) -> Any:
        """A connection to the database, as a context manager."""
        return DuckDBResource(
            database=self.database, connection_config=self.connection_config
        ).get_connection()

    def table_of(self, context: Any, output: OutputContext) -> str:
        """The table of an asset, or of an op's output, with its schema."""
        said = output.metadata.get("schema") or self.schema
        if not context.has_asset_key:
            return f"{said or 'public'}.{output.metadata.get('table', output.name)}"
        *around, name = context.asset_key.parts
        return f"{said or (around[-1] if around else 'public')}.{name}"


def conditions(context: Any, output: OutputContext) -> str:
    """What a row of the partitions to store or load fulfils; empty without partitions."""
    if not context.has_asset_partitions:
        return ""
    column = output.metadata.get("partition_expr")
    if column is None:
        raise ValueError(f'{context.asset_key} has partitions, and no metadata "partition_expr"')
    partitions = context.asset_partitions_def
    keys = context.asset_partition_keys
    if not isinstance(column, Mapping):
        return f" WHERE\n{condition(str(column), partitions, keys)}"
    parts = (
        condition(column[name], each, [key.keys_by_dimension[name] for key in keys])
        for name, each in partitions.dimensions.items()
    )
    return " WHERE\n" + " AND\n".join(parts)


def condition(column: str, partitions: Any, keys: list[Any]) -> str:
    """What a column holds in some partitions: a time within their windows, or one of the keys."""
    if hasattr(partitions, "time_window_for_partition_key"):
        windows = [partitions.time_window_for_partition_key(key) for key in (keys[0], keys[-1])]
        start, end = windows[0].start.strftime(MOMENT), windows[1].end.strftime(MOMENT)
        return f"{column} >= '{start}' AND {column} < '{end}'"
    quoted = ["'" + str(key).replace("'", "''") + "'" for key in dict.fromkeys(keys)]
    return f"{column} in ({', '.join(quoted)})"


duckdb_pandas_io_manager = ResourceDefinition(
    lambda context: from_config(DuckDBPandasIOManager, context)
)
MOMENT = "%Y-%m-%d %H:%M:%S"


def lookup(table: str) -> str:
    """A query that finds a table if there is one."""
    names = (name.replace("'", "''").lower() for name in table.rsplit(".", 1))
    schema, name = names
    return (
        "select 1 from information_schema.tables "
        f"where lower(table_schema) = '{schema}' and lower(table_name) = '{name}'"
    )
