"""What data frames look like as tables."""

from typing import Any

from assetgen.runtime.model.metadata_tables import TableColumn, TableSchema
from assetgen.runtime.model.metadata_values import MetadataValue


def create_table_schema_metadata_from_dataframe(pandas_df: Any) -> MetadataValue:
    """The columns of a data frame and their types; TypeError for anything else."""
    import pandas  # type: ignore[import-untyped]

    if not isinstance(pandas_df, pandas.DataFrame):
        raise TypeError(f"{type(pandas_df).__name__} is no data frame")
    columns = [TableColumn(str(name), str(kind)) for name, kind in pandas_df.dtypes.items()]
    return MetadataValue.table_schema(TableSchema(columns))
