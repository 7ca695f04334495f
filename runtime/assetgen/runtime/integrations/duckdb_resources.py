"""DuckDB databases as resources."""

import contextlib
from collections.abc import Iterator
from typing import Any

from assetgen.runtime.definitions.resources import ConfigurableResource
from assetgen.runtime.tools.backoffs import backoff


class DuckDBResource(ConfigurableResource[Any]):
    """A database: the path of its file, or ``:memory:``."""

    database: str
    connection_config: dict[str, Any] = {}  # noqa: RUF012 -- each instance gets its own

    @contextlib.contextmanager
    def get_connection(self) -> Iterator[Any]:
        """A connection, closed in the end; one process waits for another that holds the file."""
        import duckdb  # type: ignore[import-not-found]

        connection = backoff(
            duckdb.connect,
            (RuntimeError, duckdb.IOException),
            kwargs={
                "database": self.database,
                "read_only": False,
                "config": dict(self.connection_config),
            },
            max_retries=10,
        )
        try:
            yield connection
        finally:
            connection.close()
